"""Problems of a specification in words: which file, which key, what is wrong and what to do."""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from placewell.errors import UserError

Key = tuple[str | int, ...]


class SpecificationError(UserError):
    """A specification that cannot be used; `problems` holds every reason, one sentence each."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong: `key` is the path into the file, empty for the file as a whole."""

    file: str
    key: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: {self.message}" if self.key else f"{self.file}: {self.message}"


def key_path(key: Iterable[str | int]) -> str:
    """Write a path as people read it: ("clock", 3, "days") is clock[3].days; positions count from 0."""
    text = ""
    for part in key:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def place(key: Key, content: Mapping[str, Any], text: str) -> str:
    """The key path with the entry's id and the line it begins on, where they can be found."""
    extras = []
    entry = _entry_at(key, content)
    if entry is not None and isinstance(entry.get("id"), str):
        extras.append(f"“{entry['id']}”")
    line = _line_of(key, text)
    if line:
        extras.append(f"line {line}")
    path = key_path(key)
    return f"{path} ({', '.join(extras)})" if path and extras else path


def in_words(
    file: str, error: ValidationError, model: type[BaseModel], content: Mapping[str, Any], text: str
) -> list[Problem]:
    """Turn every finding of a validation into a problem.

    A list is "too short" for pydantic when none of its items is whole; the items' own problems say it better.
    """
    found = error.errors()
    inner = {tuple(item["loc"][:length]) for item in found for length in range(1, len(item["loc"]))}
    return [
        Problem(file, place(_without_kinds(tuple(item["loc"]), content), content, text), _message(item, model))
        for item in found
        if item["type"] != "too_short" or item["loc"] not in inner
    ]


def _without_kinds(key: Key, content: Mapping[str, Any]) -> Key:
    """The key as it stands in the file: pydantic puts the kind of an entry between its number and its keys."""
    kept: list[str | int] = []
    at: Any = content
    for part in key:
        if isinstance(at, Mapping) and part not in at and at.get("kind") == part:
            continue
        kept.append(part)
        try:
            at = at[part]
        except (KeyError, IndexError, TypeError):
            at = None
    return tuple(kept)


def _message(item: Mapping[str, Any], model: type[BaseModel]) -> str:
    kind, key, context = item["type"], item["loc"], item.get("ctx", {})
    name = str(key[-1]) if key else ""
    if kind == "missing" and name == "clause":
        return 'is missing: say which part of the document this comes from, for example clause = "002 §9.2"'
    if kind == "missing":
        return f"is missing: add {name} = ..."
    if kind == "extra_forbidden":
        return f"is not a key that belongs here: {_suggestion(name, model, key[:-1])}"
    if kind == "value_error":
        words = str(context["error"])
        return words if ": " in words else f"{words}: correct one of the two"
    if kind == "union_tag_invalid":
        return f"{_bare(context)} is {context['tag']!r}; choose one of {context['expected_tags']}"
    if kind == "union_tag_not_found":
        return f"has no {_bare(context)}: add it, so that its other keys can be understood"
    if kind == "literal_error":
        return f"is {item['input']!r}; choose one of {context['expected']}"
    if kind == "string_pattern_mismatch":
        return f"is {item['input']!r}; use {_pattern_words(context['pattern'])}"
    if kind in ("string_too_short", "too_short"):
        return "is empty: fill it in or take the key out"
    return f"is {_shown(item['input'])}; {_expected(item['msg'])}"


def _bare(context: Mapping[str, Any]) -> str:
    return str(context["discriminator"]).strip("'")


def _suggestion(name: str, model: type[BaseModel], key: Key) -> str:
    known = _keys_at(model, key)
    near = difflib.get_close_matches(name, known, n=1)
    return f"did you mean {near[0]}?" if near else "take it out or correct its spelling"


def _keys_at(model: type[BaseModel], key: Key) -> list[str]:
    """The keys that may stand at a place; where entries come in kinds, those of the kind that was meant."""
    models = [model]
    for part in key:
        fields = [f for m in models for n, f in m.model_fields.items() if part in (n, f.alias)]
        if fields:
            models = [inner for field in fields[:1] for inner in _models_in(field)]
        elif isinstance(part, str):
            models = [m for m in models if part in get_args(m.model_fields["kind"].annotation)]
    return [field.alias or name for found in models for name, field in found.model_fields.items()]


def _models_in(field: FieldInfo) -> Iterable[type[BaseModel]]:
    waiting: list[Any] = [field.annotation]
    while waiting:
        annotation = waiting.pop(0)
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            yield annotation
        waiting += get_args(annotation)


def _pattern_words(pattern: str) -> str:
    if pattern.startswith("^[A-P]"):
        return "the id of a row of the requirements, such as H1 or I55"
    return "small letters, digits and underscores only"


_WORDS = (
    ("Input should be", "expected"),
    ("a valid integer", "a whole number"),
    ("a valid boolean", "true or false"),
    ("an instance of Decimal", "a number"),
    ("a valid ", "a "),
    ("tuple", "list ([...] or [[...]])"),
    ("dictionary or instance of", "table for"),
    ("dictionary", "table"),
)


def _expected(message: str) -> str:
    for pydantic, ours in _WORDS:
        message = message.replace(pydantic, ours)
    return message


def _shown(value: Any) -> str:
    text = str(value) if isinstance(value, Decimal) else repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _entry_at(key: Key, content: Mapping[str, Any]) -> Mapping[str, Any] | None:
    entry: Mapping[str, Any] | None = None
    at: Any = content
    for part in key:
        try:
            at = at[part]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(at, Mapping) and "id" in at:
            entry = at
    return entry


def _line_of(key: Key, text: str) -> int | None:
    """The line on which the n-th [[table]] of the key begins (nested tables: the outermost)."""
    if len(key) < 2 or not isinstance(key[0], str) or not isinstance(key[1], int):
        return None
    headers = list(re.finditer(rf"^\[\[\s*{re.escape(key[0])}\s*\]\]", text, re.MULTILINE))
    if key[1] >= len(headers):
        return None
    return text.count("\n", 0, headers[key[1]].start()) + 1
