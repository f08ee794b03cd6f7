"""The confidential survey: a round is started, codes are made for it, and each is used once.

Answering writes no audit entry and no moment: docs/adr says why, and what stands in for them.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from placewell.periods import in_words
from placewell.questionnaires import instrument
from placewell_web.accounts.errors import Refused
from placewell_web.accounts.models import Lot
from placewell_web.audit import actions as audit
from placewell_web.audit.actors import Actor
from placewell_web.casework.models import SurveyCode, SurveyCount, SurveyRemark, SurveyRound

INSTRUMENT = "satisfaction"
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that looks like another
LENGTH, GROUP = 12, 4
LEAST_CODES = 10  # at once: a pile that nobody can take in with one look, and twice what results are shown of
MOST_CODES = 500  # at once: a sheet to print


@transaction.atomic
def start_round(*, by: Actor, at: datetime, lot: Lot, opens_on: date, closes_on: date) -> SurveyRound:
    """Start the survey in a lot; of two presses the second finds the first. Source: 003 quality."""
    Lot.objects.select_for_update().get(pk=lot.pk)
    same = SurveyRound.objects.filter(lot=lot, opens_on=opens_on).first()
    if same is not None:
        return same
    overlapping = SurveyRound.objects.filter(lot=lot, opens_on__lte=closes_on, closes_on__gte=opens_on).first()
    if overlapping is not None:
        raise Refused(
            f"A survey of this lot runs from {in_words(overlapping.opens_on)} to {in_words(overlapping.closes_on)}.",
            "Start the next one on a day after it has closed.",
        )
    made = SurveyRound.objects.create(lot=lot, instrument=INSTRUMENT, opens_on=opens_on, closes_on=closes_on)
    SurveyCount.objects.bulk_create(SurveyCount(round=made, item=item, answer=code) for item, code in _all_answers())
    _note(by, at, "start_survey", made, {"opens_on": opens_on.isoformat(), "closes_on": closes_on.isoformat()})
    return made


@transaction.atomic
def make_codes(*, by: Actor, at: datetime, round: SurveyRound, number: int, made_before: int) -> list[str]:
    """New codes, answered here once and kept only as hashes. `made_before`: how many the page said there were."""
    if number < LEAST_CODES:
        raise Refused(f"At least {LEAST_CODES} codes are made at once.", "A single code would be made for one person.")
    found = SurveyRound.objects.select_for_update().get(pk=round.pk)
    if found.codes != made_before:
        raise Refused(
            f"{found.codes} codes have been made by now, and the page you sent said {made_before}.",
            "Open the survey again, and make more only if those are not enough.",
        )
    codes = [new_code() for _ in range(min(number, MOST_CODES))]
    hashes = sorted(hash_of(code) for code in codes)  # in the order of the hashes, which is nobody's
    SurveyCode.objects.bulk_create(SurveyCode(round=found, code_hash=one) for one in hashes)
    SurveyRound.objects.filter(pk=found.pk).update(codes=F("codes") + len(codes))
    _note(by, at, "make_survey_codes", found, {"number": len(codes)})
    return codes


@transaction.atomic
def answer_survey(*, code: str, today: date, answers: Mapping[str, str], remark: str) -> bool:
    """Use a code and count its answers; false where there is no such code, or not today.

    The row of the code is deleted and numbers go up by one: what is left is the same whoever used which code.
    """
    found = SurveyCode.objects.select_related("round").filter(code_hash=hash_of(code)).first()
    if found is None or not found.round.opens_on <= today <= found.round.closes_on:
        return False
    if not SurveyCode.objects.filter(pk=found.pk).delete()[0]:
        return False
    SurveyRound.objects.filter(pk=found.round_id).update(forms=F("forms") + 1)
    counts = SurveyCount.objects.filter(round_id=found.round_id)
    for item, answer in _all_answers():  # each is written anew: a database keeps what it wrote last in the last place
        counts.filter(item=item, answer=answer).update(number=F("number") + int(answers.get(item) == answer))
    _write_remarks(found.round_id, remark)
    return True


def _write_remarks(round_id: UUID, remark: str) -> None:
    """All remarks of a round anew, in the order of their random ids: a database keeps rows in the order they came.

    At each answer, with a remark or without: rows that were written together tell that they were sent together. The
    lock on the round's row, whose forms were counted just now, holds a second answer back until this one is kept.
    """
    remarks = list(SurveyRemark.objects.filter(round_id=round_id))
    if remark:
        remarks.append(SurveyRemark(round_id=round_id, text=remark))
    SurveyRemark.objects.filter(round_id=round_id).delete()
    SurveyRemark.objects.bulk_create(sorted(remarks, key=lambda one: one.pk))


def new_code() -> str:
    """A code that can be read aloud and typed: K7QM-4TXP-9DRW."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    return "-".join(letters[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def hash_of(code: str) -> str:
    """What is kept of a code, however it was typed."""
    plain = "".join(char for char in code.upper() if char in LETTERS)
    return hashlib.sha256(plain.encode()).hexdigest()


def _all_answers() -> list[tuple[str, str]]:
    """A counter for each answer there is, from the start: one made when it is first given would tell the order."""
    one = instrument(INSTRUMENT)
    return [(item, code) for item in one.items if (found := one.answers_of(item)) for code in found.allowed]


def _note(by: Actor, at: datetime, verb: str, round: SurveyRound, detail: dict[str, object]) -> None:
    audit.record(
        by=by, at=at, verb=verb, target_kind="surveyround", target_id=round.pk, lot=round.lot_id, detail=detail
    )
