"""Completeness of the baseline: what is an answer, of whom it is asked, who is missing."""

import pytest
from tests.factories import a_person
from tests.library.evaluation.trial_facts import (
    SPEC,
    baseline,
    consented,
    dataset,
    date,
    form,
    ledger,
    randomised,
    referred,
)

from placewell.evaluation.completeness import completeness

DAY = date(2019, 6, 14)
WHOLE_PERSON = {
    "region": "west_midlands",
    "first_name": "Ann",
    "surname": "Osei",
    "birth_date": "1980-02-29",
    "email": "ann@example.org",
    "phone": "0121 496 0000",
    "gender": "2",
    "ethnicity": "A",
    "religion": "A",
    "sexual_orientation": "1",
    "education": "level_2",
}
WHOLE_EPISODE = {"source": "gp", "primary_condition": "diabetes", "time_since_last_worked": "1_to_2_years"}


def a_participant(id="e1", person=None, episode=None, *, benefit="none", asked=True):
    facts = [
        a_person(f"p-{id}", **{**WHOLE_PERSON, **(person or {})}),
        referred(id, f"p-{id}", **{**WHOLE_EPISODE, **(episode or {})}),
        consented(id),
    ]
    if benefit:
        facts.append(("benefits", {"episode_id": id, "on": date(2018, 1, 15), "benefit": benefit, "received": True}))
    return [*facts, baseline(id) if asked else []]


def missing(*facts, **asked):
    """The lines that somebody is missing from, with who."""
    found = completeness(dataset(*facts), SPEC, DAY, **asked)
    return {line.id: line.missing for line in found.lines if line.missing}


def test_everything_answered():
    found = completeness(dataset(a_participant()), SPEC, DAY)
    assert (found.people, found.whole, len(found.lines)) == (1, 1, 19)
    assert [line.id for line in found.lines if line.part == "person_items"] == list(SPEC.trial.baseline[0].items)
    assert all(line.share == 1 for line in found.lines)
    assert found.words == "1 of 1 people who agreed to take part have a complete baseline."


@pytest.mark.parametrize("item", WHOLE_PERSON)
@pytest.mark.parametrize("value", [None, "not_known", " "])
def test_an_item_of_the_person_that_is_not_answered(item, value):
    value = None if item == "birth_date" else value  # a day has no codes
    assert missing(a_participant(person={item: value})) == {item: ("e1",)}


@pytest.mark.parametrize("item", WHOLE_EPISODE)
def test_an_item_of_the_referral_that_is_not_answered(item):
    assert missing(a_participant(episode={item: None})) == {item: ("e1",)}
    assert missing(a_participant(episode={item: "not_known"})) == {item: ("e1",)}


@pytest.mark.parametrize(
    ("facts", "lines"),
    [
        (a_participant(person={"education": "prefer_not_to_say", "religion": "N"}), {}),
        (a_participant(benefit=None), {"benefits": ("e1",)}),
        (a_participant(benefit="not_known"), {"benefits": ("e1",)}),
        (a_participant(asked=False), {"swemwbs": ("e1",), "rand36": ("e1",)}),
    ],
)
def test_what_is_an_answer(facts, lines):
    assert missing(facts) == lines


@pytest.mark.parametrize(
    ("items", "occasion", "begun", "answered"),
    [(7, "baseline", 0, 1), (6, "baseline", 1, 0), (1, "baseline", 1, 0), (7, "review", 0, 0)],
)
def test_a_questionnaire_is_answered_when_every_item_is(items, occasion, begun, answered):
    facts = [a_participant(asked=False), form("e1", "swemwbs", occasion, "2018-01-15", items)]
    (line,) = [one for one in completeness(dataset(*facts), SPEC, DAY).lines if one.id == "swemwbs"]
    assert (line.label, line.answered, line.of, line.begun) == ("Wellbeing questionnaire", answered, 1, begun)


def test_two_half_forms_are_no_whole_one():
    half = [row for row in form("e1", "swemwbs", "baseline", "2018-01-15", 7) if row[1]["item"] < "4"]
    other = [row for row in form("e1", "swemwbs", "baseline", "2018-01-16", 7) if row[1]["item"] >= "4"]
    assert "swemwbs" in missing(a_participant(asked=False), half, other)


def test_only_who_agreed_to_take_part_is_asked():
    facts = [a_participant("e1"), referred("e2"), referred("e3"), consented("e3", "linkage"), consented("e4", on=DAY)]
    assert completeness(dataset(*facts, referred("e4")), SPEC, date(2019, 6, 13)).people == 1
    assert completeness(dataset(*facts, referred("e4")), SPEC, DAY).people == 2
    assert completeness(dataset(*facts), SPEC, DAY, lot="wolverhampton").people == 0


def test_who_was_randomised_is_asked_though_no_consent_is_in_the_data_set():
    tables = dataset(row for row in randomised("e1") if row[0] != "consents")
    assert completeness(tables, SPEC, DAY).people == 0
    assert completeness(tables, SPEC, DAY, ledger=ledger(tables)).people == 1


def test_nobody_has_no_share():
    found = completeness(dataset(), SPEC, DAY)
    assert found.words == "Nobody has agreed to take part yet."
    assert {line.share for line in found.lines} == {None}
