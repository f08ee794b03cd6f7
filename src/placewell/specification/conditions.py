"""The port to CEL: compiles a condition over declared facts, and answers true, false or not known.

Numbers are declared as double, because CEL compares no whole number with a double; a fact that is absent makes the
answer "not known" unless the rest of the condition decides without it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

FactType = Literal["boolean", "number", "text"]
FactValue = bool | float | int | str | None


class ConditionError(Exception):
    """A condition that does not compile, with the compiler's words on one line."""


@dataclass(frozen=True)
class Condition:
    """A compiled condition: `text` as written, over the facts named in `types`."""

    text: str
    types: Mapping[str, FactType]
    program: Any

    def holds(self, facts: Mapping[str, FactValue]) -> bool | None:
        """True or false when the facts decide, None when they do not. Facts that are not declared are not looked at.

        Raises ValueError for a fact of the wrong type: a mistake of the caller, never "not known".
        """
        known = {name: _checked(name, facts[name], kind) for name, kind in self.types.items() if _is_known(facts, name)}
        answer = self.program.eval(data=known)
        return answer.value() if answer.type().name() == "BOOL" else None


def compile_condition(text: str, types: Mapping[str, FactType]) -> Condition:
    """Compile a CEL condition over the declared facts. Raises ConditionError when it does not compile to yes or no."""
    return _compiled(text, tuple(sorted(types.items())))


@lru_cache(maxsize=512)
def _compiled(text: str, types: tuple[tuple[str, FactType], ...]) -> Condition:
    from cel_expr_python import cel  # imported here: a command that decides nothing should not pay for it

    kinds = {"boolean": cel.Type.BOOL, "number": cel.Type.DOUBLE, "text": cel.Type.STRING}
    environment = cel.NewEnv(variables={name: kinds[kind] for name, kind in types})
    try:
        program = environment.compile(text)
    except RuntimeError as error:
        raise ConditionError(_one_line(str(error))) from error
    if program.return_type() != cel.Type.BOOL:
        raise ConditionError(f"answers {program.return_type().name()}, not yes or no")
    return Condition(text, dict(types), program)


def _is_known(facts: Mapping[str, FactValue], name: str) -> bool:
    return facts.get(name) is not None


def _checked(name: str, value: FactValue, kind: FactType) -> FactValue:
    if kind == "number" and isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    expected = {"boolean": bool, "number": float, "text": str}[kind]
    if not isinstance(value, expected):
        raise ValueError(f"the fact {name} is {value!r}; expected a {kind}")
    return value


def _one_line(message: str) -> str:
    first = message.splitlines()[0]
    return first.split("ERROR: <input>:", 1)[-1].strip()
