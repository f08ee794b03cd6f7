"""Reads what is to be compared: definition=variant, definition@entry=variant, definition=all, joined by commas."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from placewell.errors import UserError
from placewell.specification import Specification, SpecificationError
from placewell.specification.changing import Choice, DoesNotFit, changed
from placewell.specification.variants import Definition, Variants, variants

ALL = "all"


class UnknownVariant(UserError):
    """A definition, or a variant of one, that the catalogue does not have."""


def read_choices(spec: Specification, written: str) -> Iterator[tuple[Choice, ...]]:
    """The readings asked for, each as the choices it is made of. Raises UnknownVariant, and DoesNotFit for "=all"."""
    parts = [part.strip() for part in written.split(",")]
    if len(parts) == 1 and parts[0].partition("=")[2] == ALL:
        yield from ((choice,) for choice in _every(spec, parts[0]))
    else:
        yield tuple(_choice(part) for part in parts)


def fitting(spec: Specification, definition: Definition, scope: str = "") -> tuple[Choice, ...]:
    """The variants of a definition that the specification can say; those that take a number are left out.

    What a specification has nothing for, or what would make it disagree with itself, it cannot say.
    """
    offered = (Choice(definition, variant, scope) for variant in definition.variants if not variant.number)
    return tuple(choice for choice in offered if _fits(spec, choice))


def _every(spec: Specification, written: str) -> tuple[Choice, ...]:
    definition, scope = _definition(written.partition("=")[0])
    found = fitting(spec, definition, scope)
    if not found:
        raise DoesNotFit(f"{definition.id} does not fit {spec.id}: {_numbers(definition)}")
    return found


def _numbers(definition: Definition) -> str:
    if any(variant.number for variant in definition.variants):
        return f"give a number, as in {definition.id}=28."
    return "its specification has nothing that one of the variants would change."


def _fits(spec: Specification, choice: Choice) -> bool:
    try:
        changed(spec, choice)
    except (DoesNotFit, SpecificationError):
        return False
    return True


def _choice(written: str) -> Choice:
    name, equals, wanted = written.partition("=")
    definition, scope = _definition(name)
    variant = definition.variant(wanted.strip()) if equals else None
    if variant is None:
        offered = ", ".join("a number" if one.number else one.id for one in definition.variants)
        raise UnknownVariant(f'{definition.id} has no variant "{wanted.strip()}": it has {offered}.')
    return Choice(definition, variant, scope, int(wanted) if variant.number else None)


def _definition(name: str) -> tuple[Definition, str]:
    id, _, scope = name.strip().partition("@")
    known = variants()
    definition = known.definition(id)
    if definition is None:
        raise UnknownVariant(f'There is no definition "{id}" to compare: {_instead(known, id)}')
    return definition, scope


def _instead(known: Variants, id: str) -> str:
    row = next((one for one in known.unchanging if one.id == id), None)
    if row is not None:
        return f"{row.id} changes no figure. {row.why}"
    of_row = [one.id for one in known.definitions if id in one.rows]
    near = of_row or get_close_matches(id, [one.id for one in known.definitions], n=3, cutoff=0.4)
    return f"did you mean {', '.join(near)}?" if near else "`placewell compare --list` names them all."
