"""The port to CEL: yes, no, or not known."""

import pytest

from placewell.specification.conditions import ConditionError, compile_condition

TYPES = {"age": "number", "weeks": "number", "wants": "boolean", "kind": "text"}


def holds(text, **facts):
    return compile_condition(text, TYPES).holds(facts)


@pytest.mark.parametrize(
    ("text", "facts", "answer"),
    [
        ("wants", {"wants": True}, True),
        ("wants", {"wants": False}, False),
        ("wants", {}, None),
        ("wants", {"wants": None}, None),
        ("age >= 18.0", {"age": 18}, True),
        ("age >= 18.0", {"age": 17.99}, False),
        ("age >= 18.0", {"age": 18.0}, True),
        ("kind == 'none'", {"kind": "none"}, True),
        ("kind == 'none'", {"kind": "other"}, False),
        ("kind in ['a', 'b']", {"kind": "b"}, True),
        # what is known can decide alone
        ("wants && age >= 18.0", {"wants": False}, False),
        ("wants && age >= 18.0", {"age": 17}, False),
        ("wants && age >= 18.0", {"wants": True}, None),
        ("wants && age >= 18.0", {"age": 40}, None),
        ("wants || age >= 18.0", {"wants": True}, True),
        ("wants || age >= 18.0", {"wants": False}, None),
        ("!wants", {}, None),
        # facts that the condition does not declare are not looked at
        ("wants", {"wants": True, "shoe_size": 43}, True),
    ],
)
def test_three_answers(text, facts, answer):
    assert holds(text, **facts) is answer


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("age >= 18", "no matching overload"),
        ("age", "answers DOUBLE, not yes or no"),
        ("height > 1.0", "undeclared reference to 'height'"),
        ("age >", "Syntax error"),
        ("", "Syntax error"),
    ],
)
def test_what_does_not_compile(text, said):
    with pytest.raises(ConditionError, match=said):
        compile_condition(text, TYPES)


def test_the_compilers_words_stand_on_one_line():
    with pytest.raises(ConditionError) as error:
        compile_condition("age >= 18", TYPES)
    assert "\n" not in str(error.value)
    assert str(error.value).startswith("1:5: ")


@pytest.mark.parametrize(
    ("fact", "value"), [("age", "18"), ("age", True), ("wants", "yes"), ("wants", 1), ("kind", 3), ("kind", False)]
)
def test_a_fact_of_the_wrong_type_is_a_mistake_and_not_unknown(fact, value):
    with pytest.raises(ValueError, match=f"the fact {fact} is "):
        compile_condition("wants && age > 1.0 && kind == ''", TYPES).holds({fact: value})


def test_a_condition_is_compiled_once():
    assert compile_condition("wants", TYPES) is compile_condition("wants", dict(reversed(TYPES.items())))
