"""Cases that do not move: silent while something happens, told with the day since when, by the rules of the service."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from tests.library.cadence.caseload import SPEC, contacts, job, person, table, together

from placewell.cadence import stalled
from placewell.cadence.stalled import KINDS, SCHEMA
from placewell.dataset import Dataset
from placewell.errors import UserError
from placewell.specification import load, service_ids

ENTERED = "2019-05-17"


def found(*parts: Any, as_at: str, spec: Any = SPEC) -> dict[str, str]:
    """Since when the one person is stuck, by rule."""
    rows = stalled(spec, together(*parts), date.fromisoformat(as_at)).rows(named=True)
    return {row["rule"]: str(row["since_on"]) for row in rows}


def application(on: str) -> Any:
    return table("applications", application_id=on, on=on, made_by="client")


def employer(on: str) -> Any:
    return table("employer_contacts", employer_contact_id=on, on=on, face_to_face=False, purpose="job_lead")


def plan(on: str | None, kind: str = "vocational_action") -> Any:
    return table("plans", version=1, kind=kind, agreed_on=on)


def decided(on: str, decision: str, limit: str = "job_search") -> Any:
    return table("support_decisions", on=on, limit=limit, decision=decision)


@pytest.mark.parametrize(
    ("rule", "parts", "last_silent", "speaks", "since"),
    [
        ("no_contact", (), "2019-06-13", "2019-06-14", ENTERED),
        ("no_contact", (contacts("2019-06-01"),), "2019-06-28", "2019-06-29", "2019-06-01"),
        ("no_contact", (contacts("2019-06-01", attendance="did_not_attend"),), "2019-06-13", "2019-06-14", ENTERED),
        ("no_contact", (contacts("2019-05-10"),), "2019-06-13", "2019-06-14", ENTERED),
        ("no_search", (), "2019-06-13", "2019-06-14", ENTERED),
        ("no_search", (application("2019-05-30"),), "2019-06-26", "2019-06-27", "2019-05-30"),
        ("no_search", (employer("2019-06-03"),), "2019-06-30", "2019-07-01", "2019-06-03"),
        ("no_search", (application("2019-05-10"),), "2019-06-13", "2019-06-14", ENTERED),
        ("no_search", (job("2019-05-20", ended_on="2019-06-10"),), "2019-07-07", "2019-07-08", "2019-06-10"),
        ("no_plan", (), "2019-06-27", "2019-06-28", ENTERED),
        ("no_plan", (plan("2019-05-01"),), "2019-06-27", "2019-06-28", ENTERED),
        ("no_plan", (plan(None),), "2019-06-27", "2019-06-28", ENTERED),
        ("no_plan", (plan("2019-06-01", "job_search"),), "2019-06-27", "2019-06-28", ENTERED),
    ],
)
def test_a_rule_speaks_on_its_day_and_not_before(
    rule: str, parts: tuple[Any, ...], last_silent: str, speaks: str, since: str
) -> None:
    assert rule not in found(person(), *parts, as_at=last_silent)
    assert found(person(), *parts, as_at=speaks)[rule] == since


@pytest.mark.parametrize(
    ("rule", "parts"),
    [
        ("no_contact", (contacts("2019-07-20"),)),
        ("no_search", (job("2019-06-01"),)),
        ("no_search", (job("2019-09-01"),)),
        ("no_search", (job("2019-06-01", competitive=False),)),
        ("no_plan", (plan("2019-06-01"),)),
        ("no_contact", (decided("2019-06-01", "ended"),)),
        ("no_search", (decided("2019-06-01", "ended", "in_work"),)),
    ],
)
def test_a_case_that_moves_or_is_supported_no_longer_is_silent(rule: str, parts: tuple[Any, ...]) -> None:
    assert rule not in found(person(), *parts, as_at="2019-08-01")


@pytest.mark.parametrize(
    "who",
    [
        person(closed_on="2019-06-20", closure_reason="health"),
        person(entered=None),
        {"allocations": [{"episode_id": "e1", "arm": "control", "allocated_on": ENTERED}]} | person(entered=None),
    ],
    ids=["closed", "not entered", "comparison group"],
)
def test_only_open_cases_of_the_service_are_looked_at(who: Any) -> None:
    assert found(who, as_at="2019-12-01") == {}


def test_the_longest_stand_first_and_say_why() -> None:
    rows = stalled(SPEC, together(person(), contacts("2019-06-20")), date(2019, 8, 1)).rows(named=True)
    assert [row["rule"] for row in rows] == ["no_plan", "no_search", "no_contact"]
    assert rows[0]["why"] == "Entered on 17 May 2019, 76 days ago; no plan agreed."
    assert rows[2]["why"] == "Last two-way contact 20 June 2019, 42 days ago."
    assert {row["in_contract"] for row in rows} == {False}, "the days are local aims, and say so"


def test_nobody_and_no_rules() -> None:
    assert stalled(SPEC, Dataset.from_rows({}), date(2019, 6, 14)).is_empty()
    spec = replace(SPEC, pathway=SPEC.pathway.model_copy(update={"stalled": ()}))
    none = stalled(spec, together(person()), date(2019, 8, 1))
    assert none.is_empty()
    assert none.schema == SCHEMA


def test_every_rule_names_a_kind_there_is() -> None:
    assert {rule.kind for rule in SPEC.pathway.stalled} == set(KINDS)
    wrong = SPEC.pathway.stalled[0].model_copy(update={"kind": "no_luck"})
    spec = replace(SPEC, pathway=SPEC.pathway.model_copy(update={"stalled": (wrong,)}))
    with pytest.raises(UserError, match="there is no kind no_luck; expected one of no_contact"):
        stalled(spec, together(person()), date(2019, 8, 1))


RULES = {
    "thrive_into_work": {"no_contact": 28, "no_search": 28, "no_plan": 42},
    "ips_grow": {"no_contact": 28, "no_search": 28, "no_plan": 42},
    "dorset_work_matters": {"no_contact": 28, "no_search": 28, "no_plan": 42},
    "workwise": {"no_contact": 28},
    "nottingham_health_employment": {"no_contact": 28, "no_plan": 28},
}


def entered_everywhere() -> tuple[Any, ...]:
    """Somebody who by the rules of any service entered on 17 May 2019: accepted, opted in, consented, met."""
    days = {"accepted_on": ENTERED, "opted_in_on": ENTERED, "referred": ENTERED}
    consent = table("consents", kind="service", given_on=ENTERED)
    return person(**days), consent, contacts(ENTERED)


@pytest.mark.parametrize("service", service_ids())
def test_each_service_calls_a_case_stuck_by_its_own_rules_and_says_whose_they_are(service: str) -> None:
    spec = load(service)
    assert {rule.id: rule.days for rule in spec.pathway.stalled} == RULES[service]
    for rule in spec.pathway.stalled:
        assert not rule.in_contract and rule.note.startswith("A local aim"), "no document names a day"


@pytest.mark.parametrize(
    ("service", "rule", "days"), [(service, *one) for service, rules in RULES.items() for one in rules.items()]
)
def test_a_rule_speaks_in_its_service_on_the_day_it_names(service: str, rule: str, days: int) -> None:
    spec, day = load(service), date.fromisoformat(ENTERED) + timedelta(days=days)
    assert rule not in found(*entered_everywhere(), as_at=str(day - timedelta(days=1)), spec=spec)
    assert found(*entered_everywhere(), as_at=str(day), spec=spec)[rule] == ENTERED


def test_wherever_there_is_another_area_one_can_move_to_it() -> None:
    several = {service for service in service_ids() if len(load(service).service.lots) > 1}
    may_move = {service for service in service_ids() if "moved_lot" in reasons(service)}
    assert several == may_move == {"thrive_into_work", "workwise"}


def reasons(service: str) -> set[str]:
    return {reason.id for reason in load(service).pathway.closure_reasons}
