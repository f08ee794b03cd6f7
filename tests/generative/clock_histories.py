"""Random nasty histories with what only the clocks look at: decisions, advice, disclosure, problems, changes of pay."""

import random
from datetime import date, timedelta
from decimal import Decimal

from tests.generative.nasty import some_people

MORE = (
    "employer_contacts",
    "disclosures",
    "benefits_advice",
    "onward_referrals",
    "support_decisions",
    "support_requests",
    "job_problems",
    "job_pay",
)
APART = (-40, -29, -28, -10, -7, -4, -3, -1, 0, 0, 1, 2, 5, 20)
"""Days from the day asked about: most facts lie where a clock opens, stops or breaks."""
AROUND_A_START = (-8, -7, -1, 0, 1, 3, 4, 6, 7, 8, 13, 14, 20, 21, 27, 30, 45)


class Beside:
    """Adds rows to the tables of `some_people`; every choice comes from one seeded source."""

    def __init__(self, seed):
        self.dice = random.Random(f"clocks {seed}")
        self.scene, self.tables = some_people(seed, 60)
        self.tables |= {name: [] for name in MORE}
        self.serial = 0

    def near(self, *days):
        """A day near the one asked about, or near another that matters."""
        known = [day for day in (self.scene.as_at, self.scene.as_at, *days) if day is not None]
        return self.dice.choice(known) + timedelta(days=self.dice.choice(APART))

    def some(self, chance):
        return self.dice.random() < chance

    def add(self, table, **row):
        self.serial += 1
        self.tables[table].append(row)

    def everything(self):
        for contact in self.tables["contacts"]:
            contact["place"] = self.dice.choice(("community", "home", "remote", None))
        for episode in self.tables["episodes"]:
            self.of_episode(episode["episode_id"], episode["accepted_on"])
        for job in self.tables["jobs"]:
            self.of_job(job)
        self.one_after_the_other()
        return self.scene, self.tables

    def one_after_the_other(self):
        """Some referrals go on from an earlier one of the person, ended or not; some from one that is not there."""
        last = {}
        for episode in sorted(self.tables["episodes"], key=lambda row: (str(row["referred_on"]), row["episode_id"])):
            before = last.get(episode["person_id"])
            if before and self.some(0.8):
                episode |= {"follows": before, "shares": self.dice.choice((True, True, False, None))}
            elif self.some(0.05):
                episode |= {"follows": "nobody", "shares": True}
            last[episode["person_id"]] = episode["episode_id"]

    def of_episode(self, episode_id, entered):
        dice, at = self.dice, {"episode_id": episode_id}
        if self.some(0.4):
            met = dice.choice((True, True, False, None))
            self.add(
                "employer_contacts",
                employer_contact_id=f"ec{self.serial}",
                on=self.near(entered),
                face_to_face=met,
                **at,
            )
        if self.some(0.5):
            self.add("disclosures", on=self.near(entered), decision="undecided", **at)
        if self.some(0.35):
            self.add("benefits_advice", on=self.near(entered), about="other", **at)
        if self.some(0.2):
            to = dice.choice(("benefits_advice", "benefits_advice", "housing", None))
            self.add("onward_referrals", on=self.near(entered), to=to, kind="referral", **at)
        for limit in ("job_search", "in_work"):
            self.decisions(at, limit)
        for _ in range(dice.choice((0, 0, 0, 1, 2))):
            self.request(at)

    def request(self, at):
        """Support asked for again; some decided at once, some on a day that may not have come."""
        asked = self.near()
        decided = asked + timedelta(days=self.dice.choice((0, 1, 5, 30))) if self.some(0.4) else None
        row = {"asked_by": self.dice.choice(("person", "employer")), "decided_on": decided}
        granted = None if decided is None else self.some(0.5)
        self.add("support_requests", support_request_id=f"w{self.serial:05}", on=asked, granted=granted, **row, **at)

    def decisions(self, at, limit):
        """Up to three decisions on days of their own."""
        days = {self.near() for _ in range(self.dice.choice((0, 0, 0, 1, 1, 2, 3)))}
        for day in sorted(days):
            until = day + timedelta(days=self.dice.choice((10, 60))) if self.some(0.8) else None
            decision = self.dice.choice(("extended", "ended", "ended", "taken_up_again"))
            self.add("support_decisions", on=day, limit=limit, decision=decision, until_on=until, **at)

    def of_job(self, job):
        dice, at = self.dice, {"episode_id": job["episode_id"], "job_id": job["job_id"]}
        if job["ended_on"] and self.some(0.6):
            job["end_known_on"] = job["ended_on"] + timedelta(days=dice.choice((-5, -1, 0, 1, 3, 9)))
        if job["ended_on"] and self.some(0.4):
            job["ended_on"] = self.near()
        for _ in range(dice.choice((0, 0, 2, 4, 6))):
            self.meeting(job)
        for _ in range(dice.choice((0, 0, 0, 1, 2))):
            known = None if self.some(0.05) else self.near(job["ended_on"])
            self.add("job_problems", job_problem_id=f"q{self.serial:05}", known_on=known, kind="health", **at)
        for day in {self.near(job["started_on"]) for _ in range(dice.choice((0, 0, 1, 2)))}:
            wage = dice.choice((None, Decimal(9), Decimal(9), Decimal("9.5")))
            self.add("job_pay", job_id=job["job_id"], from_on=day, hourly_wage=wage)

    def meeting(self, job):
        on = (job["first_day_worked_on"] or job["started_on"]) + timedelta(days=self.dice.choice(AROUND_A_START))
        whom = {"kind": "appointment", "with_whom": "client", "attendance": "attended", "place": "community"}
        self.add("contacts", contact_id=f"m{self.serial}", episode_id=job["episode_id"], on=on, **whom)


def some_histories(seed):
    """A scene and the tables of sixty people."""
    return Beside(seed).everything()


def together(tables, days, common):
    """The same histories with each person's days moved, so that the one in `days` (by person) becomes `common`."""
    person = {row["episode_id"]: row["person_id"] for row in tables["episodes"]}
    of_job = {row["job_id"]: person[row["episode_id"]] for row in tables["jobs"]}
    moved = {}
    for name, rows in tables.items():
        moved[name] = []
        for row in rows:
            whose = row.get("person_id") or person.get(row.get("episode_id")) or of_job.get(row.get("job_id"))
            if whose in days:
                by = common - days[whose]
                moved[name].append(
                    {key: value + by if isinstance(value, date) else value for key, value in row.items()}
                )
    return moved
