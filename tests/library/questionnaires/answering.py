"""Answered forms as rows of `responses`, and the scores they come to."""

from datetime import date

import polars as pl

from placewell.questionnaires import instrument, scores

SCHEMA = {
    "response_id": pl.String,
    "episode_id": pl.String,
    "instrument": pl.String,
    "occasion": pl.String,
    "completed_on": pl.Date,
    "item": pl.String,
    "answer": pl.String,
}
BEST_OF_RAND = {
    **dict.fromkeys(("1", "2", "20", "22", "34", "36"), "1"),
    **{str(n): "3" for n in range(3, 13)},
    **{str(n): "2" for n in range(13, 20)},
    **dict.fromkeys(("21", "23", "26", "27", "30"), "1"),
    **dict.fromkeys(("24", "25", "28", "29", "31"), "6"),
    **dict.fromkeys(("32", "33", "35"), "5"),
}
WORST_OF_RAND = {
    **dict.fromkeys(("1", "2", "20", "22", "34", "36"), "5"),
    **{str(n): "1" for n in range(3, 20)},
    **dict.fromkeys(("21", "23", "26", "27", "30"), "6"),
    **dict.fromkeys(("24", "25", "28", "29", "31"), "1"),
    **dict.fromkeys(("32", "33", "35"), "1"),
}
DIMENSIONS = ("mobility", "self_care", "usual_activities", "pain", "anxiety")


def numbered(answers):
    """Answers in order as items 1, 2, …: "3 3 4", or a list; a point is an item left out."""
    words = answers.split() if isinstance(answers, str) else answers
    return {str(number): str(answer) for number, answer in enumerate(words, start=1) if answer != "."}


def state(profile, vas=None):
    """The answers of EQ-5D for a state such as 11221; a point is a dimension left out."""
    levels = {name: level for name, level in zip(DIMENSIONS, profile, strict=True) if level != "."}
    return levels | ({} if vas is None else {"vas": str(vas)})


def adding_up_to(total, items, most, least=0):
    """Answers to so many items from `least` to `most` that add up to a total."""
    answers = [least] * items
    for place in range(items):
        answers[place] += min(most - least, total - sum(answers))
    assert sum(answers) == total
    return numbered(answers)


def form(instrument_id, answers, response_id="R1", episode_id="E1", occasion="baseline", day="2019-01-01"):
    """One answered form."""
    on = date.fromisoformat(day)
    rows = [(response_id, episode_id, instrument_id, occasion, on, item, answer) for item, answer in answers.items()]
    return pl.LazyFrame(rows, schema=SCHEMA, orient="row")


def course(instrument_id, *given):
    """Several forms of one episode, each (occasion, day, answers)."""
    return pl.concat(
        form(instrument_id, answers, f"R{number}-{instrument_id}", "E1", occasion, day)
        for number, (occasion, day, answers) in enumerate(given)
    )


def scored(given, answers):
    """Scale to score of one form."""
    one = instrument(given) if isinstance(given, str) else given
    rows = scores(form(one.id, answers), (one,)).collect()
    return {row["scale"]: row["score"] for row in rows.iter_rows(named=True)}
