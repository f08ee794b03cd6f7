"""A person's contacts by what a specialist looks for: how, with whom, whether it happened, about what, words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from placewell_web.casework.models import Contact
from placewell_web.clients.names import fold

HAPPENED = {
    "attended": ("attended",),
    "missed": ("did_not_attend", "cancelled_by_client", "cancelled_by_service"),
    "one_way": ("one_way",),
}


@dataclass(frozen=True)
class Filter:
    """Nothing said: every contact."""

    kind: str = ""
    with_whom: str = ""
    happened: str = ""
    about: str = ""
    words: str = ""

    def __bool__(self) -> bool:
        return any((self.kind, self.with_whom, self.happened, self.about, self.words))


@dataclass(frozen=True)
class Occurring:
    """The codes that occur among a person's contacts: nothing else is worth choosing."""

    kind: frozenset[str]
    with_whom: frozenset[str]
    happened: frozenset[str]
    about: frozenset[str]


def occurring(contacts: Iterable[Contact]) -> Occurring:
    rows = list(contacts)
    return Occurring(
        frozenset(one.kind for one in rows),
        frozenset(one.with_whom for one in rows),
        frozenset(name for name, codes in HAPPENED.items() if any(one.attendance in codes for one in rows)),
        frozenset(code for one in rows for code in one.covered.split(",") if code),
    )


def matching(contacts: Iterable[Contact], said: Filter) -> list[Contact]:
    """Those for which everything said is so; of the words each must stand in the note, in any order and case."""
    words = fold(said.words).split()
    return [one for one in contacts if _matches(one, said, words)]


def _matches(one: Contact, said: Filter, words: list[str]) -> bool:
    note = fold(one.note) if words else ""
    return (
        said.kind in ("", one.kind)
        and said.with_whom in ("", one.with_whom)
        and (not said.happened or one.attendance in HAPPENED[said.happened])
        and (not said.about or said.about in one.covered.split(","))
        and all(word in note for word in words)
    )
