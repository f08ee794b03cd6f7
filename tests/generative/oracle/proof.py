"""Which documents prove which outcome of 002, as at a day."""

EMPLOYER_MADE = {"employer_letter", "employer_email", "payslip", "timesheet", "self_employment_record"}
ALONE = {
    "job_start": EMPLOYER_MADE | {"contract", "client_declaration"},
    "six_weeks": EMPLOYER_MADE | {"client_declaration"},
    "sustained_26_weeks": EMPLOYER_MADE,
}
TOGETHER = {"sustained_26_weeks": ({"client_declaration", "qualitative_note"},)}


def verified_as_at(document, as_at):
    """First verified by then, and not rejected by then."""
    verified_on = document.get("verified_on")
    if verified_on is None and document["status"] == "verified":
        verified_on = document["decided_on"]
    if verified_on is None or verified_on > as_at:
        return False
    rejected = document["status"] == "rejected" and (document["decided_on"] is None or document["decided_on"] <= as_at)
    return not rejected


def by_another(document, history, as_at):
    """The decision was not the client's own specialist's. Who decides after the as-at day is not known then."""
    if document["decided_on"] is not None and document["decided_on"] > as_at:
        return True
    specialist = history.row.get("specialist_id")
    return specialist is None or document.get("decided_by") != specialist


def kinds_held(history, outcome, day, as_at, job_id=None):
    """The kinds of the documents that vouch for this outcome on or after its day."""
    kinds = set()
    for document in history.evidence:
        if document["outcome"] != outcome:
            continue
        if job_id is not None and document.get("job_id") not in (None, job_id):
            continue
        if document["about_on"] is None or document["about_on"] < day:
            continue
        if verified_as_at(document, as_at) and by_another(document, history, as_at):
            kinds.add(document["kind"])
    return kinds


def proved(history, outcome, day, as_at, job_id=None):
    kinds = kinds_held(history, outcome, day, as_at, job_id)
    return bool(kinds & ALONE[outcome]) or any(pair <= kinds for pair in TOGETHER.get(outcome, ()))
