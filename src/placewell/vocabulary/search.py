"""Finding a SOC 2020 or SIC 2007 code by what people call the work: words begun, slips of the finger forgiven.

The everyday words are Placewell's own short lists (`data/*_words.csv`): they lead to codes and mean nothing more.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property

from placewell.vocabulary.code_lists import code_list
from placewell.vocabulary.detailed import DETAILED, everyday_words

MOST = 10
LONGEST = 80  # letters looked at: nobody types more to find a job
SHORTEST_SLIP = 4  # a word this long may have one letter wrong
WHOLE, BEGUN, SLIPPED = 1.0, 0.8, 0.5
SAID_WHOLE = 0.6  # how much it counts that nothing of the title or phrase is left over
GROUP = 0.5  # a group is taken where nothing below it fits
FIRST_THAT_SERVES = "45"  # the SIC division from which businesses serve people; those below make, dig and build
UNSAID = frozenset(
    {"a", "an", "and", "at", "by", "for", "in", "nec", "of", "on", "or", "other", "related", "the", "to", "with"}
)

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class FoundCode:
    """A code with its title; `because` are the everyday words that led to it, empty where its title did."""

    code: str
    title: str
    because: str = ""


@dataclass(frozen=True)
class _Phrase:
    found: FoundCode
    words: tuple[str, ...]
    weight: float = 1.0


@dataclass
class _Index:
    """Every title and phrase of one list, by word, by beginning and by word with a letter left out."""

    phrases: list[_Phrase]
    holders: dict[str, list[int]] = field(default_factory=dict)
    in_order: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        for number, phrase in enumerate(self.phrases):
            for word in set(phrase.words):
                self.holders.setdefault(word, []).append(number)
        self.in_order = sorted(self.holders)

    @cached_property
    def near(self) -> dict[str, list[str]]:
        """Words by what is left of them without one letter; made when the first slip is looked for."""
        found: dict[str, list[str]] = {}
        for word in self.in_order:
            for shorter in _one_left_out(word):
                found.setdefault(shorter, []).append(word)
        return found

    def like(self, typed: str) -> dict[str, float]:
        """Words that what was typed may stand for, each with how surely; slips only of what is no word here."""
        sure: dict[str, float] = {}
        if typed not in self.holders:
            sure = {word: SLIPPED for part in _one_left_out(typed) for word in self.near.get(part, ())}
        place = bisect_left(self.in_order, typed)
        while place < len(self.in_order) and self.in_order[place].startswith(typed):
            sure[self.in_order[place]] = WHOLE if self.in_order[place] == typed else BEGUN
            place += 1
        return sure


def search_occupations(words: str, most: int = MOST) -> tuple[FoundCode, ...]:
    """Job roles that fit the words, the best first: "barista" finds 9266, "92" every role of that group."""
    return _search("occupation", words, most)


def search_industries(words: str, most: int = MOST) -> tuple[FoundCode, ...]:
    """Industries that fit the words, the best first: "care home" finds 87300."""
    return _search("industry", words, most)


def warm_searches() -> None:
    """Make the indexes now: for whoever starts a server, so that nobody's first letters wait for them."""
    for search in (search_occupations, search_industries):
        search("a slip")  # "slip" begins no title, so slips are looked for too


def _search(name: str, words: str, most: int) -> tuple[FoundCode, ...]:
    typed = words.strip()[:LONGEST]
    if typed.isascii() and typed.isdigit():
        return tuple(FoundCode(code, title) for code, title in _by_code(name) if code.startswith(typed))[:most]
    best: dict[str, tuple[float, FoundCode]] = {}
    for score, found in _scored(_index(name), _words(typed)):
        if found.code not in best or score > best[found.code][0]:
            best[found.code] = (score, found)
    ranked = sorted(best.values(), key=lambda one: (-one[0], _rarer(name, one[1].code), one[1].code))
    return tuple(found for _, found in ranked[:most])


def _scored(index: _Index, typed: tuple[str, ...]) -> Iterator[tuple[float, FoundCode]]:
    """Every phrase that holds all that was typed; where none does, those that hold the most of it."""
    likes = [index.like(word) for word in dict.fromkeys(typed)]
    held: dict[int, list[float]] = {}
    for like in likes:
        sure: dict[int, float] = {}
        for word, how_surely in like.items():
            for number in index.holders[word]:
                sure[number] = max(sure.get(number, 0.0), how_surely)
        for number, how_surely in sure.items():
            held.setdefault(number, []).append(how_surely)
    most = max(map(len, held.values()), default=0)
    for number, found in held.items():
        if len(found) == most:
            phrase = index.phrases[number]
            yield phrase.weight * (sum(found) + SAID_WHOLE * len(found) / len(phrase.words)), phrase.found


@cache
def _index(name: str) -> _Index:
    titles = DETAILED[name]()
    phrases = [_Phrase(FoundCode(code, title), _words(title)) for code, title in titles.items()]
    phrases += [_Phrase(FoundCode(code, title), _words(title), GROUP) for code, title in _groups(name)]
    for said, code in everyday_words(name).items():
        phrases.append(_Phrase(FoundCode(code, titles[code], said), _words(said)))
    return _Index(phrases)


def _rarer(name: str, code: str) -> bool:
    """Of industries that fit alike, whether this one makes things: "shop" is where people buy, not a machine shop."""
    return name == "industry" and (not code[0].isdigit() or code < FIRST_THAT_SERVES)


@cache
def _by_code(name: str) -> tuple[tuple[str, str], ...]:
    return tuple(sorted([*DETAILED[name]().items(), *_groups(name)]))


def _groups(name: str) -> list[tuple[str, str]]:
    return list(code_list(name).labels.items())


def _words(text: str) -> tuple[str, ...]:
    found = (_singular(word) for word in _WORD.findall(_plain(text).replace("'", "").replace("n.e.c.", "")))
    return tuple(word for word in found if word not in UNSAID)


def _plain(text: str) -> str:
    """Small letters without accents; most titles are that already, and the index is made of a thousand."""
    if text.isascii():
        return text.lower()
    return "".join(mark for mark in unicodedata.normalize("NFKD", text).casefold() if not unicodedata.combining(mark))


def _singular(word: str) -> str:
    if len(word) > SHORTEST_SLIP and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) >= SHORTEST_SLIP and word.endswith("s") and not word.endswith("ss") else word


def _one_left_out(word: str) -> Iterator[str]:
    """The word, and the word without each of its letters: two that share one differ by about a letter."""
    if len(word) >= SHORTEST_SLIP:
        yield word
        yield from (word[:place] + word[place + 1 :] for place in range(len(word)))
