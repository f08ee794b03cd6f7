"""What staff do apart from one person's case: supervision, training, attachment to practices, activities, costs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import polars as pl

from placewell.specification import Specification
from placewell.specification.outcomes import EachRow
from placewell.synthetic.codes import codes_counted
from placewell.synthetic.dice import Dice, days, weekday
from placewell.synthetic.places import place_of
from placewell.synthetic.staff import leader_of

COURSES = (
    ("induction", 0, None),
    ("ips", 4, None),
    ("trial_briefing", 12, None),
    ("information_governance", 9, 365),
    ("safeguarding", 16, 1095),
    ("health_and_safety", 20, 1095),
    ("mental_health_first_aid", 45, 1095),
    ("cultural_awareness", 70, None),
)
"""Course, days after the first day in post, and days until it must be taken again (002 App. 5, §11.10)."""
ACTIVITIES = {
    "practice_meeting": 46,
    "promotion": 12,
    "partner_meeting": 12,
    "employer_awareness": 14,
    "jobcentre_liaison": 10,
    "clinician_advice": 6,
}
BESIDES_WEIGHT = 14
"""The weight of each kind that an outcome of the service counts and that is not named above."""
WEEK, FOUR_WEEKS = 7, 28
MONTHLY_COST = {"staff": "3450", "premises": "320", "travel": "110"}
"""Pounds a month for one specialist, by budget line; made up."""


def supervisions(
    posts: pl.DataFrame, through: date, dice: Dice, leaders: Mapping[str, str] | None = None
) -> pl.DataFrame:
    """Group supervision every week and individual every four; some are missed (002 App. 7 Org 5)."""
    rows = []
    for kind, every, held in (("group", WEEK, 0.9), ("individual", FOUR_WEEKS, 0.93)):
        each = _repeated(posts.filter(pl.col("role") == "specialist"), every, through)
        throw = dice.by("s", "k")
        rows.append(
            each.filter(throw.happens(f"{kind} held", held)).select(
                "specialist_id",
                leader_of(pl.col("team_id"), leaders).alias("supervisor_id"),
                weekday(pl.col("on") + days(throw.between(f"{kind} on", 0, 2))).alias("on"),
                pl.lit(kind).alias("kind"),
            )
        )
    return pl.concat(rows).sort("on", "specialist_id", "kind")


def _repeated(posts: pl.DataFrame, every: int, through: date) -> pl.DataFrame:
    """Each post once per `every` days from its beginning: `s` numbers the post, `k` the time."""
    times = ((pl.lit(through) - pl.col("from_on")).dt.total_days() // every).clip(0)
    return (
        posts.with_row_index("s")
        .with_columns(pl.int_ranges(pl.lit(0), times).alias("k"))
        .explode("k")
        .filter(pl.col("k").is_not_null())
        .with_columns((pl.col("from_on") + days((pl.col("k") + 1) * every)).alias("on"))
    )


def training(posts: pl.DataFrame, in_trial: bool, dice: Dice) -> pl.DataFrame:
    """The courses that everyone takes in the first months, with the day by which some must be taken again."""
    rows = []
    numbered = posts.with_row_index("s")
    throw = dice.by("s")
    for course, after, lasts in COURSES:
        if course == "trial_briefing" and not in_trial:
            continue
        done = weekday(pl.col("from_on") + days(after + throw.between(f"course {course}", 0, 10)))
        taken = numbered.filter(throw.happens(f"takes {course}", 0.97)).with_columns(done.alias("completed_on"))
        again = pl.lit(None, dtype=pl.Date) if lasts is None else pl.col("completed_on") + days(lasts)
        rows.append(
            taken.select("specialist_id", pl.lit(course).alias("course"), "completed_on", again.alias("expires_on"))
        )
    return pl.concat(rows).sort("completed_on", "specialist_id", "course")


def practice_links(hired: pl.DataFrame, posts: pl.DataFrame, lots: tuple[str, ...]) -> pl.DataFrame:
    """Each specialist belongs to two practices of the lot and sits in one of them (002 App. 7 Org 1)."""
    begun = dict(posts.select("specialist_id", "from_on").iter_rows())
    rows = []
    for number, lot in enumerate(lots):
        practices = place_of(lot, number).practices
        for index, name in enumerate(hired.filter(pl.col("lot") == lot)["specialist_id"]):
            for turn in (0, 1):
                practice = practices[(2 * index + turn) % len(practices)]
                rows.append((name, practice, turn == 0, begun[name]))
    return pl.DataFrame(rows, schema=LINKS, orient="row")


LINKS = pl.Schema({"specialist_id": pl.String, "gp_practice": pl.String, "based_there": pl.Boolean, "from_on": pl.Date})


def activities(posts: pl.DataFrame, spec: Specification, through: date, dice: Dice) -> pl.DataFrame:
    """Practice meetings and the like, about one a fortnight for each specialist, with what the service counts."""
    each = _repeated(posts.filter(pl.col("role") == "specialist"), 2 * WEEK, through)
    throw = dice.by("s", "k")
    codes = dict.fromkeys(codes_counted(spec, "activities", (EachRow,)), BESIDES_WEIGHT)
    kind = throw.pick("activity", {**codes, **ACTIVITIES} if codes else ACTIVITIES)
    return each.select(
        pl.concat_str(pl.lit("A-"), "specialist_id", pl.lit("-"), pl.col("k") + 1).alias("activity_id"),
        pl.lit(spec.id).alias("service_id"),
        weekday(pl.col("on") + days(throw.between("activity on", 0, 9))).alias("on"),
        kind.alias("kind"),
        throw.between("attendees", 2, 18).alias("attendees"),
        (throw.between("hours", 1, 6).cast(pl.Decimal(14, 4)) / 2).cast(pl.Decimal(14, 4)).alias("hours"),
        "specialist_id",
    ).sort("on", "activity_id")


def costs(hired: pl.DataFrame, posts: pl.DataFrame, service_id: str, first: date, through: date) -> pl.DataFrame:
    """What each lot spends in a month, by the specialists in post on its first day."""
    begun = posts.join(hired.select("specialist_id", "lot"), on="specialist_id").select("lot", "from_on")
    rows = []
    month = first.replace(day=1)
    while month <= through:
        in_post = begun.filter(pl.col("from_on") <= month)["lot"].to_list()
        for lot in sorted(set(in_post)):
            for line, amount in MONTHLY_COST.items():
                rows.append((service_id, lot, month, line, str(int(amount) * in_post.count(lot))))
        month = (month + timedelta(days=32)).replace(day=1)
    frame = pl.DataFrame(rows, schema=["service_id", "lot", "month", "line", "amount"], orient="row")
    return frame.cast({"amount": pl.Decimal(14, 4)}) if rows else pl.DataFrame(schema=COSTS)


COSTS = pl.Schema(
    {
        "service_id": pl.String(),
        "lot": pl.String(),
        "month": pl.Date(),
        "line": pl.String(),
        "amount": pl.Decimal(14, 4),
    }
)
