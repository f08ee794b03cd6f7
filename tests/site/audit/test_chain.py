"""The hash chain: whatever is edited, removed, put in or moved is found, and the first broken link is named."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from placewell_web.audit import chain


@dataclass
class Link:
    """An entry without a database."""

    sequence: int
    at: datetime
    actor_kind: str = "user"
    actor_id: str = "7"
    actor_name: str = "Leah Morgan"
    verb: str = "record_contact"
    is_view: bool = False
    target_kind: str = "contact"
    target_id: str = "c"
    person_id: str = "p"
    lot: str = "dudley"
    detail: str = ""
    previous_hash: str = chain.GENESIS
    hash: str = ""


def links(count: int) -> list[Link]:
    made: list[Link] = []
    for number in range(1, count + 1):
        at = datetime(2019, 6, 14, 9, tzinfo=UTC) + timedelta(seconds=number)
        link = Link(number, at, target_id=f"c{number}", previous_hash=made[-1].hash if made else chain.GENESIS)
        link.hash = chain.link_hash(link)
        made.append(link)
    return made


CHANGES = {
    "at": datetime(2019, 6, 15, tzinfo=UTC),
    "actor_kind": "system",
    "actor_id": "8",
    "actor_name": "Someone Else",
    "verb": "view_person",
    "is_view": True,
    "target_kind": "job",
    "target_id": "other",
    "person_id": "q",
    "lot": "sandwell",
    "detail": '{"a":1}',
    "hash": "f" * 64,
    "previous_hash": "e" * 64,
}


def test_whole_chain_holds() -> None:
    assert chain.first_break(links(50)) is None
    assert chain.first_break([]) is None


@pytest.mark.parametrize("field", sorted(CHANGES))
@pytest.mark.parametrize("place", [0, 7, 19])
def test_any_edit_is_found(field: str, place: int) -> None:
    changed = links(20)
    changed[place] = replace(changed[place], **{field: CHANGES[field]})
    found = chain.first_break(changed)
    assert found is not None
    assert found.sequence in (place + 1, place + 2)


@pytest.mark.parametrize("seed", range(100))
def test_deletes_inserts_and_swaps_are_found(seed: int) -> None:
    dice = random.Random(seed)
    whole = links(20)
    place = dice.randrange(19)  # the tail can be cut: only a copy of the head elsewhere shows that
    assert chain.first_break(whole[:place] + whole[place + 1 :]).sequence == place + 1
    twice = [*whole[: place + 1], replace(whole[place], target_id="put in"), *whole[place + 1 :]]
    assert chain.first_break(twice) is not None
    other = dice.choice([number for number in range(20) if number != place])
    swapped = list(whole)
    swapped[place], swapped[other] = swapped[other], swapped[place]
    assert chain.first_break(swapped).sequence == min(place, other) + 1


@pytest.mark.parametrize("seed", range(100))
def test_one_entry_recomputed_breaks_the_next(seed: int) -> None:
    changed = links(20)
    place = random.Random(seed).randrange(19)
    forged = replace(changed[place], lot="sandwell")
    forged.hash = chain.link_hash(forged)
    changed[place] = forged
    assert chain.first_break(changed) == chain.Break(place + 2, f"entry {place + 2} does not follow the one before it")


def test_same_moment_in_any_zone_has_one_hash() -> None:
    first = links(1)[0]
    elsewhere = replace(first, at=first.at.astimezone(timezone(timedelta(hours=1))))
    assert chain.link_hash(elsewhere) == first.hash


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        chain.moment(datetime(2019, 6, 14))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": 2}, '{"a":2,"b":1}'),
        ({"name": "Zoë £"}, '{"name":"Zoë £"}'),
        ({"on": datetime(2019, 6, 14).date()}, '{"on":"2019-06-14"}'),
        ({"deep": {"y": [1, 2], "x": None}}, '{"deep":{"x":null,"y":[1,2]}}'),
    ],
)
def test_canonical_text(value: dict[str, object], text: str) -> None:
    assert chain.canonical(value) == text


def test_what_json_cannot_say_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        chain.canonical({"hours": float("nan")})
