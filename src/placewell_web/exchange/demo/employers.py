"""The demo's relationships with employers: who looks after them, leads, feedback; activity, the directory, weeks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from placewell_web.accounts.models import Lot, Posting, Role, User
from placewell_web.accounts.queries import held_on
from placewell_web.casework.models import EmployerContact, Job, LeadTaken, OnwardReferral, WeekReview
from placewell_web.clients.models import Episode
from placewell_web.employers.models import (
    Activity,
    Employer,
    EmployerFeedback,
    EmployerLead,
    EmployerPerson,
    EmployerStatus,
    OutsideService,
)
from placewell_web.exchange.demo import employer_words as words
from placewell_web.exchange.demo.places import Places, site_id
from placewell_web.exchange.demo.words import ROLES, pick

WEEKS_REVIEWED, LEADS = 6, 14
RECENT = timedelta(days=120)


def load_relationships(places: Places, at: datetime) -> None:
    """What a service would know of its employers after a while, and keep beside people's records."""
    staff = _held_today(at.date(), Role.SPECIALIST) or list(places.staff.values())
    leaders = _held_today(at.date(), Role.TEAM_LEADER) or staff
    _employers(staff, at)
    _leads(staff, at)
    _notes(at)
    _activities(at)
    _directory(leaders, at)
    _reviews(staff, leaders, at)


def _held_today(day: date, role: str) -> list[User]:
    posts = Posting.objects.filter(held_on(day), role=role)
    return list(User.objects.filter(pk__in=posts.values("user_id")).order_by("name"))


def _employers(staff: list[User], at: datetime) -> None:
    """Those who took someone on work together with the service; each has an owner, most a size, some more people."""
    hired = set(Job.unscoped.values_list("employer_id", flat=True))
    found = list(Employer.unscoped.order_by("name"))
    for one in found:
        one.owner = pick(staff, f"owner {one.name}")
        one.size = pick(("micro", "small", "small", "medium", "large", ""), f"size {one.name}")
        resting = pick(range(7), f"rest {one.name}") == 0
        one.relationship = "resting" if resting else "working_together" if one.pk in hired else "new"
    Employer.unscoped.bulk_update(found, ["owner", "size", "relationship"])
    EmployerStatus.unscoped.bulk_create(
        EmployerStatus(
            id=site_id("statuses", one.name),
            employer=one,
            relationship=one.relationship,
            from_on=at.date() - timedelta(days=pick(range(20, 200), one.name)),
            words=pick(words.RESTING, one.name) if one.relationship == "resting" else "",
            recorded_by=one.owner,
            created_at=at,
        )
        for one in found
        if one.relationship != "new"
    )
    known = [one for one in found if pick(range(2), f"people {one.name}") == 0]
    EmployerPerson.unscoped.bulk_create(_people(known, at))
    EmployerFeedback.unscoped.bulk_create(
        EmployerFeedback(
            id=site_id("feedback", one.name),
            employer=one,
            on=at.date() - timedelta(days=pick(range(5, 150), one.name)),
            words=said,
            acted=acted,
            recorded_by=one.owner,
            created_at=at,
        )
        for one, (said, acted) in zip((one for one in found if one.pk in hired), words.FEEDBACK * 3, strict=False)
    )


def _people(employers: list[Employer], at: datetime) -> Iterator[EmployerPerson]:
    for number, one in enumerate(employers):
        for name, role, note in words.PEOPLE[number % 3 :: 3]:
            left = pick(range(6), f"left {one.name} {name}") == 0
            yield EmployerPerson(
                id=site_id("employer_people", f"{one.name} {name}"),
                employer=one,
                name=name,
                role=role,
                note=note,
                phone="" if left else f"+441632961{number:03d}",
                left_on=at.date() - timedelta(days=30) if left else None,
                created_at=at,
            )


def _leads(staff: list[User], at: datetime) -> None:
    """A few open leads and some closed; one in four was taken for someone on the finder's caseload."""
    employers = list(Employer.unscoped.exclude(relationship="resting").order_by("search_name")[:LEADS])
    rows = [_lead(number, one, pick(staff, f"lead {one.name}"), at) for number, one in enumerate(employers)]
    EmployerLead.unscoped.bulk_create(rows)
    taken = []
    for row in rows[::4]:
        mine = Episode.unscoped.filter(specialist=row.found_by, closed_on__isnull=True, accepted_on__isnull=False)
        helped = mine.exclude(allocation__arm="control").order_by("person__number").first()
        if helped is not None:
            taken.append(LeadTaken(episode=helped, lead=row, on=row.found_on, taken_by=row.found_by, created_at=at))
    LeadTaken.unscoped.bulk_create(taken)


def _lead(number: int, employer: Employer, finder: User, at: datetime) -> EmployerLead:
    found_on = at.date() - timedelta(days=number % 5 + (20 if number % 5 == 4 else 0))
    closed = number % 5 == 4
    return EmployerLead(
        id=site_id("leads", employer.name),
        employer=employer,
        title=pick(ROLES, f"lead {employer.name}"),
        hours=pick((12, 16, 20, 24, 30, None), employer.name),
        until_on=None if number % 3 == 0 else at.date() + timedelta(days=2 + number),
        words=pick(words.LEADS, employer.name),
        found_by=finder,
        found_on=found_on,
        closed_on=at.date() - timedelta(days=2) if closed else None,
        closed_because="filled" if closed else "",
        closed_by=finder if closed else None,
        created_at=at,
    )


def _notes(at: datetime) -> None:
    """What was learned in most of the recent contacts with employers."""
    recent = list(EmployerContact.unscoped.filter(on__gt=at.date() - RECENT))
    for one in recent:
        one.note = pick((*words.LEARNED, ""), str(one.pk))
    EmployerContact.unscoped.bulk_update(recent, ["note"], batch_size=500)


def _activities(at: datetime) -> None:
    """With whom each activity was, in the lot of whoever did it."""
    posts = dict(Posting.objects.filter(lot__isnull=False).values_list("user_id", "lot_id"))
    rows = list(Activity.unscoped.order_by("pk"))
    employers = list(Employer.unscoped.order_by("search_name"))
    for one in rows:
        one.lot_id = posts.get(one.specialist_id)
        one.words = pick(words.ACTIVITIES.get(one.kind, ("",)), str(one.pk))
        one.outside_name = pick(words.OUTSIDE.get(one.kind, ("",)), str(one.pk))
        if one.kind in words.WITH_EMPLOYERS and employers and one.organisation_id is None:
            one.organisation = pick(employers, str(one.pk))
    Activity.unscoped.bulk_update(rows, ["lot", "words", "outside_name", "organisation"], batch_size=500)


def _directory(leaders: list[User], at: datetime) -> None:
    """Services of the areas, and onward referrals of those kinds with what came of them."""
    lots = list(Lot.objects.order_by("code"))
    if not lots:
        return
    rows = [_service(lots[0], entry, leaders[0], at) for entry in words.SERVICES]
    OutsideService.unscoped.bulk_create(rows)
    by_kind = {row.kind: row for row in rows}
    sent = list(OnwardReferral.unscoped.filter(to__in=by_kind))
    for one in sent:
        one.service = by_kind[one.to]
        outcome = pick(("waiting", "using", "using", "finished", "not_taken_up", ""), str(one.episode_id))
        one.outcome, one.outcome_on = outcome, min(one.on + timedelta(days=21), at.date()) if outcome else None
    OnwardReferral.unscoped.bulk_update(sent, ["service", "outcome", "outcome_on"], batch_size=500)


def _service(kept_for: Lot, entry: words.Service, keeper: User, at: datetime) -> OutsideService:
    return OutsideService(
        id=site_id("outside_services", entry.name),
        kept_for=kept_for,
        name=entry.name,
        kind=entry.kind,
        help=entry.help,
        phone=entry.phone,
        how_to_refer=entry.how,
        who_for=entry.who,
        access=entry.access,
        public=entry.public,
        reviewed_on=at.date() - timedelta(days=entry.seen_days_ago),
        reviewed_by=keeper,
        created_at=at,
    )


def _reviews(staff: list[User], leaders: list[User], at: datetime) -> None:
    """The weeks before this one were gone through by a leader, each on the Monday after; last week's still waits."""
    monday = at.date() - timedelta(days=at.date().weekday())
    WeekReview.objects.bulk_create(
        WeekReview(
            id=site_id("week_reviews", f"{one.email} {weeks}"),
            specialist=one,
            monday=monday - timedelta(days=7 * weeks),
            reviewed_on=monday - timedelta(days=7 * (weeks - 1)),
            reviewed_by=leaders[0],
            words=pick(words.AGREED, f"{one.email} {weeks}"),
            created_at=at,
        )
        for one in staff
        if one.pk != leaders[0].pk
        for weeks in range(2, WEEKS_REVIEWED + 1)
    )
