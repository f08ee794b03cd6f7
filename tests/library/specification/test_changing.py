"""A variant changes the entries it is for, the changed specification is validated, and what does not fit is told."""

from datetime import date

import pytest
from tests.library.specification.small import small

from placewell.specification import SpecificationError, load
from placewell.specification.changing import Choice, DoesNotFit, changed, is_shipped
from placewell.specification.variants import Change, Definition, Variant

SPEC = load("thrive_into_work")


def choice(*changes, scope="", number=None):
    """A choice of a variant that makes these changes."""
    variant = Variant(id="other", name="With {number}", clause="002 §1", number=number is not None, change=changes)
    definition = Definition(id="some.thing", rows=("X1",), question="Which?", variant=(variant,))
    return Choice(definition, variant, scope, number)


def a_change(file="outcomes", at="outcome", where=None, **values):
    return Change(file=file, at=at, where=where or {}, **values)


def six_weeks(spec):
    return spec.outcomes.outcome("six_weeks")


@pytest.mark.parametrize(
    ("change", "weeks"),
    [
        (a_change(where={"id": "six_weeks"}, set={"weeks": 7}), 7),
        (a_change(where={"kind": "weeks_in_work"}, set={"weeks": 7}), 7),
        (a_change(where={"kind": ("still_in_work", "weeks_in_work")}, set={"weeks": 7}), 7),
        (a_change(where={"kind": "weeks_in_work", "weeks": 6}, set={"weeks": 7}), 7),
        (a_change(where={"kind": "weeks_in_work", "max_gap_days": ()}, set={"weeks": 7}), 7),
        (a_change(where={"kind": "weeks_in_work", "weeks": 26}, set={"weeks": 7}), 6),
        (a_change(where={"id": "six_weeks"}, unset=("note",)), 6),
    ],
)
def test_where_a_change_is_made(change, weeks):
    other = changed(SPEC, choice(change))
    assert six_weeks(other).weeks == weeks
    assert six_weeks(SPEC).weeks == 6  # the shipped one stays


def test_what_is_taken_out_has_its_default():
    assert six_weeks(changed(SPEC, choice(a_change(where={"id": "six_weeks"}, unset=("note",))))).note == ""


def test_everything_else_stays():
    other = changed(SPEC, choice(a_change(where={"id": "six_weeks"}, set={"weeks": 7})))
    assert other.service == SPEC.service
    assert [one.id for one in other.outcomes.outcomes] == [one.id for one in SPEC.outcomes.outcomes]
    same = [one for one in other.outcomes.outcomes if one.id != "six_weeks"]
    assert same == [one for one in SPEC.outcomes.outcomes if one.id != "six_weeks"]


def test_a_single_part_is_changed():
    other = changed(SPEC, choice(a_change(at="hours", set={"boundary": 20})))
    assert (other.outcomes.hours.boundary, other.outcomes.hours.upper) == (20, "16_and_over")


def test_one_entry_alone_is_changed_by_its_id():
    every = a_change(where={"kind": ("weeks_in_work", "still_in_work"), "id": "six_weeks"}, set={"weeks": 7})
    other = changed(SPEC, choice(every, scope="six_months"))
    assert (other.outcomes.outcome("six_months").weeks, six_weeks(other).weeks) == (7, 6)


@pytest.mark.parametrize(
    ("values", "found"),
    [({"weeks": "{number}"}, (9, None)), ({"weeks": "{number}", "name": "After {number} weeks"}, (9, "After 9 weeks"))],
)
def test_a_number_is_put_in_its_place(values, found):
    picked = choice(a_change(where={"id": "six_weeks"}, set=values), number=9)
    other = six_weeks(changed(SPEC, picked))
    assert (other.weeks, picked.written, picked.name) == (found[0], "some.thing=9", "With 9")
    assert found[1] is None or other.name == found[1]


def test_a_kind_may_change():
    other = changed(SPEC, choice(a_change(where={"id": "six_weeks"}, set={"kind": "still_in_work"})))
    assert six_weeks(other).kind == "still_in_work"


def test_several_changes_and_several_choices_are_made_together():
    first = choice(a_change(where={"id": "six_weeks"}, set={"weeks": 7}), a_change(at="hours", set={"boundary": 20}))
    second = choice(a_change(file="pathway", at="support", set={"combine": "total"}))
    other = changed(SPEC, first, second)
    found = (six_weeks(other).weeks, other.outcomes.hours.boundary, other.pathway.support.combine)
    assert found == (7, 20, "total")


def test_the_hash_names_the_change():
    first = choice(a_change(where={"id": "six_weeks"}, set={"weeks": 7}))
    second = choice(a_change(where={"id": "six_weeks"}, set={"weeks": 8}))
    hashes = {SPEC.hash, changed(SPEC, first).hash, changed(SPEC, second).hash}
    assert len(hashes) == 3
    assert changed(SPEC, first).hash == changed(SPEC, first).hash
    assert all(len(hash) == 64 for hash in hashes)


def test_every_version_is_changed(tmp_path):
    later = """
[[limit]]
id = "job_search"
version = 2
in_force_from = 2019-04-01
label = "Ten months"
runs_from = "entry"
months = 10
clause = "009 §4"
"""
    spec = small(tmp_path, pathway=f"{_file('pathway')}{later}")
    other = changed(spec, choice(a_change(file="pathway", at="limit", where={"id": "job_search"}, set={"months": 3})))
    for on in (date(2018, 5, 1), date(2020, 5, 1)):
        assert other.as_of(on).pathway.limit_of("job_search").months == 3


def _file(name):
    from tests.library.specification.small import FILES

    return FILES[name]


@pytest.mark.parametrize(
    ("picked", "said"),
    [
        (choice(a_change(where={"id": "gone"}, set={"weeks": 1})), "no outcome with id gone in outcomes.toml"),
        (
            choice(a_change(where={"kind": ("a", "b"), "in_contract": True}, set={"weeks": 1})),
            "no outcome with kind a or b and in_contract true in outcomes.toml",
        ),
        (choice(a_change(where={"nothing_such": 1}, set={"weeks": 1})), "no outcome with nothing_such 1 in"),
        (choice(a_change(at="nowhere", set={"weeks": 1})), "no nowhere in outcomes.toml"),
        (
            choice(a_change(where={"kind": "weeks_in_work", "id": "a"}, set={"weeks": 1}), scope="engaged"),
            'no outcome with id "engaged" and kind weeks_in_work in outcomes.toml',
        ),
        (choice(a_change(at="hours", set={"boundary": 1}), scope="six_weeks"), 'no hours with id "six_weeks" in'),
        (
            choice(a_change(where={"id": "engaged", "appointments": ()}, set={"weeks": 1})),
            "no outcome with id engaged and appointments left out in outcomes.toml",
        ),
        (
            choice(a_change(at="a", set={"b": 1}), a_change(file="report", at="c", set={"b": 1})),
            "no a in outcomes.toml and no c in report.toml",
        ),
    ],
)
def test_what_does_not_fit_is_told(picked, said):
    with pytest.raises(DoesNotFit) as error:
        changed(SPEC, picked)
    assert error.value.problems[0].startswith("some.thing")
    assert f"does not fit thrive_into_work: its specification has {said}" in error.value.problems[0]


def test_a_file_that_a_service_does_not_have_has_nothing_to_change(tmp_path):
    with pytest.raises(DoesNotFit):
        changed(small(tmp_path), choice(a_change(file="payment", at="outcome_payment", set={"amount": 1})))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            a_change(where={"id": "six_weeks"}, set={"weeks": 0}),
            "some.thing=other: outcomes.toml: outcome[9].weeks (“six_weeks”): is 0; expected",
        ),
        (a_change(where={"id": "six_weeks"}, set={"weaks": 2}), "is not a key that belongs here: did you mean weeks?"),
        (
            a_change(where={"id": "six_weeks"}, set={"requires": ("gone",)}),
            "some.thing=other: outcomes.toml: outcome[9].requires (“six_weeks”): there is no other outcome 'gone'",
        ),
        (
            a_change(at="contact", set={"appointment_kinds": ("seance",)}),
            "some.thing=other: outcomes.toml: contact.appointment_kinds: 'seance' is not a code",
        ),
    ],
)
def test_a_changed_specification_is_validated_as_ever(change, said):
    with pytest.raises(SpecificationError) as error:
        changed(SPEC, choice(change))
    assert any(said in problem for problem in error.value.problems), error.value.problems


@pytest.mark.parametrize(
    ("change", "shipped"),
    [
        (a_change(where={"id": "six_weeks"}, set={"weeks": 6}), True),
        (a_change(where={"id": "six_weeks"}, unset=("max_gap_days",)), True),
        (a_change(where={"id": "six_weeks"}, set={"weeks": 7}), False),
    ],
)
def test_whether_the_service_reads_so_already(change, shipped):
    assert is_shipped(SPEC, choice(change)) is shipped


def test_a_choice_as_it_is_written():
    assert choice(a_change(set={})).written == "some.thing=other"
    assert choice(a_change(set={}), scope="six_weeks").written == "some.thing@six_weeks=other"
