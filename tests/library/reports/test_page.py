"""The page itself: whole without anything from outside, safe from what stands in the data, and made to be printed."""

import re
from datetime import date
from html.parser import HTMLParser

import pytest

from placewell.dataset import Dataset
from placewell.reports import report_object, to_html
from placewell.reports.page import css_text

VOID = {"meta", "path", "circle", "br"}
HOSTILE = '<script>alert("x")</script>'


@pytest.fixture(scope="module")
def html(report, spec):
    return to_html(report, spec)


class Reader(HTMLParser):
    """Keeps ids, links, scripts and the tags that are open, so that a page can be judged."""

    def __init__(self):
        super().__init__()
        self.ids, self.links, self.tags, self.open, self.wrong = [], [], [], [], []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.append(tag)
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given["href"]] if "href" in given else []
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def read(html):
    reader = Reader()
    reader.feed(html)
    return reader


def test_the_page_is_well_formed_and_its_links_lead_somewhere(html):
    page = read(html)
    assert page.wrong == page.open == []
    assert len(page.ids) == len(set(page.ids))
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    assert page.tags.count("h1") == 1


def test_nothing_comes_from_outside(html):
    assert not re.search(r"https?://|//[a-z]|url\(|<script|<link|<img", html)


def test_the_same_report_gives_the_same_text(html, report, spec):
    assert to_html(report, spec) == html


@pytest.mark.parametrize(
    "words",
    [
        "As at <strong>30 June 2019</strong>",
        "all lots, as at 30 June 2019: only facts dated on or before that day.",
        "thrive_into_work, version 2017-05.1",
        "These figures monitor the contract; the evaluation is separate.",
        "002 §17.9 xvii",
        "Outcomes proved by a backup document alone are marked.",
        "People still in work after 26 weeks, under 16 hours a week on average",
    ],
)
def test_what_a_reader_must_find(html, words):
    assert words in html


def test_the_hashes_stand_in_the_footer(html, report):
    footer = html[html.index("<footer>") :]
    assert report["data"] in footer
    assert report["specification"]["hash"] in footer


def test_each_printed_page_says_what_it_is_and_its_number(html, report):
    assert "size: A4" in html
    assert f"{css_text('Specification ' + report['specification']['hash'][:8])[:-1]}" in html
    assert "counter(page)" in html
    assert "counter(pages)" in html


def test_without_targets_there_is_no_column_for_them(html, report, spec):
    assert ">Target</th>" not in html
    aimed = {**report, "indicators": [dict(figure) for figure in report["indicators"]]}
    aimed["indicators"][0].update(target=9, value_to_date=5, status="behind")
    page = to_html(aimed, spec)
    assert ">Target</th>" in page
    assert "4 below the line" in page


def test_what_stands_in_the_data_stays_text(spec, period):
    rows = {
        "people": [{"person_id": "p1"}],
        "episodes": [
            {
                "episode_id": "e1",
                "person_id": "p1",
                "referred_on": "2019-04-01",
                "gp_practice": HOSTILE,
                "source": HOSTILE,
            }
        ],
    }
    page = to_html(report_object(spec, Dataset.from_rows(rows), period, date(2019, 6, 30)), spec)
    assert HOSTILE not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("Year 2", '"Year\\0000202"'),
        ('"; } </style>', '"\\000022\\00003b\\000020\\00007d\\000020\\00003c\\00002fstyle\\00003e"'),
        ("a\\b", '"a\\00005cb"'),
        ("é", '"\\0000e9"'),
    ],
)
def test_text_in_the_margins_cannot_leave_its_quotes(text, escaped):
    assert css_text(text) == escaped


def test_a_data_set_without_anybody_makes_a_whole_page(spec, period):
    page = to_html(report_object(spec, Dataset.from_rows({}), period, date(2019, 6, 30)), spec)
    assert "0 people were engaged, 0 started a job" in page
    assert read(page).wrong == []
