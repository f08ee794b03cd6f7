"""Applies a variant to a specification: the changed entries are validated as if they had stood in the files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from placewell.errors import UserError
from placewell.specification.check import content_problems
from placewell.specification.model import FILES, Specification
from placewell.specification.problems import Problem, SpecificationError, in_words, place
from placewell.specification.references import reference_problems
from placewell.specification.variants import NUMBER, Change, Definition, Variant

Content = dict[str, Any]


class DoesNotFit(UserError):
    """A variant for which a specification has nothing to change."""


@dataclass(frozen=True)
class Choice:
    """A reading that was chosen; `scope` (empty: all) is the id of the only entry that it shall change."""

    definition: Definition
    variant: Variant
    scope: str = ""
    number: int | None = None

    @property
    def written(self) -> str:
        """As the command line writes it: definition.engaged=one_meeting, or sustain.mode@six_weeks=point."""
        scope = f"@{self.scope}" if self.scope else ""
        return f"{self.definition.id}{scope}={self.variant.id if self.number is None else self.number}"

    @property
    def name(self) -> str:
        """The reading in words."""
        return self.variant.name.replace(NUMBER, str(self.number))


def changed(spec: Specification, *choices: Choice) -> Specification:
    """The specification with these readings, one after the other, in every version of the entries they change.

    Its hash is made of the specification's own and of the changes. Raises DoesNotFit where a reading finds nothing to
    change, and SpecificationError, with every problem, where the changed specification does not agree with itself.
    """
    for choice in choices:
        spec = _changed(spec, choice)
    return spec


def is_shipped(spec: Specification, choice: Choice) -> bool:
    """Whether the specification reads so already: the change leaves everything as it is. Raises DoesNotFit."""
    other = changed(spec, choice)
    return all(getattr(spec, name) == getattr(other, name) for name in FILES)


def _changed(spec: Specification, choice: Choice) -> Specification:
    files: dict[str, Any] = {name: getattr(spec, name) for name in FILES}
    found = False
    for change in choice.variant.changes:
        model = files.get(change.file)
        content = _patched(model, change, choice) if model is not None else None
        if model is not None and content is not None:
            files[change.file] = _validated(change.file, type(model), content, choice)
            found = True
    if not found:
        raise DoesNotFit(f"{choice.written} does not fit {spec.id}: its specification has {_wanted(choice)}.")
    result = Specification(**files, hash=_hash(spec, choice))
    _agree(result, choice)
    return result


def _patched(model: BaseModel, change: Change, choice: Choice) -> Content | None:
    """The content of a file with the change made; None where there is nothing to change."""
    content = model.model_dump(by_alias=True, exclude_unset=True)
    names = {field.alias or name: name for name, field in type(model).model_fields.items()}
    if change.at not in names or getattr(model, names[change.at]) is None:
        return None
    held = getattr(model, names[change.at])
    parts, contents = (
        (held, content.get(change.at, ())) if isinstance(held, tuple) else ((held,), (content[change.at],))
    )
    chosen = [_is_meant(part, change, choice) for part in parts]
    if not any(chosen):
        return None
    new = tuple(_with(one, change, choice) if meant else one for one, meant in zip(contents, chosen, strict=True))
    return content | {change.at: new if isinstance(held, tuple) else new[0]}


def _is_meant(part: BaseModel, change: Change, choice: Choice) -> bool:
    if choice.scope and getattr(part, "id", None) != choice.scope:
        return False
    named = {key: wanted for key, wanted in change.where.items() if not (choice.scope and key == "id")}
    return all(_holds(part, key, wanted) for key, wanted in named.items())


def _holds(part: BaseModel, key: str, wanted: Any) -> bool:
    if key not in type(part).model_fields:
        return False
    value = getattr(part, key)
    if wanted == ():  # nothing there
        return not value
    return value in wanted if isinstance(wanted, tuple) and not isinstance(value, tuple) else value == wanted


def _with(content: Mapping[str, Any], change: Change, choice: Choice) -> Content:
    kept = {key: value for key, value in content.items() if key not in change.unset}
    return kept | {key: _filled(value, choice.number) for key, value in change.set.items()}


def _filled(value: Any, number: int | None) -> Any:
    """The value with the number in its place: as itself where it stands alone, else as part of the text."""
    if value == NUMBER:
        return number
    if isinstance(value, str):
        return value.replace(NUMBER, str(number))
    return value


def _validated(name: str, model: type[BaseModel], content: Content, choice: Choice) -> BaseModel:
    try:
        return model.model_validate(content)
    except ValidationError as error:
        problems = in_words(f"{name}.toml", error, model, content, "")
        raise SpecificationError(*(f"{choice.written}: {problem}" for problem in problems)) from error


def _agree(spec: Specification, choice: Choice) -> None:
    models = {name: getattr(spec, name) for name in FILES if getattr(spec, name) is not None}
    problems = [
        str(Problem(f"{one.file}.toml", place(one.key, models[one.file].model_dump(by_alias=True), ""), one.message))
        for one in reference_problems(models)
    ]
    if problems := [*problems, *content_problems(spec)]:
        raise SpecificationError(*(f"{choice.written}: {problem}" for problem in problems))


def _wanted(choice: Choice) -> str:
    """What a specification would have to have, in words: "no outcome with kind engagement in outcomes.toml"."""
    return " and ".join(dict.fromkeys(_words(choice)))


def _words(choice: Choice) -> Iterator[str]:
    for change in choice.variant.changes:
        named = [f'id "{choice.scope}"'] if choice.scope else []
        named += [
            f"{key} {_told(wanted)}" for key, wanted in change.where.items() if not (choice.scope and key == "id")
        ]
        with_these = f" with {' and '.join(named)}" if named else ""
        yield f"no {change.at}{with_these} in {change.file}.toml"


def _told(wanted: Any) -> str:
    if isinstance(wanted, tuple):
        return " or ".join(map(str, wanted)) or "left out"
    return str(wanted).lower() if isinstance(wanted, bool) else str(wanted)


def _hash(spec: Specification, choice: Choice) -> str:
    changes = [change.model_dump(mode="json") for change in choice.variant.changes]
    text = json.dumps([spec.hash, choice.written, changes], sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
