"""Reads of people and episodes, each with the viewer first; what a viewer may not see does not exist."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, F, IntegerField, Q, Value, When
from django.db.models.functions import Concat
from django.http import Http404

from placewell_web.accounts.models import Posting, Role
from placewell_web.accounts.viewer import Viewer
from placewell_web.clients.models import Episode, Merge, Person, PersonScope
from placewell_web.clients.names import fold, spelling_distance, trigrams

LEAST_LETTERS = 3
CANDIDATES = 400
SEARCH_PARTS = 4
ENOUGH_OF_NAME = 0.4  # of the three-letter pieces, where two letters or more are wrong


def get_episode(viewer: Viewer, episode_id: UUID) -> Episode:
    """One episode with the names around it; 404 when the viewer may not see it."""
    around = ("person", "lot", "team", "specialist", "gp_practice")
    found = Episode.scoped.visible_to(viewer).select_related(*around).filter(pk=episode_id).first()
    if found is None:
        raise Http404
    return found


def visible_people(viewer: Viewer, ids: Iterable[UUID]) -> dict[UUID, Person]:
    """Those of the people whom the viewer may see."""
    return {person.pk: person for person in Person.scoped.visible_to(viewer).filter(pk__in=list(ids))}


def episodes_of(viewer: Viewer, person_id: UUID) -> list[Episode]:
    """The person's episodes that the viewer may see, newest first."""
    seen = Episode.scoped.visible_to(viewer).filter(person_id=person_id).select_related("lot", "specialist")
    return list(seen.order_by("-referred_on", "id"))


def merges_into(viewer: Viewer, person_id: UUID) -> list[Merge]:
    """The records that were joined to this person's and not parted again, newest first."""
    done = Merge.scoped.visible_to(viewer).filter(kept_id=person_id, undone_at=None).select_related("gone", "merged_by")
    return list(done.order_by("-merged_at"))


def find_people(viewer: Viewer, words: str, most: int = 20) -> list[Person]:
    """People whose name begins like these words, best first; a slip in each word is forgiven, in long words more.

    Digits look for a person's number or NHS number instead. Under three letters nothing is looked for.
    """
    people = Person.scoped.visible_to(viewer)
    if re.search(r"[0-9]{3}", words):
        digits = re.sub(r"[^0-9]", "", words)[:10]
        return list(people.filter(Q(nhs_number=digits) | Q(number__endswith=digits)).order_by("search_name")[:most])
    asked = fold(words)
    if len(asked.replace(" ", "")) < LEAST_LETTERS:
        return []
    exactly = list(_begins(people, asked).order_by("search_name", "pk")[:most])
    if len(exactly) == most:
        return exactly
    near = _begins_like(people, asked) or _sounds_like(people, asked)
    likely = sorted(near, key=lambda row: (_unlikeness(asked, row[1], row[2]), row[1], str(row[0])))
    wanted = [pk for pk, _, _ in likely[:most]]
    found = people.in_bulk(wanted)
    return [found[pk] for pk in wanted]


Named = tuple[UUID, str, str]


def _begins(people: PersonScope, asked: str) -> PersonScope:
    """Every word as it was typed begins a part of the name."""
    for part in _parts(asked):
        begins = Q(search_name__startswith=part) | Q(search_name__contains=f" {part}")
        people = people.filter(begins | Q(preferred_name__istartswith=part))
    return people


def _begins_like(people: PersonScope, asked: str) -> list[Named]:
    """Every word, with one slip of the pen, begins a part of the name."""
    for part in _parts(asked):
        pattern = f"(^| ){_spellings(part)}"
        called = Q(preferred_name__gt="") & Q(preferred_name__iregex=pattern)
        people = people.filter(Q(search_name__regex=pattern) | called)
    return list(people.values_list("pk", "search_name", "preferred_name")[:CANDIDATES])


def _parts(asked: str) -> list[str]:
    return sorted(asked.split(), key=len, reverse=True)[:SEARCH_PARTS]


def _spellings(part: str) -> str:
    """A pattern for the word and for every way to type one of its letters wrong."""
    if len(part) < LEAST_LETTERS:
        return re.escape(part)
    ways = [part]
    for place in range(len(part)):
        before, after = part[:place], part[place + 1 :]
        ways.append(f"{before}.{after}")
        if place:
            ways.append(f"{before}.{part[place:]}")
            ways.append(part[: place - 1] + part[place] + part[place - 1] + after)
        if len(part) > LEAST_LETTERS:
            ways.append(before + after)
    return f"({'|'.join(dict.fromkeys(ways))})"


def _sounds_like(people: PersonScope, asked: str) -> list[Named]:
    """Enough of the three-letter pieces are the same: for long words with two slips or more."""
    pieces = sorted(trigrams(asked))[:24]
    share: Any = Value(0)
    for piece in pieces:
        share = share + Case(When(opened__contains=piece, then=1), default=0, output_field=IntegerField())
    scored = people.annotate(opened=Concat(Value(" "), F("search_name"))).annotate(share=share)
    enough = scored.filter(share__gte=max(2, ENOUGH_OF_NAME * len(pieces))).order_by("-share")
    return list(enough.values_list("pk", "search_name", "preferred_name")[: CANDIDATES // 4])


def _unlikeness(asked: str, folded: str, preferred: str) -> int:
    """How far a name is from what was typed, taking for each typed word the nearest beginning of a part."""
    parts = [*folded.split(), *fold(preferred).split()]
    return sum(
        min((spelling_distance(word, part[: len(word)]) * 2 + (part != word) for part in parts), default=9)
        for word in asked.split()
    )


@dataclass(frozen=True)
class SpecialistLoad:
    """A specialist of a lot today: how many open cases they have, and how much of full time they work."""

    user_id: UUID
    name: str
    team_id: UUID | None
    team_name: str
    fte: Decimal
    open_cases: int


def specialist_loads(viewer: Viewer, lot: str, day: date) -> list[SpecialistLoad]:
    """The specialists who hold a post in the lot on the day, with their open cases in every lot; fewest cases first."""
    if lot not in viewer.lots:
        return []
    held = Q(from_on__lte=day) & (Q(to_on__isnull=True) | Q(to_on__gte=day))
    posts = Posting.objects.filter(held, role=Role.SPECIALIST, user__is_active=True)
    here = posts.filter(Q(lot_id=lot) | Q(team__lot_id=lot)).select_related("user", "team").order_by("from_on")
    by_user: dict[UUID, list[Posting]] = {}
    for post in here:
        by_user.setdefault(post.user_id, []).append(post)
    counts = open_cases(by_user)
    loads = [
        SpecialistLoad(
            user_id=user_id,
            name=mine[0].user.name,
            team_id=mine[0].team_id,
            team_name=mine[0].team.name if mine[0].team else "",
            fte=min(sum((post.fte for post in mine), Decimal(0)), Decimal(1)),
            open_cases=counts.get(user_id, 0),
        )
        for user_id, mine in by_user.items()
    ]
    return sorted(loads, key=lambda load: (load.open_cases, load.name))


def open_cases(specialists: Iterable[UUID]) -> dict[UUID, int]:
    """How many open episodes each specialist holds: numbers only, over all lots."""
    held = Episode.scoped.filter(specialist_id__in=list(specialists), declined_on__isnull=True, closed_on__isnull=True)
    return dict(held.values_list("specialist_id").annotate(number=Count("pk")))
