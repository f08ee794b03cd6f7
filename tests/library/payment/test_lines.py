"""The lines of one person: tables of documents and claims in, lines out."""

from datetime import date

import pytest

from placewell.payment.lines import Claim, Line, Proof, lines_of, why_lost

AS_AT = date(2019, 6, 30)


def day(text):
    return date.fromisoformat(f"2019-{text}")


def proof(verified, rejected=None, job="j1", started="01-07", *, backup=False, evidence="e1", person="p1"):
    return Proof(
        person_id=person,
        episode_id="ep1",
        job_id=job,
        lot="dudley",
        first_day_worked_on=day(started),
        evidence_id=evidence,
        backup=backup,
        verified_on=day(verified),
        rejected_on=day(rejected) if rejected else None,
    )


def claim(on, paid=None, back=None):
    return Claim(day(on), day(paid) if paid else None, day(back) if back else None)


def told(lines):
    """Each line as (kind, job, the day it falls on)."""
    return [("clawback" if line.is_clawback else "line", line.proof.job_id, f"{line.on:%m-%d}") for line in lines]


FIRST, SECOND = proof("02-01"), proof("02-10", job="j2", evidence="e2")

CASES = {
    "nothing verified": ([], [], []),
    "verified after the as-at day": ([proof("07-01")], [], []),
    "one document": ([FIRST], [], [("line", "j1", "02-01")]),
    "two jobs: once, for the earliest verified": ([SECOND, FIRST], [], [("line", "j1", "02-01")]),
    "two jobs verified on one day: the first day worked decides": (
        [proof("02-01", job="j2", started="01-20"), proof("02-01", job="j9", started="01-10")],
        [],
        [("line", "j9", "02-01")],
    ),
    "rejected before any claim: no line": ([proof("02-01", "02-20")], [], []),
    "rejected before any claim, another stands: that one's day": (
        [proof("02-01", "02-20"), SECOND],
        [],
        [("line", "j2", "02-10")],
    ),
    "a rejection still to come on the as-at day does not exist": (
        [proof("02-01", "07-01")],
        [],
        [("line", "j1", "02-01")],
    ),
    "rejected on the as-at day itself": ([proof("02-01", "06-30")], [], []),
    "claimed": ([FIRST], [claim("03-01")], [("line", "j1", "02-01")]),
    "rejected after the claim: a clawback line on its day": (
        [proof("02-01", "04-09")],
        [claim("03-01")],
        [("line", "j1", "02-01"), ("clawback", "j1", "04-09")],
    ),
    "rejected after the claim, another document of another job stands: nothing is lost": (
        [proof("02-01", "04-09"), SECOND],
        [claim("03-01")],
        [("line", "j1", "02-01")],
    ),
    "rejected after the claim, then the other rejected too: lost on the second day": (
        [proof("02-01", "04-09"), proof("02-10", "05-02", job="j2")],
        [claim("03-01")],
        [("line", "j1", "02-01"), ("clawback", "j1", "05-02")],
    ),
    "clawed back, then proved afresh: a line of its own": (
        [proof("02-01", "04-09"), proof("05-20", job="j3", evidence="e3")],
        [claim("03-01")],
        [("line", "j1", "02-01"), ("clawback", "j1", "04-09"), ("line", "j3", "05-20")],
    ),
    "clawed back, proved and claimed afresh, and lost again": (
        [proof("02-01", "04-09"), proof("05-20", "06-20", job="j3", evidence="e3")],
        [claim("03-01"), claim("06-01")],
        [("line", "j1", "02-01"), ("clawback", "j1", "04-09"), ("line", "j3", "05-20"), ("clawback", "j3", "06-20")],
    ),
    "claimed before anything was verified: the line stands with its claim": (
        [FIRST],
        [claim("01-15")],
        [("line", "j1", "02-01")],
    ),
    "claimed on the day of the rejection: nothing stood that day": ([proof("02-01", "03-01")], [claim("03-01")], []),
}


@pytest.mark.parametrize(("proofs", "claims", "expected"), CASES.values(), ids=CASES.keys())
def test_the_lines_of_a_person(proofs, claims, expected):
    assert told(lines_of(proofs, claims, AS_AT)) == expected


def test_the_order_of_documents_and_claims_does_not_matter():
    proofs = [proof("02-01", "04-09"), proof("05-20", job="j3", evidence="e3")]
    claims = [claim("03-01"), claim("06-01")]
    assert lines_of(proofs, claims, AS_AT) == lines_of(proofs[::-1], claims[::-1], AS_AT)


def test_a_primary_document_goes_before_a_backup_one_of_the_same_day():
    weak, strong = proof("02-01", backup=True, evidence="a"), proof("02-01", evidence="b")
    assert lines_of([weak, strong], [], AS_AT) == [Line(strong)]


def test_a_backup_document_verified_earlier_decides():
    weak, strong = proof("02-01", backup=True), proof("02-02", evidence="e2")
    assert lines_of([strong, weak], [], AS_AT) == [Line(weak)]


def test_the_line_keeps_its_claim_and_knows_when_it_was_lost():
    line, clawback = lines_of([proof("02-01", "04-09")], [claim("03-01", paid="03-31")], AS_AT)
    assert line.claim == clawback.claim == claim("03-01", paid="03-31")
    assert line.lost_on == clawback.lost_on == day("04-09")
    assert clawback.entitlement == line
    assert line.entitlement == line


@pytest.mark.parametrize(
    ("paid", "words"),
    [
        ("03-31", "Paid on 31 March 2019. The evidence was rejected on 9 April 2019 and no other stands."),
        (None, "Claimed on 1 March 2019. The evidence was rejected on 9 April 2019 and no other stands."),
    ],
)
def test_a_clawback_says_why(paid, words):
    clawback = lines_of([proof("02-01", "04-09")], [claim("03-01", paid=paid)], AS_AT)[1]
    assert why_lost(clawback) == words


def test_only_a_lost_claim_has_a_reason_for_its_loss():
    with pytest.raises(ValueError, match="only a claimed line"):
        why_lost(Line(FIRST))


@pytest.mark.parametrize(
    ("given", "is_paid"),
    [(claim("03-01"), False), (claim("03-01", "03-31"), True), (claim("03-01", "03-31", "05-01"), False)],
)
def test_what_was_given_back_is_not_paid(given, is_paid):
    assert given.is_paid is is_paid
