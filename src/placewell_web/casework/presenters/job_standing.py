"""How a job stands: whether it is competitive and why, its pay beside the minimum wage, what that leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from placewell_web.casework.presenters.job_changes import pay_on
from placewell_web.casework.wages import least_at, said_of_pay
from placewell_web.nhsuk.words import money

JUDGED = {
    True: "Competitive: it pays at least the minimum wage, anyone could apply, and it is not set aside.",
    None: "Not known yet whether it is competitive. Until it is, it counts for no milestone.",
}
OWN_WORK = (
    "Competitive: anyone could take it up, and it is not set aside. "
    "The minimum wage does not apply to self-employed people."
)
PAYS = "pays_minimum"
WHY_NOT = (
    (PAYS, False, "it pays under the minimum wage"),
    ("open_to_anyone", False, "not anyone could apply"),
    ("set_aside", True, "it is set aside for people with a condition or disability"),
)
LEFT_OUT = "It counts for no milestone, and no meeting falls due because of it."


def judgement(job: Any) -> str:
    """Whether the job is competitive, and why not (002 App. 7 Sv 10); self-employed people have no minimum wage."""
    if job.competitive and job.self_employed:
        return OWN_WORK
    if job.competitive is not False:
        return JUDGED[job.competitive]
    asked = [why for why in WHY_NOT if not (job.self_employed and why[0] == PAYS)]
    why = [words for name, answer, words in asked if getattr(job, name) is answer]
    return f"Not competitive: {', '.join(why)}." if why else "Judged not competitive."


def in_doubt(job: Any) -> str:
    """The judgement of a job that is not known to be competitive, with what it leaves out; nothing of one that is."""
    if job.competitive:
        return ""
    return judgement(job) if job.competitive is None else f"{judgement(job)} {LEFT_OUT}"


def pay_warning(job: Any, changes: Sequence[Any], today: date) -> str:
    """A warning by the pay and the rate of today, or of the first day where that lies ahead; none of a job over."""
    if _is_over(job, today):
        return ""
    on = _day_of_pay(job, today)
    wage, least = _pay(job, changes, on)
    born = job.episode.person.birth_date
    return said_of_pay(wage, least, on, birth_known=born is not None, self_employed=bool(job.self_employed))


def judged_otherwise(job: Any, changes: Sequence[Any], on: date) -> str:
    """What the judgement says of the minimum wage, where the pay of a day says otherwise; nothing of a job over."""
    if _is_over(job, on):
        return ""
    wage, least = _pay(job, changes, _day_of_pay(job, on))
    if wage is None or least is None or job.pays_minimum is None or job.pays_minimum is (wage >= least):
        return ""
    if wage < least:
        return "The job was judged to pay at least the minimum wage, and now it does not."
    paid = f"{money(wage)} an hour, and the minimum wage is {money(least)}"
    return f"The job was judged to pay under the minimum wage. It now pays {paid}."


def pay_saved(job: Any, changes: Sequence[Any], wage: Decimal, on: date) -> str:
    """What to say of new pay: a warning where it is under the minimum wage, and what the judgement was."""
    said = [f"Change of pay recorded: {money(wage)} an hour."]
    born, own = job.episode.person.birth_date, bool(job.self_employed)
    said.append(said_of_pay(wage, _pay(job, changes, on)[1], on, birth_known=born is not None, self_employed=own))
    if otherwise := judged_otherwise(job, changes, on):
        said.append(f"{otherwise} Use Judge it again if it should be judged anew.")
    return " ".join(filter(None, said))


def _is_over(job: Any, today: date) -> bool:
    return job.ended_on is not None and job.ended_on < today


def _day_of_pay(job: Any, today: date) -> date:
    return max(job.first_day_worked_on or job.started_on, today)


def _pay(job: Any, changes: Sequence[Any], on: date) -> tuple[Decimal | None, Decimal | None]:
    """The pay an hour on a day and the least it may be; neither is asked of self-employed people."""
    wage = pay_on(job, changes, on)
    if wage is None or job.self_employed:
        return None, None
    return wage, least_at(job.episode.person.birth_date, on, job.contract_type)
