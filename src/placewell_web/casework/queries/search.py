"""Finding a person by three letters of a name, their number with us, NHS number or phone."""

from __future__ import annotations

import re

from django.db.models import Q, QuerySet

from placewell_web.accounts.viewer import Viewer
from placewell_web.casework.queries.episodes import WITH_NAMES
from placewell_web.clients.models import Episode
from placewell_web.clients.names import fold

FEWEST_LETTERS = 3
MOST_FOUND = 50


def people_called(viewer: Viewer, words: str) -> QuerySet[Episode]:
    """Episodes of the people these words may mean, the newest of each first; none for fewer than three letters."""
    digits = re.sub(r"\D", "", words)
    matches = Q(pk__in=())
    folded = fold(words)
    if len(folded.replace(" ", "")) >= FEWEST_LETTERS and not digits:
        matches = Q()
        for part in folded.split():
            matches &= Q(person__search_name__startswith=part) | Q(person__search_name__contains=f" {part}")
    elif len(digits) >= FEWEST_LETTERS:
        matches = Q(person__number__iendswith=f"-{digits}") | Q(person__nhs_number=digits)
        matches |= Q(person__phone__endswith=digits.removeprefix("0")) if len(digits) > 9 else Q(pk__in=())
    found = Episode.scoped.visible_to(viewer).filter(matches, person__merged_into__isnull=True)
    return found.select_related(*WITH_NAMES).order_by("person__search_name", "-referred_on", "id")[:MOST_FOUND]


def too_few(words: str) -> bool:
    """Whether there is too little to go by."""
    return len(re.sub(r"\W", "", fold(words))) < FEWEST_LETTERS
