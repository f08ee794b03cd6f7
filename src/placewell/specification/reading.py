"""Reads and validates the TOML files of a specification: every problem of every file at once."""

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from placewell.specification.model import FILES, Specification, model_of
from placewell.specification.problems import Problem, SpecificationError, in_words, place
from placewell.specification.references import Reference, reference_problems


@dataclass(frozen=True)
class SourceFile:
    """A file as read: its name, its text, and its content with lists as tuples."""

    name: str
    text: str
    content: Mapping[str, Any]


def read_specification(folder: Path) -> Specification:
    """The specification in a folder. Raises SpecificationError with every problem: file, key path, what to do."""
    problems: list[Problem] = []
    sources = {source.name: source for source in _read(folder, problems)}
    models = {name: model for name in FILES if (model := _validated(name, sources, problems)) is not None}
    problems += _placed(reference_problems(models), sources)
    if problems:
        raise SpecificationError(*(str(problem) for problem in problems))
    files: dict[str, Any] = {name: models.get(name) for name in FILES}
    return Specification(**files, hash=_hash(sources))


def _read(folder: Path, problems: list[Problem]) -> Iterator[SourceFile]:
    known = {f"{name}.toml" for name in FILES}
    for path in sorted(folder.glob("*.toml")):
        if path.name not in known:
            message = (
                f"is not a file of a specification: rename it to one of {', '.join(sorted(known))} or take it away"
            )
            problems.append(Problem(path.name, "", message))
    for name, file in FILES.items():
        path = folder / f"{name}.toml"
        if path.is_file():
            yield from _parsed(path, problems)
        elif file.needed:
            problems.append(Problem(path.name, "", f"is missing from {folder}: add it"))


def _parsed(path: Path, problems: list[Problem]) -> Iterator[SourceFile]:
    try:
        text = path.read_text(encoding="utf-8")
        content = tomllib.loads(text, parse_float=Decimal)
    except UnicodeDecodeError as error:
        problems.append(Problem(path.name, "", f"is not UTF-8 text (byte {error.start}): save it as UTF-8"))
    except tomllib.TOMLDecodeError as error:
        problems.append(Problem(path.name, "", f"is not TOML: {error}: correct that line"))
    else:
        yield SourceFile(path.stem, text, {key: frozen(value) for key, value in content.items()})


def frozen(value: Any) -> Any:
    """A value as TOML has it, with tuples in the place of lists, as the models ask."""
    if isinstance(value, dict):
        return {key: frozen(item) for key, item in value.items()}
    return tuple(frozen(item) for item in value) if isinstance(value, list) else value


def _validated(name: str, sources: Mapping[str, SourceFile], problems: list[Problem]) -> BaseModel | None:
    source = sources.get(name)
    if source is None:
        return None
    model = model_of(name)
    try:
        return model.model_validate(source.content)
    except ValidationError as error:
        problems.extend(in_words(f"{name}.toml", error, model, source.content, source.text))
        return None


def _placed(references: Iterator[Reference], sources: Mapping[str, SourceFile]) -> list[Problem]:
    return [
        Problem(f"{item.file}.toml", place(item.key, sources[item.file].content, sources[item.file].text), item.message)
        for item in references
    ]


def _hash(sources: Mapping[str, SourceFile]) -> str:
    content = {name: source.content for name, source in sources.items()}
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()
