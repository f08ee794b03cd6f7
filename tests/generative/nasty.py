"""Random nasty histories: few facts, dense around the edges of a period, an as-at day and the rules' own limits."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

SERVICE = "thrive_into_work"
LOTS = ("wolverhampton", "dudley", "south_central_birmingham", "sandwell_west_birmingham")
TABLES = ("people", "episodes", "allocations", "contacts", "profiles", "plans", "applications", "jobs", "job_hours")
HOURS = (None, "0", "8", "15.9", "15.99", "16", "16", "16.01", "16.5", "0.8", "15.2", "24", "37.5", "32")
LIMITS = (0, 0, 27, 28, 29, 41, 42, 43, 84, 181, 182, 183, 210)
DAYS_LATER = (0, 0, 1, 2, 7, 14, 27, 28, 29, 30, 60)
LANDMARKS = (date(2019, 3, 31), date(2019, 4, 1), date(2020, 2, 28), date(2020, 2, 29), date(2020, 3, 1))


@dataclass(frozen=True)
class Scene:
    """A period [start, end) and an as-at day."""

    start: date
    end: date
    as_at: date


def day_after(day, days):
    return None if day is None else day + timedelta(days=days)


def quarter(number):
    """The n-th contract quarter of 002, counted from 0."""
    month = 9 + 3 * number
    first = date(2017 + month // 12, month % 12 + 1, 1)
    month += 3
    return first, date(2017 + month // 12, month % 12 + 1, 1)


def a_scene(dice):
    """A quarter, a contract year or any range; as at its last day, in its middle, its first day or long after."""
    form = dice.random()
    if form < 0.5:
        start, end = quarter(dice.randrange(2, 10))
    elif form < 0.75:
        first = dice.choice((0, 4, 8))
        start, end = quarter(first)[0], quarter(first + 3)[1]
    else:
        start = dice.choice(LANDMARKS) + timedelta(days=dice.randrange(-40, 40))
        end = start + timedelta(days=dice.choice((1, 2, 7, 30, 91, 366)))
    last = end - timedelta(days=1)
    middle = start + timedelta(days=dice.randrange((end - start).days))
    as_at = dice.choice((last, last, middle, middle, start, last + timedelta(days=dice.choice((1, 30, 400)))))
    return Scene(start, end, as_at)


class Storyteller:
    """Writes the rows of one person; every choice comes from one seeded source."""

    def __init__(self, dice, scene, person_id):
        self.dice, self.scene, self.person_id = dice, scene, person_id
        self.tables = {name: [] for name in (*TABLES, "evidence")}
        self.serial = 0

    def key(self, kind):
        """Ids whose order is not the order of writing."""
        self.serial += 1
        return f"{self.person_id}-{kind}{self.dice.randrange(10, 99)}{self.serial:02d}"

    def maybe(self, chance):
        return self.dice.random() < chance

    def landmark(self):
        scene = self.scene
        days = (scene.start, scene.end, scene.as_at, scene.as_at, self.dice.choice(LANDMARKS))
        return day_after(self.dice.choice(days), self.dice.choice((-1, 0, 0, 1)))

    def near(self, day):
        """A day a little after `day`, or one at a boundary."""
        if self.maybe(0.25):
            return self.landmark()
        return day_after(day, self.dice.choice((-1, *DAYS_LATER)))

    def person(self):
        row = {"person_id": self.person_id, "gender": self.dice.choice(("1", "2", None))}
        self.tables["people"].append(row)
        for _ in range(self.dice.choice((1, 1, 1, 1, 2, 2, 3))):
            self.episode()
        if self.maybe(0.08):
            self.forget_something()
        return self.tables

    def forget_something(self):
        """One value that was never written down."""
        names = [name for name in FORGETTABLE if self.tables[name]]
        if names:
            name = self.dice.choice(names)
            self.dice.choice(self.tables[name])[self.dice.choice(FORGETTABLE[name])] = None

    def episode(self):
        dice, episode_id = self.dice, self.key("e")
        entry = day_after(self.landmark(), -dice.choice(LIMITS) - dice.choice((0, 0, 0, 3, 50)))
        referred = day_after(entry, -dice.choice((0, 0, 1, 10, 60)))
        row = {
            "episode_id": episode_id,
            "person_id": self.person_id,
            "service_id": SERVICE if self.maybe(0.97) else "ips_grow",
            "lot": dice.choice(LOTS),
            "source": dice.choice(("gp", "self", None)),
            "gp_practice": dice.choice(("M88001", "M88002", None)),
            "primary_condition": dice.choice(("mental_health", "musculoskeletal", None)),
            "specialist_id": dice.choice(("s1", "s2", None)),
            "referred_on": referred,
            "accepted_on": entry if self.maybe(0.85) else None,
            "closed_on": day_after(entry, dice.choice(DAYS_LATER) + 40) if self.maybe(0.3) else None,
        }
        if row["accepted_on"] is None and self.maybe(0.5):
            row["declined_on"] = self.near(referred)
        self.tables["episodes"].append(row)
        if self.maybe(0.55):
            day = entry if self.maybe(0.7) else max(referred, self.near(entry))
            arm = "control" if self.maybe(0.2) else "ips"
            self.tables["allocations"].append({"episode_id": episode_id, "arm": arm, "allocated_on": day})
        self.support(episode_id, referred, entry)
        self.work(row, entry)

    def support(self, episode_id, referred, entry):
        dice, tables = self.dice, self.tables
        for _ in range(dice.choice((0, 1, 2, 3, 4, 6))):
            contact = {
                "contact_id": self.key("c"),
                "episode_id": episode_id,
                "on": self.near(dice.choice((referred, entry, entry, day_after(self.scene.as_at, -28)))),
                "kind": dice.choice(
                    (
                        "appointment",
                        "appointment",
                        "video",
                        "call",
                        "group",
                        "joint_with_clinician",
                        "text",
                        "email",
                        "outreach",
                    )
                ),
                "with_whom": "client" if self.maybe(0.85) else dice.choice(("clinician", "employer", "family")),
                "attendance": "attended"
                if self.maybe(0.8)
                else dice.choice(("did_not_attend", "cancelled_by_client", "one_way")),
            }
            tables["contacts"].append(contact)
        for version in range(dice.choice((0, 1, 1, 2))):
            started = self.near(entry)
            completed = day_after(started, dice.choice((0, 1, 7, 28))) if self.maybe(0.6) else None
            tables["profiles"].append(
                {"episode_id": episode_id, "version": version + 1, "started_on": started, "completed_on": completed}
            )
        for version in range(dice.choice((0, 1, 1, 2))):
            agreed = self.near(entry)
            ended = max(agreed, self.near(self.scene.as_at)) if self.maybe(0.3) else None
            kind = "vocational_action" if self.maybe(0.85) else "job_search"
            tables["plans"].append(
                {"episode_id": episode_id, "version": version + 1, "kind": kind, "agreed_on": agreed, "ended_on": ended}
            )
        for _ in range(dice.choice((0, 0, 1, 2))):
            tables["applications"].append(
                {"application_id": self.key("a"), "episode_id": episode_id, "on": self.near(entry), "made_by": "client"}
            )

    def work(self, episode, entry):
        dice = self.dice
        first = None
        for _ in range(dice.choice((0, 1, 1, 2, 3, 4))):
            if first is None or self.maybe(0.3):
                day = self.near(entry) if self.maybe(0.5) else day_after(self.landmark(), -dice.choice(LIMITS))
            else:
                day = day_after(first, dice.choice((0, 0, 1, 5, 20, 41, 42, 100, 154, 155, 182)))
            first = day if first is None else first
            self.job(episode["episode_id"], day)
        for job in [row for row in self.tables["jobs"] if row["episode_id"] == episode["episode_id"]]:
            self.documents(episode, job)

    def job(self, episode_id, first_day):
        dice, hours = self.dice, self.dice.choice(HOURS)
        worked = first_day if self.maybe(0.95) else None
        length = dice.choice((0, 5, 13, 20, 40, 41, 42, 60, 153, 154, 180, 181, 182, 183, 183, 200, 300))
        job = {
            "job_id": self.key("j"),
            "episode_id": episode_id,
            "started_on": day_after(first_day, -dice.choice((0, 0, 0, 3))),
            "first_day_worked_on": worked,
            "ended_on": day_after(first_day, length if self.maybe(0.97) else -1) if self.maybe(0.6) else None,
            "contract_hours": None if hours is None else Decimal(hours),
            "competitive": dice.choice((True,) * 10 + (False, None)),
            "self_employed": dice.choice((True, False, False, None)),
            "occupation": dice.choice(("9", "9233", None)),
            "industry": dice.choice(("G", "47", None)),
        }
        self.tables["jobs"].append(job)
        if self.maybe(0.4):
            self.spells(job, first_day)

    def spells(self, job, first_day):
        """Spells that do not overlap, with gaps between them (there the contract holds)."""
        dice, begins = self.dice, day_after(first_day, self.dice.choice((0, 0, 1, 14, 155)))
        for _ in range(dice.choice((1, 2, 3))):
            ends = day_after(begins, dice.choice((0, 6, 13, 27, 28, 60)))
            hours = dice.choice(HOURS)
            last = self.maybe(0.3)
            spell = {
                "job_id": job["job_id"],
                "from_on": begins,
                "to_on": None if last else ends,
                "weekly_hours": None if hours is None else Decimal(hours),
            }
            self.tables["job_hours"].append(spell)
            if last:
                return
            begins = day_after(ends, dice.choice((1, 1, 2, 10)))

    def documents(self, episode, job):
        dice, first = self.dice, job["first_day_worked_on"] or job["started_on"]
        for outcome, later in (("job_start", 0), ("six_weeks", 41), ("sustained_26_weeks", 182)):
            for _ in range(dice.choice((0, 1, 2, 3))):
                self.document(episode, job, outcome, day_after(first, later))

    def document(self, episode, job, outcome, day):
        dice = self.dice
        about = None if self.maybe(0.05) else day_after(day, dice.choice((-1, 0, 0, 0, 0, 1, 30, 120)))
        prompt = self.maybe(0.6)
        received = max(job["started_on"], day if prompt else self.near(day))
        decided = day_after(received, dice.choice((0, 0, 1) if prompt else (0, 1, 5, 40)))
        if self.maybe(0.15):
            decided = max(received, self.scene.as_at)
        status = dice.choice(("verified", "verified", "verified", "verified", "received", "rejected", "rejected"))
        row = {
            "evidence_id": self.key("d"),
            "episode_id": episode["episode_id"],
            "job_id": dice.choice((job["job_id"], job["job_id"], None, self.tables["jobs"][0]["job_id"])),
            "outcome": outcome,
            "kind": dice.choice(KINDS),
            "about_on": about,
            "received_on": received,
            "status": status,
            "decided_on": None if status == "received" else decided,
            "decided_by": None if status == "received" else dice.choice(("v1", "v1", "v1", "v1", None, "s1", "s2")),
        }
        if status == "verified" and self.maybe(0.5):
            row["verified_on"] = decided
        if status == "rejected" and self.maybe(0.6):
            row["verified_on"], row["decided_on"] = decided, day_after(decided, dice.choice((0, 1, 30)))
        self.tables["evidence"].append(row)


FORGETTABLE = {
    "contacts": ("on", "kind", "with_whom", "attendance"),
    "profiles": ("started_on",),
    "plans": ("agreed_on", "kind"),
    "applications": ("on",),
    "jobs": ("started_on", "first_day_worked_on", "competitive"),
    "job_hours": ("from_on", "weekly_hours"),
    "evidence": ("received_on", "outcome", "kind", "status"),
    "allocations": ("allocated_on", "arm"),
    "episodes": ("referred_on",),
}
KINDS = (
    "contract",
    "employer_letter",
    "employer_email",
    "payslip",
    "timesheet",
    "client_declaration",
    "client_declaration",
    "qualitative_note",
    "self_employment_record",
    "something_else",
)


def some_people(seed, people):
    """A scene and the tables of that many people, made for it."""
    dice = random.Random(seed)
    scene = a_scene(dice)
    together = {name: [] for name in (*TABLES, "evidence")}
    for number in range(people):
        for name, rows in Storyteller(dice, scene, f"p{number:04d}").person().items():
            together[name].extend(rows)
    return scene, together
