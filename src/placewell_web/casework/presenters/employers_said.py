"""What an employer said of a job that the record does not: to be spoken about, and never believed by itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

from placewell.specification import Specification
from placewell_web.casework.queries.caseload import Caseload
from placewell_web.nhsuk.words import day

LOSS = "job_loss"


class Said(NamedTuple):
    """One answer, as a sentence, with what to do about it and where."""

    episode_id: str
    job_id: str
    name: str
    words: str
    to_do: str
    never: bool
    by: date | None


def employers_said(loaded: Caseload, answers: Iterable[Any]) -> list[Said]:
    """In the order given. Speaking with the person comes first, in the days the contract has for the loss of a job."""
    return [_said(loaded, one) for one in answers]


def _said(loaded: Caseload, one: Any) -> Said:
    person, employer = one.episode.person, one.job.employer.name if one.job.employer else "The employer"
    never = one.started_on is None
    what = "never worked there" if never else f"left on {day(one.left_on)}"
    id = str(one.episode_id)
    spoken = loaded.last_two_way.get(id)
    by = None if spoken and spoken["on"] >= one.on else _speak_by(loaded.spec, one.on)
    speak = f"Speak with {person.called} by {day(by)}. " if by else ""
    record = "put the job right or take it back" if never else "record the end of the job"
    return Said(
        episode_id=id,
        job_id=str(one.job_id),
        name=f"{person.called} {person.surname or ''}".strip(),
        words=f"{employer} said on {day(one.on)} that {person.called} {what}.",
        to_do=f"{speak}If it is so, {record}; if not, ask the employer again.",
        never=never,
        by=by,
    )


def _speak_by(spec: Specification, heard: date) -> date | None:
    """The last day in time, where the service has days for it: what was heard is like the loss of a job (App. 7)."""
    days = next((clock.days for clock in spec.pathway.clocks if clock.kind == LOSS), None)
    return heard + timedelta(days=days) if days is not None else None
