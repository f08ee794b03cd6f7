"""A figure is nothing but an aggregate of its member table."""

from fractions import Fraction

from .judgement import INDICATORS

BREAKDOWNS = ("lot", "source", "primary_condition", "gender", "gp_practice", "occupation", "industry", "self_employed")
STATUSES = ("counted", "not_counted", "not_due", "excluded")


def middle(values):
    """The median, exactly: the middle value, or the mean of the two."""
    ordered = sorted(values)
    half = len(ordered) // 2
    if not ordered:
        return None
    if len(ordered) % 2:
        return Fraction(ordered[half])
    return Fraction(ordered[half - 1] + ordered[half], 2)


def aggregate(measure, members):
    """(numerator, denominator, value) of some member rows."""
    counted = [row for row in members if row["status"] == "counted"]
    if measure == "count":
        return len(counted), None, len(counted)
    if measure == "median":
        return None, len(counted), middle([row["value"] for row in counted])
    denominator = len(counted) + sum(row["status"] == "not_counted" for row in members)
    return len(counted), denominator, Fraction(len(counted), denominator) if denominator else None


def figure(indicator, members):
    """The figure with its member counts and its breakdowns; cells that hold nothing are left out."""
    measure = INDICATORS[indicator][1]
    numerator, denominator, value = aggregate(measure, members)
    breakdowns = {}
    for name in BREAKDOWNS:
        cells = {}
        for key in sorted({row["cells"][name] for row in members}):
            cell = aggregate(measure, [row for row in members if row["cells"][name] == key])
            if cell[0] or cell[1]:
                cells[key] = cell
        breakdowns[name] = cells
    return {
        "numerator": numerator,
        "denominator": denominator,
        "value": value,
        "members": {status: sum(row["status"] == status for row in members) for status in STATUSES},
        "breakdowns": breakdowns,
    }
