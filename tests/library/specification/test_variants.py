"""The catalogue of variants: whole, in order, each with a clause; and what a file of them must not say."""

import re

import pytest
from pydantic import ValidationError

from placewell.specification.model import FILES, model_of
from placewell.specification.variants import Definition, Variant, Variants, variants

DEFINITIONS = variants().definitions
CHANGE = {"file": "outcomes", "at": "outcome", "set": {"a": 1}}
VARIANT = {"id": "one", "name": "One", "clause": "002 §1", "change": (CHANGE,)}
DEFINITION = {"id": "some.thing", "rows": ("X1",), "question": "Which?", "variant": (VARIANT,)}


def test_the_rows_stand_in_their_order():
    assert variants().rows == tuple(f"X{number}" for number in range(1, 53))


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda one: one.id)
def test_a_definition_asks_a_question_and_its_variants_differ(definition):
    assert definition.question.endswith("?")
    assert len({one.id for one in definition.variants}) == len(definition.variants)
    assert len({one.name for one in definition.variants}) == len(definition.variants)
    assert sum(one.number for one in definition.variants) <= 1
    for variant in definition.variants:
        assert re.match(r"(00[0-4] |IPS Grow)", variant.clause)
        assert ("{number}" in variant.name) is variant.number


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda one: one.id)
def test_a_change_is_of_a_file_and_a_key_that_there_are(definition):
    for change in (change for variant in definition.variants for change in variant.changes):
        keys = {field.alias or name for name, field in model_of(change.file).model_fields.items()}
        assert change.file in FILES
        assert change.at in keys
        assert change.set or change.unset
        assert not set(change.set) & set(change.unset)


@pytest.mark.parametrize(
    ("id", "found"),
    [
        ("one", "one"),
        ("7", "number"),
        ("0", None),
        ("-1", None),
        ("²", None),
        ("two", None),
        ("number", None),
        ("", None),
    ],
)
def test_a_variant_by_its_id_or_a_number(id, found):
    number = {**VARIANT, "id": "number", "number": True}
    definition = Definition.model_validate({**DEFINITION, "variant": (VARIANT, number)})
    variant = definition.variant(id)
    assert (variant and variant.id) == found


def test_a_definition_by_its_id():
    known = Variants.model_validate({"definition": (DEFINITION,)})
    assert known.definition("some.thing").id == "some.thing"
    assert known.definition("other.thing") is None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"definition": (DEFINITION, DEFINITION)}, "a definition stands twice"),
        ({"definition": ({**DEFINITION, "id": "Some thing"},)}, "should match pattern"),
        ({"definition": ({**DEFINITION, "rows": ("Y1",)},)}, "should match pattern"),
        ({"definition": ({**DEFINITION, "rows": ()},)}, "at least 1 item"),
        ({"definition": ({**DEFINITION, "variant": ()},)}, "at least 1 item"),
        ({"definition": ({**DEFINITION, "variant": ({**VARIANT, "change": ()},)},)}, "at least 1 item"),
        ({"definition": ({**DEFINITION, "hint": "x"},)}, "Extra inputs are not permitted"),
        ({"definition": (), "unchanging": ({"id": "X1", "question": "Which?"},)}, "why\n  Field required"),
    ],
)
def test_a_file_of_variants_that_is_refused(content, said):
    with pytest.raises(ValidationError, match=re.escape(said)):
        Variants.model_validate(content)


def test_a_file_is_read(tmp_path):
    file = tmp_path / "variants.toml"
    change = '{file = "outcomes", at = "outcome", where = {kind = ["x", "y"]}, set = {events = ["z"], n = {m = 1}}}'
    variant = f'{{id = "c", name = "C", clause = "002 §1", change = [{change}]}}'
    file.write_text(f'definition = [{{id = "a.b", rows = ["X1"], question = "?", variant = [{variant}]}}]')
    (change,) = variants(file).definitions[0].variants[0].changes
    assert (change.where, change.set) == ({"kind": ("x", "y")}, {"events": ("z",), "n": {"m": 1}})
    assert isinstance(variants(file).definitions[0].variants[0], Variant)
