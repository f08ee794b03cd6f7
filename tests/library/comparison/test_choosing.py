"""What is to be compared as people write it, and what is said of what cannot be."""

import pytest
from tests.library.comparison.comparing import compared, question
from tests.library.outcomes.asking import SPEC

from placewell.comparison import compare, reading_of
from placewell.comparison.choosing import UnknownVariant
from placewell.specification import load
from placewell.specification.changing import DoesNotFit

GROW = load("ips_grow")
MODES = ("cumulative", "continuous", "point")


@pytest.mark.parametrize(
    ("written", "readings"),
    [
        ("definition.engaged=one_meeting", ["definition.engaged=one_meeting"]),
        (" definition.engaged = one_meeting ", ["definition.engaged=one_meeting"]),
        ("rapid.limit_days=30", ["rapid.limit_days=30"]),
        ("sustain.mode@six_weeks=point", ["sustain.mode@six_weeks=point"]),
        ("hours.band_boundary=lower,rapid.limit_days=30", ["hours.band_boundary=lower,rapid.limit_days=30"]),
        ("hours.band_boundary=all", [f"hours.band_boundary={one}" for one in ("upper", "lower", "own")]),
        ("sustain.mode@six_weeks=all", [f"sustain.mode@six_weeks={one}" for one in MODES]),
        ("caseload.max=all", [f"caseload.max={one}" for one in ("rising", "same_every_year", "twenty")]),
    ],
)
def test_what_is_chosen(written, readings):
    assert [one.written for one in reading_of(SPEC, written)] == readings


def test_every_variant_means_every_one_that_fits():
    found = [one.written for one in reading_of(GROW, "clock.entry_event=all")]
    assert found == [
        f"clock.entry_event={one}" for one in ("referred", "consented", "accepted", "opted_in", "first_appointment")
    ]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (
            "definition.engagd=one_meeting",
            'There is no definition "definition.engagd" to compare: did you mean definition.engaged',
        ),
        ("X3=one_meeting", 'There is no definition "X3" to compare: did you mean definition.engaged?'),
        ("X8=all", "did you mean sustain.mode, sustain.max_gap_days, sustain.length?"),
        ("X12=anything", "X12 changes no figure. They are numbers planned with"),
        ("zzz=1", "`placewell compare --list` names them all."),
        (
            "definition.engaged",
            'definition.engaged has no variant "": it has three_appointments_or_profile, one_meeting',
        ),
        ("definition.engaged=two", 'definition.engaged has no variant "two": it has'),
        ("rapid.limit_days=soon", 'rapid.limit_days has no variant "soon": it has a number.'),
        ("rapid.limit_days=number", 'rapid.limit_days has no variant "number": it has a number.'),
        ("rapid.limit_days=0", 'rapid.limit_days has no variant "0"'),
        ("rapid.limit_days=²", 'rapid.limit_days has no variant "²"'),
        ("definition.engaged=all,rapid.limit_days=30", 'definition.engaged has no variant "all"'),
    ],
)
def test_what_is_unknown_is_told(written, said):
    with pytest.raises(UnknownVariant) as error:
        reading_of(SPEC, written)
    assert said in error.value.problems[0]


@pytest.mark.parametrize(
    ("spec", "written", "said"),
    [
        (
            SPEC,
            "fidelity.bands=good",
            "fidelity.bands=good does not fit thrive_into_work: its specification has no outcome",
        ),
        (
            SPEC,
            "fidelity.bands=all",
            "fidelity.bands does not fit thrive_into_work: its specification has nothing that one",
        ),
        (
            SPEC,
            "rapid.limit_days=all",
            "rapid.limit_days does not fit thrive_into_work: give a number, as in rapid.limit_days=28.",
        ),
        (GROW, "evidence.required=all", "evidence.required does not fit ips_grow"),
        (
            SPEC,
            "sustain.mode@engaged=point",
            'has no outcome with id "engaged" and kind weeks_in_work or still_in_work',
        ),
    ],
)
def test_what_does_not_fit_is_told(spec, written, said):
    with pytest.raises(DoesNotFit) as error:
        reading_of(spec, written)
    assert said in error.value.problems[0]


def test_several_choices_are_one_reading_with_all_their_names():
    (found,) = reading_of(SPEC, "hours.band_boundary=lower,rapid.limit_days=30,sustain.length=calendar_months")
    assert found.name == "Exactly 16 hours in the lower band; Within 30 days; 26 weeks: six calendar months"
    assert found.clause == "002 App. 6; 002 §9.12 vi, App. 7 Sv 4; 002 §17.9 xii"
    assert found.rows == ("X5", "X10", "X8")
    assert found.spec.outcomes.hours.boundary_belongs_to == "lower"
    assert found.spec.outcomes.outcome("applied_within_4_weeks").days == 30


def test_the_answer_as_one_object():
    found = compared(("definition.engaged=one_meeting", "rapid.limit_days=30"), only=("engaged",)).as_dict()
    assert list(found) == [
        "service", "specification", "period", "as_at", "lot", "data", "figures", "payment", "readings",
    ]  # fmt: skip
    assert [one["id"] for one in found["figures"]] == ["engaged"]
    assert found["figures"][0] | {"clause": "", "name": ""} == {
        "id": "engaged", "name": "", "clause": "", "unit": "people", "in_return": True,
        "numerator": 0, "denominator": None, "value": 0,
    }  # fmt: skip
    first = found["readings"][0]
    assert list(first) == ["with", "name", "clause", "rows", "specification", "figures", "payment"]
    assert (first["with"], first["rows"]) == ("definition.engaged=one_meeting", ["X3"])
    assert list(first["figures"][0]) == [
        "id", "name", "clause", "unit", "in_return", "was", "is", "difference", "joins", "leaves", "denominator",
    ]  # fmt: skip
    assert list(first["payment"]) == ["was", "is", "difference", "joins", "leaves"]
    hashes = [found["specification"]["hash"], *(one["specification"] for one in found["readings"])]
    assert len(set(hashes)) == 3


def test_the_same_question_gives_the_same_answer():
    asked = question(SPEC, only=("engaged",))
    readings = reading_of(SPEC, "definition.engaged=all")
    assert compare(SPEC, readings, asked).as_dict() == compare(SPEC, readings, asked).as_dict()
