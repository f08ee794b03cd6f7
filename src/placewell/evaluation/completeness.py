"""How complete the baseline of those who agreed to take part is, item by item and questionnaire by questionnaire."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from placewell.dataset import Dataset
from placewell.evaluation.facts import LedgerFacts
from placewell.evaluation.follow_up import BASELINE
from placewell.evaluation.trial import trial_of
from placewell.outcomes.as_at import known
from placewell.questionnaires import instrument
from placewell.specification import Specification
from placewell.specification.trial import BaselinePart
from placewell.vocabulary import code_list

UNANSWERED = ("", "not_known")
"""Not an answer. That somebody prefers not to say is one."""
OF_THE_EPISODE = ("referred_on", "source", "primary_condition", "time_since_last_worked", "employment_at_entry")
ITEM_LABELS = {
    "referred_on": "Date referred",
    "consent": "Consent",
    "first_name": "First name",
    "surname": "Surname",
    "birth_date": "Date of birth",
    "email": "E-mail address",
    "phone": "Telephone number",
    "benefits": "Benefits received",
}
"""Items that have no code list by whose title they could be called. Source: 002 App. 6."""


@dataclass(frozen=True)
class CompleteLine:
    """An item or a questionnaire: how many people answered it; `missing` holds the episode ids of the others.

    `part`: the id of the baseline's part. A questionnaire is answered where each of its items has an answer; `begun`:
    those who answered some of it only.
    """

    part: str
    id: str
    label: str
    answered: int
    of: int
    begun: int
    missing: tuple[str, ...]

    @property
    def share(self) -> float | None:
        """The share that answered, 0 to 1; None of nobody."""
        return self.answered / self.of if self.of else None


@dataclass(frozen=True)
class Completeness:
    """The baseline of those who consented: every line, and how many people have every line."""

    people: int
    whole: int
    lines: tuple[CompleteLine, ...]

    @property
    def words(self) -> str:
        """The finding in a sentence."""
        if not self.people:
            return "Nobody has agreed to take part yet."
        return f"{self.whole:,} of {self.people:,} people who agreed to take part have a complete baseline."


def completeness(
    tables: Dataset, spec: Specification, as_at: date, *, lot: str | None = None, ledger: LedgerFacts | None = None
) -> Completeness:
    """Completeness as at a day, over the episodes with a trial consent (and the randomised of the ledger, if given).

    The parts and their items are those of trial.toml [[baseline]]; "prefers not to say" is an answer, "not known" is
    none. Raises ValueError for a service without a trial. Source: 002 §17.5, App. 6 i-xvii, Fig. 2.
    """
    trial, data = trial_of(spec), known(tables, as_at)
    consents = data["consents"].filter(pl.col("kind") == "trial").select("episode_id")
    drawn = LedgerFacts() if ledger is None else ledger.as_at(as_at)
    ids = pl.concat([consents, drawn.allocations.select("episode_id")]).unique()
    people = data["episodes"].join(ids, on="episode_id", how="semi")
    people = people if lot is None else people.filter(pl.col("lot") == lot)
    answers = people.select("episode_id").sort("episode_id")
    labels: list[tuple[str, str, str]] = []
    for part in trial.baseline:
        of_part = _questionnaire(data, part) if part.instrument else _items(data, people, part)
        answers = answers.join(of_part, on="episode_id", how="left", maintain_order="left")
        labels += _labels(part)
    columns = [f"{part}.{id}" for part, id, _ in labels]
    answers = answers.with_columns(pl.col(columns).fill_null(0.0))
    whole = answers.filter(pl.all_horizontal(pl.col(columns) == 1.0)) if columns else answers
    return Completeness(answers.height, whole.height, tuple(_line(answers, *label) for label in labels))


def _line(answers: pl.DataFrame, part: str, id: str, label: str) -> CompleteLine:
    share = pl.col(f"{part}.{id}")
    missing = tuple(answers.filter(share < 1)["episode_id"].to_list())
    begun = answers.filter((share > 0) & (share < 1)).height
    return CompleteLine(part, id, label, answers.height - len(missing), answers.height, begun, missing)


def _labels(part: BaselinePart) -> list[tuple[str, str, str]]:
    if part.instrument:
        return [(part.id, part.instrument, part.label)]
    return [(part.id, item, ITEM_LABELS.get(item) or code_list(item).title) for item in part.items]


def _items(tables: Dataset, people: pl.DataFrame, part: BaselinePart) -> pl.DataFrame:
    """Each item as 1.0 where it is answered, else 0.0."""
    benefits = tables["benefits"].filter(_is_answer("benefit")).select("episode_id").unique()
    joined = (
        people.select("episode_id", "person_id", *OF_THE_EPISODE)
        .join(tables["people"], on="person_id", how="left")
        .join(benefits.with_columns(pl.lit("said").alias("benefits")), on="episode_id", how="left")
        .with_columns(pl.lit("given").alias("consent"))
    )
    return joined.select(
        "episode_id", *(_is_answer(item).cast(pl.Float64).alias(f"{part.id}.{item}") for item in part.items)
    )


def _is_answer(column: str) -> pl.Expr:
    return (~pl.col(column).cast(pl.String).str.strip_chars().is_in(UNANSWERED)).fill_null(value=False)


def _questionnaire(tables: Dataset, part: BaselinePart) -> pl.DataFrame:
    """The share of the questionnaire's items that one form answers, of the person's fullest form."""
    items = instrument(part.instrument).items
    asked = (pl.col("instrument") == part.instrument) & (pl.col("occasion") == BASELINE)
    answered = asked & pl.col("item").is_in(list(items)) & (pl.col("answer").str.strip_chars() != "")
    return (
        tables["responses"]
        .filter(answered.fill_null(value=False))
        .group_by("episode_id", "response_id")
        .agg(pl.col("item").n_unique().alias("items"))
        .group_by("episode_id")
        .agg((pl.col("items").max() / len(items)).alias(f"{part.id}.{part.instrument}"))
    )
