"""The person items kept with the baseline of every meeting of the demo, in bulk, as the meeting keeps them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from placewell.dataset import Dataset
from placewell.specification import Specification
from placewell_web.clients.actions.entries import day_of
from placewell_web.exchange.demo.meetings import Held
from placewell_web.trial.actions.baseline_items import items_text


def items_kept(spec: Specification, dataset: Dataset, meetings: Sequence[Held]) -> dict[str, str]:
    """By the data set's episode: what was answered by the day of the baseline, of every meeting that had one."""
    people = {row["person_id"]: row for row in dataset["people"].rows(named=True)}
    episodes = {row["episode_id"]: row for row in dataset["episodes"].rows(named=True)}
    benefits = _benefits(dataset, {one.episode_id: one.moments for one in meetings})
    kept = {}
    for one in (one for one in meetings if "baseline_at" in one.moments):
        person, on = people[one.person_id], day_of(one.moments["baseline_at"])
        values = person | episodes[one.episode_id]
        kept[one.episode_id] = items_text(spec, values, benefits[one.episode_id], person["birth_date"], on)
    return kept


def _benefits(dataset: Dataset, moments: Mapping[str, Mapping[str, datetime]]) -> Mapping[str, dict[str, bool]]:
    found: dict[str, dict[str, bool]] = defaultdict(dict)
    for row in dataset["benefits"].sort("on", maintain_order=True).rows(named=True):
        until = moments.get(row["episode_id"], {}).get("baseline_at")
        if until is not None and row["on"] <= day_of(until):
            found[row["episode_id"]][row["benefit"]] = row["received"]
    return found
