"""Plans in words: steps under the parts the contract names, who does them, and how they were agreed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from placewell.vocabulary import label
from placewell_web.casework.actions.plans import OWNERS
from placewell_web.nhsuk.words import day, local_day

SEARCH = (("Kinds of job", "kinds_of_job"), ("Employers to approach", "employers"), ("How often", "how_often"))


@dataclass(frozen=True)
class Step:
    id: UUID
    text: str
    who: str
    due: str
    done: str

    @property
    def more(self) -> str:
        return ", ".join(part for part in (self.who, self.due, self.done) if part)


@dataclass(frozen=True)
class Part:
    label: str  # empty: the steps stand under no part
    clause: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class PlanWords:
    """One version as a page shows it."""

    id: UUID
    kind: str
    title: str
    version: int
    edit_version: int
    goal: str
    search: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    agreed: str
    held: str
    holds: bool
    is_draft: bool
    agreed_by_link: bool


def plan_words(plan: Any, parts: Iterable[Any], title: str, called: str, specialist: str = "") -> PlanWords:
    """`parts`: what the contract says such a plan covers; `specialist`: what the page calls them."""
    return PlanWords(
        id=plan.pk,
        kind=plan.kind,
        title=title,
        version=plan.version,
        edit_version=plan.edit_version,
        goal=plan.goal,
        search=tuple((words, getattr(plan, name)) for words, name in SEARCH if getattr(plan, name)),
        parts=_parts(plan, list(parts), {"client": called} | ({"specialist": specialist} if specialist else {})),
        agreed=_agreed(plan, called),
        held=f"{day(plan.agreed_on)} to {day(plan.ended_on)}" if plan.agreed_on and plan.ended_on else "",
        holds=bool(plan.agreed_on) and plan.ended_on is None,
        is_draft=plan.agreed_on is None,
        agreed_by_link=plan.agreed_by_link_at is not None,
    )


def _parts(plan: Any, parts: list[Any], names: Mapping[str, str]) -> tuple[Part, ...]:
    """Each part with its steps, also one without any; what belongs to none of them comes first."""
    known = {part.id for part in parts}
    under: dict[str, list[Step]] = {}
    for step in plan.steps.all():
        under.setdefault(step.part if step.part in known else "", []).append(_step(step, names))
    loose = [Part("", "", tuple(under.get("", ())))] if "" in under or not parts else []
    return (*loose, *(Part(part.label, part.clause, tuple(under.get(part.id, ()))) for part in parts))


def _step(step: Any, names: Mapping[str, str]) -> Step:
    due = f"by {day(step.due_on)}" if step.due_on else ""
    done = f"done {day(step.done_on)}" if step.done_on else ""
    return Step(step.pk, step.text, who(step, names), due, done)


def who(step: Any, names: Mapping[str, str]) -> str:
    """Who does a step: `Leah`, `The employer (Marlowe)`; nothing where nobody said."""
    owner = (OWNERS | dict(names)).get(step.by_whom, "")
    if owner and step.owner and step.owner != owner:
        return f"{owner} ({step.owner})" if step.by_whom != "specialist" else step.owner
    return owner or step.owner


def _agreed(plan: Any, called: str) -> str:
    if plan.agreed_on is None:
        return (
            f"Shown to {'you' if called == 'You' else called} since {day(plan.offered_on)}, not agreed yet"
            if plan.offered_on
            else ""
        )
    return f"{called} {agreement(plan, whose='your' if called == 'You' else 'their')}"


def agreement(plan: Any, what: str = "it", whose: str = "their") -> str:
    """`agreed it on 29 March 2019, and by their personal link on 14 June 2019`: the first day is what counts."""
    link = f"by {whose} personal link on {day(plan.agreed_by_link_at)}" if plan.agreed_by_link_at else ""
    if link and local_day(plan.agreed_by_link_at) == plan.agreed_on:
        return f"agreed {what} {link}"
    return f"agreed {what} on {day(plan.agreed_on)}{', and ' + link if link else ''}"


def kind_title(kinds: Mapping[str, str], kind: str) -> str:
    return kinds.get(kind) or label("plan_kind", kind)


def overdue(plan: Any, today: date) -> int:
    """How many steps of an agreed plan are past their day and not done."""
    return sum(1 for step in plan.steps.all() if step.due_on and step.due_on < today and not step.done_on)
