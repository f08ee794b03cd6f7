"""The scales as data: how many items, which numbers settle which score, and what is only judged."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from placewell.errors import UserError
from placewell.fidelity import scale, scale_ids, scale_of
from placewell.specification import load

IPS = scale("ips_25")
ADAPTED = scale_of(load("thrive_into_work"))
JUDGED = None


def test_there_is_one_scale_as_data() -> None:
    assert scale_ids() == ("ips_25",)


@pytest.mark.parametrize(
    ("of", "items", "most", "groups"), [(IPS, 25, 125, [3, 8, 14]), (ADAPTED, 24, 120, [3, 7, 14])]
)
def test_items_and_sections(of: object, items: int, most: int, groups: list[int]) -> None:
    assert (len(of.items), of.most) == (items, most)  # type: ignore[attr-defined]
    found = Counter(item.group for item in of.items)  # type: ignore[attr-defined]
    assert [found[group] for group in ("staffing", "organisation", "services")] == groups
    assert len({item.id for item in of.items}) == items  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("item", "values_and_scores"),
    [
        ("caseload_size", {0: 5, 20: 5, 21: 4, 25: 4, 26: 3, 30: 3, 31: 2, 40: 2, 41: 1, 90: 1}),
        ("employment_services_staff", {100: 5, 96: 5, 95: 4, 90: 4, 89: 3, 75: 3, 74: 2, 60: 2, 59: 1, 0: 1}),
        ("vocational_generalists", {6: 5, 5: 4, 4: 3, 1: 3, 0: JUDGED}),
        ("team_integration", {90: 5, 89: 4, 70: 4, 69: 3, 50: 3, 49: JUDGED}),
        ("team_contact", {5: 5, 4: 4, 3: 3, 2: 2, 1: 1, 0: 1}),
        ("supervisor_role", {5: 5, 4: 4, 3: 3, 2: 2, 1: 1, 0: 1}),
        ("competitive_focus", {5: 5, 4: 4, 3: 3, 2: 2, 1: 1, 0: 1}),
        ("executive_support", {5: 5, 4: 4, 3: 3, 2: 2, 1: 1, 0: 1}),
        ("disclosure", {4: 5, 3: 4, 2: 3, 1: 2, 0: 1}),
        ("rapid_job_search", {30: 5, 31: 4, 60: 4, 61: 3, 150: 3, 151: 2, 270: 2, 271: 1}),
        ("individual_job_search", {90: 5, 89: 4, 75: 4, 74: 3, 50: 3, 49: 2, 25: 2, 24: 1}),
        ("employer_contact", {6: JUDGED, 4: JUDGED, 3: 2, 2: 2, 1: 1, 0: 1}),
        ("job_diversity", {85: 5, 84: 4, 70: 4, 69: 3, 60: 3, 59: 2, 50: 2, 49: 1}),
        ("employer_diversity", {85: 5, 84: 4, 70: 4, 69: 3, 60: 3, 59: 2, 50: 2, 49: 1}),
        ("competitive_jobs", {95: 5, 94: 4, 85: 4, 84: 3, 75: 3, 74: 2, 65: 2, 64: 1}),
        ("community_services", {65: 5, 64: 4, 50: 4, 49: 3, 40: 3, 39: 2, 30: 2, 29: 1}),
        ("assertive_engagement", {6: 5, 5: 4, 4: 3, 3: 2, 2: 1, 0: 1}),
        ("zero_exclusion", {5: JUDGED}),
        ("vocational_rehabilitation", {5: JUDGED}),
        ("unlimited_support", {5: JUDGED}),
    ],
)
def test_what_a_number_settles(item: str, values_and_scores: dict[int, int | None]) -> None:
    found = IPS.item(item)
    assert {value: found.score_of(value) for value in values_and_scores} == values_and_scores


@pytest.mark.parametrize(
    ("item", "value", "score"),
    [
        ("caseload_size", Decimal("20.5"), 4),
        ("caseload_size", Decimal("40.5"), 1),
        ("employment_services_staff", Decimal("95.9"), 4),
        ("job_diversity", Fraction(250, 3), 4),
    ],
)
def test_a_value_between_two_anchors_takes_the_lower_score(item: str, value: Decimal, score: int) -> None:
    assert IPS.item(item).score_of(value) == score


@pytest.mark.parametrize(
    ("total", "band"),
    [
        (125, "exemplary"), (115, "exemplary"), (114, "good"), (100, "good"), (99, "fair"), (74, "fair"),
        (73, "not_supported_employment"), (25, "not_supported_employment"),
    ],
)  # fmt: skip
def test_bands(total: int, band: str) -> None:
    found = IPS.band(total)
    assert found is not None
    assert found.id == band


def test_how_sure_each_fact_is_stays_with_it() -> None:
    by_status = Counter(item.status for item in IPS.items)
    assert by_status == {"published": 2, "unsure": 1, "general_knowledge": 22}
    assert {item.id for item in IPS.items if item.status == "published"} == {
        "caseload_size",
        "employment_services_staff",
    }
    assert [band.id for band in IPS.bands if band.status == "published"] == ["good", "fair"]


def test_the_adapted_items_have_a_clause_and_neither_anchors_nor_bands() -> None:
    assert all(item.clause.startswith("002 App. 7") for item in ADAPTED.items)
    assert {item.status for item in ADAPTED.items} == {"contract"}
    assert {item.score_of(20) for item in ADAPTED.items} == {None}
    assert ADAPTED.band(120) is None


def test_anchors_go_from_5_down_and_none_is_named_twice() -> None:
    for item in IPS.items:
        scores = [anchor.score for anchor in item.anchors]
        assert scores == sorted(set(scores), reverse=True), item.id
        assert set(scores) <= {1, 2, 3, 4, 5}


@pytest.mark.parametrize(("ask", "says"), [(lambda: scale("ips_15"), "ips_15"), (lambda: IPS.item("none"), "none")])
def test_what_is_not_there_is_named(ask: object, says: str) -> None:
    with pytest.raises(UserError, match=says):
        ask()  # type: ignore[operator]


def test_a_service_without_guidelines_has_no_scale_of_its_own() -> None:
    spec = load("thrive_into_work")
    for governance in (None, spec.governance.model_copy(update={"fidelity_items": ()})):
        with pytest.raises(UserError, match="no fidelity guidelines of its own"):
            scale_of(replace(spec, governance=governance))
