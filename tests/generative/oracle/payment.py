"""Who is paid for where nothing was claimed: the earliest-verified job start of each person, in order, to the cap."""

from .facts import histories
from .proof import ALONE, by_another, verified_as_at


def proofs_of(history, as_at):
    """(verified, first day worked, job, backup) of each document that proves a job start of the episode."""
    for job in history.jobs:
        for document in history.evidence:
            right = document["outcome"] == "job_start" and document["kind"] in ALONE["job_start"]
            right = right and document.get("job_id") in (None, job["job_id"])
            about = document["about_on"]
            right = right and about is not None and about >= job["first_day_worked_on"]
            if right and verified_as_at(document, as_at) and by_another(document, history, as_at):
                verified_on = document.get("verified_on") or document["decided_on"]
                backup = document["kind"] == "client_declaration"
                yield verified_on, job["first_day_worked_on"], job["job_id"], backup


def control_participants(told, tables, as_at):
    """Whoever was allocated to the control group in any episode of the service."""
    randomised = {
        row["episode_id"]
        for row in tables["allocations"]
        if row["arm"] == "control" and row["allocated_on"] is not None and row["allocated_on"] <= as_at
    }
    return {history.row["person_id"] for history in told if history.row["episode_id"] in randomised}


def payments(tables, service, as_at, places):
    """The lines of the ledger: (person, job, day verified, state, backup), in the order in which places are given."""
    best = {}
    told = histories(tables, service, as_at)
    control = control_participants(told, tables, as_at)
    for history in told:
        if history.row["person_id"] in control:
            continue
        for proof in proofs_of(history, as_at):
            person = history.row["person_id"]
            best[person] = min(proof, best.get(person, proof))
    lines = sorted((verified, first, person, job, backup) for person, (verified, first, job, backup) in best.items())
    return [
        (person, job, verified, "payable" if number <= places else "over_cap", backup)
        for number, (verified, _, person, job, backup) in enumerate(lines, start=1)
    ]
