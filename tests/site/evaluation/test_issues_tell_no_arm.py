"""An issue that only one arm can have is not told to the blinded: neither whose it is, nor that there is one."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.test import Client
from tests.site.evaluation.factories import Trial, moment

from placewell_web.trial.actions.contamination import HOUSEHOLD, SUPPORTED
from placewell_web.trial.actions.sealed_list import ISSUE as SEALED_LIST
from placewell_web.trial.models import Notice, Participant

pytestmark = pytest.mark.django_db
PAGE = "/evaluation/withdrawals/deviations/"
DAY = moment(date(2019, 3, 1))
BODIES = [
    (json.dumps({"issue": SUPPORTED}), False),
    (json.dumps({"issue": HOUSEHOLD, "other": "TIW 003-K03"}), True),
    (json.dumps({"issue": SEALED_LIST, "place": 1}), True),
    (json.dumps({"issue": "what nobody knows yet"}), False),
    ("{}", False),
    ("not JSON", False),
    ("[]", False),
]


@pytest.mark.parametrize(("body", "shown"), BODIES)
def test_only_an_issue_of_both_arms_is_told_to_the_blinded(
    trial: Trial, blinded: Client, unblinded: Client, body: str, shown: bool
) -> None:
    words = "told from the sealed list" if SEALED_LIST in body else "arms may have mixed"
    before = blinded.get(PAGE).content.decode().count(words)
    trial.notice("issue", Participant.unscoped.get(number="TIW 001-K01"), DAY, None, body)
    assert Notice.objects.filter(kind="issue").count() == 1
    assert before == 0
    assert (words in blinded.get(PAGE).content.decode()) is shown
    assert words in unblinded.get(PAGE).content.decode()
