"""What is written down beside the work: screening, consents, benefits, disclosure, onward referrals, destinations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from placewell.specification import Specification
from placewell.specification.outcomes import FirstRecord
from placewell.synthetic.codes import codes_counted
from placewell.synthetic.dice import Dice, days, weekday

CRITERION_OF = {
    "not_registered_in_area": "gp_in_area",
    "in_work_or_under_4_weeks": "out_of_work_four_weeks",
    "has_job_offer": "no_job_offer",
    "on_state_programme": "not_on_state_programme",
    "excluded_condition": "no_excluded_condition",
    "does_not_want_work": "wants_work",
    "not_open_to_mental_health_team": "open_to_mental_health_team",
    "under_18": "adult",
    "not_city_gp": "city_gp",
    "no_health_problem": "health_problem",
    "no_door": "entry_door",
    "off_sick_over_4_weeks": "sick_up_to_four_weeks",
    "long_term_unemployed": "not_long_term_unemployed",
    "supported_elsewhere": "not_supported_elsewhere",
    "not_in_talking_therapies": "in_talking_therapies",
    "no_difficulty_with_work": "difficulty_with_work",
}
BENEFITS = {"universal_credit": 46, "esa": 27, "jsa": 5, "none": 9, "pip": 8, "housing_benefit": 5}
SECOND_BENEFITS = {"pip": 40, "housing_benefit": 30, "council_tax_reduction": 30}
ONWARD = {
    "benefits_advice": 27,
    "debt_advice": 15,
    "skills": 17,
    "psychological_therapies": 12,
    "jobcentre_plus": 9,
    "access_to_work": 8,
    "housing": 7,
    "gp": 5,
}
METHODS = (
    "access_to_work",
    "peer_support",
    "pacing",
    "flexible_hours",
    "adjusted_duties",
    "talking_with_manager",
    "wellness_plan",
)
DESTINATIONS = {"mainstream_education": 42, "mainstream_volunteering": 36, "mainstream_work_experience": 22}
BESIDES_WEIGHT = 12
"""The weight of each code that an outcome of the service counts and that is not named above."""
CONSENTS = (
    ("trial", 1.0),
    ("linkage", 0.9),
    ("share_data", 0.96),
    ("contact_clinician", 0.85),
    ("contact_employer", 0.62),
)


def screenings(episodes: pl.DataFrame, criteria: Sequence[tuple[str, str, str]], version: str) -> pl.DataFrame:
    """Each criterion answered at the first meeting, or on the day an unsuitable referral was declined.

    `criteria`: id, the reason when it is met, the reason when it is not.
    """
    unsuitable = pl.col("fate") == "unsuitable"
    asked = episodes.filter(pl.col("fate").is_in(["taken_on", "unwilling", "unsuitable"])).with_columns(
        pl.when(unsuitable).then("declined_on").otherwise("met_on").alias("decided_on"),
        pl.col("decline_reason").replace_strict(CRITERION_OF, default=None).alias("fails"),
    )
    rows = []
    for number, (criterion, met, not_met) in enumerate(criteria):
        fails = (pl.col("fails") == criterion).fill_null(value=False)
        open_question = unsuitable & ~fails
        answer = pl.when(fails).then(pl.lit("not_met")).when(open_question).then(pl.lit("not_known"))
        reason = pl.when(fails).then(pl.lit(not_met)).when(open_question).then(pl.lit("Not asked"))
        rows.append(
            asked.select(
                "e",
                pl.lit(number).alias("k"),
                "episode_id",
                pl.lit(criterion).alias("criterion"),
                "decided_on",
                answer.otherwise(pl.lit("met")).alias("answer"),
                reason.otherwise(pl.lit(met)).alias("reason"),
                pl.lit(version).alias("specification_version"),
            )
        )
    return pl.concat(rows).sort("e", "k") if rows else pl.DataFrame()


def consents(episodes: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """Consents given at the first meeting; few are withdrawn later. Taking part in the trial: only the randomised."""
    met = episodes.filter(pl.col("accepted_on").is_not_null())
    throw = dice.by("e")
    rows = []
    for kind, chance in CONSENTS:
        asked = met.filter(pl.col("arm").is_not_null()) if kind in ("trial", "linkage") else met
        asked = asked if kind != "contact_employer" else asked.filter(pl.col("entered_on").is_not_null())
        leaves = throw.happens(f"withdraws {kind}", 0.015)
        rows.append(
            asked.filter(throw.happens(f"consents {kind}", chance)).select(
                "e",
                "episode_id",
                pl.lit(kind).alias("kind"),
                pl.lit("1.2").alias("form_version"),
                pl.col("met_on").alias("given_on"),
                pl.when(leaves)
                .then(weekday(pl.col("met_on") + days(throw.between(f"withdrawn {kind}", 10, 200))))
                .alias("withdrawn_on"),
            )
        )
    return pl.concat(rows).sort("e", "kind")


def benefits(episodes: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """What people said they received at the first meeting."""
    met = episodes.filter(pl.col("accepted_on").is_not_null())
    throw = dice.by("e")
    first = met.select("e", "episode_id", "met_on", throw.pick("benefit", BENEFITS).alias("benefit"))
    more = met.filter(throw.happens("second benefit", 0.45)).select(
        "e", "episode_id", "met_on", throw.pick("more", SECOND_BENEFITS).alias("benefit")
    )
    more = more.join(first.filter(pl.col("benefit") == "none").select("e"), on="e", how="anti")
    together = pl.concat([first, more]).unique(["e", "benefit"], keep="first", maintain_order=True).sort("e", "benefit")
    return together.select("episode_id", pl.col("met_on").alias("on"), "benefit", pl.lit(value=True).alias("received"))


def disclosures(entered: pl.DataFrame, jobs: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """Decisions on telling an employer: in the search for most, and about the first job."""
    throw = dice.by("e")
    asked = entered.filter(throw.happens("asked to disclose", 0.68))
    searching = asked.select(
        "e",
        "episode_id",
        pl.lit(None, dtype=pl.String).alias("job_id"),
        weekday(pl.col("entered_on") + days(throw.between("disclosure on", 14, 60))).alias("on"),
        throw.pick("disclosure", {"yes": 47, "no": 31, "undecided": 22}).alias("decision"),
        "in_touch_until",
    ).filter(pl.col("on") <= pl.col("in_touch_until"))
    first = jobs.filter((pl.col("j") == 1) & throw.happens("about the job", 0.8)).select(
        "e",
        "episode_id",
        "job_id",
        (pl.col("started_on") - days(3)).alias("on"),
        pl.when("disclosed").then(pl.lit("yes")).otherwise(pl.lit("no")).alias("decision"),
    )
    told = pl.col("decision") == "yes"
    return (
        pl.concat([searching.drop("in_touch_until"), first])
        .sort("e", "on", "decision")
        .with_columns(
            pl.when(told)
            .then(throw.pick("to whom", ("interviewer", "line_manager", "human_resources")))
            .alias("to_whom"),
            pl.when(told).then(throw.pick("what", ("condition", "effects_at_work", "adjustments"))).alias("what"),
        )
    )


def with_counted(spec: Specification, table: str, usual: Mapping[str, int]) -> Mapping[str, int]:
    """The usual codes of a table with their weights, and those that the outcomes of the service count besides."""
    besides = [code for code in codes_counted(spec, table, (FirstRecord,)) if code not in usual]
    return dict(usual) | dict.fromkeys(besides, BESIDES_WEIGHT)


def onward_referrals(episodes: pl.DataFrame, spec: Specification, dice: Dice) -> pl.DataFrame:
    """Sign-posting of people who were not taken on or are in the comparison group; referrals during support.

    Where a criterion names the service that is for those who do not meet it, all of them are sent there.
    """
    throw = dice.by("e")
    named = {criterion.id: criterion.sends_to for criterion in spec.eligibility.criteria if criterion.sends_to}
    ways = {reason: named[criterion] for reason, criterion in CRITERION_OF.items() if criterion in named}
    sent_to = pl.col("decline_reason").replace_strict(ways, default=None, return_dtype=pl.String)
    taken = pl.col("entered_on").is_not_null()
    when = (
        pl.when(taken)
        .then(pl.col("entered_on") + days(throw.between("onward on", 5, 90)))
        .otherwise(pl.coalesce("allocated_on", "declined_on"))
    )
    some = throw.happens("onward", pl.when(taken).then(0.36).otherwise(0.55))
    rows = episodes.filter(some | sent_to.is_not_null())
    return (
        rows.select(
            "e",
            "episode_id",
            weekday(when).alias("on"),
            pl.coalesce(sent_to, throw.pick("onward to", with_counted(spec, "onward_referrals", ONWARD))).alias("to"),
            pl.when(taken & throw.happens("referred onward", 0.6))
            .then(pl.lit("referral"))
            .otherwise(pl.lit("signpost"))
            .alias("kind"),
        )
        .filter(pl.col("on").is_not_null())
        .sort("e")
    )


def destinations(entered: pl.DataFrame, spec: Specification, dice: Dice) -> pl.DataFrame:
    """Education, volunteering and work experience of people without a new job, with what else the service counts.

    Source: 002 §17.9 xvii; 004 §8.3.
    """
    codes = with_counted(spec, "destinations", DESTINATIONS)
    return _some(entered.filter(pl.col("first_job_on").is_null()), dice, "destination", 0.13, codes, "code", 40)


def work_methods(entered: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """How people in work manage health and work. Source: 002 §17.9 x."""
    working = entered.filter(pl.col("first_job_on").is_not_null()).with_columns(
        pl.col("first_job_on").alias("entered_on")
    )
    return _some(working, dice, "method", 0.6, dict.fromkeys(METHODS, 1), "method", 10)


def _some(
    rows: pl.DataFrame, dice: Dice, what: str, chance: float, codes: Mapping[str, int], column: str, after: int
) -> pl.DataFrame:
    throw = dice.by("e")
    return (
        rows.filter(throw.happens(what, chance))
        .select(
            "e",
            "episode_id",
            weekday(pl.col("entered_on") + days(throw.between(f"{what} on", after, after + 80))).alias("on"),
            throw.pick(f"{what} code", codes).alias(column),
        )
        .sort("e")
    )
