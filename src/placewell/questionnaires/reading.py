"""Reads a TOML file about a questionnaire (scoring, value set, wording) and says in words what is wrong with it."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, TypeVar, cast, get_args

from pydantic import BeforeValidator, ValidationError

from placewell.errors import UserError
from placewell.specification.entries import Part
from placewell.specification.problems import in_words

Kind = TypeVar("Kind", bound=Part)


class QuestionnaireError(UserError):
    """A questionnaire, value set or wording that is not there or cannot be used; `problems` holds every reason."""


def exact(value: Any) -> Any:
    """A whole number of a TOML file as a decimal; what is no number is left to be refused."""
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


Exact = Annotated[Decimal, BeforeValidator(exact)]
"""A number without rounding: 0.036 is 36 thousandths."""


def read_toml(file: Path, model: type[Kind]) -> Kind:
    """The content of a TOML file. Raises QuestionnaireError with every problem: file, key, what to do."""
    return parse_toml(text_of(file), str(file), model)


def parse_toml(text: str, name: str, model: type[Kind]) -> Kind:
    """The content of TOML text, under the name that its problems are told by. Raises QuestionnaireError."""
    try:
        content = frozen(tomllib.loads(text, parse_float=Decimal))
    except tomllib.TOMLDecodeError as error:
        raise QuestionnaireError(f"{name}: is not TOML: {error}: correct that line") from error
    try:
        return model.model_validate(content)
    except ValidationError as error:
        found = in_words(name, error, model, content, text)
        raise QuestionnaireError(*(str(problem) for problem in found)) from error


def read_shipped(file: Path, model: type[Kind]) -> Kind:
    """The content of a file of ours, without validating it at every start: a test does, for each of them."""
    return _taken(frozen(tomllib.loads(text_of(file), parse_float=Decimal)), model)


def _taken(content: dict[str, Any], model: type[Kind]) -> Kind:
    kinds = {field.alias or name: field.annotation for name, field in model.model_fields.items()}
    made: Any = model.model_construct(**{key: _whole(value, kinds[key]) for key, value in content.items()})
    return cast(Kind, made)


def _whole(value: Any, annotation: Any) -> Any:
    part = _part_in(annotation)
    if part is None:
        return exact(value) if annotation is Decimal else value
    return _taken(value, part) if isinstance(value, dict) else tuple(_taken(each, part) for each in value)


def _part_in(annotation: Any) -> type[Part] | None:
    """The part of a specification that a key holds, one or several of it; none for words and numbers."""
    within = (annotation, *get_args(annotation))
    return next((each for each in within if isinstance(each, type) and issubclass(each, Part)), None)


def text_of(file: Path) -> str:
    """The text of a file. Raises QuestionnaireError for one that is not there or is not UTF-8."""
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise QuestionnaireError(f"{file}: is not UTF-8 text (byte {error.start}): save it as UTF-8") from error
    except OSError as error:
        raise QuestionnaireError(f"{file}: cannot be read ({error.strerror}): name a file that is there") from error


def frozen(value: Any) -> Any:
    """Lists as tuples, at any depth."""
    if isinstance(value, dict):
        return {key: frozen(item) for key, item in value.items()}
    return tuple(frozen(item) for item in value) if isinstance(value, list) else value
