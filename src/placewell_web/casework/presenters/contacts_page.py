"""The page of a person's contacts: what may be chosen, how many there are, one page of a long list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from urllib.parse import urlencode

from placewell.vocabulary import labels
from placewell_web.casework.actions.covered import COVERED
from placewell_web.casework.queries.contacts import Filter, Occurring
from placewell_web.nhsuk.words import count

MOST_ROWS = 50
HAPPENED = {"attended": "It happened", "missed": "Missed or cancelled", "one_way": "No reply"}


@dataclass(frozen=True)
class Choice:
    """One box of the filter: its name in the address, its label, and what may be chosen."""

    name: str
    label: str
    everything: str
    options: Mapping[str, str]
    chosen: str


def how_many(found: int, every: int, said: Filter) -> str:
    """`3 of 41 contacts, newest first`."""
    return f"{found} of {count(every, 'contact')}, newest first" if said else f"{count(every, 'contact')}, newest first"


def address(said: Filter) -> str:
    """What the address says up to the number of the page."""
    return "?" + urlencode([(name, value) for name, value in asdict(said).items() if value] + [("page", "")])


def choices(there: Occurring, said: Filter) -> list[Choice]:
    """The boxes, each with what occurs; none for a box with nothing to choose between."""
    boxes = (
        ("kind", "How", "Any way", labels("contact_kind")),
        ("with_whom", "With", "Anyone", labels("with_whom")),
        ("happened", "Did it happen?", "Either", HAPPENED),
        ("about", "About", "Anything", dict(COVERED)),
    )
    found = []
    for name, label, everything, options in boxes:
        occurs = {code: words for code, words in options.items() if code in getattr(there, name)}
        if len(occurs) > (0 if name == "about" else 1):
            found.append(Choice(name, label, everything, occurs, getattr(said, name)))
    return found
