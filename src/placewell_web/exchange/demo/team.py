"""What a team leader finds in the demo: who was named when, supervision as the data set has it, cover."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from uuid import UUID

from placewell.dataset import Dataset
from placewell_web.accounts.models import Cover, Posting, Role
from placewell_web.casework.models import GroupSupervision, Supervision, SupervisionAction
from placewell_web.clients.models import Assignment, Episode
from placewell_web.exchange.demo.places import Places, site_id
from placewell_web.exchange.demo.words import pick

ACTIONS = (
    "Meet two employers of the retail park",
    "Ask the surgery for a room on Thursdays",
    "Go with someone to a first day",
    "Bring one lead to the next group",
    "Review the plans that are older than three months",
)
LEADS = (
    "A bakery looks for two people for mornings.",
    "The garden centre takes on for the summer, part time.",
    "A warehouse near the station has late shifts.",
)
NOTES = "Talked through everyone who is late, and about two who found work. The next month is for meeting employers."
DAYS_OF_COVER = 7


def load_team(dataset: Dataset, places: Places, at: datetime) -> None:
    """Everything in bulk; nothing is dated after the demo's day but what is planned."""
    Assignment.unscoped.bulk_create(_named(at))
    lots = _lots(at.date())
    groups, kept = _supervisions(dataset, places, lots, at)
    GroupSupervision.unscoped.bulk_create(groups.values())
    Supervision.unscoped.bulk_create(kept)
    SupervisionAction.unscoped.bulk_create(_agreed(kept, at))
    _cover_someone(at)


def _named(at: datetime) -> Iterator[Assignment]:
    for one in Episode.unscoped.filter(specialist__isnull=False).order_by("pk"):
        yield Assignment(
            episode=one,
            specialist_id=one.specialist_id,
            team_id=one.team_id,
            from_on=one.accepted_on or one.referred_on,
            created_at=at,
        )


def _lots(day: date) -> dict[UUID, str]:
    """The lot of each specialist's latest post."""
    posts = Posting.objects.filter(role=Role.SPECIALIST, lot__isnull=False, from_on__lte=day).order_by("from_on", "pk")
    return dict(posts.values_list("user_id", "lot_id"))


def _supervisions(
    dataset: Dataset, places: Places, lots: dict[UUID, str], at: datetime
) -> tuple[dict[object, GroupSupervision], list[Supervision]]:
    """The rows of the data set; those of one day, leader and lot that are the group's are one meeting."""
    groups: dict[object, GroupSupervision] = {}
    kept = []
    for number, row in enumerate(dataset["supervisions"].sort("on", "specialist_id", "kind").to_dicts()):
        who, leader = places.staff.get(row["specialist_id"]), places.staff.get(row["supervisor_id"])
        if who is None or leader is None or who.pk not in lots or row["on"] is None or row["on"] > at.date():
            continue
        moment = datetime.combine(row["on"], time(16), tzinfo=at.tzinfo)
        lot, is_group = lots[who.pk], row["kind"] == "group"
        if is_group and (row["on"], leader.pk, lot) not in groups:
            id = site_id("groups", f"{row['on']} {row['supervisor_id']} {lot}")
            groups[row["on"], leader.pk, lot] = GroupSupervision(
                id=id,
                lot_id=lot,
                on=row["on"],
                led_by=leader,
                leads=pick(LEADS, str(id)),
                form_token=id,
                created_at=moment,
            )
        kept.append(
            Supervision(
                id=site_id("supervisions", str(number)),
                specialist=who,
                supervisor=leader,
                lot_id=lot,
                on=row["on"],
                kind=row["kind"],
                group=groups.get((row["on"], leader.pk, lot)) if is_group else None,
                notes="" if is_group else NOTES,
                signed_at=moment,
                accepted_at=None if is_group else moment,
                created_at=moment,
            )
        )
    return groups, kept


def _agreed(kept: list[Supervision], at: datetime) -> Iterator[SupervisionAction]:
    """One thing to do from each specialist's last supervision, and one that is done."""
    last = {one.specialist_id: one for one in kept if one.kind == "individual"}
    for one in last.values():
        for number, done in ((0, None), (1, min(one.on + timedelta(days=3), at.date()))):
            id = site_id("supervision_actions", f"{one.pk} {number}")
            yield SupervisionAction(
                id=id,
                supervision=one,
                what=ACTIONS[(int(one.pk) + number) % len(ACTIONS)],
                who_id=one.specialist_id,
                due_on=one.on + timedelta(days=28),
                done_on=done,
                created_at=one.created_at,
            )


def _cover_someone(at: datetime) -> None:
    """Whoever has most open cases covers for a colleague of the team this week."""
    day = at.date()
    posts = Posting.objects.filter(role=Role.SPECIALIST, lot__isnull=False, from_on__lte=day, user__is_active=True)
    held = list(posts.exclude(to_on__lt=day).order_by("user__name", "pk"))
    opened = Counter(Episode.unscoped.filter(closed_on=None).values_list("specialist_id", flat=True))
    if not held:
        return
    busiest = max(held, key=lambda post: opened[post.user_id])
    away = next((one for one in held if one.team_id == busiest.team_id and one.user_id != busiest.user_id), None)
    if away is None or away.lot_id is None:
        return
    Cover.objects.create(
        id=site_id("cover", str(away.user_id)),
        specialist_id=away.user_id,
        colleague_id=busiest.user_id,
        lot_id=away.lot_id,
        from_on=day - timedelta(days=1),
        to_on=day + timedelta(days=DAYS_OF_COVER),
        reason="Leave",
        arranged_by_id=_leader(away, day),
        arranged_at=at - timedelta(days=3),
    )


def _leader(post: Posting, day: date) -> UUID:
    """Who leads the team of a post; the specialist where the service names no leader."""
    leaders = Posting.objects.filter(role=Role.TEAM_LEADER, lot_id=post.lot_id, from_on__lte=day).order_by("pk")
    found = leaders.filter(team_id=post.team_id).first() or leaders.first()
    return found.user_id if found else post.user_id
