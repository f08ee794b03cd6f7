"""The result: which group, what is said, what comes next, and the record that proves it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import NoReverseMatch, reverse

from placewell.specification import Specification
from placewell.specification.trial import Arm, TrialFile
from placewell_web.nhsuk.words import day, moment


@dataclass(frozen=True)
class ToDo:
    """Something to do before the person leaves."""

    label: str
    url: str
    help: str
    done: bool
    button: str = ""


@dataclass(frozen=True)
class Result:
    name: str
    called: str
    decided: str
    heading: str
    group: str
    say: str
    enters: bool
    todo: tuple[ToDo, ...]
    first: ToDo
    started: str
    pressed_by: str
    number: str
    check_code: str
    mistake: str
    leave: str


def result(spec: Specification, episode: Any, found: Any, given: Iterable[Any]) -> Result:
    """`found`: what the ledger holds of the person; `given`: what they have been handed already."""
    assert spec.trial is not None
    arm = next(one for one in spec.trial.arms if one.id == found.arm)
    called = episode.person.called
    done = {one.kind for one in given}
    group = "in the group that works with us" if arm.enters_service else "in the comparison group"
    return Result(
        name=f"{episode.person.first_name} {episode.person.surname}",
        called=called,
        decided=moment(found.at),
        heading=arm.result,
        group=f"{called} is {group}. This is final.",
        say=arm.say,
        enters=arm.enters_service,
        first=_first(arm, spec, episode, done),
        todo=_others(arm, episode, done),
        started=_started(spec, arm, called, found.at.date()),
        pressed_by=str(found.pressed_by),
        number=found.number,
        check_code=found.check_code,
        mistake=link("trial:mistake", episode.pk),
        leave=link("trial:withdraw", episode.pk),
    )


def _first(arm: Arm, spec: Specification, episode: Any, done: set[str]) -> ToDo:
    called = episode.person.called
    if arm.enters_service:
        help_ = f"Agree a day and a place with {called} now, while you are together."
        return ToDo("Book the first appointment", link("casework:book", episode.pk), help_, False, "Book a time")
    assert spec.trial is not None
    booklet = next((one for one in spec.trial.handouts if one.id == "booklet"), None)
    edition = f"Edition {booklet.edition}. " if booklet and booklet.edition else ""
    help_ = f"{edition}Record it, so that the study knows {called} has it."
    return ToDo("Give the booklet", link("trial:booklet", episode.pk), help_, "booklet" in done, "Record the booklet")


def _others(arm: Arm, episode: Any, done: set[str]) -> tuple[ToDo, ...]:
    called = episode.person.called
    letter = ToDo(
        f"{called}’s letter with the check code",
        link("trial:letter", episode.pk),
        "What was decided, when, and how to check that nothing was changed",
        "letter" in done,
    )
    if arm.enters_service:
        profile = link("casework:profile", episode.pk)
        return (letter, ToDo("Begin the vocational profile", profile, "What work suits, and what helps", False))
    services = link("trial:local_services", episode.pk)
    return (
        ToDo("Choose local services together", services, "Places nearby that help with work", "local_service" in done),
        letter,
    )


def _started(spec: Specification, arm: Arm, called: str, on: date) -> str:
    if not arm.enters_service:
        return (
            f"The researchers follow {called} up; you do not. {called} is not on a caseload and in none of the "
            "service’s figures. Whoever refers them again is shown this same result."
        )
    said = f"{called} entered the service on {day(on)} and is on the caseload."
    clock = next((one for one in spec.pathway.clocks if one.id == "first_application" and one.days), None)
    if clock is None or clock.days is None:
        return said
    due = day(on + timedelta(days=clock.days))
    return f"{said} The first job application is due by {due}, {clock.days} days from then ({clock.clause})."


@dataclass(frozen=True)
class Held:
    """A group that was decided under an earlier referral, and holds."""

    heading: str
    on: str
    number: str
    enters: bool


def held(trial: TrialFile, standing: Any) -> Held:
    arm = next(one for one in trial.arms if one.id == standing.arm)
    return Held(arm.result, day(standing.on), standing.number, arm.enters_service)


def link(name: str, episode_id: Any) -> str:
    """The address of a page about the episode, empty where the site has no such page."""
    try:
        return reverse(name, args=[episode_id])
    except NoReverseMatch:
        return ""
