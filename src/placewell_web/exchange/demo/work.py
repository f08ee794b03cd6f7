"""The demo's casework: contacts, profiles, plans, applications, jobs and evidence, with made-up words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models

from placewell.dataset import Dataset
from placewell_web.accounts.models import User
from placewell_web.casework import models as casework
from placewell_web.clients.models import Response
from placewell_web.clients.names import fold
from placewell_web.employers.models import Activity, Employer
from placewell_web.exchange.demo import words
from placewell_web.exchange.demo.keeping import leader
from placewell_web.exchange.demo.moments import noted
from placewell_web.exchange.demo.places import Places, site_id
from placewell_web.exchange.demo.words import pick

BATCH = 500


def load_work(dataset: Dataset, places: Places, at: datetime, baseline_at: Mapping[str, datetime]) -> None:
    """Every casework table of the data set, parents before what hangs on them.

    `baseline_at`: by episode, when the baseline was taken down at a trial meeting.
    """
    loader = Loader(dataset, places, at, baseline_at)
    loader.save(Employer, loader.employers())
    loader.save(Activity, loader.activities())
    loader.save(casework.Contact, loader.contacts())
    loader.save(casework.Profile, loader.profiles())
    plans = list(loader.plans())
    loader.save(casework.Plan, plans)
    loader.save(casework.PlanStep, (step for plan in plans for step in loader.steps(plan)))
    loader.save(casework.Application, loader.applications())
    loader.save(casework.EmployerContact, loader.employer_contacts())
    loader.save(casework.Job, loader.jobs())
    loader.save(casework.JobHours, loader.job_hours())
    loader.save(casework.Evidence, loader.evidence())
    loader.save(casework.Destination, loader.simple("destinations", casework.Destination, "on", "code", "detail"))
    loader.save(casework.OnwardReferral, loader.simple("onward_referrals", casework.OnwardReferral, "on", "to", "kind"))
    loader.save(casework.WorkMethod, loader.simple("work_methods", casework.WorkMethod, "on", "method"))
    loader.save(casework.Disclosure, loader.disclosures())
    loader.save(casework.SupportDecision, loader.support_decisions())
    loader.save(Response, loader.responses())


class Loader:
    """Turns rows of the data set into records; one generator for each table."""

    def __init__(self, dataset: Dataset, places: Places, at: datetime, baseline_at: Mapping[str, datetime]) -> None:
        self.dataset = dataset
        self.baseline_at = baseline_at
        self.places = places
        self.at = at
        episodes = dataset["episodes"].rows(named=True)
        self.specialist_of = {row["episode_id"]: row["specialist_id"] for row in episodes}
        self.team_of = {row["episode_id"]: row["team_id"] for row in episodes}
        self.condition_of = {row["episode_id"]: row["primary_condition"] for row in episodes}
        names = dict(dataset["people"].select("person_id", "first_name").rows())
        self.first_names = {
            site_id("episodes", row["episode_id"]): names.get(row["person_id"]) or "They" for row in episodes
        }
        self.jobs_of: dict[str, list[dict[str, Any]]] = {}
        for row in self.rows("jobs"):
            self.jobs_of.setdefault(row["episode_id"], []).append(row)
        self.anyone = next(iter(places.staff))
        self.lot = next(iter(places.lots.values()))  # of the one provider, whose teams share employers
        self.said: Counter[str] = Counter()
        self.industry_of = dict(
            dataset["jobs"].select("employer_id", "industry").drop_nulls().unique("employer_id").rows()
        )

    def save(self, model: type[models.Model], records: Iterable[models.Model]) -> None:
        model._default_manager.bulk_create(records, batch_size=BATCH)

    def rows(self, table: str) -> list[dict[str, Any]]:
        return self.dataset[table].rows(named=True)

    def episode(self, row: dict[str, Any]) -> UUID | None:
        return site_id("episodes", row["episode_id"]) if row["episode_id"] else None

    def staff_named(self, row: dict[str, Any]) -> User:
        """Whoever the row names, else the episode's specialist, else somebody: a contact always has its author."""
        named = row.get("specialist_id") or self.specialist_of.get(row["episode_id"]) or self.anyone
        return self.places.staff.get(named, self.places.staff[self.anyone])

    def member_of_staff(self, row: dict[str, Any]) -> UUID:
        return self.staff_named(row).pk

    def leader_of(self, row: dict[str, Any]) -> User:
        """The leader of the team that supports the person."""
        return self.places.staff[leader(self.team_of[row["episode_id"]])]

    def in_work(self, episode_id: str, on: date | None) -> bool:
        """Whether the person had a job on that day, so that words said then are about it."""
        return on is not None and any(
            job["started_on"] <= on and (job["ended_on"] is None or job["ended_on"] >= on)
            for job in self.jobs_of.get(episode_id, ())
            if job["started_on"]
        )

    def next_of(self, pool: Sequence[str], episode_id: str) -> str:
        """The next of these sentences for this person, so that no two contacts in a row read alike."""
        key = f"{episode_id} {pool[0]}"
        self.said[key] += 1
        return pool[(self.said[key] + pick(range(len(pool)), key)) % len(pool)]

    def then(self, on: date | None, key: str) -> datetime:
        """The moment a record was typed in, so that a history of a year was not logged in one minute."""
        return noted(on, self.at, key)

    def employer(self, row: dict[str, Any]) -> UUID | None:
        return site_id("employers", row["employer_id"]) if row.get("employer_id") else None

    def employers(self) -> Iterator[Employer]:
        tables = ("jobs", "applications", "employer_contacts")
        ids = sorted({i for t in tables for i in self.dataset[t]["employer_id"].drop_nulls().to_list()})
        taken: set[str] = set()
        for number, data_id in enumerate(ids):
            industry = self.industry_of.get(data_id) or pick(sorted(words.EMPLOYER_KINDS), data_id)
            name = words.employer_name(number, industry, taken)
            taken.add(name)
            known = pick((True, True, False), f"known {data_id}")
            yield Employer(
                id=site_id("employers", data_id),
                name=name,
                search_name=fold(name),
                town=pick(words.EMPLOYER_PLACES, data_id),
                industry=industry,
                contact_name=pick(words.EMPLOYER_CONTACTS, data_id) if known else "",
                contact_phone=f"+441632960{number % 1000:03d}" if known else "",  # numbers kept for made-up people
                needs=pick(words.EMPLOYER_NEEDS, data_id) if known else "",
                lot=self.lot,
                created_at=self.at,
            )

    def activities(self) -> Iterator[Activity]:
        for row in self.rows("activities"):
            yield Activity(
                id=site_id("activities", row["activity_id"]),
                service_id=row["service_id"] or "",
                on=row["on"],
                kind=row["kind"],
                locality=row["locality"] or "",
                attendees=row["attendees"],
                hours=row["hours"],
                specialist=self.places.staff.get(row["specialist_id"]),
            )

    def contacts(self) -> Iterator[casework.Contact]:
        for row in self.rows("contacts"):
            attended = row["attendance"] == "attended"
            missed = row["attendance"] in {"did_not_attend", "cancelled_by_client", "cancelled_by_service"}
            working = self.in_work(row["episode_id"], row["on"])
            said, sent = (
                (words.WORK_NOTES, words.WORK_MESSAGES) if working else (words.SEARCH_NOTES, words.MESSAGE_NOTES)
            )
            pool = said if attended else words.MISSED_NOTES if missed else sent
            yield casework.Contact(
                id=site_id("contacts", row["contact_id"]),
                episode_id=self.episode(row),
                specialist_id=self.member_of_staff(row),
                on=row["on"],
                kind=row["kind"],
                with_whom=row["with_whom"],
                attendance=row["attendance"],
                minutes=row["minutes"],
                place=row["place"] or "",
                note=self.next_of(pool, row["episode_id"]),
                created_at=self.then(row["on"], row["contact_id"]),
            )

    def profiles(self) -> Iterator[casework.Profile]:
        for row in self.rows("profiles"):
            key = row["episode_id"]
            yield casework.Profile(
                id=site_id("profiles", f"{key}/{row['version']}"),
                episode_id=self.episode(row),
                version=row["version"],
                started_on=row["started_on"],
                completed_on=row["completed_on"],
                preferences=pick(words.WANTS, key),
                strengths=pick(words.STRENGTHS, key),
                support_needs=pick(words.NEEDS, key),
                experience=pick(words.WORKED, key),
                health=pick(words.HEALTH.get(self.condition_of[key], words.OTHER_HEALTH), key),
                written_by_id=self.member_of_staff(row),
                created_at=self.then(row["completed_on"] or row["started_on"], f"profile {key}"),
            )

    def plans(self) -> Iterator[casework.Plan]:
        for row in self.rows("plans"):
            key = f"{row['episode_id']}/{row['kind']}/{row['version']}"
            yield casework.Plan(
                id=site_id("plans", key),
                episode_id=self.episode(row),
                version=row["version"],
                kind=row["kind"],
                goal=pick(
                    words.WORK_GOALS if self.in_work(row["episode_id"], row["agreed_on"]) else words.SEARCH_GOALS, key
                ),
                agreed_on=row["agreed_on"],
                ended_on=row["ended_on"],
                written_by=self.staff_named(row),
                created_at=self.then(row["agreed_on"], key),
            )

    def steps(self, plan: casework.Plan) -> Iterator[casework.PlanStep]:
        """Four steps a plan, the first ones done."""
        start = plan.id.int % len(words.STEPS)
        for position in range(4):
            text, owner = words.STEPS[(start + position) % len(words.STEPS)]
            owner = owner.format(person=self.first_names[plan.episode_id], specialist=plan.written_by.name.split()[0])
            due = (plan.agreed_on or self.at.date()) + timedelta(days=14 * (position + 1))
            done = due if due < self.at.date() and position < 2 + plan.id.int % 3 else None
            yield casework.PlanStep(
                plan=plan, position=position + 1, text=text, owner=owner, due_on=due, done_on=done, created_at=self.at
            )

    def applications(self) -> Iterator[casework.Application]:
        for row in self.rows("applications"):
            yield casework.Application(
                id=site_id("applications", row["application_id"]),
                episode_id=self.episode(row),
                on=row["on"],
                made_by=row["made_by"] or "client",
                employer_id=self.employer(row),
                role_title=pick(words.ROLES, row["application_id"]),
                created_at=self.then(row["on"], row["application_id"]),
            )

    def employer_contacts(self) -> Iterator[casework.EmployerContact]:
        for row in self.rows("employer_contacts"):
            if row["employer_id"]:
                yield casework.EmployerContact(
                    id=site_id("employer_contacts", row["employer_contact_id"]),
                    employer_id=self.employer(row),
                    episode_id=self.episode(row),
                    specialist_id=self.member_of_staff(row),
                    on=row["on"],
                    face_to_face=bool(row["face_to_face"]),
                    purpose=row["purpose"] or "",
                    locality=row["locality"] or "",
                    created_at=self.then(row["on"], row["employer_contact_id"]),
                )

    def jobs(self) -> Iterator[casework.Job]:
        copied = (
            "ended_on",
            "contract_hours",
            "paid_hours_to_date",
            "self_employed",
            "competitive",
            "hourly_wage",
            "disclosed",
        )
        worded = ("end_reason", "contract_type", "occupation", "industry")
        for row in self.rows("jobs"):
            yield casework.Job(
                id=site_id("jobs", row["job_id"]),
                episode_id=self.episode(row),
                employer_id=self.employer(row),
                title=words.JOB_TITLES.get((row["occupation"] or "9")[0], "Assistant"),
                started_on=row["started_on"] or row["first_day_worked_on"],
                first_day_worked_on=row["first_day_worked_on"],
                created_at=self.then(row["started_on"] or row["first_day_worked_on"], row["job_id"]),
                **{name: row[name] for name in copied},
                **{name: row[name] or "" for name in worded},
            )

    def job_hours(self) -> Iterator[casework.JobHours]:
        for row in self.rows("job_hours"):
            yield casework.JobHours(
                job_id=site_id("jobs", row["job_id"]),
                from_on=row["from_on"],
                to_on=row["to_on"],
                weekly_hours=row["weekly_hours"],
                created_at=self.then(row["from_on"], row["job_id"]),
            )

    def evidence(self) -> Iterator[casework.Evidence]:
        for row in self.rows("evidence"):
            decided = row["status"] in {"verified", "rejected"}
            yield casework.Evidence(
                id=site_id("evidence", row["evidence_id"]),
                episode_id=self.episode(row),
                job_id=site_id("jobs", row["job_id"]) if row["job_id"] else None,
                outcome=row["outcome"],
                kind=row["kind"],
                about_on=row["about_on"],
                received_on=row["received_on"],
                status=row["status"],
                decided_on=row["decided_on"] if decided else None,
                decided_by=self.places.staff.get(row["decided_by"]) if decided else None,
                decision_reason="It shows another name." if row["status"] == "rejected" else "",
                verified_on=row["verified_on"] or (row["decided_on"] if row["status"] == "verified" else None),
                uploaded_by_id=self.member_of_staff(row),
                created_at=self.then(row["received_on"], row["evidence_id"]),
            )

    def disclosures(self) -> Iterator[casework.Disclosure]:
        for row in self.rows("disclosures"):
            yield casework.Disclosure(
                episode_id=self.episode(row),
                job_id=site_id("jobs", row["job_id"]) if row["job_id"] else None,
                on=row["on"],
                decision=row["decision"],
                to_whom=row["to_whom"] or "",
                what=row["what"] or "",
                created_at=self.then(row["on"], f"disclosure {row['episode_id']}"),
            )

    def support_decisions(self) -> Iterator[casework.SupportDecision]:
        for row in self.rows("support_decisions"):
            yield casework.SupportDecision(
                episode_id=self.episode(row),
                limit=row["limit"],
                decision=row["decision"],
                reason=row["reason"] or "",
                words=pick(words.LONGER, row["episode_id"]),
                on=row["on"],
                until_on=row["until_on"],
                decided_by=self.leader_of(row),
                created_at=self.then(row["on"], f"{row['limit']} {row['episode_id']}"),
            )

    def responses(self) -> Iterator[Response]:
        for row in self.rows("responses"):
            met_at = self.baseline_at.get(row["episode_id"]) if row["occasion"] == "baseline" else None
            yield Response(
                episode_id=self.episode(row),
                form_id=site_id("responses", row["response_id"]),
                instrument=row["instrument"],
                occasion=row["occasion"] or "",
                completed_on=row["completed_on"],
                item=row["item"],
                answer=row["answer"] or "",
                created_at=met_at or self.then(row["completed_on"], row["response_id"]),
            )

    def simple(self, table: str, model: type[casework.Record], *names: str) -> Iterator[casework.Record]:
        """A table whose columns are the record's fields of the same names."""
        for row in self.rows(table):
            then = self.then(row["on"], f"{table} {row['episode_id']}")
            yield model(episode_id=self.episode(row), created_at=then, **{n: row[n] or "" for n in names})  # type: ignore[misc]
