"""The second opinion on the clocks of 002: what is open on a day and when it breaks, one episode after the other.

Written from the clauses (App. 7 St 1, Sv 1-2, 4, 12; §4.4, §9.10, §17.9) and the notes beside them in pathway.toml. Its
numbers are its own. It answers {(episode, job or None, clock): the day it breaks}.
"""

from calendar import monthrange
from datetime import date, timedelta

from .facts import by_key, histories
from .judgement import SERVICE
from .proof import proved
from .work import days_in_work, in_work

FACE_TO_FACE = {"appointment", "group", "outreach", "joint_with_clinician"}
MEETINGS = ("after_start", "in_work_weekly", "in_work_monthly")
CONTACTS = (*MEETINGS, "job_loss", "job_problem")
EASTER_AND_OTHERS = """
2016-12-26 2016-12-27 2017-01-02 2017-04-14 2017-04-17 2017-05-01 2017-05-29 2017-08-28 2017-12-25 2017-12-26
2018-01-01 2018-03-30 2018-04-02 2018-05-07 2018-05-28 2018-08-27 2018-12-25 2018-12-26
2019-01-01 2019-04-19 2019-04-22 2019-05-06 2019-05-27 2019-08-26 2019-12-25 2019-12-26
2020-01-01 2020-04-10 2020-04-13 2020-05-08 2020-05-25 2020-08-31 2020-12-25 2020-12-28
2021-01-01 2021-04-02 2021-04-05 2021-05-03 2021-05-31 2021-08-30 2021-12-27 2021-12-28 2022-01-03
"""
BANK_HOLIDAYS = {date.fromisoformat(day) for day in EASTER_AND_OTHERS.split()}


def after(day, days):
    return day + timedelta(days=days)


def months_after(day, months):
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def working_days_after(day, count):
    """A weekend or bank holiday counts as the next working day."""

    def works(one):
        return one.weekday() < 5 and one not in BANK_HOLIDAYS

    while not works(day):
        day = after(day, 1)
    while count:
        day = after(day, 1)
        count -= works(day)
    return day


class Case:
    """One episode with everything that is known of it by the day."""

    def __init__(self, history, tables, as_at):
        self.history, self.as_at, self.entry = history, as_at, history.entered_on
        self.id = history.row["episode_id"]
        mine = {name: rows.get(self.id, []) for name, rows in tables.items() if name != "job"}
        self.arm = next((row["arm"] for row in self.by_now(mine["allocations"], "allocated_on")), None)
        with_person = [row for row in self.by_now(mine["contacts"], "on") if row["with_whom"] == "client"]
        answered = [row for row in with_person if row["attendance"] == "attended"]
        self.spoken = sorted(row["on"] for row in answered)
        self.met = sorted(row["on"] for row in answered if row["kind"] in FACE_TO_FACE and row.get("place") != "remote")
        self.decisions = sorted(self.by_now(mine["support_decisions"], "on"), key=lambda row: row["on"])
        problems = self.by_now(mine["job_problems"], "known_on")
        self.problems = sorted(problems, key=lambda row: (row["known_on"], row["job_problem_id"]))
        self.requests = sorted(
            (row["on"], row["support_request_id"])
            for row in self.by_now(mine["support_requests"], "on")
            if row["decided_on"] is None or row["decided_on"] > as_at
        )
        self.mine = mine
        self.of_job = tables["job"]
        self.jobs = self.paid_jobs() if self.entry else []
        self.supports = {job_id: history.first_job for _, job_id, _ in self.jobs}

    def takes_on(self, earlier):
        """An episode of the same person that has ended: its jobs that were not over on entry are this case's too."""
        meetings = [on for on in earlier.met if on < self.history.row["referred_on"]]
        talks = [on for on in earlier.spoken if on < self.history.row["referred_on"]]
        self.met, self.spoken = sorted([*self.met, *meetings]), sorted([*self.spoken, *talks])
        going_on = [one for one in earlier.jobs if not (self.over(one[2]) and one[2]["ended_on"] < self.entry)]
        self.jobs = sorted([*self.jobs, *going_on], key=lambda one: one[:2])
        self.supports |= {job_id: earlier.history.first_job for _, job_id, _ in going_on}
        known = [row for row in earlier.problems if row["job_id"] in {job_id for _, job_id, _ in going_on}]
        self.problems = sorted([*self.problems, *known], key=lambda row: (row["known_on"], row["job_problem_id"]))

    def by_now(self, rows, column):
        return [row for row in rows if row[column] is not None and row[column] <= self.as_at]

    def since_entry(self, name, column="on"):
        return [row for row in self.by_now(self.mine[name], column) if row[column] >= self.entry]

    def paid_jobs(self):
        """(first day, job), begun or to begin."""
        found = []
        for row in self.mine["jobs"]:
            day = row["first_day_worked_on"] or row["started_on"]
            if row["competitive"] is not False and day is not None and day >= self.entry:
                found.append((day, row["job_id"], row))
        return sorted(found, key=lambda one: one[:2])

    def over(self, row):
        return row["ended_on"] is not None and row["ended_on"] <= self.as_at

    def holding(self):
        """Jobs begun and not ended."""
        return [one for one in self.jobs if one[0] <= self.as_at and not self.over(one[2])]

    def ahead(self):
        return [one for one in self.jobs if one[0] > self.as_at]

    def supported(self):
        """Jobs held while support in work has neither ended nor passed four months from their start."""
        if self.decided("in_work") == "ended":
            return []
        return [one for one in self.holding() if months_after(one[0], 4) >= self.as_at]

    def latest(self, limit):
        return next((row for row in reversed(self.decisions) if row["limit"] == limit), None)

    def decided(self, limit):
        row = self.latest(limit)
        return row and row["decision"]

    def spoke_since(self, day):
        return any(on >= day for on in self.spoken)

    @property
    def open(self):
        row = self.history.row
        return row.get("closed_on") is None and row.get("declined_on") is None and self.arm != "control"


def searching(case):
    """Until a job is found."""
    if not case.open:
        return
    received = case.history.row["referred_on"]
    reached = case.spoke_since(received)
    if not reached:
        yield None, "first_contact", after(received, 10)
    if case.entry is None:
        return
    ended = "ended" in (case.decided("job_search"), case.decided("in_work"))
    if reached and not ended:
        last = max((on for on in case.spoken if on >= case.entry), default=case.entry)
        yield None, "active_contact", after(last, 28)
    agreed = [row for row in case.since_entry("plans", "agreed_on") if row["kind"] == "vocational_action"]
    holding = [row["agreed_on"] for row in agreed if row["ended_on"] is None or row["ended_on"] > case.as_at]
    if holding:
        yield None, "plan_review", months_after(max(holding), 3)
    if case.history.first_job is None:
        yield from without_a_job(case)
    yield from disclosure(case)


def without_a_job(case):
    applied = case.since_entry("applications")
    if not applied:
        yield None, "first_application", after(case.entry, 28)
    if not applied and not [row for row in case.since_entry("employer_contacts") if row["face_to_face"]]:
        yield None, "first_employer_contact", after(case.entry, 30)
    decision = case.latest("job_search")
    if case.decided("job_search") != "ended":
        extended = case.decided("job_search") == "extended" and decision["until_on"]
        yield None, "nine_months", extended or months_after(case.entry, 9)


def disclosure(case):
    if case.since_entry("disclosures"):
        return
    starts = [day for day, _, _ in case.ahead()]
    if starts or case.history.first_job is None:
        yield None, "disclosure", min([after(case.entry, 28), *(after(day, -1) for day in starts)])


def advised(case):
    sent = [row for row in case.since_entry("onward_referrals") if row["to"] == "benefits_advice"]
    return [row["on"] for row in [*case.since_entry("benefits_advice"), *sent]]


def in_a_job(case):
    if not case.open or case.entry is None:
        return
    for day, job_id, _ in case.ahead():
        if not [on for on in case.met if on >= after(day, -7)]:
            yield job_id, "before_start", after(day, -1)
        if not advised(case):
            yield job_id, "benefits_before_start", after(day, -1)
    for day, job_id, row in case.supported():
        nearest = min(meetings(case, day), default=None)
        if nearest:
            yield job_id, nearest[1], nearest[0]
        for change in sorted(changes(case, day, row)):
            if not [on for on in advised(case) if on >= after(change, -28)]:
                yield job_id, "benefits_on_change", working_days_after(change, 10)
                break
    yield from trouble(case)
    yield from limit_in_work(case)


def meetings(case, day):
    """The meetings that are asked for in a job, each with the day it breaks: the first covers the others."""
    held = [on for on in case.met if on >= day]
    if not held:
        yield after(day, 3), "after_start"
    last = max(held, default=day)
    month, quarter = months_after(day, 1), months_after(day, 3)
    if after(last, 7) <= month and case.as_at <= month:
        yield after(last, 7), "in_work_weekly"
    if months_after(last, 1) <= quarter and case.as_at >= month:
        yield months_after(last, 1), "in_work_monthly"


def changes(case, day, job):
    """Days after the start on which hours or pay became other than they were the day before."""
    spells = case.by_now(case.of_job["job_hours"].get(job["job_id"], []), "from_on")
    for spell in spells:
        eve = after(spell["from_on"], -1)
        covering = [one for one in spells if one["from_on"] <= eve and (one["to_on"] is None or one["to_on"] >= eve)]
        before = covering[0]["weekly_hours"] if covering else job["contract_hours"]
        if spell["from_on"] > day and None not in (before, spell["weekly_hours"]) and before != spell["weekly_hours"]:
            yield spell["from_on"]
    before = None
    for row in sorted(
        case.by_now(case.of_job["job_pay"].get(job["job_id"], []), "from_on"), key=lambda r: r["from_on"]
    ):
        if row["from_on"] > day and (before is None or row["hourly_wage"] is None or row["hourly_wage"] != before):
            yield row["from_on"]
        before = row["hourly_wage"]


def trouble(case):
    silent = [row for row in case.problems if not case.spoke_since(row["known_on"])]
    if silent:
        yield silent[0]["job_id"], "job_problem", after(silent[0]["known_on"], 3)
    ends = [(row["ended_on"], job_id, max(row["ended_on"], row.get("end_known_on") or row["ended_on"]))
            for _, job_id, row in case.jobs if row["ended_on"] is not None]  # fmt: skip
    learned = [end for end in ends if end[2] <= case.as_at]
    if learned and not case.holding():
        _, job_id, known_on = max(learned)
        if not case.spoke_since(known_on):
            yield job_id, "job_loss", after(known_on, 3)
    last = case.latest("in_work")
    asked = [on for on, _ in case.requests if last is None or last["on"] < on]
    if asked:
        yield None, "re_access", working_days_after(asked[0], 5)


def limit_in_work(case):
    if case.decided("in_work") == "ended":
        return
    decision = case.latest("in_work")
    job_id = case.holding()[0][1] if case.holding() else None
    first = case.supports[job_id] if job_id else case.history.first_job  # between jobs it goes on
    if first is None:
        return
    if case.decided("in_work") == "extended" and decision["until_on"]:
        yield job_id, "in_work_limit", decision["until_on"]
        return
    again = case.decided("in_work") == "taken_up_again"
    begins = first["first_day_worked_on"]
    if months_after(begins, 4) < case.entry:  # it was over: support is taken up again with the new referral
        begins = case.entry
    yield job_id, "in_work_limit", months_after(decision["on"] if again else begins, 4)


def proof(case):
    """Of open and closed episodes alike."""
    history, as_at = case.history, case.as_at
    first = history.first_job
    if case.entry is None or first is None:
        return
    begun = first["first_day_worked_on"]
    if not proved(history, "job_start", begun, as_at, first["job_id"]):
        yield None, "evidence_job_start", after(begun, 14)
    forty_two = days_in_work(history, 42, as_at)
    if forty_two and not proved(history, "six_weeks", forty_two[-1], as_at):
        yield None, "evidence_six_weeks", after(forty_two[-1], 14)
    half_a_year = after(begun, 182)
    reached = half_a_year <= as_at and in_work(history, half_a_year)
    if reached and not proved(history, "sustained_26_weeks", half_a_year, as_at):
        yield None, "evidence_sustained_26_weeks", after(half_a_year, 14)


OF_AN_EPISODE = (
    "allocations",
    "contacts",
    "plans",
    "applications",
    "employer_contacts",
    "disclosures",
    "benefits_advice",
    "onward_referrals",
    "support_decisions",
    "support_requests",
    "job_problems",
    "jobs",
)


def hand_on(cases):
    """What ended episodes leave to the open case that goes on from them, near or far."""
    named = {case.id: case for case in cases}
    for case in cases:
        if not (case.open and case.entry):
            continue
        at, seen = case, {case.id}
        while (earlier := named.get(at.history.row.get("follows"))) is not None and earlier.id not in seen:
            if not at.history.row.get("shares") and at.history.row["lot"] != earlier.history.row["lot"]:
                break
            if earlier.entry and earlier.history.row.get("closed_on") is not None:
                case.takes_on(earlier)
            at = earlier
            seen.add(at.id)


def open_clocks(tables, as_at):
    """Every clock that is open on the day."""
    grouped = {name: by_key(tables.get(name, ()), "episode_id") for name in OF_AN_EPISODE}
    grouped["job"] = {name: by_key(tables.get(name, ()), "job_id") for name in ("job_hours", "job_pay")}
    found = {}
    cases = [Case(history, grouped, as_at) for history in histories(tables, SERVICE, as_at)]
    hand_on(cases)
    for case in cases:
        mine = [*searching(case), *in_a_job(case), *proof(case)]
        soonest = min((due for _, clock, due in mine if clock in CONTACTS), default=None)
        for job_id, clock, due in mine:
            if clock == "active_contact" and soonest is not None and soonest <= due:
                continue
            found[case.id, job_id, clock] = due
    return found
