"""The tables an evaluator's export may hold, with every column that may leave: what is not declared here stays."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ExportColumn:
    """A column that may leave. `codes`: the code list its values must be on. `unblinded`: it tells the arm."""

    name: str
    description: str
    clause: str
    codes: str | None = None
    unblinded: bool = False


@dataclass(frozen=True)
class ExportTable:
    """A table that may leave: what a row stands for, and its columns in order. `unblinded`: that it has rows tells the
    arm, so it is in no blinded export.
    """

    name: str
    one_row_per: str
    columns: tuple[ExportColumn, ...]
    unblinded: bool = False

    def header(self, *, arms: bool) -> tuple[str, ...]:
        """The names of the columns in a blinded or an unblinded export."""
        return tuple(column.name for column in self.columns if arms or not column.unblinded)


def _column(
    name: str, description: str, clause: str, codes: str | None = None, *, unblinded: bool = False
) -> ExportColumn:
    return ExportColumn(name, description, clause, codes, unblinded)


NUMBER = _column("trial_number", "The person's trial number; keyed, and the key is kept apart", "002 §11.5")
DAYS = "Days since randomisation"
PERSON_ITEMS = (
    ("region", "people", "Region the person lives in", "002 App. 6 v"),
    ("gender", "people", "Gender as the person states it", "002 App. 6 xi"),
    ("ethnicity", "people", "Ethnic category as the person states it", "002 App. 6 xii"),
    ("religion", "people", "Religion or belief", "002 App. 6 xiii"),
    ("sexual_orientation", "people", "Sexual orientation", "002 App. 6 xiv"),
    ("education", "people", "Highest qualification", "002 App. 6 xv"),
    ("source", "episodes", "Who or what referred the person", "002 App. 6 ii"),
    ("primary_condition", "episodes", "Main health condition", "002 App. 6 iii"),
    ("employment_at_entry", "episodes", "Work status on entry", "002 App. 6 xvi"),
    ("time_since_last_worked", "episodes", "Time since last in work", "002 App. 6 xvi"),
)
"""Column (and code list of the same name), table of the data set, meaning, clause."""
ITEM_NAMES = tuple(name for name, *_ in PERSON_ITEMS)
NOT_LISTED = "not_listed"
"""Stands for a value that is on no list: it could be anything, a name among it."""

PARTICIPANTS = ExportTable(
    "participants",
    "person randomised",
    (
        NUMBER,
        _column("lot", "The lot that received the referral", "002 §1.5"),
        _column("referral_month", "Month of the referral, as year and month", "002 App. 6 i"),
        _column("randomisation_month", "Month of randomisation, as year and month", "002 §11.6"),
        _column("days_to_randomisation", "Days from the referral to randomisation", "002 §11.6"),
        _column(
            "age_band",
            "Age in whole years at the baseline, or else on the day of randomisation, in bands",
            "002 App. 6 viii",
        ),
        *(_column(name, meaning, clause, name) for name, _, meaning, clause in PERSON_ITEMS),
        _column("consent_trial", "Consent to take part: given, withdrawn, not_given", "002 §11.3"),
        _column("consent_linkage", "Consent to link health records", "002 §11.3, Fig. 2"),
        _column("consent_share_data", "Consent to share information with the evaluator", "002 §11.3"),
        _column("randomised_in_error", "Whether the allocation was declared an error", "002 §10.2"),
        _column("withdrawn", "Whether the person withdrew from contact, linkage or what is held", "002 §11.9"),
        _column("withdrawal_days", f"{DAYS} on the first day of that", "002 §11.9"),
        _column("withdrawal_scopes", "All that was withdrawn from, parted by spaces", "002 §11.9", unblinded=True),
        _column("arm", "The arm decided by chance", "002 §11.6", unblinded=True),
    ),
)
BENEFITS = ExportTable(
    "benefits",
    "benefit said on the day of the first meeting or before randomisation",
    (
        NUMBER,
        _column("benefit", "The benefit", "002 App. 6 xvii", "benefit"),
        _column("received", "Whether the person receives it", "002 App. 6 xvii"),
    ),
)
FORM = (
    NUMBER,
    _column("form", "Number of the person's form, in order of day and instrument", "002 Fig. 2"),
    _column("instrument", "The questionnaire", "002 Fig. 2", "instrument"),
    _column("occasion", "When it was asked: baseline, or the id of a follow-up of the trial", "002 Fig. 2"),
    _column("days", f"{DAYS} on the day it was answered", "002 Fig. 2"),
)
ANSWERS = ExportTable(
    "answers",
    "answer to one item of a questionnaire",
    (
        *FORM,
        _column("item", "The item's number or short name, never its words", "002 Fig. 2"),
        _column("answer", "The answer's number or code", "002 Fig. 2"),
    ),
)
SCORES = ExportTable(
    "scores",
    "scale of an answered questionnaire",
    (
        *FORM,
        _column("scale", "The scale", "002 Fig. 2"),
        _column("score", "The score by the instrument's own rule; absent where it cannot be scored", "002 Fig. 2"),
        _column("complete", "Whether every item of the scale was answered", "002 Fig. 2"),
    ),
)
WITHHELD = ExportTable(
    "withheld",
    "person randomised whose rows are left out of every other table",
    (
        NUMBER,
        _column("reason", "What was taken back: held_data, or share_data (sharing with the evaluator)", "002 §11.9"),
    ),
)
JOBS = ExportTable(
    "jobs",
    "job that began after randomisation, as the service recorded it: only people in the service have any",
    (
        NUMBER,
        _column("job", "Number of the person's job, in order of its start", "002 §17.9 vii"),
        _column("days_to_start", f"{DAYS} on the first day worked, or else on the day it started", "002 Fig. 2"),
        _column("days_to_end", f"{DAYS} on the last day; absent while it lasts", "002 §17.9 xi"),
        _column("hours_band", "Hours a week by contract, in the bands of the specification", "002 Fig. 2"),
        _column("self_employed", "Whether the person works for themselves", "002 App. 6"),
        _column("competitive", "Judged a competitive job", "002 App. 7 Sv 10"),
        _column("occupation", "Sub-major group (SOC 2020) of the job role", "002 §17.9 xiv"),
        _column("industry", "Section (SIC 2007) of the industry", "002 §17.9 xv"),
    ),
    unblinded=True,
)
CORRECTIONS = ExportTable(
    "corrections",
    "note that a baseline answer was wrong, agreed to by two people; the answers stay as they were given",
    (
        NUMBER,
        _column("reason", "Which kind of note, by the reasons of the specification", "002 §17.5"),
        _column("days", f"{DAYS} on the day of the note", "002 §17.5"),
    ),
)
EXPORT_TABLES = (PARTICIPANTS, BENEFITS, ANSWERS, SCORES, JOBS, CORRECTIONS, WITHHELD)


def tables_for(*, arms: bool) -> tuple[ExportTable, ...]:
    """The tables of a blinded or an unblinded export."""
    return tuple(table for table in EXPORT_TABLES if arms or not table.unblinded)
