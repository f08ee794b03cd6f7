"""People who were randomised under two records: the earlier allocation stands, the later is a mistake to agree on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count

from placewell_web.accounts.viewer import Viewer
from placewell_web.clients.models import Episode, Person
from placewell_web.trial.models import ErrorReport, LedgerEntry, Participant
from placewell_web.trial.queries.aftercare import episode_of

REASON = "randomised_twice"


@dataclass(frozen=True)
class Twice:
    """A later allocation of someone who had been drawn before: where it can be told as a mistake."""

    episode: Episode
    number: str
    earlier: str


def randomised_twice(viewer: Viewer) -> list[Twice]:
    """Those of the viewer's people who were drawn under two records, and of whom nobody has told it yet.

    Records are one person where they were joined or have one NHS number. Joining is the clients app's, which knows no
    trial: nothing moves there, each participant stays with the record it was given to, and this finds the two. The
    earlier by the ledger holds; an earlier one of another area is named by its number alone.
    """
    told = set(ErrorReport.scoped.filter(reason=REASON).values_list("participant_id", flat=True))
    found = []
    for same in _drawn_together():
        first, *later = same
        for participant in later:
            episode = episode_of(viewer, participant)
            if participant.pk not in told and episode is not None:
                found.append(Twice(episode, participant.number, first.number))
    return found


def _drawn_together() -> list[list[Participant]]:
    """Participants who are one person, each group in the order of the ledger, where it has two draws or more."""
    joined = set(
        Person.scoped.filter(merged_into__isnull=False, participant__isnull=False).values_list("pk", flat=True)
    )
    repeated = (
        Person.scoped.exclude(nhs_number="")
        .filter(participant__isnull=False)
        .values("nhs_number")
        .annotate(records=Count("pk"))
        .filter(records__gt=1)
        .values("nhs_number")
    )
    alike = set(Person.scoped.filter(nhs_number__in=repeated, participant__isnull=False).values_list("pk", flat=True))
    kept = Person.kept_records(joined | alike)
    records = {pk for one in set(kept.values()) for pk in Person.records_of(one)}
    people = Participant.scoped.filter(person__in=records | alike).select_related("person")
    return _in_order(_grouped(people, Person.kept_records(records | alike)))


def _grouped(people: Iterable[Participant], kept: dict[UUID, UUID]) -> list[set[Participant]]:
    groups: dict[object, set[Participant]] = defaultdict(set)
    for one in people:
        groups[kept[one.person_id]].add(one)
        if one.person.nhs_number:
            groups[one.person.nhs_number].add(one)
    return [group for group in groups.values() if len(group) > 1]


def _in_order(groups: list[set[Participant]]) -> list[list[Participant]]:
    numbers = [one.number for group in groups for one in group]
    drawn = LedgerEntry.objects.filter(kind="allocation", person__in=numbers).values_list("person", "seq")
    place = dict(drawn)
    ordered = {tuple(sorted((one for one in group if one.number in place), key=_first(place))) for group in groups}
    several = [list(group) for group in ordered if len(group) > 1]
    return sorted(several, key=lambda group: place[group[0].number])


def _first(place: dict[str, int]) -> Callable[[Participant], int]:
    return lambda one: place[one.number]
