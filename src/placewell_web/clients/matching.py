"""When two records may be one person: the NHS number first, then three of four of name, birth date, postcode, phone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from placewell_web.clients.names import same_name

NEEDED = 3


@dataclass(frozen=True)
class Identity:
    """What identifies a person: the folded name, the NHS number in ten digits, the phone in E.164."""

    name: str
    birth_date: date | None = None
    nhs_number: str = ""
    postcode: str = ""
    phone: str = ""


def matched_on(one: Identity, other: Identity) -> tuple[str, ...]:
    """What makes two records possibly one person, or nothing.

    Two different NHS numbers do not rule a match out: a number is mistyped as easily as a name (requirement B8).
    """
    if one.nhs_number and one.nhs_number == other.nhs_number:
        return ("nhs_number",)
    certain = tuple(item for item, agrees in _AGREEMENTS.items() if agrees(one, other))
    if len(certain) < NEEDED - 1:
        return ()
    agreeing = ("name", *certain) if same_name(one.name, other.name) else certain
    return agreeing if len(agreeing) >= NEEDED else ()


def _same_day(one: date | None, other: date | None) -> bool:
    """One date, also where day and month were swapped or one figure was mistyped."""
    if one is None or other is None:
        return False
    if one == other:
        return True
    swapped = (one.year, one.month, one.day) == (other.year, other.day, other.month)
    return swapped or sum(a != b for a, b in zip(f"{one:%Y%m%d}", f"{other:%Y%m%d}", strict=True)) == 1


_AGREEMENTS = {  # what is quickly compared; names are compared only where they can decide
    "birth_date": lambda one, other: _same_day(one.birth_date, other.birth_date),
    "postcode": lambda one, other: bool(one.postcode) and one.postcode == other.postcode,
    "phone": lambda one, other: bool(one.phone) and one.phone == other.phone,
}
