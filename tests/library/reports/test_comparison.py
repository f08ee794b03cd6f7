"""A comparison in words, as a flat table and as a page."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from tests.factories import a_profile, an_appointment, an_episode
from tests.library.comparison.comparing import compared
from tests.library.comparison.test_every_variant import CROWD, ONE, PROVED, STARTED

from placewell.comparison.moves import Difference
from placewell.reports.comparison import COLUMNS, comparison_rows, letter, money_words, signed, value_words
from placewell.reports.comparison_page import comparison_html, page_of
from placewell.specification import load

FACTS = (
    ONE,
    STARTED,
    PROVED,
    an_appointment("e1", "2019-05-01"),
    an_episode("e2", "p2", entered="2019-04-10"),
    a_profile("e2", "2019-05-02", "2019-05-03"),
)
READINGS = ("definition.engaged=one_meeting", "evidence.accepted=figure_2", "phase.start=april_2019")


@pytest.fixture(scope="module")
def found():
    return compared(READINGS, *FACTS)


@pytest.fixture(scope="module")
def page(found):
    return page_of(found)


@pytest.mark.parametrize(
    ("place", "mark"),
    [(0, "A"), (1, "B"), (25, "Z"), (26, "AA"), (27, "AB"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")],
)
def test_the_letter_of_a_reading(place, mark):
    assert letter(place) == mark


@pytest.mark.parametrize(
    ("pounds", "said"),
    [("0", "£0.00"), ("750", "£750.00"), ("-750", "−£750.00"), ("679500", "£679,500.00"), ("0.1", "£0.10")],
)
def test_pounds_in_words(pounds, said):
    assert money_words(Decimal(pounds)) == said


@pytest.mark.parametrize(
    ("unit", "value", "denominator", "said"),
    [
        ("people", 12, None, "12"),
        ("proportion", 0.61, 23, "61% of 23"),
        ("proportion", None, 0, "–"),
        ("days", 15.5, 4, "15.5"),
        ("pounds", 9.8, 4, "£9.80"),
        ("points", 2.1, 4, "+2.1"),
    ],
)
def test_a_value_in_words(found, unit, value, denominator, said):
    assert value_words(replace(found.counts[0], unit=unit, value=value, denominator=denominator)) == said


@pytest.mark.parametrize(
    ("unit", "was", "now", "said"),
    [
        ("people", 2, 5, "+3"),
        ("people", 5, 2, "−3"),
        ("people", 5, 5, "±0"),
        ("people", None, 5, "–"),
        ("people", 1000, 2240, "+1,240"),
        ("proportion", 0.5, 0.625, "+12.5 points"),
        ("proportion", 0.5, 0.25, "−25 points"),
        ("pounds", 9, 9.5, "+£0.50"),
        ("pounds", 9.5, 9, "−£0.50"),
        ("points", 1, 3.5, "+2.5"),
        ("days", 10, 8.5, "−1.5"),
    ],
)
def test_a_difference_in_words(found, unit, was, now, said):
    of = found.counts[0]
    assert signed(Difference(replace(of, unit=unit, value=was), replace(of, unit=unit, value=now), (), ())) == said


def test_the_flat_table_has_every_figure_of_every_reading(found):
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in comparison_rows(found)]
    figures = [(row["with"], row["id"]) for row in rows if row["row"] == "figure"]
    assert figures == [(reading, count.id) for reading in READINGS for count in found.counts]
    assert {row["row"] for row in rows} == {"figure", "joins", "leaves", "lines", "pounds"}
    (joined,) = [row for row in rows if row["row"] == "joins"]
    assert (joined["id"], joined["subject_id"], joined["was_status"], joined["is_status"]) == (
        "engaged", "p1", "not_due", "counted",
    )  # fmt: skip
    assert (joined["start"], joined["end"], joined["lot"]) == (date(2019, 4, 1), date(2019, 7, 1), None)


def test_the_flat_table_of_a_service_without_payments():
    found = compared("definition.engaged=one_meeting", spec=load("ips_grow"), only=("engaged",))
    assert [row[COLUMNS.index("row")] for row in comparison_rows(found)] == ["figure"]


def test_what_the_page_says(page):
    assert page.answer == "Engaged: 1 as shipped; 1 under A. 2 figures differ. Payments: −\u2060£750.00 under B."
    assert [(one.letter, one.written, one.rows) for one in page.readings] == [
        ("A", READINGS[0], "X3"), ("B", READINGS[1], "X17"), ("C", READINGS[2], "X13"),
    ]  # fmt: skip
    assert [line.short_name for line in page.figures] == ["Engaged", "Job start, 16 hours and over"]
    assert [(cell.value, cell.change) for cell in page.figures[0].cells] == [
        ("1", ""),
        ("1", "±0"),
        ("1", ""),
        ("1", ""),
    ]
    assert [(cell.value, cell.change) for cell in page.figures[1].cells] == [
        ("1", ""),
        ("1", ""),
        ("0", "−1"),
        ("1", ""),
    ]
    assert page.same == 34
    assert [[(cell.value, cell.change) for cell in line.cells] for line in page.money] == [
        [("1", ""), ("1", ""), ("0", "−1"), ("1", "")],
        [("£750.00", ""), ("£750.00", ""), ("£0.00", "−\u2060£750.00"), ("£750.00", "")],
        [("£750.00", ""), ("£750.00", ""), ("£0.00", "−\u2060£750.00"), ("£750.00", "")],
    ]
    assert page.readings[2].changed == ()


def test_who_differs_stands_under_the_reading(page):
    engaged, *rest = page.readings[0].changed
    assert rest == []
    assert engaged.summary == "1 as shipped, 1 under this reading (±0)"
    first, second = engaged.people
    assert (first.id, first.detail, first.how) == ("p1", "episode e1", "Joins")
    assert first.was == ("Not due", "Needs 3 appointments or a completed profile; has 1 appointment.")
    assert (second.id, second.how, second.now) == (
        "p2",
        "Leaves",
        ("Not due", "Needs 1 appointment; has 0 appointments."),
    )
    figure, money = page.readings[1].changed
    assert figure.name == "People who started a job of 16 hours a week or more"
    assert money.summary == "1 line, £750.00 as shipped; 0 lines, £0.00 under this reading"
    assert (money.people[0].id, money.people[0].detail) == ("j1", "person p1, episode e1")


def test_nothing_differs():
    page = page_of(compared("phase.start=april_2019", *FACTS, lot="dudley"))
    assert page.answer == "No figure differs under any of these readings. Not a pound differs."
    assert (page.figures, page.same, page.lots) == ((), 36, "Dudley")


def test_more_pounds_have_their_sign():
    page = page_of(compared("payment.cap=none", *CROWD, only=()))
    assert page.answer == "No figure differs under any of these readings. Payments: +£1,500.00 under A."


def test_a_service_that_pays_for_nothing_says_nothing_of_pounds():
    found = compared("definition.engaged=one_meeting", spec=load("ips_grow"), only=("engaged",))
    page = page_of(found)
    assert (page.money, page.answer) == ((), "No figure differs under any of these readings.")
    assert "Payments" not in comparison_html(found)


class Links(HTMLParser):
    """Ids and links within a page, and what it loads."""

    def __init__(self):
        super().__init__()
        self.ids, self.links, self.loaded, self.heads = [], [], [], []

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.ids += [found["id"]] if "id" in found else []
        self.links += [found["href"]] if tag == "a" else []
        self.loaded += [tag] if tag in ("script", "link", "img", "iframe") else []
        self.heads += [tag] if tag in ("h1", "h2", "h3") else []


def test_the_page_stands_alone_and_its_links_lead_somewhere(found):
    text = comparison_html(found)
    read = Links()
    read.feed(text)
    assert read.loaded == []
    assert len(read.ids) == len(set(read.ids))
    assert {link.removeprefix("#") for link in read.links} <= set(read.ids)
    assert read.heads[0] == "h1"
    assert text == comparison_html(found)
    for one in found.compared:
        assert one.reading.spec.hash in text
        assert one.reading.name in text


def test_what_people_wrote_is_escaped(found):
    moves = found.compared[0].people[0].joins
    nasty = replace(moves[0], subject_id="<b>p</b>", was_reason="a & b <script>")
    first = found.compared[0]
    changed = replace(first.people[0], joins=(nasty,))
    other = replace(found, compared=(replace(first, people=(changed, *first.people[1:])), *found.compared[1:]))
    text = comparison_html(other)
    assert "&lt;b&gt;p&lt;/b&gt;" in text
    assert "<script" not in text


def test_a_number_that_changes_with_nobody_moving_is_said():
    contact = {"episode_id": "e1", "with_whom": "client", "kind": "call"}
    facts = (
        ONE,
        ("contacts", {**contact, "contact_id": "a", "on": "2019-04-20", "attendance": "attended"}),
        ("contacts", {**contact, "contact_id": "b", "on": "2019-04-15", "attendance": "did_not_attend"}),
    )
    text = comparison_html(compared("contact.counts=any_attempt", *facts, only=("days_to_first_contact",)))
    assert "The same people, with another number." in text
