"""The state of an episode on a day, read off the days of its record."""

from dataclasses import dataclass
from datetime import date

from placewell.specification import Specification
from placewell.specification.pathway import State, Transition


@dataclass(frozen=True)
class Journey:
    """The days that place an episode; a day that has not come, or is not recorded, is None.

    `screened_on`: the day every criterion was met. `support_ended_on`: the first day without active support.
    `in_work`: whether a job covers the day asked about.
    """

    accepted_on: date | None = None
    declined_on: date | None = None
    screened_on: date | None = None
    consented_on: date | None = None
    allocated_on: date | None = None
    arm: str | None = None
    entered_on: date | None = None
    in_work: bool = False
    support_ended_on: date | None = None
    closed_on: date | None = None


def state_of(spec: Specification, journey: Journey, on: date) -> State:
    """The state of an episode on a day: only what is dated on or before it counts; the last that applies wins.

    Closed and declined come before all else; then the control group; then active support, which has its in-work and
    search halves; then the steps of the first meeting. Source: 002 §9.10, App. 8.
    """
    states = {state.id: state for state in spec.pathway.states}
    return states[_state_id(journey, on)]


def transitions_from(spec: Specification, state: str, on: date) -> tuple[Transition, ...]:
    """The steps that can be taken from a state on a day, in the order of the specification.

    A step tied to phases can be taken in them alone: nobody is randomised after the trial. Source: 002 §9.11.
    """
    phase = spec.service.phase_on(on)
    return tuple(
        step
        for step in spec.as_of(on).pathway.transitions
        if state in step.origins and (not step.phases or (phase is not None and phase.id in step.phases))
    )


def _state_id(journey: Journey, on: date) -> str:
    def by_now(day: date | None) -> bool:
        return day is not None and day <= on

    if by_now(journey.closed_on):
        return "closed"
    if by_now(journey.declined_on):
        return "declined"
    if by_now(journey.allocated_on) and journey.arm == "control":
        return "control"
    if by_now(journey.entered_on):
        if by_now(journey.support_ended_on):
            return "in_touch"
        return "in_work" if journey.in_work else "job_search"
    steps = (("consented", journey.consented_on), ("screened", journey.screened_on), ("accepted", journey.accepted_on))
    return next((state for state, day in steps if by_now(day)), "received")
