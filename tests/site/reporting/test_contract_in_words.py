"""The contract page says what each service's specification holds: chapters, localities, budget and open points."""

import pytest

from placewell.specification import load, service_ids
from placewell_web.reporting.presenters.contract import chapters
from placewell_web.reporting.presenters.quarter import Row, groups

SPECS = {service: load(service) for service in service_ids()}


def rules(service, chapter):
    return [rule for one in chapters(SPECS[service]) if one.id == chapter for rule in one.rules]


@pytest.mark.parametrize("service", SPECS)
def test_every_service_can_be_put_into_words(service):
    found = chapters(SPECS[service])
    assert {"service", "referral", "eligibility", "outcomes", "indicators"} <= {chapter.id for chapter in found}
    for chapter in found:
        ids = [rule.id for rule in chapter.rules if rule.id]
        assert len(ids) == len(set(ids)), chapter.id
        assert all(rule.name and rule.clause for rule in chapter.rules)


def test_a_budget_line_by_line_and_together():
    said = [(rule.name, rule.says) for rule in rules("workwise", "budget")]
    assert len(said) == 11
    assert said[0] == ("Employment support co-ordinators", ("£85,920",))
    assert said[-1] == ("Together: Cost of the service, 1 April 2012 to 31 March 2013", ("£125,370",))


@pytest.mark.parametrize("chapter", ["budget", "open"])
def test_a_service_without_them_has_no_such_chapter(chapter):
    assert rules("thrive_into_work", chapter) == []


def test_what_is_open_says_what_it_needs_and_what_holds_until_then():
    first, *others = rules("workwise", "open")
    assert first.name == "How long time-limited support of an individual lasts"
    assert first.says == (
        "Needs a number of months, and from which day they run",
        "Until then: no limit is set and no clock runs.",
    )
    assert len(others) == 2


def test_the_thirteen_localities_are_named():
    names = [rule.name for rule in rules("workwise", "service") if rule.name.startswith("Locality: ")]
    assert len(names) == 13


def a_row(id):
    return Row(**dict.fromkeys(Row.__dataclass_fields__, "") | {"id": id})


def test_the_rows_of_a_matrix_stand_in_the_quarter_too_each_once():
    spec = SPECS["workwise"]
    found = groups(spec, {one.id: a_row(one.id) for one in spec.indicators.computed})
    ids = [row.id for group in found for row in group.rows]
    assert sorted(ids) == sorted(one.id for one in spec.indicators.computed)
    assert [row.id for row in found[0].rows][:5] == ["pending", "active", "closed", "did_not_engage", "unsuitable"]
