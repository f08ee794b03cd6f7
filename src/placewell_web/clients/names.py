"""Names as people write them, folded to a form in which two spellings of one name can be compared."""

from __future__ import annotations

import unicodedata

_LETTERS_THAT_DO_NOT_DECOMPOSE = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"}
)
_JOINED = "'’‘`´ʼ."  # O'Brien and OBrien are one name; a hyphen parts two


def fold(text: str) -> str:
    """Fold a name: no case, no accents, no apostrophes, one space between parts; other scripts keep their letters."""
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS_THAT_DO_NOT_DECOMPOSE)
    kept = (mark for mark in plain if not unicodedata.combining(mark) and mark not in _JOINED)
    return " ".join("".join(mark if mark.isalnum() else " " for mark in kept).split())


def search_name(first_name: str, surname: str) -> str:
    """The folded name of a person: the column `Person.search_name`, at most 320 characters."""
    return fold(f"{first_name} {surname}")[:320]


def trigrams(folded: str) -> frozenset[str]:
    """The three-letter pieces of a folded name, each part opened by a space so that beginnings weigh more."""
    pieces = set()
    for part in folded.split():
        padded = f" {part}"
        pieces.update(padded[start : start + 3] for start in range(max(1, len(padded) - 2)))
    return frozenset(pieces)


def spelling_distance(one: str, other: str, most: int = 3) -> int:
    """How many letters must be added, dropped, changed or swapped with their neighbour; stops counting past `most`."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for down, letter in enumerate(one, 1):
        after = [down]
        for across, mark in enumerate(other, 1):
            cost = min(row[across] + 1, after[across - 1] + 1, row[across - 1] + (letter != mark))
            if before and across > 1 and letter == other[across - 2] and one[down - 2] == mark:
                cost = min(cost, before[across - 2] + 1)
            after.append(cost)
        if min(after) > most:
            return most + 1
        before, row = row, after
    return min(row[-1], most + 1)


def same_name(one: str, other: str) -> bool:
    """Say whether two folded names are one: equal, parts in another order, a part left out, or a slip of the pen."""
    if not one or not other:
        return False
    left, right = sorted(one.split()), sorted(other.split())
    if left == right or "".join(left) == "".join(right):
        return True
    fewer, more = sorted((set(left), set(right)), key=len)
    if len(fewer) > 1 and fewer <= more:
        return True
    slips = 1 if min(len(one), len(other)) < 8 else 2
    return min(spelling_distance(" ".join(left), " ".join(right)), spelling_distance(one, other)) <= slips
