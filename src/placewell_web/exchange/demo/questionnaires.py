"""The demo's questionnaires outside the trial: asked and begun, left unanswered; checks of work; two surveys a lot."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from placewell.dataset import Dataset
from placewell.questionnaires import instrument
from placewell.specification import Specification
from placewell_web.casework.actions.surveys import INSTRUMENT
from placewell_web.casework.models import (
    AskedQuestionnaire,
    EmploymentCheck,
    QuestionnaireDraft,
    SurveyCode,
    SurveyCount,
    SurveyRemark,
    SurveyRound,
)
from placewell_web.clients.models import Episode
from placewell_web.exchange.demo.moments import noted
from placewell_web.exchange.demo.places import Places, site_id
from placewell_web.exchange.demo.words import pick

ASKED_OF = 4  # people of each specialist
FORMS, CODES = range(23, 41), 60  # of a round
RATINGS = ("excellent", "very_good", "very_good", "good", "good", "good", "fair", "poor")
REMARKS = (
    "She rang when she said she would. That meant a lot.",
    "I would have liked to begin sooner: I waited three weeks.",
    "The meetings at the library were easier for me than the surgery.",
    "Nobody talked down to me.",
    "More help with the forms for the job centre, please.",
)


def load_questionnaires(specification: Specification, dataset: Dataset, places: Places, at: datetime) -> None:
    """What the pages of questionnaires and surveys show beside the answers of the data set."""
    EmploymentCheck.unscoped.bulk_create(_checks(dataset, at))
    _load_asked(specification, places, at)
    for lot in places.lots.values():
        _load_round(lot.pk, at.date() - timedelta(days=320), at)
        _load_round(lot.pk, at.date() - timedelta(days=9), at)


def _checks(dataset: Dataset, at: datetime) -> Iterator[EmploymentCheck]:
    for number, row in enumerate(dataset["employment_checks"].rows(named=True)):
        facts = {name: row[name] for name in ("on", "status", "weekly_hours", "on_sick_pay", "on_benefits")}
        key = f"{row['episode_id']} {number}"
        yield EmploymentCheck(
            id=site_id("employment_checks", key),
            episode_id=site_id("episodes", row["episode_id"]),
            created_at=noted(row["on"], at, key),
            **facts,
        )


def _load_asked(specification: Specification, places: Places, at: datetime) -> None:
    """Of each specialist's open cases: a few asked in each way, of which one is begun and one was not wanted."""
    wanted = [one for one in specification.pathway.questionnaires if one.runs_from == "entry" and not one.confidential]
    if not wanted:
        return
    asked: list[AskedQuestionnaire] = []
    for staff_id, user in places.staff.items():
        cases = Episode.unscoped.filter(specialist=user, closed_on__isnull=True, allocation__isnull=True)
        for place, case in enumerate(cases.filter(accepted_on__isnull=False).order_by("referred_on", "pk")[:ASKED_OF]):
            asked_on = at.date() - timedelta(days=2 + place)
            one = wanted[place % len(wanted)]
            asked.append(
                AskedQuestionnaire(
                    id=site_id("asked", f"{staff_id} {case.pk}"),
                    episode=case,
                    instrument=one.instrument,
                    occasion=one.occasion,
                    way=("paper", "screen")[place % 2],
                    asked_by=user,
                    created_at=noted(asked_on, at, f"asked {case.pk}"),
                    unanswered_on=asked_on if place == ASKED_OF - 1 else None,
                    unanswered_reason="declined" if place == ASKED_OF - 1 else "",
                )
            )
    AskedQuestionnaire.unscoped.bulk_create(asked)
    begun = [one for one in asked if one.way == "screen" and one.unanswered_on is None]
    QuestionnaireDraft.unscoped.bulk_create(
        QuestionnaireDraft(asked=one, fields=json.dumps(_begun(one)), saved_at=at, created_at=at) for one in begun
    )


def _begun(asked: AskedQuestionnaire) -> dict[str, str]:
    """The first two items, answered."""
    one = instrument(asked.instrument)
    answers = [one.answers_of(item) for item in one.items_in_order[:2]]
    return {f"q{place}": found.known[-1] for place, found in enumerate(answers, start=1) if found}


def _load_round(lot: str, opens_on: date, at: datetime) -> None:
    """A round of five weeks: of one that has closed most codes came back, of one that runs a few."""
    key, closes_on = f"{lot} {opens_on}", opens_on + timedelta(days=34)
    forms = pick(FORMS, key) if closes_on < at.date() else pick(range(6, 12), key)
    made = SurveyRound.objects.create(
        id=site_id("survey", key),
        lot_id=lot,
        instrument=INSTRUMENT,
        opens_on=opens_on,
        closes_on=closes_on,
        codes=CODES,
        forms=forms,
    )
    given = [pick(RATINGS, f"{key} {number}") for number in range(forms)]
    answers = instrument(INSTRUMENT).answers_of("overall")
    SurveyCount.objects.bulk_create(
        SurveyCount(round=made, item="overall", answer=code, number=given.count(code))
        for code in (answers.allowed if answers else ())
    )
    SurveyRemark.objects.bulk_create(
        SurveyRemark(id=site_id("remark", f"{key} {text}"), round=made, text=text)
        for text in REMARKS
        if pick(range(3), f"{key} {text}")
    )
    unused = (hashlib.sha256(f"{key} {number}".encode()).hexdigest() for number in range(CODES - forms))
    SurveyCode.objects.bulk_create(SurveyCode(round=made, code_hash=one) for one in unused)
