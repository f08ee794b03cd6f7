"""The documents that prove a job start for payment, with the days between which each of them stood; and the claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby, product
from typing import TYPE_CHECKING, Any

import polars as pl

from placewell.outcomes import job_table, outcome_table
from placewell.payment.lines import Claim, Proof
from placewell.payment.terms import Terms
from placewell.specification.outcomes import EvidenceRule, JobStart

if TYPE_CHECKING:
    from placewell.dataset import Dataset
    from placewell.specification import Specification

STARTS = ("person_id", "episode_id", "job_id", "lot", "specialist_id", "first_day_worked_on")
Row = Mapping[str, Any]


def proofs(spec: Specification, dataset: Dataset, terms: Terms, as_at: date) -> list[Proof]:
    """Every document (or backup set of documents) that ever proved a job start up to `as_at`, rejected ones too.

    A document counts as semantics.md §3 Evidence says: an accepted kind, for the outcome paid for, of the episode,
    for no job or that job, vouching for the first day worked or later, received by `as_at`, verified by someone other
    than the client's specialist. A set of backup kinds proves while all of it stands, where the terms accept backup.
    Nobody in an arm that is not paid for has any.
    """
    rule = spec.outcomes.evidence_for(terms.outcome)
    if rule is None:
        return []
    backup_sets = rule.backup if terms.backup_accepted else ()
    kinds = {*rule.accepted, *(kind for kinds in backup_sets for kind in kinds)}
    documents = _documents(dataset, terms.outcome, kinds, as_at)
    is_start = isinstance(spec.outcomes.outcome(terms.outcome), JobStart)
    starts = _reached(spec, dataset, terms.outcome, as_at)
    paid_for = starts.join(_never_paid_for(spec, dataset, terms, as_at), on=f"{terms.arms_of}_id", how="anti")
    held = paid_for.join(documents, on="episode_id").filter(_vouches(rule, is_start))
    rows = held.sort("person_id", "job_id", "evidence_id").to_dicts()
    of_jobs = groupby(rows, key=lambda row: (row["episode_id"], row["job_id"]))
    return [proof for _, theirs in of_jobs for proof in _proofs_of_job(list(theirs), rule.accepted, backup_sets)]


def claims_by_person(dataset: Dataset, as_at: date) -> dict[str, list[Claim]]:
    """What `claims` says of each person, as at a day: what is dated later has not happened."""
    rows = dataset["claims"].filter(pl.col("claimed_on") <= as_at).sort("claimed_on", "claim_id").to_dicts()
    found: dict[str, list[Claim]] = defaultdict(list)
    for row in rows:
        paid_on, back_on = (day if day and day <= as_at else None for day in (row["paid_on"], row["clawed_back_on"]))
        claim = (row["claimed_on"], paid_on, back_on, row["claim_id"], row["amount"], row["job_id"])
        found[row["person_id"]].append(Claim(*claim))
    return dict(found)


def _reached(spec: Specification, dataset: Dataset, outcome: str, as_at: date) -> pl.DataFrame:
    """Every job start; of a later outcome, every episode that has reached it, with its first job and that day."""
    day, job = "job_start_on", "job_id"
    if isinstance(spec.outcomes.outcome(outcome), JobStart):
        found = job_table(spec, dataset, as_at)
    else:
        day, job = f"{outcome}_on", "first_job_id"
        reached = pl.col(f"{outcome}_met") & (pl.col(day) <= as_at)
        found = outcome_table(spec, dataset, as_at).filter(reached)
    starts = found.select(
        pl.col(job).alias("job_id"), "episode_id", "person_id", pl.col(day).alias("first_day_worked_on")
    )
    episodes = dataset["episodes"].select("episode_id", "lot", "specialist_id")
    return starts.join(episodes, on="episode_id", how="left", validate="m:1").select(STARTS)


def _never_paid_for(spec: Specification, dataset: Dataset, terms: Terms, as_at: date) -> pl.DataFrame:
    """The episodes of the service, with their people, allocated by the day to an arm that is not paid for."""
    own = (pl.col("service_id").fill_null(spec.service.id) == spec.service.id) & (pl.col("referred_on") <= as_at)
    return (
        dataset["allocations"]
        .filter(pl.col("arm").is_in(terms.not_for_arms), pl.col("allocated_on") <= as_at)
        .join(dataset["episodes"].filter(own).select("episode_id", "person_id"), on="episode_id")
        .select("person_id", "episode_id")
    )


def _documents(dataset: Dataset, outcome: str, kinds: set[str], as_at: date) -> pl.DataFrame:
    """Documents of the outcome and kinds with `verified_on` and, for those rejected by `as_at`, `rejected_on`.

    `verified_by` is null where the last decision was another one, or comes later: who verified is then not known.
    """
    is_verified = pl.col("status") == "verified"
    is_decided = pl.col("decided_on").is_null() | (pl.col("decided_on") <= as_at)
    is_rejected = (pl.col("status") == "rejected") & is_decided
    return (
        dataset["evidence"]
        .filter(pl.col("outcome") == outcome, pl.col("kind").is_in(kinds), pl.col("received_on") <= as_at)
        .with_columns(
            pl.coalesce("verified_on", pl.when(is_verified).then("decided_on")).alias("verified_on"),
            pl.when(is_rejected).then(pl.coalesce("decided_on", "verified_on")).alias("rejected_on"),
            pl.when(is_verified & is_decided).then("decided_by").alias("verified_by"),
        )
        .filter(pl.col("verified_on") <= as_at)
        .select(
            "episode_id", "evidence_id", "kind", "about_on", "verified_on", "rejected_on", "verified_by",
            pl.col("job_id").alias("names_job"),
        )
    )  # fmt: skip


def _vouches(rule: EvidenceRule, is_start: bool) -> pl.Expr:
    names_it = pl.col("names_job").is_null() | (pl.col("names_job") == pl.col("job_id"))
    of_the_job = names_it if is_start or rule.same_job else pl.lit(True)
    by_another = pl.col("verified_by").is_null() | pl.col("specialist_id").is_null()
    by_another |= pl.col("verified_by") != pl.col("specialist_id")
    late_enough = pl.col("about_on") >= pl.col("first_day_worked_on")
    return of_the_job & by_another & (pl.col("about_on").is_not_null() if rule.any_day else late_enough)


def _proofs_of_job(
    documents: Sequence[Row], accepted: Sequence[str], backup_sets: Sequence[Sequence[str]]
) -> Iterator[Proof]:
    for document in documents:
        if document["kind"] in accepted:
            yield _proof([document], backup=False)
    for kinds in backup_sets:
        of_each = [[document for document in documents if document["kind"] == kind] for kind in kinds]
        for together in product(*of_each):
            yield _proof(together, backup=True)


def _proof(documents: Sequence[Row], *, backup: bool) -> Proof:
    rejections = [document["rejected_on"] for document in documents if document["rejected_on"]]
    return Proof(
        **{name: documents[0][name] for name in STARTS if name != "specialist_id"},
        evidence_id="+".join(sorted(document["evidence_id"] for document in documents)),
        backup=backup,
        verified_on=max(document["verified_on"] for document in documents),
        rejected_on=min(rejections, default=None),
    )
