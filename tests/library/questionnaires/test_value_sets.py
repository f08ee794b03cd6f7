"""What a state of health is worth: by the sets shipped, by a set of the service's own, and what is no set."""

from decimal import Decimal
from itertools import product

import pytest
from tests.library.questionnaires.answering import scored, state

from placewell.questionnaires import QuestionnaireError, instrument
from placewell.questionnaires.value_sets import value_set, value_set_ids

STATES = {levels: ["".join(state) for state in product("12345"[:levels], repeat=5)] for levels in (3, 5)}
DECREMENTS = """
mobility = [0, 0.1, 0.2]
self_care = [0, 0.1, 0.2]
usual_activities = [0, 0.1, 0.2]
pain = [0, 0.1, 0.2]
anxiety = [0, 0.1, 0.2]
"""
OWN = f"""
id = "ours"
instrument = "eq5d3l"
name = "Ours"
status = "the service's own"
source = "Ours"
[decrements]{DECREMENTS}"""


def crosswalk(place, **changed):
    """A table with a value for every state of five levels; some changed, those that are None left out."""
    values = {one: f"0.{one}" for one in STATES[5]} | {name[1:]: value for name, value in changed.items()}
    lines = [f"{one},{value}" for one, value in values.items() if value is not None]
    (place / "crosswalk.csv").write_text("\n".join(["state,value", *lines]) + "\n", encoding="utf-8")
    return str(place / "crosswalk.csv")


def refused(given, instrument_id):
    with pytest.raises(QuestionnaireError) as error:
        value_set(given, instrument_id)
    return list(error.value.problems)


def test_a_value_set_is_known_by_its_name_and_there_is_none_without():
    assert value_set_ids() == ("eq5d3l_uk_tto_1997", "eq5d5l_uk_2026")
    assert value_set_ids("eq5d3l") == ("eq5d3l_uk_tto_1997",)
    assert value_set_ids("phq9") == ()
    assert instrument("eq5d3l").scale("index").value_set == "eq5d3l_uk_tto_1997"
    assert instrument("eq5d5l").scale("index").value_set == "eq5d5l_uk_2026"


@pytest.mark.parametrize(("id", "levels"), [("eq5d3l", 3), ("eq5d5l", 5)])
def test_every_state_has_a_value_and_none_is_better_than_full_health(id, levels):
    (name,) = value_set_ids(id)
    table = dict(value_set(name, id).table)
    assert list(table) == [int(state) for state in STATES[levels]]
    assert max(table.values()) == table[11111] == 1
    assert min(table.values()) == table[int(str(levels) * 5)]


@pytest.mark.parametrize(("id", "levels"), [("eq5d3l", 3), ("eq5d5l", 5)])
def test_the_table_says_of_each_state_what_the_state_alone_is_worth(id, levels):
    (name,) = value_set_ids(id)
    found = value_set(name, id)
    assert dict(found.table) == {int(state): found.worth(state) for state in STATES[levels]}


@pytest.mark.parametrize("id", ["eq5d3l", "eq5d5l"])
def test_a_worse_level_is_never_worth_more(id):
    (name,) = value_set_ids(id)
    table = dict(value_set(name, id).table)
    for given, value in table.items():
        for place in range(5):
            worse = table.get(given + 10**place)
            assert worse is None or worse < value


def test_a_crosswalk_is_read_from_a_table(tmp_path):
    file = crosswalk(tmp_path, s11221="0.795", s44441="0.226", s55555="-0.594")
    one = instrument("eq5d5l").with_value_set(file)
    assert scored(one, state("11221"))["index"] == Decimal("0.795")
    assert scored(one, state("44441"))["index"] == Decimal("0.226")
    assert scored(one, state("55555"))["index"] == Decimal("-0.594")
    assert scored(one, state("1122."))["index"] is None
    assert one.scale("vas").value_set is None
    found = value_set(file, "eq5d5l")
    assert (found.id, found.status, found.source) == ("crosswalk", "the service's own", "crosswalk.csv")
    assert instrument("eq5d5l").scale("index").value_set == "eq5d5l_uk_2026"  # the shipped one is as it was


def test_more_than_four_decimals_are_rounded_half_up(tmp_path):
    file = crosswalk(tmp_path, s11111="1", s11112="0.12345", s11113="0.12344999", s11114="-0.00005")
    table = dict(value_set(file, "eq5d5l").table)
    assert [table[state] for state in (11112, 11113, 11114)] == [
        Decimal("0.1235"),
        Decimal("0.1234"),
        Decimal("-0.0001"),
    ]


def test_a_set_of_our_own_is_read_from_toml(tmp_path):
    (tmp_path / "ours.toml").write_text(f"{OWN}[vectors]\n11111 = 1\n22222 = 0.5\n13311 = 0.6\n", encoding="utf-8")
    one = instrument("eq5d3l").with_value_set(str(tmp_path / "ours.toml"))
    assert scored(one, state("22222"))["index"] == Decimal("0.5")
    assert one.limits(one.scale("index")) == (0, 1)


def test_a_set_that_lists_every_state_is_read_from_toml(tmp_path):
    values = "".join(f"{one} = 0.{one}\n" for one in STATES[3])
    file = tmp_path / "ours.toml"
    file.write_text(OWN.replace(f"[decrements]{DECREMENTS}", f"[values]\n{values}"), encoding="utf-8")
    assert value_set(str(file), "eq5d3l").worth("12321") == Decimal("0.12321")


@pytest.mark.parametrize(
    ("given", "id", "said"),
    [
        ("england_2018", "eq5d5l", 'There is no value set and no file "england_2018": eq5d5l has eq5d5l_uk_2026.'),
        ("eq5d3l_uk_tto_1997", "eq5d5l", "eq5d3l_uk_tto_1997: is a value set of eq5d3l, not of eq5d5l."),
        ("eq5d5l_uk_2026", "phq9", "phq9 has no value sets: eq5d3l and eq5d5l have."),
    ],
)
def test_a_value_set_that_is_not_there_or_not_of_this_questionnaire(given, id, said):
    assert refused(given, id) == [said]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"s11111": None}, ": expected all 3125 states; there are 3124."),
        (
            {"s11119": "0.5"},
            ', row 3127, column state: expected a state of eq5d5l once, like 11111; "11119" stands there.',
        ),
        ({"s11112": "bad"}, ', row 3, column value: expected a number, like 0.76; "bad" stands there.'),
        ({"s11112": ""}, ', row 3, column value: expected a number, like 0.76; "" stands there.'),
        ({"s11112": "nan"}, ', row 3, column value: expected a number, like 0.76; "nan" stands there.'),
        ({"s11112": "1e3"}, ', row 3, column value: expected a number, like 0.76; "1e3" stands there.'),
        ({"s11112": "1234"}, ', row 3, column value: expected a number, like 0.76; "1234" stands there.'),
    ],
)
def test_a_table_with_a_fault_is_refused_with_its_row(tmp_path, changed, said):
    file = crosswalk(tmp_path, **changed)
    assert refused(file, "eq5d5l") == [f"{file}{said}"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", [": expected a CSV file with a header: empty CSV."]),
        ("state\n11111\n", [": expected a column value; there is none."]),
        ("a,b\n1,2\n", [": expected a column state; there is none.", ": expected a column value; there is none."]),
        ("state,value\n11111,1\n11111,1\n", [
            ', row 3, column state: expected a state of eq5d5l once, like 11111; "11111" stands there.',
        ]),
        ("state,value\n,1\n", [', row 2, column state: expected a state of eq5d5l once, like 11111; "" stands there.']),
        ("state,value\n11111,1,2\n", [", row 2: expected 2 cells, as in the header; the row has 3."]),
    ],
)  # fmt: skip
def test_what_is_no_table_of_values(tmp_path, text, said):
    file = tmp_path / "x.csv"
    file.write_text(text, encoding="utf-8")
    assert refused(str(file), "eq5d5l") == [f"{file}{end}" for end in said]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"eq5d3l"', '"eq5d5l"', "decrements.mobility: give 5 numbers, the first of them 0"),
        ("mobility = [0,", "mobility = [0.1,", "decrements.mobility: give 3 numbers, the first of them 0"),
        ("pain =", "pains =", "decrements: give one list for each of mobility, self_care, usual_activ"),
        ("[decrements]", "[values]\n11111 = 1\n[decrements]", "decrements: give these, or the values"),
        (f"[decrements]{DECREMENTS}", "", "decrements: give these, or the values of all states, not both"),
        (f"[decrements]{DECREMENTS}", "[values]\n11111 = 1\n", "values: state 11112 has none: list all 243"),
        ("[decrements]", "[vectors]\n11112 = 0.8\n[decrements]", "vectors: 11112 comes to 0.9, not 0.8: correct"),
        ("[decrements]", "[vectors]\n11115 = 0.8\n[decrements]",
         "vectors: 11115 is no state of eq5d3l: five levels of 1 to 3"),
        ("[0, 0.1, 0.2]", "[0, nan, 0.2]", "expected a finite number"),
    ],
)  # fmt: skip
def test_a_file_of_our_own_with_a_fault(tmp_path, old, new, said):
    assert old in OWN
    file = tmp_path / "ours.toml"
    file.write_text(OWN.replace(old, new), encoding="utf-8")
    problems = refused(str(file), "eq5d3l")
    assert all(problem.startswith(f"{file}: ") for problem in problems)
    assert any(said in problem for problem in problems), problems


def test_an_instrument_of_a_services_own_has_no_value_sets():
    ours = instrument("eq5d5l").model_copy(update={"id": "our_eq5d"})
    with pytest.raises(QuestionnaireError, match="our_eq5d has no value sets: eq5d3l and eq5d5l have"):
        scored(ours, state("11111"))
