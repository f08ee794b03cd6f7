"""What a return says of figures that its contract does not name, in the page, in JSON and in the table."""

from dataclasses import replace

import pytest
from tests.library.indicators.asking import ask_figure

from placewell.reports import report_object, to_html
from placewell.reports.notices import notices
from placewell.reports.rows import COLUMNS, flat_rows

NONE = "The contract names none of these figures: each is marked “Not in the contract”."
TAG = "Not in the contract</strong>"


def outside(spec, *ids):
    """The specification with some indicators, or all, that the contract does not name."""
    changed = tuple(
        one.model_copy(update={"in_contract": False}) if one.id in ids or not ids else one
        for one in spec.indicators.indicators
    )
    return replace(spec, indicators=spec.indicators.model_copy(update={"indicators": changed}))


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ([], []),
        ([True], []),
        ([True, True], []),
        ([False], [NONE]),
        ([False, False], [NONE]),
        ([True, False], ["1 of 2 figures is not named in the contract, and marked so."]),
        ([False, True, False], ["2 of 3 figures are not named in the contract, and marked so."]),
    ],
)
def test_the_sentence(spec, named, said):
    assert list(notices(spec, [{"in_contract": one} for one in named])) == said


def test_a_figure_says_whether_the_contract_names_it(spec):
    assert ask_figure("engaged", spec=spec).as_dict()["in_contract"] is True
    assert ask_figure("engaged", spec=outside(spec, "engaged")).as_dict()["in_contract"] is False


@pytest.mark.parametrize(("ids", "tags"), [(("engaged",), 2), (("engaged", "met_once"), 4)])
def test_each_such_figure_is_marked_in_its_section_and_in_the_annex(spec, dataset, period, ids, tags):
    changed = outside(spec, *ids)
    report = report_object(changed, dataset, period, period.last_day)
    assert to_html(report, changed).count(TAG) == tags


def test_the_page_says_first_that_the_contract_names_none(spec, dataset, period):
    changed = outside(spec)
    page = to_html(report_object(changed, dataset, period, period.last_day), changed)
    assert page.index(NONE) < page.index('<dl class="facts">')


def test_a_contract_that_names_them_all_has_no_mark(spec, dataset, period):
    page = to_html(report_object(spec, dataset, period, period.last_day), spec)
    assert TAG not in page
    assert 'class="notice"' not in page


def test_the_table_says_it_on_every_line(spec, dataset, period):
    changed = outside(spec, "engaged")
    rows = [
        dict(zip(COLUMNS, row, strict=True))
        for row in flat_rows(report_object(changed, dataset, period, period.last_day), changed)
    ]
    assert {row["in_contract"] for row in rows if row["indicator"] == "engaged"} == {False}
    assert {row["in_contract"] for row in rows if row["indicator"] != "engaged"} == {True}
