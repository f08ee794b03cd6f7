"""Where a clock and a figure look at one clause they never disagree: what breaks on Today is what the figure misses.

A clock speaks of a day that can still be met on that day; a figure of the same day, asked at its end, has missed it.
"""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.generative.clock_histories import some_histories, together

from placewell.cadence import clocks
from placewell.cadence.situation import Situation, jobs_going_on
from placewell.dataset import Dataset
from placewell.fidelity.measures import measures_of
from placewell.fidelity.measuring import measured
from placewell.fidelity.records import Records
from placewell.indicators import members
from placewell.outcomes import outcome_table
from placewell.pathway import support_limits
from placewell.periods import Period
from placewell.specification import load

SEEDS = range(5)
TROUBLED = range(12)
ONE_DAY = timedelta(days=1)


class Moment:
    """One data set on one day: its clocks, its cases, and what fidelity says."""

    def __init__(self, spec, data, day):
        self.spec, self.data, self.day = spec, data, day
        rows = clocks(spec, data, day).to_dicts()
        self.due_on = {(row["episode_id"], row["job_id"], row["clock"]): row["due_on"] for row in rows}
        table = outcome_table(spec, data, day)
        self.outcomes = {row["episode_id"]: row for row in table.to_dicts()}
        self.records = Records(spec, data, day)

    def open_case(self, episode_id):
        row = self.outcomes[episode_id]
        others = row["closed_on"], row["declined_on"]
        return row["entered_on"] is not None and others == (None, None) and row["arm"] != "control"

    def measure(self, id, **changes):
        """The members of a measure of the service's own guidelines, over this day alone."""
        found = next(one for one in measures_of(self.spec) if one.id == id)
        tally = measured(self.records, replace(found, **{"window_days": 1, **changes}))
        return tally.members.to_dicts()

    def indicator(self, id, first_day=None):
        period = Period("asked", first_day or self.day, self.day + ONE_DAY)
        return members(self.spec, id, self.data, period, self.day).to_dicts()


COMMON_DAYS = (date(2019, 5, 31), date(2020, 2, 1), date(2019, 10, 1))


def entries(tables):
    """A day of entry of each person, by the rows alone: of their first episode that has one."""
    found = {}
    allocated = {row["episode_id"]: row["allocated_on"] for row in tables["allocations"]}
    for row in tables["episodes"]:
        day = allocated.get(row["episode_id"]) or row["accepted_on"]
        if day is not None:
            found.setdefault(row["person_id"], day)
    return found


def starts(tables):
    """The first day in a job of each person."""
    person = {row["episode_id"]: row["person_id"] for row in tables["episodes"]}
    found = {}
    for row in sorted(tables["jobs"], key=lambda row: row["first_day_worked_on"] or date.max):
        if row["first_day_worked_on"] and row["competitive"]:
            found.setdefault(person[row["episode_id"]], row["first_day_worked_on"])
    return found


def many(spec, anchors, *days):
    """Data sets in which everyone enters, or starts a first job, on one day; each some days later."""
    for seed, common in enumerate(COMMON_DAYS):
        _, tables = some_histories(seed)
        data = Dataset.from_rows(together(tables, anchors(tables), common))
        for later in days:
            yield Moment(spec, data, common + timedelta(days=later))


def test_four_weeks_to_the_first_application(spec):
    """002 §17.9 v. Who has a job needs no application any more, so the clock is silent and the figure is not."""
    seen = {True: 0, False: 0}
    for moment in many(spec, entries, 28):
        for row in moment.indicator("applied_within_4_weeks"):
            case = moment.outcomes[row["episode_id"]]
            if (
                row["status"] in ("counted", "not_counted")
                and moment.open_case(row["episode_id"])
                and not case["first_job_on"]
            ):
                missed = row["status"] == "not_counted"
                assert ((row["episode_id"], None, "first_application") in moment.due_on) == missed
                seen[missed] += 1
    assert min(seen.values()) > 10


def test_thirty_days_to_the_first_employer_contact(spec):
    """002 App. 7 Sv 4."""
    seen = {True: 0, False: 0}
    for moment in many(spec, entries, 30):
        for row in moment.measure("search_begun"):
            case = moment.outcomes[row["subject_id"]]
            if (
                row["status"] in ("counted", "not_counted")
                and moment.open_case(row["subject_id"])
                and not case["first_job_on"]
            ):
                missed = row["status"] == "not_counted"
                assert ((row["subject_id"], None, "first_employer_contact") in moment.due_on) == missed
                seen[missed] += 1
    assert min(seen.values()) > 10


def steps(moment):
    """(job, number of the step, status) of the steps around a start whose last day is this day."""
    for row in moment.measure("follow_along"):
        job_id, number = row["subject_id"].rsplit(":", 1)
        if row["status"] in ("counted", "not_counted"):
            yield job_id, int(number), row["status"] == "not_counted", row["episode_id"]


def in_support(moment, episode_id, job_id):
    """Open, the job held on the day, and support in work not ended: the only time for which a clock asks."""
    decisions = moment.data["support_decisions"].filter(episode_id=episode_id, limit="in_work").sort("on").to_dicts()
    known = [row["decision"] for row in decisions if row["on"] <= moment.day]
    ended = moment.data["jobs"].filter(job_id=job_id)["ended_on"][0]
    held = ended is None or ended > moment.day
    return moment.open_case(episode_id) and held and not (known and known[-1] == "ended")


MEETINGS = ("after_start", "in_work_weekly", "in_work_monthly")


def test_meetings_after_a_start(spec):
    """002 App. 7 Sv 12. The clock counts from the last meeting, fidelity by weeks of the calendar of the job.

    After the start they are one; of weeks and months, whatever fidelity misses has broken on Today by then.
    """
    seen = {}
    for moment in many(spec, starts, 3, 6, 13, 20, 27):
        for job_id, number, missed, episode_id in steps(moment):
            if number == 0 or not in_support(moment, episode_id, job_id):
                continue
            due = [moment.due_on.get((episode_id, job_id, clock)) for clock in MEETINGS]
            broken = any(day is not None and day <= moment.day for day in due)
            assert broken == missed if number == 1 else broken or not missed, (job_id, number, moment.day)
            seen[number == 1, missed] = seen.get((number == 1, missed), 0) + 1
    assert min(seen.values()) > 5 and len(seen) == 4


def test_meetings_by_the_month(spec):
    """The second month in a job ends after 59 or 60 days: on the last of the days before the same day of the third."""
    seen = {True: 0, False: 0}
    for moment in many(spec, starts, 58, 59, 60):
        for job_id, number, missed, episode_id in steps(moment):
            if number > 5 and in_support(moment, episode_id, job_id):
                due = [moment.due_on.get((episode_id, job_id, clock)) for clock in MEETINGS]
                assert not missed or any(day is not None and day <= moment.day for day in due)
                seen[missed] += 1
    assert min(seen.values()) > 2


BEFORE = {"benefits_advice": "benefits_before_start", "disclosure_decided": "disclosure"}


@pytest.mark.parametrize(("measure", "clock"), BEFORE.items())
def test_what_comes_before_a_start(spec, measure, clock):
    """002 App. 7 Sv 1-2: benefits advice and disclosure, on the eve and on the day.

    On the day of the start it is too late for the clock; fidelity still counts advice and a decision of that day.
    """
    seen = {True: 0, False: 0}
    for start in many(spec, starts, 0):
        eve = Moment(spec, start.data, start.day - ONE_DAY)
        episodes = dict(start.data["jobs"].select("job_id", "episode_id").iter_rows())
        for row in start.measure(measure):
            episode_id = episodes[row["subject_id"]]
            if row["status"] == "excluded" or episode_id not in eve.outcomes or not eve.open_case(episode_id):
                continue
            job = None if clock == "disclosure" else row["subject_id"]
            spoke, missed = (episode_id, job, clock) in eve.due_on, row["status"] == "not_counted"
            on_the_day = words_of(start.day) in row["reason"]
            assert spoke == missed or (spoke and on_the_day), (row, start.day)
            seen[spoke] += 1
    assert min(seen.values()) > 2


def broken_on(moment, day):
    """What the clocks of trouble say has broken on a day: lost jobs, and the cases with a problem in a job."""
    broken = [key for key, due_on in moment.due_on.items() if due_on == day]
    return {
        "jobs": {(episode_id, job_id) for episode_id, job_id, clock in broken if clock == "job_loss"},
        "job_problems": {episode_id for episode_id, _, clock in broken if clock == "job_problem"},
    }


def broken_by(moment, day):
    """The cases with a problem in a job that nobody spoke about by a day."""
    due = [key for key, due_on in moment.due_on.items() if due_on <= day]
    return {episode_id for episode_id, _, clock in due if clock == "job_problem"}


def busy_on(tables, day):
    """The people of whom anything is dated that day."""
    person = {row["episode_id"]: row["person_id"] for row in tables["episodes"]}
    of_job = {row["job_id"]: person[row["episode_id"]] for row in tables["jobs"]}
    rows = [row for table in tables.values() for row in table if day in row.values()]
    return {row.get("person_id") or person.get(row.get("episode_id")) or of_job.get(row.get("job_id")) for row in rows}


@pytest.mark.parametrize("seed", TROUBLED)
def test_trouble_in_work(spec, seed):
    """002 App. 7 Sv 12: at the end of the last day a clock speaks where fidelity has not counted, and nowhere else.

    The day after it still does, of everyone with whom nothing happened that day. Of several problems that nobody spoke
    about the clock names the first.
    """
    scene, tables = some_histories(seed)
    data = Dataset.from_rows(tables)
    for later in range(-6, 9, 2):
        last = Moment(spec, data, scene.as_at + timedelta(days=later))
        after = Moment(spec, data, last.day + ONE_DAY)
        missed = {table: set() for table in ("jobs", "job_problems")}
        for row in last.measure("trouble_answered"):
            table, id = row["subject_id"].split(":")
            if row["status"] == "not_counted":
                missed[table].add((row["episode_id"], id) if table == "jobs" else row["episode_id"])
            elif table == "job_problems" and row["status"] != "not_due":
                assert row["episode_id"] not in broken_by(last, last.day), row
        busy = busy_on(tables, after.day)
        of_busy = {row["episode_id"] for row in tables["episodes"] if row["person_id"] in busy}
        for moment, apart in ((last, set()), (after, of_busy)):
            broken = broken_on(moment, last.day)
            assert {one for one in broken["jobs"] ^ missed["jobs"] if one[0] not in apart} == set(), moment.day
            named, silent = broken["job_problems"] - apart, missed["job_problems"] - apart
            assert named <= silent <= broken_by(moment, last.day), moment.day


def test_trouble_in_work_has_every_status(spec):
    """A generator that never asks proves nothing; jobs that go on in a later case are asked about as well."""
    seen = Counter()
    for seed in TROUBLED:
        scene, tables = some_histories(seed)
        moment = Moment(spec, Dataset.from_rows(tables), scene.as_at)
        held_in = {f"jobs:{row['job_id']}": row["episode_id"] for row in tables["jobs"]}
        held_in |= {f"job_problems:{row['job_problem_id']}": row["episode_id"] for row in tables["job_problems"]}
        for row in moment.measure("trouble_answered", window_days=60):
            table, goes_on = row["subject_id"].split(":")[0], held_in[row["subject_id"]] != row["episode_id"]
            seen[table, row["status"]] += 1
            seen[table, "goes on"] += goes_on
    assert len(seen) == 10 and min(seen.values()) > 1, seen


def test_days_to_the_first_contact(spec):
    """002 §17.9 ii. Of everyone open the clock speaks until the first contact, whose days the indicator counts."""
    seen = {"counted": 0, "not_due": 0}
    for seed in SEEDS:
        scene, tables = some_histories(seed)
        moment = Moment(spec, Dataset.from_rows(tables), scene.as_at)
        for row in moment.indicator("days_to_first_contact", first_day=date(2012, 1, 1)):
            episode_id, case = row["episode_id"], moment.outcomes[row["episode_id"]]
            if (case["closed_on"], case["declined_on"]) != (None, None) or case["arm"] == "control":
                continue
            due_on = moment.due_on.get((episode_id, None, "first_contact"))
            assert due_on == (case["referred_on"] + timedelta(days=10) if row["status"] == "not_due" else None), row
            if row["status"] in seen:
                seen[row["status"]] += 1
    assert min(seen.values()) > 10, seen


LIMITS = {"job_search": "nine_months", "in_work": "in_work_limit"}


def test_limits_of_support(spec):
    """002 §4.4, §9.10 ix-x: of every open case about which nothing was decided, clock and limit name one day.

    Where a job of an earlier episode goes on, the clock counts from there; the limit is told of one episode alone.
    """
    seen = Counter()
    for seed in SEEDS:
        scene, tables = some_histories(seed)
        tables |= {"support_decisions": [], "support_requests": []}
        moment = Moment(spec, Dataset.from_rows(tables), scene.as_at)
        going_on = set(jobs_going_on(Situation.on(spec, moment.data, moment.day))["episode_id"])
        for episode_id, case in moment.outcomes.items():
            if not moment.open_case(episode_id) or episode_id in going_on:
                continue
            running = support_limits(spec, case["entered_on"], case["first_job_on"])
            expected = sorted((LIMITS[one.limit], one.ends_on) for one in running)
            told = [(clock, due_on) for (of, _, clock), due_on in moment.due_on.items() if of == episode_id]
            assert sorted(one for one in told if one[0] in LIMITS.values()) == expected, episode_id
            seen.update(clock for clock, _ in expected)
    assert min(seen[clock] for clock in LIMITS.values()) > 10, seen


def words_of(day):
    return f"{day.day} {day:%B %Y}"


def test_who_is_on_the_active_caseload(spec):
    """002 App. 7 St 1: whoever falls out of touch has a clock that has broken, whoever is in touch has none.

    Somebody who was not spoken with since entry is not active yet, and has 28 days from entry.
    """
    seen = {True: 0, False: 0}
    for seed in SEEDS:
        scene, tables = some_histories(seed)
        moment = Moment(spec, Dataset.from_rows(tables), scene.as_at)
        spoken = {
            row["row"] for row in moment.records.talks.collect().to_dicts() if row["on"] >= row_entry(moment, row)
        }
        for row in moment.records.caseload.collect().to_dicts():
            due_on = moment.due_on.get((row["episode_id"], None, "active_contact"))
            if due_on is not None and row["row"] in spoken:
                assert (due_on > moment.day) == row["in_touch"]
                seen[row["in_touch"]] += 1
    assert min(seen.values()) > 10


def row_entry(moment, talk):
    """The entry of the episode that a contact belongs to; never, where it has not entered."""
    entries = {row["row"]: row["entered_on"] for row in moment.outcomes.values()}
    return entries[talk["row"]] or date.max


PROVED = {
    "evidence_job_start": ("job_start_under_16", "job_start_16_and_over"),
    "evidence_six_weeks": ("six_weeks_under_16", "six_weeks_16_and_over"),
    "evidence_sustained_26_weeks": ("sustained_26_weeks_under_16", "sustained_26_weeks_16_and_over"),
}


@pytest.mark.parametrize("clock", PROVED)
def test_proof_of_the_outcomes_that_count(spec, clock):
    """002 App. 6: what lacks proof on Today is counted in no band; what is counted nowhere lacks proof or hours."""
    seen = {True: 0, False: 0}
    for moment in many(spec, starts, 184, 300):
        for indicator in PROVED[clock]:
            for row in moment.indicator(indicator, first_day=date(2012, 1, 1)):
                waits = (row["episode_id"], None, clock) in moment.due_on
                if row["status"] == "counted":
                    assert not waits
                    seen[False] += 1
                elif row["status"] == "not_counted" and waits:
                    seen[True] += 1
                elif row["status"] == "not_counted":
                    assert row["lacks"] in (None, "hours"), row
    assert min(seen.values()) > 10


@pytest.mark.parametrize("service", [
    "dorset_work_matters", "workwise", "thrive_into_work", "ips_grow", "nottingham_health_employment",
])  # fmt: skip
def test_a_number_that_stands_twice_is_one_number(service):
    """The clocks, the limits of support, the active case and the outcomes of a service say the same."""
    spec = load(service)
    clock = {one.kind: one for one in spec.pathway.clocks}
    limits = {"nine_months": spec.pathway.limit_of("job_search"), "in_work_limit": spec.pathway.limit_of("in_work")}
    for kind, limit in limits.items():
        assert (clock[kind].months if kind in clock else None) == (limit.months if limit else None)
    active = spec.outcomes.of_kind("active_caseload")
    if "active_contact" in clock:
        assert {clock["active_contact"].days} == {
            spec.pathway.active_case.contact_days,
            *(one.contact_days for one in active),
        }
    searched = {outcome.days for outcome in spec.outcomes.of_kind("rapid_job_search")}
    for kind in {"first_application", "employer_contact"} & clock.keys():
        assert clock[kind].days in searched
