"""The frozen set-up of a trial: what it refuses, what its hash covers, and how a specification's trial becomes one."""

from dataclasses import fields, replace
from typing import Any

import pytest
from tests.library.randomisation.trials import blocks, config, simple

from placewell.randomisation.configuration import Configuration, ConfigurationError
from placewell.specification import load

VERIFIER = "ab" * 32
LOTS = ("wolverhampton", "dudley", "south_central_birmingham", "sandwell_west_birmingham")
SPEC = load("thrive_into_work")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"trial": ""}, '"" cannot be the name'),
        ({"trial": "two words"}, '"two words" cannot be the name'),
        ({"arms": ("ips",)}, "at least two arms"),
        ({"arms": ("ips", "ips")}, "name of its own"),
        ({"arms": ("ips", "Contrôle")}, "cannot be the name"),
        ({"ratio": (1,)}, "1 shares for 2 arms"),
        ({"ratio": (1, 0)}, "must be 1 or more"),
        ({"ratio": (2, 1)}, "two arms in equal shares"),
        ({"ratio": (2, 2)}, "two arms in equal shares"),
        ({"arms": ("a", "b", "c"), "ratio": (1, 1, 1)}, "two arms in equal shares"),
        ({"imbalance": 0}, "needs an imbalance"),
        ({"ratio": (2**50, 1)}, "more than 1000"),
        ({"epoch_size": 1, "epochs": 2**50}, "more than 1000000 packets"),
        ({"imbalance": -3}, "needs an imbalance"),
        ({"block_sizes": (4,)}, "belong to permuted blocks alone"),
        ({"strata": (), "planned": ()}, "at least one stratum"),
        ({"strata": ("s", "s")}, "name of its own"),
        ({"planned": (1,)}, "1 of 2 strata"),
        ({"planned": (1, -1)}, "cannot be below 0"),
        ({"opens_on": "1/10/2017"}, "2017-10-01"),
        ({"closes_at": "soon"}, "2019-03-31T23:59"),
        ({"closes_at": "2017-09-30T23:59"}, "before it opens"),
        ({"closes_at": "2019-03-31T23:59+01:00"}, "without an offset"),
        ({"verifier": "AB" * 32}, "SHA-256 of the verifier"),
        ({"verifier": ""}, "SHA-256 of the verifier"),
        ({"epoch_size": 5}, "or neither"),
        ({"epochs": 5}, "or neither"),
        ({"epoch_size": -1, "epochs": 5}, "below 0"),
        ({"identity_bound": 2}, "0 or 1"),
        ({"algorithm": "placewell-draw/2"}, "is not known here"),
        ({"method": "coin"}, 'The method "coin"'),
        ({"method": "simple"}, "belongs to the big stick alone"),
        ({"planned": ("1", "2")}, "list of whole numbers"),
        ({"planned": (True, 2)}, "list of whole numbers"),
        ({"imbalance": 5.0}, "imbalance must be a whole number"),
        ({"opens_on": 20171001}, "opens_on must be text"),
    ],
)
def test_a_trial_that_cannot_be_drawn(change: dict[str, Any], why: str) -> None:
    with pytest.raises(ConfigurationError, match=why):
        config(**change)


@pytest.mark.parametrize(
    ("sizes", "more", "why"),
    [
        ((5,), {}, "A block of 5 .* multiple of 2"),
        ((4,), {"ratio": (2, 1)}, "multiple of 3"),
        ((0,), {}, "A block of 0"),
        ((2**50,), {}, "longer than 1000"),
        ((4, 4), {}, "each given once"),
        ((4,), {"identity_bound": 1}, "Only the big stick's coin"),
    ],
)
def test_blocks_that_cannot_be_dealt(sizes: tuple[int, ...], more: dict[str, Any], why: str) -> None:
    with pytest.raises(ConfigurationError, match=why):
        blocks(*sizes, **more)


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(ConfigurationError) as caught:
        config(imbalance=0, planned=(1,), opens_on="x")
    assert len(caught.value.problems) == 3


@pytest.mark.parametrize("made", [config(), blocks(), simple(ratio=(2, 1)), config(epoch_size=80, epochs=30)])
def test_what_was_written_reads_as_it_was(made: Configuration) -> None:
    again = Configuration.from_data(made.as_data())
    assert (again, again.hash, again.salt.hex()) == (made, made.hash, made.hash)


@pytest.mark.parametrize("odd", [{"note": "x"}, {"trial": None}, {"arms": "ips"}, {"strata": [["a"]]}])
def test_a_file_with_odd_values_is_refused(odd: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError):
        Configuration.from_data({**config().as_data(), **odd})


def test_a_file_with_a_value_missing_is_refused() -> None:
    data = config().as_data()
    del data["imbalance"]
    with pytest.raises(ConfigurationError, match="imbalance"):
        Configuration.from_data(data)


CHANGES = {
    "trial": "tiw2",
    "arms": ("control", "ips"),
    "strata": ("lot_2", "lot_1"),
    "planned": (2650, 2651),
    "opens_on": "2017-10-02",
    "closes_at": "2019-03-31T23:58",
    "verifier": "cd" * 32,
    "imbalance": 6,
    "identity_bound": 1,
}


@pytest.mark.parametrize("name", CHANGES)
def test_the_hash_covers_every_value(name: str) -> None:
    assert replace(config(), **{name: CHANGES[name]}).hash != config().hash


def test_the_hash_stands_still() -> None:
    """A changed hash means that every trial opened before can no longer be read."""
    assert len(fields(Configuration)) == 15
    assert config().hash == "11c752c54f7d3f0e05909cb713dc1c6d13eda6a332fb3739088d2e4d7a6a4593"


def test_a_specification_becomes_a_configuration() -> None:
    made = Configuration.of_specification(SPEC, None, VERIFIER)
    assert made == Configuration(
        trial="thrive_into_work",
        arms=("ips", "control"),
        ratio=(1, 1),
        method="big_stick",
        strata=(*LOTS, "emergency"),
        planned=(1325, 1325, 1325, 1325, 40),
        opens_on="2017-10-01",
        closes_at="2019-03-31T23:59",
        verifier=VERIFIER,
        imbalance=5,
        epoch_size=80,
        epochs=30,
    )


def trial_with(**change: Any) -> Any:
    assert SPEC.trial is not None
    return replace(SPEC, trial=SPEC.trial.model_copy(update=change))


@pytest.mark.parametrize(
    ("change", "lots", "wanted"),
    [
        ({"planned_participants": 5301}, None, {"planned": (1326, 1325, 1325, 1325, 40)}),
        ({}, ["dudley"], {"strata": ("dudley", "emergency"), "planned": (5300, 40)}),
        ({"emergency_list": 0}, None, {"strata": LOTS, "planned": (1325,) * 4}),
        ({"stratified_by": ()}, None, {"strata": ("all", "emergency"), "planned": (5300, 40)}),
        (
            {"method": "permuted_blocks", "block_sizes": (4, 6, 8)},
            None,
            {"method": "permuted_blocks", "block_sizes": (4, 6, 8), "imbalance": 0},
        ),
        ({"method": "simple"}, None, {"method": "simple", "imbalance": 0, "block_sizes": ()}),
    ],
)
def test_what_the_specification_says_is_what_is_drawn(change: Any, lots: Any, wanted: dict[str, Any]) -> None:
    made = Configuration.of_specification(trial_with(**change), lots, VERIFIER)
    assert {name: getattr(made, name) for name in wanted} == wanted


def test_a_coin_bound_to_identity_has_no_list_of_places() -> None:
    made = Configuration.of_specification(SPEC, None, VERIFIER, identity_bound=1)
    assert (made.strata, made.planned) == (LOTS, (1325,) * 4)
    with pytest.raises(ConfigurationError, match="emergency list cannot be printed"):
        replace(made, strata=(*LOTS, "emergency"), planned=(*made.planned, 40))


@pytest.mark.parametrize(
    ("spec", "lots", "why"),
    [
        (load("workwise"), None, "has no trial"),
        (SPEC, ["coventry"], "has no lot coventry"),
        (trial_with(stratified_by=("gender",)), None, "stratified_by"),
    ],
)
def test_a_specification_that_gives_no_trial(spec: Any, lots: Any, why: str) -> None:
    with pytest.raises(ConfigurationError, match=why):
        Configuration.of_specification(spec, lots, VERIFIER)
