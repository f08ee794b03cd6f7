"""The vocational profile in words: what changed from version to version, and when a new one is wanted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from placewell.vocabulary import label
from placewell_web.casework.actions.profiles import ALLOWED_BY, PARTS, SOURCES
from placewell_web.nhsuk.words import day, mid_sentence


@dataclass(frozen=True)
class Version:
    """One completed version: its parts, who was asked by then, and what it changed."""

    record: Any
    parts: tuple[tuple[str, str], ...]
    asked: tuple[str, ...]
    changed: str


@dataclass(frozen=True)
class Permission:
    """Whether the person agreed that someone is asked."""

    kind: str
    label: str
    given: str  # empty: not given


def versions(profiles: Sequence[Any], sources: Iterable[Any], labels: Mapping[str, tuple[str, str]]) -> list[Version]:
    """The completed versions, newest first; each shows who was asked for it and for those before."""
    completed = [one for one in profiles if one.completed_on]
    asked = list(sources)
    found = []
    for number, one in enumerate(completed):
        before = completed[number + 1] if number + 1 < len(completed) else None
        parts = tuple((labels[part][0], getattr(one, part)) for part in PARTS)
        by_then = tuple(source_words(source) for source in asked if source.profile.version <= one.version)
        earlier = (one.sources,) if one.sources else ()
        found.append(Version(one, parts, earlier + by_then, changes(before, one, labels)))
    return found


def changes(before: Any, after: Any, labels: Mapping[str, tuple[str, str]]) -> str:
    """`Changed: skills; health and work`, or that nothing did; nothing of the first version."""
    if before is None:
        return ""
    names = [mid_sentence(labels[part][0]) for part in PARTS if getattr(before, part) != getattr(after, part)]
    return (
        f"Changed since version {before.version}: {'; '.join(names)}."
        if names
        else f"Nothing is changed since version {before.version}."
    )


def shown_always(names: Sequence[str], called: str) -> str:
    """What the person reads by their link of a profile that nobody chose to show whole."""
    first, *others = (mid_sentence(name.replace("the person", called)) for name in names)
    return f"{called} can read {', '.join((first, *others[:-1]))}, and {others[-1]}. The other parts are not shown."


def source_words(source: Any) -> str:
    return f"{SOURCES[source.who]}: {source.name}, asked on {day(source.on)}"


def permissions(consents: Iterable[Any]) -> list[Permission]:
    """The consents that let someone be asked, given ones with their day."""
    given = {one.kind: one for one in consents}
    return [
        Permission(kind, label("consent_kind", kind), day(given[kind].given_on) if kind in given else "")
        for kind in dict.fromkeys(ALLOWED_BY.values())
    ]


def wanted(change: Any, last: Any, called: str) -> str:
    """Why a new version is wanted: a job began or ended after the last completed one (002 App. 7 Sv 3)."""
    if change is None or last is None or change.on <= last.completed_on:
        return ""
    what = change.job.title or (change.job.employer.name if change.job.employer else "a job")
    did = "ended" if change.ended else "began"
    return (
        f"{called}’s job ({what}) {did} on {day(change.on)}, after version {last.version} was completed. "
        "Bring the profile up to date with what the job taught you both."
    )
