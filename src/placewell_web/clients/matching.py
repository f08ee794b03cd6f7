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


def weak_key(one: Identity) -> tuple[str, str, str] | None:
    """What tells a person without an NHS number: the parts of the name in order, birth date and postcode; all or none.

    Order, case, accents and spaces do not matter; a slip of the pen does, and goes to people to decide.
    """
    postcode = "".join(one.postcode.split()).upper()
    if not one.name or one.birth_date is None or not postcode:
        return None
    return " ".join(sorted(one.name.split())), one.birth_date.isoformat(), postcode


def surely_one(one: Identity, other: Identity) -> bool:
    """Whether two records are one person without anybody being asked.

    The same NHS number; or the same name, birth date and postcode, unless two different NHS numbers are known.
    """
    if one.nhs_number and other.nhs_number:
        return one.nhs_number == other.nhs_number
    key = weak_key(one)
    return key is not None and key == weak_key(other)


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
