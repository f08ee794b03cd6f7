"""Every variant of the catalogue makes the difference it should: tiny facts, the figure as shipped and as read."""

from datetime import date

import pytest
from tests.factories import (
    a_contact,
    a_document,
    a_job,
    a_plan,
    a_profile,
    an_allocation,
    an_application,
    an_appointment,
    an_employer_contact,
    an_episode,
    answers,
    hours,
    three_appointments,
)
from tests.library.comparison.comparing import compared, moves
from tests.library.indicators.asking import with_indicator

from placewell.errors import UserError
from placewell.specification import load, service_ids
from placewell.specification.changing import Choice, DoesNotFit, changed, is_shipped
from placewell.specification.model import FILES
from placewell.specification.variants import variants

THRIVE, GROW = load("thrive_into_work"), load("ips_grow")
ROWS = tuple(f"X{number}" for number in range(1, 53))
LATE = "2019-10-01/2020-01-01"

ONE = an_episode("e1", "p1", entered="2019-04-10", referred="2019-04-01", specialist_id="s1")
GROWING = an_episode("e1", "p1", entered="2019-04-10", referred="2019-04-01", service_id="ips_grow")
RETIRED = an_episode("e1", "p1", entered="2019-04-10", employment_at_entry="retired")
STARTED = a_job("e1", "j1", first_day="2019-05-01", hours="20")
PROVED = a_document("e1", "j1", about="2019-05-01")


def proof(kind, outcome="job_start", about="2019-05-01", **columns):
    return a_document("e1", None, outcome=outcome, about=about, kind=kind, **columns)


def paid_hours(hours_paid, first_day=None, weekly="10"):
    return a_job(
        "e1", "j1", first_day=first_day, started_on=date(2019, 5, 1), paid_hours_to_date=hours_paid, hours=weekly
    )


def two_jobs(first_end, second_start, second_end=None, weekly="20"):
    return (
        a_job("e1", "j1", first_day="2019-04-15", ended=first_end, hours=weekly),
        a_job("e1", "j2", first_day=second_start, ended=second_end, hours=weekly),
    )


AT_26_WEEKS = (
    *two_jobs("2019-05-15", "2019-10-01", weekly="40"),
    proof("payslip", "sustained_26_weeks", "2019-10-14"),
)


def consent(on):
    return "consents", {
        "episode_id": "e1",
        "kind": "share_data",
        "form_version": "1",
        "given_on": date.fromisoformat(on),
    }


def incident(occurred, known, reported, taken=None):
    return "incidents", {
        "incident_id": "i1", "serious": True, "occurred_on": occurred, "known_on": known, "reported_on": reported,
        "hours_to_report": taken,
    }  # fmt: skip


def review(*scores):
    common = {"review_id": "r1", "service_id": "ips_grow", "on": date(2019, 5, 1), "scale": "ips25", "kind": "external"}
    return [("fidelity_reviews", {**common, "item": str(item), "score": score}) for item, score in enumerate(scores)]


def cases_of(specialist, count):
    return [
        *(an_episode(f"c{n}", entered="2019-04-10", specialist_id=specialist) for n in range(count)),
        ("postings", {"specialist_id": specialist, "role": "specialist", "fte": 1, "from_on": date(2018, 1, 1)}),
    ]


IN_WORK_AT_12_WEEKS = with_indicator(
    {
        "kind": "work_status",
        "days": 84,
        "from_days": 70,
        "until_days": 112,
        "met_by": ("at_work", "phased_return"),
    },
    spec=THRIVE,
    measure="proportion",
    unit="proportion",
)
BETTER_HEALTH = with_indicator(
    {
        "kind": "questionnaire_change",
        "instrument": "eq5d5l",
        "scale": "index",
        "improved": True,
        "since_entry": True,
    },
    spec=THRIVE,
    measure="proportion",
    unit="proportion",
)
OUT_OF_WORK = with_indicator(
    {"kind": "entered"},
    spec=THRIVE,
    groups=(
        {
            "id": "out_of_work",
            "name": "Out of work",
            "column": "employment_at_entry",
            "other_than": ("in_work", "off_sick", "self_employed", "not_known"),
        },
    ),
    among="out_of_work",
)


OFF = with_indicator(
    {"kind": "first_record", "table": "destinations", "column": "code", "codes": ("off_sick_pay", "off_benefits")},
    spec=THRIVE,
)


def event(on, code):
    return "destinations", {"episode_id": "e1", "on": date.fromisoformat(on), "code": code}


def status(on, code):
    return "employment_checks", {"episode_id": "e1", "on": date.fromisoformat(on), "status": code}


FIVE = ("mobility", "self_care", "usual_activities", "pain", "anxiety")


def health(on, level, vas, instrument="eq5d5l", occasion="baseline"):
    return answers("e1", instrument, on, dict.fromkeys(FIVE, level) | {"vas": vas}, occasion)


def case(written, indicator, was, now, *facts, spec=None, who=None, **asked):
    """One line of the table: `who` joins or leaves, where counts of people differ (one: p1)."""
    return pytest.param(written, indicator, was, now, facts, spec or THRIVE, who, asked, id=f"{written}: {indicator}")


CASES = [
    case("definition.engaged=one_meeting", "engaged", 0, 1, ONE, an_appointment("e1", "2019-05-01")),
    case("definition.engaged=profile_and_plan", "engaged", 1, 0, ONE, a_profile("e1", "2019-05-01", "2019-05-02")),
    case("definition.engaged=profile_started", "engaged", 0, 1, ONE, a_profile("e1", "2019-05-01")),
    case("definition.engaged=three_appointments_or_profile", "engaged", 0, 1, GROWING,
         three_appointments("e1", "2019-05-01", "2019-05-02", "2019-05-03"), spec=GROW),
    case("definition.engaged@met_once=profile_started", "met_once", 0, 1, ONE, a_profile("e1", "2019-05-01")),
    case("definition.job_start=one_day_or_four_hours", "people_with_job_start", 0, 1, ONE, paid_hours("4")),
    case("definition.job_start=four_hours", "people_with_job_start", 1, 0, ONE, paid_hours("3", "2019-05-01")),
    case("definition.job_start=one_day", "people_placed", 1, 0, GROWING, paid_hours("4"), spec=GROW),
    case("hours.band_boundary=lower", "job_start_under_16", 0, 1, ONE,
         a_job("e1", "j1", first_day="2019-05-01", hours="16"), PROVED),
    case("hours.band_boundary=lower", "job_start_16_and_over", 1, 0, ONE,
         a_job("e1", "j1", first_day="2019-05-01", hours="16"), PROVED),
    case("hours.band_boundary=own", "job_start_16_and_over", 1, 0, ONE,
         a_job("e1", "j1", first_day="2019-05-01", hours="16"), PROVED),
    case("hours.band_boundary=own", "job_start_under_16", 0, 0, ONE,
         a_job("e1", "j1", first_day="2019-05-01", hours="16"), PROVED),
    case("part_time.threshold_hours=30", "people_placed", 0, 1, GROWING, paid_hours("4", weekly="20"), spec=GROW),
    case("part_time.threshold_hours=8", "people_placed", 1, 0, GROWING, paid_hours("4", weekly="10"), spec=GROW),
    case("sustain.mode=continuous", "six_weeks_total", 1, 0, ONE, *two_jobs("2019-05-10", "2019-05-21")),
    case("sustain.mode=point", "six_weeks_total", 0, 1, ONE, *two_jobs("2019-04-20", "2019-05-27", "2019-05-27")),
    case("sustain.mode=point", "six_weeks_total", 1, 0, ONE, *two_jobs("2019-05-10", "2019-05-28")),
    case("sustain.mode@six_months=continuous", "six_weeks_total", 1, 1, ONE, *two_jobs("2019-05-10", "2019-05-21")),
    case("sustain.mode=cumulative", "sustained_26_weeks_16_and_over", 1, 0, ONE, *AT_26_WEEKS, period=LATE),
    case("sustain.max_gap_days=10", "six_weeks_total", 1, 1, ONE, *two_jobs("2019-05-10", "2019-05-21")),
    case("sustain.max_gap_days=9", "six_weeks_total", 1, 0, ONE, *two_jobs("2019-05-10", "2019-05-21")),
    case("sustain.max_gap_days@sustained_26_weeks=30", "sustained_26_weeks_16_and_over", 1, 0, ONE,
         *AT_26_WEEKS, period=LATE),
    case("sustain.length=calendar_months", "sustained_26_weeks_16_and_over", 1, 0, ONE,
         a_job("e1", "j1", first_day="2019-04-15", ended="2019-10-14", hours="20"),
         proof("payslip", "sustained_26_weeks", "2019-10-20"), period=LATE),
    case("avg_hours.window=four_weeks", "six_weeks_16_and_over", 0, 1, ONE,
         a_job("e1", "j1", first_day="2019-04-15", hours="5"), hours("j1", "20", "2019-04-29"),
         proof("payslip", "six_weeks", "2019-05-26")),
    case("avg_hours.window=whole_period", "sustained_26_weeks_16_and_over", 1, 0, ONE,
         a_job("e1", "j1", first_day="2019-04-15", hours="5"), hours("j1", "20", "2019-09-10"),
         proof("payslip", "sustained_26_weeks", "2019-10-14"), period=LATE),
    case("avg_hours.window=7", "six_weeks_16_and_over", 0, 1, ONE,
         a_job("e1", "j1", first_day="2019-04-15", hours="5"), hours("j1", "20", "2019-05-20"),
         proof("payslip", "six_weeks", "2019-05-26")),
    case("rapid.limit_days=30", "applied_within_4_weeks", 0, 1, ONE, an_application("e1", "2019-05-10")),
    case("rapid.event=either", "applied_within_4_weeks", 0, 1, ONE, an_employer_contact("e1", "2019-05-01")),
    case("rapid.event=employer_contact", "job_search_within_30_days", 1, 0, ONE, an_application("e1", "2019-05-01")),
    case("rapid.event=application", "job_search_within_30_days", 1, 0, ONE, an_employer_contact("e1", "2019-05-01")),
    case("rapid.clock_start=referral", "applied_within_4_weeks", 1, 0, ONE, an_application("e1", "2019-05-08")),
    case("rapid.clock_start=first_appointment", "applied_within_4_weeks", 0, 1, ONE, an_application("e1", "2019-05-12"),
         an_appointment("e1", "2019-04-20")),
    case("clock.entry_event=referred", "met_once", 0, 1, ONE, an_appointment("e1", "2019-04-02")),
    case("clock.entry_event=consented", "met_once", 0, 1, ONE, an_appointment("e1", "2019-04-05"),
         consent("2019-04-05")),
    case("clock.entry_event=consented", "met_once", 1, 0, ONE, an_appointment("e1", "2019-04-15")),
    case("clock.entry_event=accepted", "met_once", 0, 1, an_appointment("e1", "2019-04-15"),
         an_episode("e1", "p1", referred="2019-02-20", accepted_on=date(2019, 3, 4))),
    case("clock.entry_event=accepted", "met_once", 0, 0, an_appointment("e1", "2019-04-15"),
         an_episode("e1", "p1", referred="2019-02-20", accepted_on=date(2019, 3, 4)),
         an_allocation("e1", "2019-03-10", "control")),
    case("clock.entry_event=opted_in", "met_once", 1, 0, ONE, an_appointment("e1", "2019-04-15")),
    case("clock.entry_event=first_appointment", "met_once", 0, 1, ONE, an_appointment("e1", "2019-04-02")),
    case("phase.start=march_2019", "met_once", 0, 1, an_appointment("e1", "2019-04-15"),
         an_episode("e1", "p1", referred="2019-02-20", accepted_on=date(2019, 3, 4))),
    case("evidence.required=not_asked", "job_start_16_and_over", 0, 1, ONE, STARTED),
    case("evidence.required=asked_everywhere", "people_with_job_start", 1, 0, ONE, STARTED),
    case("evidence.accepted=figure_2", "job_start_16_and_over", 1, 0, ONE, STARTED, proof("payslip")),
    case("evidence.accepted=figure_2", "job_start_16_and_over", 1, 1, ONE, STARTED, proof("contract")),
    case("evidence.accepted=figure_2", "six_weeks_16_and_over", 1, 0, ONE, STARTED,
         proof("timesheet", "six_weeks", "2019-06-11")),
    case("evidence.accepted=appendix_6", "job_start_16_and_over", 1, 0, ONE, STARTED, proof("contract")),
    case("evidence.accepted=appendix_6", "six_weeks_16_and_over", 1, 0, ONE, STARTED,
         proof("employer_email", "six_weeks", "2019-06-11")),
    case("evidence.backup=does_not_count", "job_start_16_and_over", 1, 0, ONE, STARTED, proof("client_declaration")),
    case("evidence.min_date=any_day", "job_start_16_and_over", 0, 1, ONE, STARTED,
         proof("payslip", about="2019-04-20")),
    case("fidelity.bands=fair", "good_fidelity", 0, 1, review(*[3] * 25), spec=GROW, who="r1"),
    case("fidelity.bands=exemplary", "good_fidelity", 1, 0, review(*[4] * 25), spec=GROW, who="r1"),
    case("outcome.ladder=13", "sustained_26_weeks_16_and_over", 0, 1, ONE,
         a_job("e1", "j1", first_day="2019-04-15", hours="20"), proof("payslip", "sustained_26_weeks", "2019-07-15"),
         period="2019-07-01/2019-10-01"),
    case("outcome.ladder@sustained_13_weeks=12", "sustained_13_weeks_16_and_over", 1, 0, GROWING,
         a_job("e1", "j1", first_day="2019-04-15", hours="20"), spec=GROW, period="2019-07-10/2019-10-01"),
    case("count.unit=jobs", "people_with_job_start", 1, 2, ONE, STARTED, a_job("e1", "j2", first_day="2019-06-01"),
         who="j2"),
    case("count.unit=people", "job_starts", 2, 1, ONE, STARTED, a_job("e1", "j2", first_day="2019-06-01"), who="j2"),
    case("contact.counts=spoken", "active_caseload", 1, 0, ONE, a_plan("e1", "2019-05-01"),
         a_contact("e1", "2019-06-20", "text")),
    case("contact.counts=missed_too", "active_caseload", 0, 1, ONE, a_plan("e1", "2019-05-01"),
         a_contact("e1", "2019-06-20", attendance="did_not_attend")),
    case("contact.counts=any_attempt", "active_caseload", 0, 1, ONE, a_plan("e1", "2019-05-01"),
         a_contact("e1", "2019-06-20", attendance="one_way")),
    case("kpi.cohort=entry", "applied_within_4_weeks", 0, 1, an_application("e1", "2019-06-20"),
         an_application("e2", "2019-03-20"), an_episode("e1", "p1", entered="2019-06-10"), as_at="2019-07-31"),
    case("in_work.status_ok=at_work", "asked", 1, 0, ONE, status("2019-07-03", "phased_return"),
         period="2019-07-01/2019-10-01", spec=IN_WORK_AT_12_WEEKS),
    case("in_work.status_ok=employed", "asked", 0, 1, ONE, status("2019-07-03", "off_sick"), spec=IN_WORK_AT_12_WEEKS,
         period="2019-07-01/2019-10-01"),
    case("eq5d.version=3l", "asked", 0, 1, ONE, health("2019-04-11", "3", "50", "eq5d3l"),
         health("2019-05-11", "1", "50", "eq5d3l", "review"), health("2019-04-11", "2", "50"),
         health("2019-05-11", "3", "50", occasion="review"), spec=BETTER_HEALTH),
    case("eq5d.score=vas", "asked", 0, 1, ONE, health("2019-04-11", "2", "50"),
         health("2019-05-11", "3", "60", occasion="review"), spec=BETTER_HEALTH),
    case("eq5d.pairing=any_baseline", "asked", 0, 1, ONE, health("2019-04-09", "3", "50"),
         health("2019-04-11", "1", "50"), health("2019-05-11", "2", "50", occasion="review"), spec=BETTER_HEALTH),
    case("group.out_of_work=unemployed", "asked", 1, 0, RETIRED, spec=OUT_OF_WORK),
    case("kpi.any_of@asked_of=both", "asked", 1, 0, ONE, event("2019-05-01", "off_benefits"), spec=OFF),
    case("kpi.any_of@asked_of=both", "asked", 1, 1, ONE, event("2019-05-01", "off_benefits"),
         event("2019-05-20", "off_sick_pay"), spec=OFF),
    case("kpi.any_of@asked_of=both,kpi.any_of@asked_of=either", "asked", 1, 1, ONE,
         event("2019-05-01", "off_benefits"), spec=OFF),
    case("kpi.any_of@asked_of=off_sick_pay", "asked", 1, 0, ONE, event("2019-05-01", "off_benefits"), spec=OFF),
    case("kpi.any_of@asked_of=off_benefits", "asked", 1, 0, ONE, event("2019-05-01", "off_sick_pay"), spec=OFF),
    case("outcome.requires=engaged", "six_weeks_total", 1, 0, ONE, STARTED),
    case("outcome.requires=job_start", "six_weeks_total", 1, 0, ONE, STARTED),
    case("outcome.requires=engaged_and_job_start", "six_weeks_total", 1, 0, ONE, STARTED, PROVED),
    case("support.in_work.limit=three_months", "support_past_limit", 0, 1, ONE,
         a_job("e1", "j1", first_day="2019-04-15"), as_at="2019-07-20", period="2019-07-01/2019-10-01", who="e1"),
    case("support.in_work.limit=2", "support_past_limit", 0, 1, ONE, a_job("e1", "j1", first_day="2019-04-15"),
         who="e1"),
    case("support.clock=either", "support_past_limit", 0, 1, ONE, a_job("e1", "j1", first_day="2019-12-01"), who="e1",
         period="2020-01-01/2020-04-01"),
    case("support.clock=total", "support_past_limit", 1, 0, ONE, a_job("e1", "j1", first_day="2019-04-15"), who="e1",
         period="2019-07-01/2019-09-01"),
    case("caseload.max=same_every_year", "caseload_over_limit", 0, 1, cases_of("s1", 31), who="s1"),
    case("caseload.max=twenty", "caseload_over_limit", 0, 1, cases_of("s1", 21), who="s1"),
    case("caseload.max=40", "caseload_over_limit", 1, 0, cases_of("s1", 36), who="s1"),
    case("incident.clock=known", "incidents_late", 1, 0, incident("2019-05-01", "2019-05-09", "2019-05-10", 210),
         who="i1"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "indicator", "was", "now", "facts", "spec", "who", "asked"), CASES)
def test_what_a_variant_makes_of_tiny_facts(written, indicator, was, now, facts, spec, who, asked):
    found = compared(written, *facts, spec=spec, only=(indicator,), **asked).compared[0].people[0]
    assert (found.was.value or 0, found.now.value or 0) == (was, now)
    assert moves(found) == (([who or "p1"], []) if now > was else ([], [who or "p1"]) if now < was else ([], []))
    for move in (*found.joins, *found.leaves):
        assert move.was_reason
        assert move.is_reason
        assert move.was_status != move.is_status or found.was.subject != found.now.subject


PAID_ONCE = (ONE, STARTED, PROVED)
SECOND = (a_job("e1", "j2", first_day="2019-10-02"), a_document("e1", "j2", about="2019-10-02"))
MOVED = (
    an_episode("e2", "p1", entered="2019-08-01", lot="wolverhampton"),
    a_job("e2", "j2", first_day="2019-09-02"),
    a_document("e2", "j2", about="2019-09-02"),
)
COMPARED = (
    an_episode("e0", "p1", referred="2018-05-01", accepted_on=date(2018, 6, 1)),
    an_allocation("e0", "2018-06-01", "control"),
)
CROWD = [
    (an_episode(f"c{n}", f"q{n}", entered="2019-04-10"), a_job(f"c{n}", f"k{n}", first_day="2019-05-01"),
     a_document(f"c{n}", f"k{n}", about="2019-05-01"))
    for n in range(908)
]  # fmt: skip
SIX = a_document("e1", outcome="six_weeks", about="2019-06-11", kind="payslip")
HALF_A_YEAR = a_document("e1", outcome="sustained_26_weeks", about="2019-10-30", kind="payslip")

MONEY = [
    ("payment.unit=job", 1, 2, ["j2"], [], (*PAID_ONCE, *SECOND)),
    ("payment.person_once=contract_year", 1, 2, ["j2"], [], (*PAID_ONCE, *SECOND)),
    ("payment.person_once=lot", 1, 1, [], [], (*PAID_ONCE, *SECOND)),
    ("payment.person_once=lot", 1, 2, ["j2"], [], (*PAID_ONCE, *MOVED)),
    ("payment.group=other_episodes", 0, 1, ["j1"], [], (*PAID_ONCE, *COMPARED)),
    ("payment.backup=not_paid", 1, 0, [], ["j1"], (ONE, STARTED, proof("client_declaration"))),
    ("payment.cap=none", 906, 908, ["k98", "k99"], [], CROWD),
    ("payment.trigger=six_weeks", 1, 0, [], ["j1"], PAID_ONCE),
    ("payment.trigger=six_weeks", 0, 1, ["j1"], [], (ONE, STARTED, SIX)),
    ("payment.trigger=sustained_26_weeks", 0, 1, ["j1"], [], (ONE, STARTED, HALF_A_YEAR)),
    ("evidence.accepted=figure_2", 1, 0, [], ["j1"], PAID_ONCE),
    ("evidence.min_date=any_day", 0, 1, ["j1"], [], (ONE, STARTED, proof("payslip", about="2019-04-20"))),
    ("clock.entry_event=opted_in", 1, 0, [], ["j1"], PAID_ONCE),
    ("definition.engaged=one_meeting", 1, 1, [], [], PAID_ONCE),
]


@pytest.mark.parametrize(("written", "was", "now", "joins", "leaves", "facts"), MONEY)
def test_what_a_variant_makes_of_the_ledger(written, was, now, joins, leaves, facts):
    money = compared(written, *facts, as_at="2019-12-31", only=()).compared[0].money
    assert (money.was.payable.lines, money.now.payable.lines) == (was, now)
    assert (money.was.payable.amount, money.now.payable.amount) == (750 * was, 750 * now)
    assert (money.difference.lines, money.difference.amount) == (now - was, 750 * (now - was))
    assert moves(money) == (joins, leaves)
    assert money.is_same is (was == now)
    for move in (*money.joins, *money.leaves):
        assert move.was_reason
        assert move.is_reason


def all_choices():
    return [
        Choice(definition, variant, "", 21 if variant.number else None)
        for definition in variants().definitions
        for variant in definition.variants
    ]


MADE_UP = (IN_WORK_AT_12_WEEKS, BETTER_HEALTH, OUT_OF_WORK, OFF)


@pytest.mark.parametrize("choice", all_choices(), ids=lambda choice: choice.written)
def test_every_variant_has_a_line_in_the_table_or_is_what_a_service_ships(choice):
    """One that is shipped puts everything back that another variant of the definition has changed."""
    name = choice.definition.id
    written = [*(line.values[0] for line in CASES), *(line[0] for line in MONEY)]
    named = [line.replace("@", "=").split("=") for line in written]
    if any(parts[0] == name and (parts[-1] == choice.variant.id or choice.number) for parts in named):
        return
    shipping = [spec for spec in (THRIVE, GROW, *MADE_UP) if _fits(spec, choice) and is_shipped(spec, choice)]
    assert shipping, f"{choice.written} has no line in CASES"
    others = [one for one in choice.definition.variants if one is not choice.variant and not one.number]
    for spec in shipping[:1]:
        for other in others:
            there_and_back = changed(spec, Choice(choice.definition, other), choice)
            assert all(getattr(there_and_back, name) == getattr(spec, name) for name in FILES)


def _fits(spec, choice):
    try:
        changed(spec, choice)
    except UserError:
        return False
    return True


def test_every_row_has_variants_or_a_reason():
    assert set(variants().rows) == set(ROWS)
    changing = {row for one in variants().definitions for row in one.rows}
    assert changing & {one.id for one in variants().unchanging} == set()
    assert all(len(one.why) > 20 for one in variants().unchanging)


@pytest.mark.parametrize("service", service_ids())
def test_every_variant_fits_a_service_or_says_why_not(service):
    spec = load(service)
    for choice in all_choices():
        try:
            changed(spec, choice)
        except DoesNotFit as error:
            assert error.problems[0].startswith(f"{choice.written} does not fit {service}: its specification has no ")
        except UserError as error:
            assert all(problem.startswith(f"{choice.written}: ") for problem in error.problems)
