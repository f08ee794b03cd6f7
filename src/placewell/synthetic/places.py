"""Where made-up people live: localities, postcode districts and made-up GP practices of the lots of 002 and 004.

A lot that stands in no list here (another service's) has one locality of its own name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

PRACTICES_PER_LOT = 14


@dataclass(frozen=True)
class Place:
    """A lot's localities and postcode districts, and the codes of its made-up practices."""

    region: str
    localities: tuple[str, ...]
    districts: Mapping[str, int]
    practices: tuple[str, ...]


def _practices(first: int) -> tuple[str, ...]:
    """Codes in the shape of real ones (a letter and five digits), from a range that no practice uses."""
    return tuple(f"M99{first + number:03d}" for number in range(PRACTICES_PER_LOT))


PLACES: dict[str, Place] = {
    "wolverhampton": Place(
        "west_midlands",
        ("wolverhampton_central", "bilston", "wednesfield", "tettenhall"),
        {"WV1": 3, "WV2": 4, "WV3": 3, "WV4": 2, "WV6": 3, "WV10": 5, "WV11": 3, "WV14": 4},
        _practices(100),
    ),
    "dudley": Place(
        "west_midlands",
        ("dudley_central", "stourbridge", "halesowen", "brierley_hill"),
        {"DY1": 4, "DY2": 5, "DY3": 2, "DY5": 4, "DY6": 2, "DY8": 3, "DY9": 2, "B62": 1, "B63": 2},
        _practices(200),
    ),
    "south_central_birmingham": Place(
        "west_midlands",
        ("selly_oak", "northfield", "hall_green", "edgbaston"),
        {"B5": 2, "B11": 4, "B12": 4, "B13": 2, "B14": 4, "B28": 2, "B29": 3, "B30": 3, "B31": 4, "B38": 2},
        _practices(300),
    ),
    "nottingham_city": Place(
        "east_midlands",
        ("nottingham_city",),
        {"NG1": 1, "NG2": 3, "NG3": 4, "NG5": 4, "NG6": 4, "NG7": 5, "NG8": 5, "NG11": 2},
        _practices(800),
    ),
    "sandwell_west_birmingham": Place(
        "west_midlands",
        ("west_bromwich", "smethwick", "handsworth", "oldbury"),
        {"B18": 3, "B19": 3, "B20": 3, "B21": 3, "B66": 4, "B67": 3, "B69": 3, "B70": 4, "B71": 4, "DY4": 3},
        _practices(400),
    ),
}


def place_of(lot: str, number: int) -> Place:
    """The place of a lot; `number` is its position, which keeps the practices of unlisted lots apart."""
    return PLACES.get(lot) or Place("not_known", (lot,), {"ZZ99": 1}, _practices(500 + number * 20))
