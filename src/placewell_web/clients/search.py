"""Finding a person by what someone typed: exact beginnings first, then a slip in each word, then two."""

from __future__ import annotations

import re
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from placewell_web.accounts.viewer import Viewer
from placewell_web.clients.models import Person, PersonScope
from placewell_web.clients.names import fold, spelling_distance, trigrams

LEAST_LETTERS = 3
WHOLE = 2  # letters: a name as short as this is found whole, not by its beginning
SLIP_LETTERS = 4  # a shorter word must be right: with one letter free it would find almost everyone
SEARCH_PARTS = 4
PHONE_DIGITS = 10
CANDIDATES = 3000
LONG_WORD = 7  # from here two letters may be wrong
BEST = 60
NAMED = ("pk", "search_name", "preferred_name")  # what an index holds, so that nobody's whole row is read to look

Named = tuple[UUID, str, str]  # id, folded name, the name the person likes to be called by


def find_people(viewer: Viewer, words: str, most: int = 20) -> list[Person]:
    """People whose name begins like these words, best first; a slip in each word is forgiven, in long words two.

    Digits look for a person's number, NHS number or phone instead. Two letters find a whole part of a name, like Ng;
    fewer find nobody.
    """
    people = Person.scoped.visible_to(viewer)
    if re.search(r"[0-9]{3}", words):
        return list(people.filter(_numbered(re.sub(r"[^0-9]", "", words))).order_by("search_name", "pk")[:most])
    asked = fold(words)
    if len(asked.replace(" ", "")) < LEAST_LETTERS:
        return list(_is_called(people, asked).order_by("search_name", "pk")[:most]) if len(asked) == WHOLE else []
    exactly = list(_begins(people, asked).order_by("search_name", "pk").values_list(*NAMED)[:most])
    known = {row[0] for row in exactly}
    nearly = [] if len(exactly) == most else _nearly(people, asked, bool(exactly))
    likely = [row for row in nearly if row[0] not in known]
    for rows in (exactly, likely):
        rows.sort(key=lambda row: (_unlikeness(asked, row), row[1], str(row[0])))
    wanted = [pk for pk, _, _ in [*exactly, *likely][:most]]
    found = people.in_bulk(wanted) if wanted else {}
    return [found[pk] for pk in wanted]


def _numbered(digits: str) -> Q:
    wanted = Q(number__endswith=f"-{digits[:12]}") | Q(nhs_number=digits[:10])
    if len(digits) < PHONE_DIGITS:
        return wanted
    return wanted | Q(phone__endswith=digits.removeprefix("0")[:15]) & ~Q(phone="")


def _is_called(people: PersonScope, name: str) -> PersonScope:
    """The name is a whole part of the person's."""
    ends = Q(search_name=name) | Q(search_name__startswith=f"{name} ") | Q(search_name__endswith=f" {name}")
    return people.filter(ends | Q(search_name__contains=f" {name} ") | Q(preferred_name__iexact=name))


def _parts(asked: str) -> list[str]:
    return sorted(asked.split(), key=len, reverse=True)[:SEARCH_PARTS]


def _begins(people: PersonScope, asked: str) -> PersonScope:
    """Every word as it was typed begins a part of the name, or all of them written as one do: mc donald."""
    apart = Q()
    for part in _parts(asked):
        apart &= _opens(part)
    return people.filter(apart | _opens(asked.replace(" ", "")) if " " in asked else apart)


def _nearly(people: PersonScope, asked: str, is_found: bool) -> list[Named]:
    """Every word, with one slip of the pen, begins a part of the name; where there is nobody at all, with two.

    One slip leaves one half of a word whole, unless it swapped the letters on both sides of the middle; two leave a
    third of it whole. The database looks for these, which it does quickly, and what it finds is compared here.
    """
    parts = _parts(asked)
    patterns = [re.compile(f"(?:^| ){_spellings(part)}") for part in parts]
    rows = _with(people, [_half_of(part) for part in parts])
    with_one = [row for row in rows if all(_in_name(pattern, row) for pattern in patterns)]
    if with_one or is_found or all(len(part) < LONG_WORD for part in parts):
        return with_one
    return _two_slips(_with(people, [_half_of(part) | _third_of(part) for part in parts]), parts)


def _with(people: PersonScope, pieces: Iterable[Q]) -> list[Named]:
    for piece in pieces:
        people = people.filter(piece)
    return list(people.values_list(*NAMED)[:CANDIDATES])


def _two_slips(rows: Iterable[Named], parts: list[str]) -> list[Named]:
    """Of those most alike by their three-letter pieces, the ones with no more than two letters of a long word wrong."""
    pieces = trigrams(" ".join(parts))
    shares = [(len(pieces & trigrams(f"{row[1]} {fold(row[2])}")), row) for row in rows]
    alike = sorted((one for one in shares if one[0] > 1), key=lambda one: (-one[0], one[1][1]))[:BEST]
    return [row for _, row in alike if all(_slips(part, row) <= _forgiven(part) for part in parts)]


def _forgiven(part: str) -> int:
    return 0 if len(part) < SLIP_LETTERS else 1 if len(part) < LONG_WORD else 2


def _slips(word: str, row: Named) -> int:
    """How many letters of the word are wrong, against the nearest beginning of a part of the name."""
    lengths = range(max(1, len(word) - 2), len(word) + 3)
    parts = {part[:length] for part in [*row[1].split(), *fold(row[2]).split()] for length in lengths}
    return min((spelling_distance(word, part) for part in parts), default=9)


def _opens(piece: str) -> Q:
    """The piece opens a part of the name."""
    called = Q(preferred_name__gt="") & Q(preferred_name__istartswith=piece)
    return Q(search_name__startswith=piece) | Q(search_name__contains=f" {piece}") | called


def _holds(piece: str) -> Q:
    return Q(search_name__contains=piece) | (Q(preferred_name__gt="") & Q(preferred_name__icontains=piece))


def _half_of(part: str) -> Q:
    if len(part) < SLIP_LETTERS:
        return _opens(part)
    middle = len(part) // 2
    swapped = part[: middle - 1] + part[middle] + part[middle - 1] + part[middle + 1 :]
    return _opens(part[:middle]) | _holds(part[middle:]) | _opens(swapped)


def _third_of(part: str) -> Q:
    third = len(part) // 3
    if len(part) < LONG_WORD:
        return Q(pk__in=())  # one slip is forgiven at most, and the halves find that
    return _opens(part[:third]) | _holds(part[third:-third]) | _holds(part[-third:])


def _spellings(part: str) -> str:
    """A pattern for the word and for every way to type one of its letters wrong."""
    if len(part) < SLIP_LETTERS:
        return re.escape(part)
    ways = [part]
    for place in range(len(part)):
        before, after = part[:place], part[place + 1 :]
        ways += [f"{before}.{after}", before + after]
        if place:
            ways.append(f"{before}.{part[place:]}")
            ways.append(part[: place - 1] + part[place] + part[place - 1] + after)
    return f"(?:{'|'.join(dict.fromkeys(ways))})"


def _in_name(pattern: re.Pattern[str], row: Named) -> bool:
    return bool(pattern.search(row[1]) or (row[2] and pattern.search(fold(row[2]))))


def _unlikeness(asked: str, row: Named) -> int:
    """How far a name is from what was typed; a beginning of a part is a little further than the whole part."""
    parts = {*row[1].split(), *fold(row[2]).split()}
    found = 0
    for word in asked.split():
        slips = _slips(word, row)
        found += slips * 2 + all(spelling_distance(word, part) > slips for part in parts)
    return found
