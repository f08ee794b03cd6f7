"""How a job stands: whether it is competitive and why, its pay beside the minimum wage, what that leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from placewell_web.casework.presenters.job_changes import pay_on
from placewell_web.casework.wages import least_at, said_of_pay

JUDGED = {
    True: "Competitive: it pays at least the minimum wage, anyone could apply, and it is not set aside.",
    None: "Not known yet whether it is competitive. Until it is, it counts for no milestone.",
}
WHY_NOT = (
    ("pays_minimum", False, "it pays under the minimum wage"),
    ("open_to_anyone", False, "not anyone could apply"),
    ("set_aside", True, "it is set aside for people with a condition or disability"),
)
LEFT_OUT = "It counts for no milestone, and no meeting falls due because of it."


def judgement(job: Any) -> str:
    """Whether the job is competitive, and why not (002 App. 7 Sv 10)."""
    if job.competitive is not False:
        return JUDGED[job.competitive]
    why = [words for name, answer, words in WHY_NOT if getattr(job, name) is answer]
    return f"Not competitive: {', '.join(why)}." if why else "Judged not competitive."


def in_doubt(job: Any) -> str:
    """The judgement of a job that is not known to be competitive, with what it leaves out; nothing of one that is."""
    if job.competitive:
        return ""
    return judgement(job) if job.competitive is None else f"{judgement(job)} {LEFT_OUT}"


def pay_warning(job: Any, changes: Sequence[Any], today: date) -> str:
    """A warning by the pay and the rate of today, or of the first day where that lies ahead; none of a job over."""
    if job.ended_on is not None and job.ended_on < today:
        return ""
    on = max(job.first_day_worked_on or job.started_on, today)
    wage, born = pay_on(job, changes, on), job.episode.person.birth_date
    own = bool(job.self_employed)
    least = least_at(born, on, job.contract_type) if wage is not None and not own else None
    return said_of_pay(wage, least, on, birth_known=born is not None, self_employed=own)
