"""A second opinion on the whole ledger: caps of lots and years, claims, clawback and next in line, day by day.

Written from semantics.md §3 Payment: slow, one day after the other, everything counted afresh each time.
"""

from datetime import date, timedelta

from .facts import histories
from .payment import control_participants
from .proof import ALONE, by_another

BACKUP = "client_declaration"


def rejected_on(document):
    """The day it was rejected: known when it stands as rejected."""
    if document["status"] != "rejected":
        return None
    return document["decided_on"] or document.get("verified_on")


def first_verified(document):
    verified = document.get("verified_on")
    return document["decided_on"] if verified is None and document["status"] == "verified" else verified


def proofs_of(history, as_at):
    """Every document that vouched for a job start, with the days it stood: from, until (None: it stands)."""
    found = []
    for job in history.jobs:
        for document in history.evidence:
            if document["outcome"] != "job_start" or document["kind"] not in ALONE["job_start"]:
                continue
            if document.get("job_id") not in (None, job["job_id"]):
                continue
            if document["about_on"] is None or document["about_on"] < job["first_day_worked_on"]:
                continue
            verified, rejected = first_verified(document), rejected_on(document)
            if verified is None or verified > as_at:
                continue
            if rejected is not None and rejected > as_at:
                rejected = None
            if rejected is None and not by_another(document, history, as_at):
                continue
            found.append(
                {
                    "from": verified,
                    "until": rejected,
                    "first_day": job["first_day_worked_on"],
                    "job": job["job_id"],
                    "backup": document["kind"] == BACKUP,
                    "id": document["evidence_id"],
                    "lot": history.row["lot"],
                }
            )
    return found


def stands(proof, day):
    return proof["from"] <= day and (proof["until"] is None or proof["until"] > day)


def rank(proof):
    return (proof["from"], proof["first_day"], proof["job"], proof["backup"], proof["id"])


def first_standing(proofs, day):
    return min((proof for proof in proofs if stands(proof, day)), key=rank, default=None)


def lost_after(proofs, day, as_at):
    """The first later day on which nothing stands that stood without a break since `day`."""
    while day <= as_at:
        if first_standing(proofs, day) is None:
            return day
        day += timedelta(days=1)
    return None


def lines_of_person(person, proofs, claims, as_at):
    """Entitlements of one person in order: (proof, claim, day lost)."""
    lines, lost, spare = [], date.min, None
    for claim in sorted(claims, key=lambda row: (row["claimed_on"], row["claim_id"])):
        proof = first_standing(proofs, claim["claimed_on"])
        if proof is None or claim["claimed_on"] < lost:
            spare = claim
            continue
        gone = lost_after(proofs, claim["claimed_on"], as_at)
        lines.append({"person": person, "proof": proof, "claim": claim, "lost": gone})
        if gone is None:
            return lines
        lost = gone
    proof = first_standing(proofs, as_at)
    if proof is not None:
        lines.append({"person": person, "proof": proof, "claim": spare, "lost": None})
    return lines


def seen_by(claims, as_at):
    """Claims as at the day."""
    for row in claims:
        if row["claimed_on"] <= as_at:
            later = {name: row.get(name) if (row.get(name) or as_at) <= as_at else None for name in DAYS}
            yield {**row, **later}


DAYS = ("paid_on", "clawed_back_on")


def paid(line):
    """Money went to the provider for it, and was not given back while its evidence stood."""
    claim = line["claim"]
    if claim is None or claim["paid_on"] is None:
        return False
    return claim["clawed_back_on"] is None or line["lost"] is not None


def year_of(day, starts):
    """The contract year of a day, 1 the first."""
    return day.year - starts.year + 1 - ((day.month, day.day) < (starts.month, starts.day))


def fits(line, holders, caps, starts):
    """Whether one more would stay within the cap of all, of its lot, and of its lot in its year of verification."""
    lot, year = line["proof"]["lot"], year_of(line["proof"]["from"], starts)
    of_lot = [other for other in holders if other["proof"]["lot"] == lot]
    of_year = [other for other in of_lot if year_of(other["proof"]["from"], starts) == year]
    return (
        len(holders) < caps[None]
        and len(of_lot) < caps.get(lot, len(holders) + 1)
        and len(of_year) < caps.get((lot, year), len(holders) + 1)
    )


def order(line):
    return (line["proof"]["from"], line["proof"]["first_day"], line["person"])


def places(lines, caps, starts):
    """The day each entitlement got its place.

    Day by day: what is lost that day goes; then everyone verified by then who has no place is looked at in order, and
    gets one that day if it fits. Who was paid has a place from the outset, or, if lost later, until then.
    """
    got = {number: line["proof"]["from"] for number, line in enumerate(lines) if paid(line) and line["lost"] is None}
    days = {line["proof"]["from"] for line in lines} | {line["lost"] for line in lines if line["lost"]}
    in_order = sorted(range(len(lines)), key=lambda number: order(lines[number]))
    for day in sorted(days):
        for number in in_order:
            line = lines[number]
            gone = line["lost"] is not None and line["lost"] <= day
            if number in got or gone or line["proof"]["from"] > day:
                continue
            holders = [lines[other] for other in got if lines[other]["lost"] is None or lines[other]["lost"] > day]
            if paid(line) or fits(line, holders, caps, starts):
                got[number] = day
    return got


def state_of(line, place_on):
    claim = line["claim"]
    if place_on is None:
        return "over_cap"
    if claim is None or claim["paid_on"] is None:
        return "payable"
    return "paid" if claim["clawed_back_on"] is None or line["lost"] else "payable"


def whole_ledger(tables, service, as_at, caps, starts):
    """The lines in order: (day, person, job, state, pounds, place given on)."""
    told = histories(tables, service, as_at)
    control = control_participants(told, tables, as_at)
    proofs, claims = {}, {}
    for history in told:
        person = history.row["person_id"]
        if person not in control:
            proofs.setdefault(person, []).extend(proofs_of(history, as_at))
    for claim in seen_by(tables.get("claims", ()), as_at):
        claims.setdefault(claim["person_id"], []).append(claim)
    lines = [
        line
        for person in sorted(proofs)
        for line in lines_of_person(person, proofs[person], claims.get(person, ()), as_at)
    ]
    got = places(lines, caps, starts)
    rows = []
    for number, line in enumerate(lines):
        proof, person, place_on = line["proof"], line["person"], got.get(number)
        pounds = 0 if place_on is None else 750
        at = (proof["from"], proof["first_day"], person, False)
        rows.append((*at, proof["job"], state_of(line, place_on), pounds, place_on))
        if line["lost"] is not None:
            at = (line["lost"], proof["first_day"], person, True)
            rows.append((*at, proof["job"], "clawed_back", -pounds, None))
    rows.sort(key=lambda row: row[:4])
    return [(row[0], row[2], *row[4:]) for row in rows]
