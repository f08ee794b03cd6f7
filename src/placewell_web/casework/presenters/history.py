"""The audit chain of one person, in words: who saw and changed what, day by day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from placewell_web.nhsuk.words import LONDON, clock_time

VERBS = {
    "view_person": "looked at the record",
    "record_contact": "logged a contact",
    "undo_contact": "took a contact back",
    "begin_contact_draft": "began to write a contact",
    "discard_contact_draft": "threw a draft away",
    "begin_document_draft": "began to write in a document",
    "discard_document_draft": "threw away what was not saved of a document",
    "record_application": "recorded a job application",
    "record_employer_contact": "recorded a contact with an employer",
    "record_disclosure": "recorded a decision about telling an employer",
    "record_benefit": "recorded a benefit",
    "record_benefits_advice": "recorded advice on benefits",
    "record_job_problem": "recorded a problem at work",
    "change_details": "changed name or contact details",
    "change_equality": "changed equality monitoring",
    "change_health": "changed health and work",
    "give_consent": "recorded a consent",
    "withdraw_consent": "recorded that a consent was withdrawn",
    "add_alert": "added an alert",
    "review_alert": "reviewed an alert",
    "end_alert": "ended an alert",
    "record_onward_referral": "recorded a referral on, or sign-posting",
    "undo_onward_referral": "took a referral on, or sign-posting, back",
    "record_method": "recorded a method to manage health and work",
    "undo_method": "took a method back",
    "record_destination": "recorded a step such as education or volunteering",
    "undo_destination": "took a step such as education or volunteering back",
    "start_profile": "began a version of the profile",
    "save_profile": "saved the profile",
    "complete_profile": "completed the profile",
    "start_plan": "began a version of the plan",
    "save_plan": "saved the plan",
    "agree_plan": "recorded that the plan was agreed",
    "end_plan": "ended the version of the plan before",
    "offer_plan": "showed a draft of the plan to the person",
    "agree_plan_by_link": "agreed the plan by a personal link",
    "show_by_link": "let the person read a profile or an assessment by a personal link",
    "hide_from_link": "stopped showing a profile or an assessment by a personal link",
    "comment_on_plan": "wrote about the plan by a personal link",
    "read_comments": "read what the person wrote about the plan",
    "add_profile_source": "recorded who was asked for the profile",
    "remove_profile_source": "took out who was asked for the profile",
    "start_assessment": "began a version of the assessment",
    "save_assessment": "saved the assessment",
    "complete_assessment": "completed the assessment",
    "record_barrier": "recorded a barrier to work",
    "end_barrier": "recorded that a barrier no longer stands in the way",
    "undo_barrier": "took a barrier back",
    "ask_adjustment": "recorded an adjustment that was asked for",
    "move_adjustment": "recorded what became of an adjustment",
    "undo_adjustment": "took an adjustment back",
    "record_access_to_work": "recorded a step with Access to Work",
    "undo_access_to_work": "took a step with Access to Work back",
    "undo_benefits_advice": "took benefits advice back",
    "tick_step": "ticked off a step of the plan",
    "untick_step": "took the tick off a step of the plan",
    "record_job": "recorded a job",
    "correct_job": "changed what is recorded of a job",
    "change_hours": "recorded a change of hours",
    "remove_hours": "took a change of hours back",
    "change_pay": "recorded a change of pay",
    "remove_pay": "took a change of pay back",
    "record_first_day": "recorded the first day worked",
    "end_job": "recorded the end of a job",
    "record_next_help": "recorded help with the next job",
    "undo_job": "took a job back",
    "upload_evidence": "uploaded proof",
    "open_evidence": "opened a document",
    "verify_evidence": "verified proof",
    "reject_evidence": "rejected proof",
    "give_link": "gave a personal link",
    "send_link": "emailed a personal link",
    "revoke_link": "took a personal link back",
    "open_link": "opened it",
    "answer_link": "answered",
    "book_appointment": "booked a meeting",
    "ask_questionnaire": "asked a questionnaire",
    "answer_questionnaire": "kept the answers to a questionnaire",
    "leave_questionnaire": "recorded that a questionnaire was not answered",
    "correct_answer": "put an answer to a questionnaire right",
    "record_check": "recorded a check of work",
    "undo_check": "took a check of work back",
    "decide_support": "recorded a decision on support",
    "assign_specialist": "named the specialist",
    "ask_support_again": "recorded that support in work was asked for again",
    "close_episode": "recorded that support ended",
    "reopen_episode": "opened the episode again",
}


@dataclass(frozen=True)
class HistoryRow:
    at: str
    who: str
    what: str
    is_view: bool


@dataclass(frozen=True)
class HistoryDay:
    on: date
    rows: tuple[HistoryRow, ...]


def history_rows(entries: Iterable[Any]) -> list[HistoryDay]:
    """Entries by day, newest first; views of the same page by the same person in one hour are one row."""
    found = []
    for on, group in groupby(entries, key=lambda entry: _local(entry.at).date()):
        rows: list[HistoryRow] = []
        for entry in group:
            row = HistoryRow(clock_time(entry.at), entry.actor_name, _words(entry), entry.is_view)
            if not (rows and row.is_view and (rows[-1].who, rows[-1].what) == (row.who, row.what)):
                rows.append(row)
        found.append(HistoryDay(on, tuple(rows)))
    return found


def _words(entry: Any) -> str:
    return VERBS.get(entry.verb, entry.verb.replace("_", " "))


def _local(at: datetime) -> datetime:
    return at.astimezone(LONDON)
