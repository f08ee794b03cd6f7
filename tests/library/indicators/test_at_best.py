"""Change in a health state: who began at the best score cannot improve, and the figure says how many did."""

import pytest
from tests.factories import an_episode
from tests.library.indicators.asking import ask_figure, ask_members, with_indicator

from placewell.cli.check import content_problems

DIMENSIONS = ("mobility", "self_care", "usual_activities", "pain", "anxiety")
OUTCOME = {
    "kind": "questionnaire_change",
    "instrument": "eq5d5l",
    "scale": "index",
    "improved": True,
    "since_entry": True,
    "best": 1,
}
BETTER = with_indicator(OUTCOME, measure="proportion", unit="proportion")
ENTERED = "2019-04-02"


def a_form(episode_id, occasion, on, levels):
    return [
        (
            "responses",
            {
                "response_id": f"{episode_id}-{on}",
                "episode_id": episode_id,
                "instrument": "eq5d5l",
                "occasion": occasion,
                "completed_on": on,
                "item": item,
                "answer": level,
            },
        )
        for item, level in zip(DIMENSIONS, levels, strict=True)
    ]


def a_pair(episode_id, first, last, on="2019-04-02"):
    return [
        an_episode(episode_id, entered=ENTERED),
        *a_form(episode_id, "baseline", on, first),
        *a_form(episode_id, "exit", "2019-06-20", last),
    ]


def ask(*people, spec=BETTER):
    return ask_figure("asked", *(fact for person in people for fact in flat(person)), spec=spec)


def flat(person):
    episode, *forms = person
    return [*episode, *forms]


@pytest.mark.parametrize(
    ("pairs", "improved", "of", "at_best"),
    [
        ([("22222", "11111")], 1, 1, 0),
        ([("11111", "11111")], 0, 1, 1),
        ([("11111", "11112")], 0, 1, 1),  # worse than the best is no better either
        ([("21111", "21111")], 0, 1, 0),
        ([("11111", "11111"), ("11111", "33333"), ("54321", "11111")], 1, 3, 2),
        ([("1111", "11111")], 0, 0, 0),  # a dimension left out: no pair
    ],
)
def test_those_at_the_best_score_are_in_the_denominator_and_said_apart(pairs, improved, of, at_best):
    people = [a_pair(f"e{number}", *(_levels(one) for one in pair)) for number, pair in enumerate(pairs)]
    found = ask(*people)
    assert (found.numerator, found.denominator, found.at_best) == (improved, of, at_best)
    assert found.as_dict()["at_best"] == at_best


def _levels(text):
    return (*text, *(None,) * (len(DIMENSIONS) - len(text)))


def test_without_a_best_score_nobody_is_at_it():
    spec = with_indicator({**OUTCOME, "best": None}, measure="proportion", unit="proportion")
    assert ask(a_pair("e1", "11111", "11111"), spec=spec).at_best == 0


def test_a_change_that_need_not_improve_has_no_best():
    spec = with_indicator({**OUTCOME, "improved": False})
    found = ask(a_pair("e1", "11111", "11111"), spec=spec)
    assert (found.value, found.at_best) == (1, 0)


def test_a_baseline_before_entry_is_not_looked_at():
    found = ask(a_pair("e1", "33333", "11111", on="2019-04-01"))
    assert (found.numerator, found.denominator) == (0, 0)


@pytest.mark.parametrize(
    ("value_set", "better"),
    [
        (None, "counted"),  # UK 2026: 33333 is worth 0.604
        ("eq5d5l_uk_2026", "counted"),
    ],
)
def test_the_value_set_is_the_instruments_own_unless_another_is_named(value_set, better):
    spec = with_indicator({**OUTCOME, "value_set": value_set}, measure="proportion", unit="proportion")
    facts = flat(a_pair("e1", "33333", "22222"))
    found = ask_members("asked", *facts, spec=spec)["e1"]
    assert found["status"] == better
    assert found["reason"] == "The later score, 0.784, is better than the baseline, 0.604."


OWN = """id = "own"
instrument = "eq5d5l"
name = "Levels 1 and 2 alike"
status = "our choice"
source = "a test"

[decrements]
mobility = [0, 0, 0.1, 0.2, 0.3]
self_care = [0, 0, 0.1, 0.2, 0.3]
usual_activities = [0, 0, 0.1, 0.2, 0.3]
pain = [0, 0, 0.1, 0.2, 0.3]
anxiety = [0, 0, 0.1, 0.2, 0.3]

[vectors]
11111 = 1
22222 = 1
33333 = 0.5
44444 = 0
55555 = -0.5
"""


def test_another_value_set_gives_another_answer(tmp_path):
    file = tmp_path / "own.toml"
    file.write_text(OWN, encoding="utf-8")
    spec = with_indicator({**OUTCOME, "value_set": str(file)}, measure="proportion", unit="proportion")
    found = ask(a_pair("e1", "22222", "11111"), spec=spec)
    assert (found.numerator, found.denominator, found.at_best) == (0, 1, 1)


def test_check_knows_the_value_sets_there_are():
    assert content_problems(BETTER) == ()
    spec = with_indicator({**OUTCOME, "value_set": "made_up"})
    assert content_problems(spec) == (
        "outcomes.toml: outcome “asked_of”.value_set: eq5d5l has no value set 'made_up': use eq5d5l_uk_2026",
    )
    other = with_indicator({**OUTCOME, "instrument": "phq9", "scale": "total", "value_set": "made_up"})
    assert content_problems(other) == (
        "outcomes.toml: outcome “asked_of”.value_set: phq9 has no value set 'made_up': use none",
    )
