"""Which questionnaires have words to show, whose they are, and by what right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from placewell.questionnaires import instrument, instrument_ids
from placewell.questionnaires.wording import shipped_wording
from placewell.vocabulary import label
from placewell_web.nhsuk.words import day


@dataclass(frozen=True)
class WordingRow:
    instrument: str
    name: str
    state: str  # loaded | ours | none
    said: str
    licence: str
    loaded_id: str = ""


def rows(loaded: Iterable[Any]) -> list[WordingRow]:
    """Every questionnaire there is, by name."""
    by_id = {one.instrument: one for one in loaded}
    found = [_row(id, by_id.get(id)) for id in instrument_ids()]
    return sorted(found, key=lambda row: row.name)


def _row(id: str, loaded: Any) -> WordingRow:
    name, licence = label("instrument", id), instrument(id).licence.about
    if loaded is not None:
        said = f"Loaded on {day(loaded.loaded_at)} by {loaded.loaded_by.name}"
        return WordingRow(id, name, "loaded", said, licence, str(loaded.pk))
    if shipped_wording(id) is not None:
        return WordingRow(id, name, "ours", "Asked in our own words", licence)
    return WordingRow(id, name, "none", "No words: answered by number from the paper copy", licence)
