"""People drawn by the real allocator for tests: one of each group, and the pages after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.test import Client
from django.urls import reverse
from tests.site.conftest import World
from tests.site.trial.ready import DRAWN_AT, actor_of, ready_meetings, train

from placewell_web.clients.models import Episode
from placewell_web.trial.actions.allocation import randomise
from placewell_web.trial.models import Meeting, Participant

AFTER = DRAWN_AT + timedelta(days=2)


@dataclass(frozen=True)
class Drawn:
    """Somebody whom chance has put into a group."""

    meeting: Meeting

    @property
    def episode(self) -> Episode:
        return self.meeting.episode

    @property
    def participant(self) -> Participant:
        return self.meeting.participant

    @property
    def number(self) -> str:
        return self.participant.number


def one_of_each(world: World, lot: str = "dudley", start: int = 0) -> dict[str, Drawn]:
    """One person of each group, by the real ledger: as many are drawn as it takes, ten at most."""
    train(world, lot)
    found: dict[str, Drawn] = {}
    for meeting in ready_meetings(world, 10, lot, start):
        Episode.unscoped.filter(pk=meeting.episode_id).update(accepted_on=DRAWN_AT.date() - timedelta(days=5))
        if {"ips", "control"} <= set(found):
            continue
        made = randomise(
            by=actor_of(world, lot), at=DRAWN_AT, viewer=world.viewer("specialist", lot), meeting_id=meeting.pk
        )
        found.setdefault(
            made.arm, Drawn(Meeting.unscoped.select_related("episode__person", "participant").get(pk=meeting.pk))
        )
    return found


def page(client: Client, name: str, episode: Episode, **question: str) -> str:
    """The text of a page about an episode."""
    response = client.get(reverse(f"trial:{name}", kwargs={"episode": episode.pk}), question)
    assert response.status_code == 200, (name, response.status_code)
    return response.content.decode()


def press(client: Client, name: str, episode: Episode, data: dict[str, object]) -> str:
    """What a page answers to a form, with where it leads."""
    response = client.post(reverse(f"trial:{name}", kwargs={"episode": episode.pk}), data, follow=True)
    assert response.status_code in (200, 422), (name, response.status_code)
    return response.content.decode()
