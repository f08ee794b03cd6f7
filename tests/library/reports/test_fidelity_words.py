"""Fidelity in words: values with units, what they rest on, and which sentences ask to look."""

import pytest

from placewell.reports.fidelity_words import (
    alert_sentences,
    at_last_review,
    bare_value,
    fidelity_table,
    headline,
    rests_on,
    review_in_words,
    value_in_words,
)


def a_measure(value, unit="per_cent", **fields):
    given = {"value": value, "unit": unit, "mean": None, "per": "", "missing": "", "numerator": 1, "denominator": 2}
    return {**given, **fields}


@pytest.mark.parametrize(
    ("measure", "shown", "basis"),
    [
        (a_measure(50), "50%", "1 of 2"),
        (a_measure(33.3333, numerator=1000, denominator=3000), "33.3%", "1,000 of 3,000"),
        (a_measure(49, "days", mean=56.05, numerator=None, denominator=1238), "49 days, mean 56.1", "from 1,238"),
        (
            a_measure(0.9728, "contacts", per="weeks in post", denominator=1.5),
            "0.97 contacts",
            "1 to 1.5 weeks in post",
        ),
        (a_measure(12, "meetings", denominator=None), "12 meetings", ""),
        (a_measure(None, missing="No job began."), "–", "No job began"),
    ],
)
def test_values_and_what_they_rest_on(measure, shown, basis):
    assert (value_in_words(measure), rests_on(measure)) == (shown, basis)


@pytest.mark.parametrize(
    ("items", "total", "said"),
    [
        (0, 0, "Records score no item"),
        (1, 4, "1 item is scored from records, 4 of 5 points; 24 of 25 wait for a reviewer."),
        (7, 30, "7 items are scored from records, 30 of 35 points; 18 of 25 wait for a reviewer."),
    ],
)
def test_how_much_is_scored(items, total, said):
    answer = {"pre_scored": {"items": items, "of": 25, "total": total, "most": 5 * items}}
    assert headline(answer).startswith(said)


BANDS = [{"id": "good", "name": "Good fidelity"}, {"id": "fair", "name": "Fair fidelity"}]


def an_answer(*reviews, drift=()):
    return {"scale": {"bands": BANDS, "most": 125}, "reviews": reviews, "drift": drift}


def a_review(on, total, change=None, band=None, not_scored=(), kind="external"):
    return {"on": on, "total": total, "change": change, "band": band, "not_scored": not_scored, "kind": kind}


FIRST = a_review("2019-03-31", 101, band="good")
FALLEN = a_review("2020-03-31", 99, -2, "fair")
DRIFT = {"label": "Caseload", "now": 2, "was": 4, "was_on": "2020-03-31", "fell": True}


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (an_answer(), []),
        (an_answer(FIRST), []),
        (an_answer(FIRST, a_review("2020-03-31", 101, 0, "good")), []),
        (an_answer(FIRST, a_review("2020-03-31", 100, -1, "good")),
         ["The total fell from 101 to 100 on 31 March 2020."]),
        (an_answer(FIRST, FALLEN),
         ["The total fell from 101 to 99 on 31 March 2020, from Good fidelity to Fair fidelity."]),
        (an_answer(FIRST, FALLEN, FALLEN),
         ["The total fell from 101 to 99 on 31 March 2020, from Good fidelity to Fair fidelity."]),
        (an_answer(FIRST, FALLEN, a_review("2020-09-30", None)),
         ["The total fell from 101 to 99 on 31 March 2020, from Good fidelity to Fair fidelity."]),
        (an_answer(FIRST, drift=[DRIFT, {**DRIFT, "fell": False}]),
         ["Caseload: records now score 2; the review of 31 March 2020 gave 4."]),
    ],
)  # fmt: skip
def test_what_asks_to_be_looked_at(answer, said):
    assert alert_sentences(answer) == said


@pytest.mark.parametrize(
    ("review", "said"),
    [
        (FIRST, "31 March 2019, Outside review: 101 of 125, Good fidelity"),
        (FALLEN, "31 March 2020, Outside review: 99 of 125 (-2), Fair fidelity"),
        (a_review("2020-03-31", 96, 3), "31 March 2020, Outside review: 96 of 125 (+3)"),
        (a_review("2020-03-31", None, not_scored=("a",)), "31 March 2020, Outside review: no total, 1 item not scored"),
        (a_review("2020-03-31", None, not_scored=("a", "b"), kind=None),
         "31 March 2020, Not known: no total, 2 items not scored"),
    ],
)  # fmt: skip
def test_a_review_in_one_line(review, said):
    assert review_in_words(an_answer(), review) == said


@pytest.mark.parametrize(
    ("measure", "shown"),
    [
        (a_measure(50), "50%"),
        (a_measure(49, "days", mean=56.05), "49, mean 56.1"),
        (a_measure(0.9728, "contacts", per="weeks in post"), "0.97"),
        (a_measure(None, "days"), "–"),
    ],
)
def test_values_beside_a_label_that_names_the_unit(measure, shown):
    assert bare_value(measure) == shown


@pytest.mark.parametrize(
    ("measure", "said"),
    [
        (a_measure(50, at_last_review=40), "40% on 31 March 2020"),
        (a_measure(0.5, "contacts", per="weeks in post", at_last_review=0.256), "0.26 on 31 March 2020"),
        (a_measure(50, at_last_review=0), "0% on 31 March 2020"),
        (a_measure(50, at_last_review=None), ""),
    ],
)
def test_the_value_on_the_day_of_the_last_review(measure, said):
    assert at_last_review(an_answer(FIRST, FALLEN), measure) == said


@pytest.mark.parametrize(
    ("scale", "service", "place", "heading"),
    [
        ("Scale, 2008", "WorkWise", {}, "Scale, 2008: WorkWise, as at 30 June 2019"),
        ("Scale, 2008", "WorkWise", {"lot": "poole"}, "Scale, 2008: WorkWise, lot poole, as at 30 June 2019"),
        ("Guidelines, Thrive Into Work", "Thrive Into Work", {}, "Guidelines, Thrive Into Work, as at 30 June 2019"),
        ("Guidelines, Thrive", "Thrive", {"team": "t1"}, "Guidelines, Thrive, team t1, as at 30 June 2019"),
    ],
)
def test_the_table_is_headed_by_the_services_name_once_and_never_its_id(scale, service, place, heading):
    about = {"service": "an_id", "as_at": "2019-06-30", "lot": None, "team": None, "items": [], **place}
    answer = {**an_answer(), "pre_scored": {"items": 0}, **about}
    answer["scale"] = {**answer["scale"], "name": scale}
    assert fidelity_table(answer, service).splitlines()[0] == heading
