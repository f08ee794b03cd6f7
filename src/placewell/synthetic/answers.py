"""Answered questionnaires: wellbeing, health and satisfaction, with change over time and answers left out."""

from __future__ import annotations

import polars as pl

from placewell.specification import Specification
from placewell.specification.outcomes import Answered, ExitQuestionnaire, QuestionnaireChange
from placewell.synthetic.dice import Dice, days, weekday

CHOICES = {
    "swemwbs": (5,) * 7,
    "rand36": (5, 5, *(3,) * 10, *(2,) * 7, 5, 6, 5, *(6,) * 9, 5, *(5,) * 4),
    "eq5d5l": (5,) * 5,
    "reqol10": (5,) * 10,
}
"""How many answers each item offers."""
NAMES = {"eq5d5l": ("mobility", "self_care", "usual_activities", "pain", "anxiety")}
"""Items that are not called by their number. Their first answer is the best one."""
FROM_NOUGHT = ("reqol10",)
"""Instruments whose first answer is 0; that of the others is 1."""
HEALTHIER = 0.24
"""How much better than their wellbeing people describe their health."""
LEFT_OUT = 0.008
FACES = 1000
COMPARED = {"better": 56, "same": 37, "worse": 7}
USE = {"4": {"less": 38, "same": 53, "more": 9}, "5": {"less": 24, "same": 61, "more": 6, "NA": 9}}
BETTER_IN_ALL = 0.6
RATINGS = {"excellent": 30, "very_good": 31, "good": 24, "fair": 10, "poor": 5}


def responses(episodes: pl.DataFrame, spec: Specification, dice: Dice) -> pl.DataFrame:
    """One row per answer to a questionnaire that the service looks at, in the columns of `responses`."""
    forms = _forms(episodes, dice.by("e")).join(
        _asked(spec), on=["instrument", "occasion"], how="semi", maintain_order="left"
    )
    parts = [_answers(forms.filter(pl.col("instrument") == name), sizes, dice) for name, sizes in CHOICES.items()]
    return pl.concat([*parts, _ratings(forms, dice), _reports(forms, dice)])


def _forms(episodes: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """Which forms are answered, when, and how well the person is (0 to 1): a little better over time and in work."""
    met, closed = pl.col("accepted_on").is_not_null(), pl.col("closed_on").is_not_null()
    works = pl.col("first_job_on").is_not_null()
    at_first = 0.22 + dice.between("wellbeing", 0, 400) / FACES
    gain = dice.between("gain", -90, 220) / FACES + pl.when(works).then(0.07).otherwise(0.0)
    stays = closed & (pl.col("closed_on") > pl.col("met_on") + days(372))
    kinds = [
        ("swemwbs", "baseline", met, 0.86, pl.col("met_on"), at_first),
        ("rand36", "baseline", met, 0.42, pl.col("met_on"), at_first),
        (
            "swemwbs",
            "review",
            closed,
            0.5,
            pl.col("met_on") + days(dice.between("review", 100, 150)),
            at_first + gain / 2,
        ),
        ("swemwbs", "exit", closed, 0.48, pl.col("closed_on"), at_first + gain),
        ("rand36", "exit", closed, 0.22, pl.col("closed_on"), at_first + gain),
        ("satisfaction", "exit", closed, 0.52, pl.col("closed_on"), at_first + gain),
        ("satisfaction", "annual", stays, 0.45, pl.col("met_on") + days(365), at_first + gain),
        ("eq5d5l", "baseline", met, 0.9, pl.col("met_on"), at_first + HEALTHIER),
        ("eq5d5l", "exit", closed, 0.58, pl.col("closed_on"), at_first + gain + HEALTHIER),
        ("self_report", "exit", closed, 0.55, pl.col("closed_on"), at_first + gain),
        ("reqol10", "baseline", met, 0.34, pl.col("met_on"), at_first),
        ("reqol10", "exit", closed, 0.41, pl.col("closed_on"), at_first + gain),
    ]
    return pl.concat(
        episodes.filter(who & dice.happens(f"{instrument} {occasion}", chance)).select(
            "e",
            "episode_id",
            pl.concat_str(pl.lit("R"), pl.col("episode_id").str.slice(1), pl.lit(f"-{instrument}-{occasion}")).alias(
                "response_id"
            ),
            pl.lit(instrument).alias("instrument"),
            pl.lit(occasion).alias("occasion"),
            weekday(day).alias("completed_on"),
            wellness.alias("wellness"),
            pl.lit(number).alias("form"),
        )
        for number, (instrument, occasion, who, chance, day, wellness) in enumerate(kinds)
    )


def _asked(spec: Specification) -> pl.DataFrame:
    """The instruments and occasions of the outcomes; a change looks at every occasion but the survey of the year."""
    asked: set[tuple[str, str]] = set()
    for outcome in spec.outcomes.outcomes:
        if isinstance(outcome, QuestionnaireChange):
            asked |= {(outcome.instrument, occasion) for occasion in ("baseline", "review", "exit")}
        elif isinstance(outcome, Answered | ExitQuestionnaire):
            asked |= {(outcome.instrument, occasion) for occasion in outcome.occasions or ("exit",)}
    return pl.DataFrame(sorted(asked), schema={"instrument": pl.String(), "occasion": pl.String()}, orient="row")


COLUMNS = ("response_id", "episode_id", "instrument", "occasion", "completed_on", "item", "answer")


def _answers(forms: pl.DataFrame, sizes: tuple[int, ...], dice: Dice) -> pl.DataFrame:
    """An answer to each item near where the person stands on it; a few are left out."""
    items = pl.DataFrame({"q": range(1, len(sizes) + 1), "size": sizes})
    throw = dice.by("e", "form", "q")
    named = [NAMES[name] for name in forms["instrument"].unique() if name in NAMES]
    item = pl.lit(pl.Series(named[0])).gather(pl.col("q") - 1) if named else pl.col("q").cast(pl.String)
    asked = forms.join(items, how="cross").with_columns(throw.roll("answer").alias("roll"))
    near = (pl.col("roll") % FACES).cast(pl.Int64) / FACES * 0.6 - 0.3
    place = (((pl.col("wellness") + near) * pl.col("size")).floor().cast(pl.Int64) + 1).clip(1, pl.col("size"))
    place = pl.col("size") + 1 - place if named else place
    place = place - pl.col("instrument").is_in(FROM_NOUGHT).cast(pl.Int64)
    kept = (pl.col("roll") // FACES % FACES).cast(pl.Int64) >= int(LEFT_OUT * FACES)
    return asked.filter(kept).with_columns(item.alias("item"), place.cast(pl.String).alias("answer")).select(COLUMNS)


def _ratings(forms: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """The end-of-programme survey: how the person rates the service. Source: 002 Fig. 2."""
    rated = forms.filter(pl.col("instrument") == "satisfaction")
    return rated.with_columns(
        pl.lit("overall").alias("item"), dice.by("e").pick("rating", RATINGS).alias("answer")
    ).select(COLUMNS)


def _reports(forms: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """What people say has changed since they entered: health, wellbeing, readiness, use of services and medication."""
    items = pl.DataFrame({"item": [str(number) for number in range(1, 6)], "q": range(1, 6)})
    throw, by_form = dice.by("e", "form", "q"), dice.by("e", "form")
    all_better = by_form.happens("better in all", BETTER_IN_ALL)
    chosen: pl.Expr = pl.when(all_better).then(pl.lit("better")).otherwise(throw.pick("compared", COMPARED))
    for item, weights in USE.items():
        chosen = pl.when(pl.col("item") == item).then(throw.pick(f"use {item}", weights)).otherwise(chosen)
    asked = forms.filter(pl.col("instrument") == "self_report").join(items, how="cross")
    return asked.filter(~throw.happens("left out", LEFT_OUT)).with_columns(chosen.alias("answer")).select(COLUMNS)
