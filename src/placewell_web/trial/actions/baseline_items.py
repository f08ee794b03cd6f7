"""The person items kept with the baseline: codes and an age, so that what casework learns later tells the evaluator
nothing of the arm.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from placewell.evaluation.answered import kept_items
from placewell.evaluation.exported_tables import PERSON_ITEMS
from placewell.periods import age_on
from placewell.randomisation.hashing import canon
from placewell.specification import Specification
from placewell_web.clients.models import Benefit, Episode

FIELDS = {name: f"person__{name}" if table == "people" else name for name, table, *_ in PERSON_ITEMS}
"""Item → the field of an episode that holds it."""


def items_of(specification: Specification, episode_id: UUID, on: date) -> str:
    """What is kept for an episode from its record as it stands now. Source: 002 App. 6 ii-xvii; trust.md T5."""
    row = Episode.unscoped.values("person__birth_date", *FIELDS.values()).get(pk=episode_id)
    said = Benefit.unscoped.filter(episode_id=episode_id).order_by("on", "id").values_list("benefit", "received")
    values = {name: row[field] for name, field in FIELDS.items()}
    return items_text(specification, values, dict(said), row["person__birth_date"], on)


def items_text(
    specification: Specification,
    values: Mapping[str, str | None],
    benefits: Mapping[str, bool],
    born: date | None,
    on: date,
) -> str:
    """The items as they are stored: no name, no date of birth, nothing anyone wrote in words."""
    return canon(kept_items(specification, values, benefits, age_on(born, on) if born else None)).decode()
