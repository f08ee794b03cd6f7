"""The newest episode of each person whom a search finds, for the page that lists them."""

from __future__ import annotations

import re

from placewell_web.accounts.viewer import Viewer
from placewell_web.casework.queries.episodes import WITH_NAMES
from placewell_web.clients.models import Episode
from placewell_web.clients.names import fold
from placewell_web.clients.search import LEAST_LETTERS, find_people

MOST_FOUND = 50


def people_called(viewer: Viewer, words: str) -> list[Episode]:
    """The newest episode of each person these words may mean, best first; of two letters only a whole name."""
    found = find_people(viewer, words, MOST_FOUND)
    seen = Episode.scoped.visible_to(viewer).filter(person__in=found).select_related(*WITH_NAMES)
    newest: dict[object, Episode] = {}
    for episode in seen.order_by("-referred_on", "id"):
        newest.setdefault(episode.person_id, episode)
    return [newest[person.pk] for person in found if person.pk in newest]


def too_few(words: str) -> bool:
    """Whether there is too little to go by."""
    return len(re.sub(r"\W", "", fold(words))) < LEAST_LETTERS
