"""The emergency list equals the draws of its stratum, and a place is written only as it was told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.library.randomisation.allocators import opened, request
from tests.library.randomisation.trials import MOMENT, SHARE_E, SHARE_P, blocks, config, packets, simple, whole

from placewell.randomisation.bundle import Bundle
from placewell.randomisation.configuration import Configuration
from placewell.randomisation.emergency import Told, emergency_list, places
from placewell.randomisation.keys import PacketMissing
from placewell.randomisation.refusals import Refused
from placewell.randomisation.verification import verify

WITH_LIST: dict[str, Any] = {"strata": ("lot_1", "emergency"), "planned": (600, 12)}
DESIGNS = {
    "big stick": config(**WITH_LIST),
    "big stick of two": config(imbalance=2, **WITH_LIST),
    "packets": config(epoch_size=12, epochs=2, **WITH_LIST),
    "blocks": blocks(4, 6, **WITH_LIST),
    "blocks with packets": blocks(4, epoch_size=2, epochs=3, **WITH_LIST),
    "simple": simple(**WITH_LIST),
}


@pytest.mark.parametrize("design", DESIGNS)
def test_the_list_is_what_the_allocator_draws(design: str, tmp_path: Any) -> None:
    made = DESIGNS[design]
    listed = emergency_list(whole(made), made)
    assert len(listed) == places(made) == 12
    assert set(listed) == set(made.arms)
    allocator = opened(tmp_path, made)
    drawn = [
        allocator.allocate(request(f"T{place}", "emergency"), MOMENT, Told(place, arm))
        for place, arm in enumerate(listed, 1)
    ]
    assert [(each.stratum, each.n, each.arm) for each in drawn] == [
        ("emergency", n, arm) for n, arm in enumerate(listed)
    ]
    report = verify(Bundle.of(allocator.tail(-1, "")), {"E": SHARE_E, "P": SHARE_P})
    assert report.faults == (), report.text()
    with pytest.raises(Refused, match="Every place of the sealed list is used"):
        allocator.allocate(request("T99", "emergency"), MOMENT, Told(13, listed[0]))


def other(made: Configuration, arm: str) -> str:
    return next(each for each in made.arms if each != arm)


MADE = DESIGNS["big stick"]
FIRST, SECOND = emergency_list(whole(MADE), MADE)[:2]
REFUSED = {
    "the other group": ("emergency", Told(1, other(MADE, FIRST)), "not the next of the sealed list"),
    "a later place": ("emergency", Told(2, FIRST), "not the next of the sealed list"),
    "no place": ("emergency", Told(0, FIRST), "not the next of the sealed list"),
    "no such group": ("emergency", Told(1, "third"), "not the next of the sealed list"),
    "nothing told": ("emergency", None, "belongs to a draw of that list"),
    "told in an area": ("lot_1", Told(1, FIRST), "belongs to a draw of that list"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_does_not_fit_is_refused_and_nothing_is_written(what: str, tmp_path: Any) -> None:
    stratum, told, why = REFUSED[what]
    allocator = opened(tmp_path, MADE)
    with pytest.raises(Refused, match=why):
        allocator.allocate(request("T1", stratum), MOMENT, told)
    assert allocator.head()[0] == 0
    assert allocator.allocate(request("T1", "emergency"), MOMENT, Told(1, FIRST)).arm == FIRST


def test_whoever_has_an_arm_keeps_it_whatever_was_told(tmp_path: Any) -> None:
    allocator = opened(tmp_path, MADE)
    first = allocator.allocate(request("T1", "lot_1"), MOMENT)
    assert allocator.allocate(request("T1", "emergency"), MOMENT, Told(1, FIRST)) == first
    assert allocator.allocate(request("T2", "emergency"), MOMENT, Told(1, FIRST)).n == 0


def test_a_trial_without_a_list_has_no_places_and_no_such_draw(tmp_path: Any) -> None:
    made = config()
    assert (places(made), emergency_list(whole(made), made)) == (0, ())
    with pytest.raises(Refused, match="no stratum"):
        opened(tmp_path, made).allocate(request("T1", "emergency"), MOMENT, Told(1, "ips"))


def test_without_its_key_no_list_is_made() -> None:
    made = replace(MADE, epoch_size=12, epochs=2)
    with pytest.raises(PacketMissing):
        emergency_list(packets(made), made)
