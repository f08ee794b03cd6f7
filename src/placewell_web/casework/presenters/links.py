"""Personal links in words: what each purpose asks of whom, the message that carries it, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from placewell_web.nhsuk.words import day, moment

CLIENT, EMPLOYER = "client", "employer"
OF_A_JOB = frozenset({"proof", "employment"})
"""Purposes about one job of the person and one milestone of it."""


@dataclass(frozen=True)
class Purpose:
    """What a link is for. `message` reaches a phone or mailbox that others may see: it says nothing of health."""

    id: str
    name: str
    given_to: str
    does: str
    subject: str
    message: str
    days: int = 14


PURPOSES: Mapping[str, Purpose] = {
    one.id: one
    for one in (
        Purpose(
            "proof",
            "Ask for proof of work",
            CLIENT,
            "send photos of a payslip or another paper, or sign a declaration where one is accepted",
            "A photo of a paper",
            "{who} asks you for a photo of a payslip, or of another paper about your work. You can send it here:",
        ),
        Purpose(
            "employment",
            "Ask the employer to confirm the job",
            EMPLOYER,
            "say when {called} started, the weekly hours, and whether {called} still works there",
            "Please confirm a job",
            "{who} asks you to confirm the job of {name}, who agreed to it. It takes a minute. Answer here:",
        ),
        Purpose(
            "plan",
            "Share the plan",
            CLIENT,
            "read the plan, comment on it and agree to it",
            "Your plan",
            "{who} shares your plan with you. You can read it, say what you think and agree to it here:",
            28,
        ),
        Purpose(
            "questionnaire",
            "Send a questionnaire",
            CLIENT,
            "answer the questionnaire",
            "Some questions for you",
            "{who} asks you a few questions. You can answer them here:",
        ),
        Purpose(
            "feedback",
            "Ask for feedback",
            CLIENT,
            "say how the support is going",
            "How is it going?",
            "{who} would like to know how things are going for you. You can answer here:",
        ),
    )
}


@dataclass(frozen=True)
class Message:
    """A message with the address of a link, ready to be emailed or copied."""

    subject: str
    text: str
    short: str


def message(purpose: Purpose, episode: Any, sender: str, address: str, ends: datetime, phone: str) -> Message:
    """The words that go with a link: who asks, what for, until when, and whom to call."""
    person = episode.person
    names = {"who": sender, "called": person.called, "name": f"{person.first_name} {person.surname}"}
    asks = purpose.message.format(**names)
    greeting = f"Hello {person.called}," if purpose.given_to == CLIENT else "Hello,"
    keep = "Anyone who has the link can open it, so please keep it to yourself."
    text = (
        f"{greeting}\n\n{asks}\n{address}\n\nThe link works until {day(ends)}. {keep}\n"
        f"If you did not expect this, or want to ask first, call {phone}.\n\n{sender}\n"
    )
    return Message(purpose.subject, text, f"{asks} {address} (until {day(ends)})")


@dataclass(frozen=True)
class State:
    """What became of a link: a tag, and the moment in words."""

    words: str
    colour: str
    more: str
    works: bool


def state(link: Any, now: datetime) -> State:
    """Taken back, answered, run out, opened or given."""
    if link.revoked_at:
        return State("Taken back", "grey", f"{moment(link.revoked_at)}", False)
    if link.answered_at:
        return State("Answered", "green", f"{moment(link.answered_at)}", False)
    if link.expires_at <= now:
        return State("Run out", "grey", f"{moment(link.expires_at)}", False)
    until = f"works until {day(link.expires_at)}"
    if link.opened_at:
        return State("Opened", "blue", f"{moment(link.opened_at)}, {until}", True)
    return State("Emailed" if link.sent_at else "Given", "yellow", until, True)


@dataclass(frozen=True)
class LinkRow:
    """One link of a person's list."""

    id: str
    purpose: str
    given_to: str
    outcome: str
    given: str
    state: State


def rows(links: Any, now: datetime) -> list[LinkRow]:
    """Every link given for a person, as the list shows it."""
    return [_row(link, now) for link in links]


def _row(link: Any, now: datetime) -> LinkRow:
    known = PURPOSES.get(link.purpose)
    by = f" by {link.made_by.name}" if link.made_by else ""
    how = f"emailed to {link.sent_to}" if link.sent_to else "shown to be passed on"
    return LinkRow(
        id=str(link.pk),
        purpose=known.name if known else link.purpose,
        given_to=link.given_to.capitalize(),
        outcome=link.outcome,
        given=f"{moment(link.created_at)}{by}, {how}",
        state=state(link, now),
    )


@dataclass(frozen=True)
class Way:
    """A way to give a link, or why it is not open."""

    id: str
    label: str
    hint: str


def ways(purpose: Purpose, episode: Any, job: Any) -> tuple[tuple[Way, ...], str]:
    """How the link can be given, and why not by email where that is closed."""
    to, closed = address_on_record(purpose, episode, job)
    show = Way("show", "Show it to copy", "To hand over in person, or to paste into a text message")
    if not to:
        return (show,), closed
    return (Way("email", "Email it", f"To {to}, the address on record"), show), ""


def address_on_record(purpose: Purpose, episode: Any, job: Any) -> tuple[str, str]:
    """The address a link may be emailed to, or nothing and why; a person's own wishes come first."""
    if purpose.given_to == EMPLOYER:
        to = job.employer.contact_email if job and job.employer else ""
        return to, "" if to else "No email address of the employer’s contact is recorded."
    person = episode.person
    if not person.email:
        return "", f"No email address of {person.called} is recorded."
    if person.safe_to_leave_message is False:
        return "", f"It is not safe to leave messages for {person.called}: give the link in person."
    if person.contact_preference not in ("", "email"):
        return "", f"{person.called} asked to be reached in another way than by email."
    return person.email, ""


def text_address(purpose: Purpose, episode: Any) -> str:
    """The number a text message may go to; empty where that is not what the person wants, or is not safe."""
    person = episode.person
    allowed = person.safe_to_leave_message is not False and person.contact_preference in ("", "text")
    return person.phone if purpose.given_to == CLIENT and allowed else ""


def receiver(purpose: Purpose, episode: Any, job: Any) -> str:
    """Whom the link is for, by name."""
    if purpose.given_to == CLIENT:
        return str(episode.person.called)
    if not job or not job.employer:
        return "the employer"
    contact = job.employer.contact_name
    return f"{contact} at {job.employer.name}" if contact else str(job.employer.name)


def warning(purpose: Purpose, episode: Any, decision: Any) -> str:
    """What to know before an employer is asked: the page names the person and the job, and still shows that we ask."""
    if purpose.given_to != EMPLOYER:
        return ""
    called = episode.person.called
    shown = f"The employer sees {called}’s name, the job and yours, and nothing about health or support."
    if decision is None:
        return f"{shown} Nothing is recorded yet of what {called} wants the employer to know."
    if decision.decision == "yes":
        return shown
    said = "decided not to tell" if decision.decision == "no" else "has not decided whether to tell"
    return f"On {day(decision.on)} {called} {said} the employer. {shown} That you ask may still be a hint."


def doubt(purpose: Purpose, episode: Any, decision: Any) -> str:
    """What has to be ticked where the person does not want the employer to know of their health, or is not sure."""
    if purpose.given_to != EMPLOYER or decision is None or decision.decision == "yes":
        return ""
    return f"{episode.person.called} knows that the employer will see my question, and says yes to it"
