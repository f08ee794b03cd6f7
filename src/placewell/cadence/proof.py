"""The clock of evidence: an outcome reached and not proved, what is held and why it does not do, what would.

Source: 002 App. 6, Fig. 2, §16.9.
"""

from __future__ import annotations

import polars as pl

from placewell.cadence.durations import within
from placewell.cadence.situation import NO_JOB, Situation
from placewell.cadence.words import day, say
from placewell.errors import UserError
from placewell.outcomes import evidence
from placewell.outcomes.facts import ROW
from placewell.specification.outcomes import EvidenceRule
from placewell.specification.pathway import Clock
from placewell.vocabulary import label, labels


def evidence_due(now: Situation, clock: Clock) -> pl.LazyFrame:
    """Outcomes reached by the day without accepted, verified evidence, of open and closed episodes alike."""
    rule = next((rule for rule in now.spec.outcomes.evidence if rule.outcome == clock.outcome), None)
    if rule is None:
        raise UserError(
            f"pathway.toml, clock {clock.id}: outcome {clock.outcome} has no evidence rule in outcomes.toml."
        )
    on = f"{rule.outcome}_on"
    met = pl.col(f"{rule.outcome}_met").fill_null(False) & (pl.col(on) <= now.as_at)
    unproved = now.outcomes.filter(met & pl.col(f"{rule.outcome}_evidence").is_null())
    frame = unproved.join(_nearest(now, rule), on=ROW, how="left", maintain_order="left")
    name = next((o.name for o in now.spec.outcomes.outcomes if o.id == rule.outcome), rule.outcome)
    reached = say("{}: {}. ", pl.lit(name), day(on))
    held = pl.coalesce(_standing(rule, on), pl.lit("No document is held."))
    accepted = pl.lit(f" Accepted: {_accepted(rule)}.")
    return frame.select("episode_id", NO_JOB, within(clock, on), (reached + held + accepted).alias("why"))


def _nearest(now: Situation, rule: EvidenceRule) -> pl.LazyFrame:
    """Per episode the document that is nearest to counting: standing, document, about_on, received_on."""
    names = labels("evidence_kind")
    return (
        now.shared.documents(rule)
        .sort("standing", "received_on", "evidence_id")
        .group_by(ROW)
        .agg(
            pl.col("standing").last(),
            pl.col("kind").last().replace(names).fill_null("A document").alias("document"),
            pl.col("about_on", "received_on").last(),
        )
    )


def _standing(rule: EvidenceRule, on: str) -> pl.Expr:
    document, received = pl.col("document"), day("received_on")
    says = {
        evidence.WRONG_KIND: say("{} received on {} is not accepted for this.", document, received),
        evidence.OTHER_JOB: say("{} received on {} is about another job.", document, received),
        evidence.NO_DAY: say("{} received on {} names no day.", document, received),
        evidence.TOO_EARLY: say(
            "{} about {} is too early: it must vouch for {} or later.", document, day("about_on"), day(on)
        ),
        evidence.REJECTED: say("{} received on {} was rejected.", document, received),
        evidence.WAITS: say("{} received on {} waits to be verified.", document, received),
        evidence.OWN_SPECIALIST: say("{} was verified by the person's own specialist: another must.", document),
        evidence.HALF: say("{} does not do alone.", document),
    }
    told = pl.lit(None, pl.String)
    for standing, words in says.items():
        told = pl.when(pl.col("standing") == standing).then(words).otherwise(told)
    return told


def _accepted(rule: EvidenceRule) -> str:
    """The accepted kinds in words, and the backups after them."""
    primary = ", ".join(label("evidence_kind", kind).lower() for kind in rule.accepted)
    backups = [" with ".join(label("evidence_kind", kind).lower() for kind in kinds) for kinds in rule.backup]
    return f"{primary}; as a backup {', or '.join(backups)}" if backups else primary
