"""What exists as at a day, and what one episode's history says from its programme entry on."""

from dataclasses import dataclass, field
from datetime import date

EVERYONE_FROM = date(2019, 4, 1)
APPOINTMENT_KINDS = {"appointment", "video", "call", "group", "joint_with_clinician"}

ROW_DAY = {
    "episodes": "referred_on",
    "allocations": "allocated_on",
    "contacts": "on",
    "plans": "agreed_on",
    "applications": "on",
    "job_hours": "from_on",
    "evidence": "received_on",
}
LATER_DAYS = {
    "episodes": ("accepted_on", "declined_on", "closed_on"),
    "profiles": ("started_on", "completed_on"),
    "plans": ("ended_on",),
    "jobs": ("first_day_worked_on", "ended_on"),
    "job_hours": ("to_on",),
}
USED = ("people", "episodes", "allocations", "contacts", "profiles", "plans", "applications", "jobs", "job_hours")


def known(tables, as_at):
    """Copies of the rows, without what is dated after the as-at day."""
    result = {}
    for name in (*USED, "evidence"):
        rows = []
        for row in tables.get(name, ()):
            day_column = ROW_DAY.get(name)
            if day_column and (row.get(day_column) is None or row[day_column] > as_at):
                continue
            copy = dict(row)
            for column in LATER_DAYS.get(name, ()):
                if copy.get(column) is not None and copy[column] > as_at:
                    copy[column] = None
            rows.append(copy)
        result[name] = rows
    return result


@dataclass
class History:
    """One episode and its facts on or after entry."""

    row: dict
    person: dict
    entered_on: date | None
    has_earlier_episode: bool
    two_way_ever: list = field(default_factory=list)
    two_way: list = field(default_factory=list)
    appointments: list = field(default_factory=list)
    profile_starts: list = field(default_factory=list)
    profile_ends: list = field(default_factory=list)
    applications: list = field(default_factory=list)
    plans: list = field(default_factory=list)
    jobs: list = field(default_factory=list)
    spells: dict = field(default_factory=dict)
    evidence: list = field(default_factory=list)

    @property
    def order(self):
        return (self.row["referred_on"], self.row["episode_id"])

    @property
    def first_job(self):
        return self.jobs[0] if self.jobs else None


def entry_day(episode, allocations, ips_days_of_person):
    """Randomised to IPS: that day. Accepted with no allocation in the episode: from April 2019, or when IPS is held."""
    allocation = allocations.get(episode["episode_id"])
    if allocation is not None:
        return allocation["allocated_on"] if allocation["arm"] == "ips" else None
    accepted = episode.get("accepted_on")
    if accepted is None:
        return None
    if accepted >= EVERYONE_FROM:
        return accepted
    if any(day <= accepted for day in ips_days_of_person):
        return accepted
    return None


def by_key(rows, key):
    """The rows of each value of a column."""
    groups = {}
    for row in rows:
        groups.setdefault(row.get(key), []).append(row)
    return groups


def histories(tables, service, as_at, entered=entry_day):
    """Every episode of the service received by the as-at day, in order, with its facts."""
    facts = known(tables, as_at)
    people = {row["person_id"]: row for row in facts["people"]}
    episodes = [row for row in facts["episodes"] if row["service_id"] == service]
    episodes.sort(key=lambda row: (row["referred_on"], row["episode_id"]))
    allocations = {row["episode_id"]: row for row in facts["allocations"]}
    of_person = by_key(episodes, "person_id")
    of_episode = {name: by_key(facts[name], "episode_id") for name in OF_EPISODE}
    of_job = by_key(facts["job_hours"], "job_id")
    found = []
    for row in episodes:
        theirs = of_person[row["person_id"]]
        held = [allocations[one["episode_id"]] for one in theirs if one["episode_id"] in allocations]
        ips_days = [allocation["allocated_on"] for allocation in held if allocation["arm"] == "ips"]
        person = people.get(row["person_id"], {})
        history = History(row, person, entered(row, allocations, ips_days), theirs[0] is not row)
        fill(history, {name: rows.get(row["episode_id"], []) for name, rows in of_episode.items()}, of_job)
        found.append(history)
    return found


OF_EPISODE = ("contacts", "profiles", "plans", "applications", "jobs", "evidence")


def fill(history, own, hours):
    """Collect the episode's own facts; all but the first contact look only from entry on."""
    for contact in own["contacts"]:
        if contact["with_whom"] == "client" and contact["attendance"] == "attended":
            history.two_way_ever.append(contact["on"])
    entry = history.entered_on
    if entry is None:
        return
    for contact in own["contacts"]:
        if contact["with_whom"] == "client" and contact["attendance"] == "attended" and contact["on"] >= entry:
            history.two_way.append(contact["on"])
            if contact["kind"] in APPOINTMENT_KINDS:
                history.appointments.append(contact["on"])
    history.appointments.sort()
    for profile in own["profiles"]:
        if profile["started_on"] is not None and profile["started_on"] >= entry:
            history.profile_starts.append(profile["started_on"])
        if profile["completed_on"] is not None and profile["completed_on"] >= entry:
            history.profile_ends.append(profile["completed_on"])
    history.applications = [row["on"] for row in own["applications"] if row["on"] >= entry]
    history.plans = [row for row in own["plans"] if row["kind"] == "vocational_action" and row["agreed_on"] >= entry]
    history.jobs = [row for row in own["jobs"] if is_job_start(row, entry)]
    history.jobs.sort(key=lambda row: (row["first_day_worked_on"], row["job_id"]))
    history.spells = {job["job_id"]: hours.get(job["job_id"], []) for job in history.jobs}
    history.evidence = own["evidence"]


def is_job_start(job, entry):
    """Judged competitive, and its first day worked is on or after entry."""
    return job["competitive"] is True and job["first_day_worked_on"] is not None and job["first_day_worked_on"] >= entry
