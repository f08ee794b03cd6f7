"""What is held as evidence and why it does not do: one sentence for an outcome that is reached but not proved."""

from __future__ import annotations

import polars as pl

from placewell.outcomes import evidence as proof
from placewell.outcomes import words
from placewell.outcomes.facts import ROW, Facts
from placewell.specification.outcomes import EvidenceRule, JobStart


def accepted(rule: EvidenceRule) -> str:
    """The documents that would do, in words."""
    kinds = words.any_of(_with_article(words.document(kind)) for kind in rule.accepted)
    backups = [words.all_of(_with_article(words.document(kind)) for kind in kinds) for kinds in rule.backup]
    return f"{kinds}; as a backup {words.any_of(backups)}" if backups else kinds


def shortcomings(facts: Facts, rule: EvidenceRule, held: pl.LazyFrame) -> pl.LazyFrame:
    """Per row: `standing` and `shortcoming` of the document nearest to counting (rows without a document left out).

    `held`: the documents of the rule (outcomes.evidence). Source: 002 App. 6, §17.11–12.
    """
    return (
        held.sort(ROW, "standing", "received_on", "evidence_id")
        .unique(ROW, keep="last", maintain_order=True)
        .select(ROW, "standing", _sentence(facts, rule).alias("shortcoming"))
    )


def none_held(rule: EvidenceRule) -> str:
    """What to say where there is no document at all."""
    return f"No evidence is held: needs {accepted(rule)}."


def _sentence(facts: Facts, rule: EvidenceRule) -> pl.Expr:
    document = (words.sentence("The ", words.document_in("kind"), " of ", words.day("received_on")),)
    standing = pl.col("standing")
    is_start = isinstance(facts.rules.outcome(rule.outcome), JobStart)
    wanted_day = "the first day worked" if is_start else "the day it must prove"
    return (
        pl.when(standing == proof.WRONG_KIND)
        .then(words.sentence(*document, f" is not accepted: needs {accepted(rule)}."))
        .when(standing == proof.OTHER_JOB)
        .then(words.sentence(*document, " names another job."))
        .when(standing == proof.NO_DAY)
        .then(words.sentence(*document, " does not say for which day it vouches."))
        .when(standing == proof.TOO_EARLY)
        .then(
            words.sentence(
                *document,
                " vouches for ",
                words.day("about_on"),
                f", before {wanted_day}, ",
                words.day("outcome_on"),
                ".",
            )
        )
        .when(standing == proof.REJECTED)
        .then(words.sentence(*document, " was rejected", _on("decided_on"), "."))
        .when(standing == proof.WAITS)
        .then(words.sentence(*document, " waits to be verified."))
        .when(standing == proof.OWN_SPECIALIST)
        .then(words.sentence(*document, " was verified by the person's own specialist: somebody else must verify it."))
        .otherwise(words.sentence(*document, " is a backup that needs ", _rest_of_backup(rule), " with it."))
    )


def _rest_of_backup(rule: EvidenceRule) -> pl.Expr:
    """For each kind of a backup set, the others of the set."""
    rest = pl.lit("another document")
    for kinds in rule.backup:
        for kind in kinds:
            others = (
                words.all_of(_with_article(words.document(other)) for other in kinds if other != kind)
                if len(kinds) > 1
                else ""
            )
            rest = pl.when(pl.col("kind") == kind).then(pl.lit(others)).otherwise(rest)
    return rest


def _on(column: str) -> pl.Expr:
    return pl.when(pl.col(column).is_null()).then(pl.lit("")).otherwise(words.sentence(" on ", words.day(column)))


def _with_article(word: str) -> str:
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"
