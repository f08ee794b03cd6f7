"""What is due, in words: how late or soon, why, by which clause, and the button that does it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.urls import reverse

from placewell_web.nhsuk.words import count

SOON, WEEK = 1, 7
GROUPS = {
    "late": "Late",
    "soon": "Today and tomorrow",
    "week": "Next 7 days",
    "month": "Later this month",
    "later": "Later",
}
EXCEPTION = "A team leader or manager records an exception"
MEET_EMPLOYER = "record_employer_contact"
_ACTIONS = {
    "log_contact": ("Log contact", "casework:log_contact"),
    "record_application": ("Record application", "casework:application"),
    MEET_EMPLOYER: ("Log employer contact", "casework:employer_contact"),
    "upload_evidence": ("Upload proof", "casework:evidence_upload"),
    "decide_support": ("Record decision", "casework:support"),
    "review_plan": ("Review plan", "casework:plan"),
    "record_benefits_advice": ("Record advice", "casework:better_off"),
    "record_disclosure": ("Record decision", "casework:disclosure"),
    "ask_questionnaire": ("Ask", "casework:questionnaires"),
    "record_work_status": ("Record check", "casework:check_work"),
}


@dataclass(frozen=True)
class When:
    """How near a day is: the tag's words and colour, whether it has a border, whether the words are bold."""

    words: str
    colour: str
    group: str
    bordered: bool = False
    bold: bool = False


class Due(NamedTuple):
    """One thing that is due for one person. A tuple: a team's board makes a thousand of them and shows a dozen."""

    clock: str
    episode_id: str
    what: str
    why: str
    clause: str
    on: date
    when: When
    action: str = ""
    repeatable: bool = True
    job_id: str = ""
    face_to_face: bool = False
    satisfied_by: str = ""

    @property
    def button(self) -> str:
        return self._action[0]

    @property
    def url(self) -> str:
        if self.action == MEET_EMPLOYER:  # one form for as many people as it was for
            return f"{reverse(self._action[1])}?people={self.episode_id}"
        return reverse(self._action[1], args=[self.episode_id])

    @property
    def second(self) -> tuple[str, str]:
        """The other thing that would do as well: words and address."""
        if self.action != MEET_EMPLOYER:
            return "", ""
        words, name = _ACTIONS["record_application"]
        return words, reverse(name, args=[self.episode_id])

    @property
    def _action(self) -> tuple[str, str]:
        return _ACTIONS.get(self.action, _ACTIONS["log_contact"])

    @property
    def done_by(self) -> str:
        """What would satisfy it, and who records that where not everybody may (permissions.check_can_extend)."""
        who = f". {EXCEPTION}" if "exception" in self.satisfied_by else ""
        return f"{self.satisfied_by}{who}"

    @property
    def rail(self) -> str:
        return {"late": "late", "soon": "soon"}.get(self.when.group, "")

    @property
    def doing(self) -> str:
        """The words after a name: the first letter small."""
        return self.what[:1].lower() + self.what[1:]


def when(day: date, today: date) -> When:
    """The tag of a day: late, today and tomorrow have a border; up to seven days is bold; later is plain."""
    left = (day - today).days
    if left < 0:
        return When(f"{count(-left, 'day')} late", "red", "late", bordered=True, bold=True)
    if left <= SOON:
        return When("Tomorrow" if left else "Today", "orange", "soon", bordered=True, bold=True)
    if left <= WEEK:
        return When(f"In {left} days", "blue", "week", bold=True)
    same_month = (day.year, day.month) == (today.year, today.month)
    return When(f"In {left} days", "grey", "month" if same_month else "later")


def due(clock: dict[str, Any], today: date) -> Due:
    """A clock of `placewell.cadence` as a row."""
    return Due(
        clock=clock["clock"],
        episode_id=clock["episode_id"],
        what=clock["what"],
        why=clock["why"],
        clause=short_clause(clock["clause"]),
        on=clock["due_on"],
        when=when(clock["due_on"], today),
        action=clock["action"],
        repeatable=bool(clock["repeatable"]),
        job_id=clock["job_id"] or "",
        face_to_face="face-to-face" in clock["satisfied_by"],
        satisfied_by=clock["satisfied_by"],
    )


class PlannedContact(NamedTuple):
    """The day a next contact was set for: an intention, so its tag is calm when the day has passed."""

    on: date
    when: When


def planned_contact(on: date, today: date) -> PlannedContact:
    return PlannedContact(on, when(on, today) if on >= today else When(days_ago(on, today), "grey", "late"))


def short_clause(clause: str) -> str:
    """The clause as staff say it: without the document's number."""
    return clause.removeprefix("002 ")


def days_ago(day: date, today: date) -> str:
    """Today, Yesterday, 5 days ago."""
    past = (today - day).days
    return {0: "Today", 1: "Yesterday"}.get(past, f"{past} days ago" if past > 0 else f"in {-past} days")
