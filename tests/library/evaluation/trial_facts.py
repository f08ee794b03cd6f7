"""Builders of trial facts for tables of facts and answers: a person's way through the trial, a step at a time."""

from datetime import date

from tests.factories import a_contact, a_person, an_episode, answers, dataset, day

from placewell.dataset import Dataset
from placewell.evaluation.facts import LedgerFacts, frame_of
from placewell.specification import load

SPEC = load("thrive_into_work")
MET = "2018-01-15"
"""The day of the first meeting unless a test says otherwise; six months later is 15 July 2018."""


def referred(id="e1", person_id=None, *, on="2018-01-02", **columns):
    return an_episode(id, person_id, referred=on, **columns)


def screened(id="e1", not_met=(), *, on=MET, met=("adult",)):
    answered = [(one, "met") for one in met] + [(one, "not_met") for one in not_met]
    return [
        ("screenings", {"episode_id": id, "criterion": one, "decided_on": day(on), "answer": answer})
        for one, answer in answered
    ]


def consented(id="e1", kind="trial", *, on=MET, until=None):
    return ("consents", {"episode_id": id, "kind": kind, "given_on": day(on), "withdrawn_on": day(until)})


def baseline(id="e1", *, on=MET):
    return [*form(id, "swemwbs", "baseline", on, 7), *form(id, "rand36", "baseline", on, 36)]


def form(id, instrument, occasion, on, items, answer="3"):
    given = {str(item): answer for item in range(1, items + 1)}
    return answers(id, instrument, on, given, occasion)


def allocated(id="e1", arm="ips", *, on=MET):
    return ("allocations", {"episode_id": id, "arm": arm, "allocated_on": day(on)})


def randomised(id="e1", arm="ips", *, on=MET, person_id=None, **columns):
    """Referred, screened, consented, baseline complete and allocated on one day."""
    return [
        *referred(id, person_id, on=day(on, -13), **columns),
        *screened(id, on=on),
        consented(id, on=on),
        *baseline(id, on=on),
        allocated(id, arm, on=on),
    ]


def number(id):
    """The trial number of an episode in these tests."""
    return f"TIW {id.upper()}-000"


def ledger(tables: Dataset, **frames) -> LedgerFacts:
    """The ledger that agrees with the data set, with other entries by name."""
    drawn = LedgerFacts.of_dataset(tables, {id: number(id) for id in tables["allocations"]["episode_id"]})
    others = {kind: frame_of(kind, rows) for kind, rows in frames.items()}
    return LedgerFacts(**{"allocations": drawn.allocations, "withdrawals": drawn.withdrawals, **others})


__all__ = [
    "MET",
    "SPEC",
    "a_contact",
    "a_person",
    "allocated",
    "baseline",
    "consented",
    "dataset",
    "date",
    "day",
    "form",
    "ledger",
    "number",
    "randomised",
    "referred",
    "screened",
]
