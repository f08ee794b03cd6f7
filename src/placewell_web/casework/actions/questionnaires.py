"""Questionnaires of a person: asked, begun, answered once, not answered, and put right afterwards."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from placewell.periods import in_words
from placewell_web.accounts.errors import EditConflict, Refused
from placewell_web.audit.actors import Actor
from placewell_web.casework.models import AnswerCorrection, AskedQuestionnaire, QuestionnaireDraft
from placewell_web.casework.permissions import check_lives
from placewell_web.clients.actions.entries import day_of, note
from placewell_web.clients.models import Episode, Response

MOST_CHARACTERS = 20_000  # of a draft: 36 items and a few words


@transaction.atomic
def ask(*, by: Actor, at: datetime, episode: Episode, instrument: str, occasion: str, way: str) -> AskedQuestionnaire:
    """Ask a questionnaire; one that is open already is the one to go on with, in whatever way. Source: 004 §3.3."""
    Episode.unscoped.select_for_update(of=("self",)).get(pk=episode.pk)
    check_lives(episode)
    kind = {"episode": episode, "instrument": instrument, "occasion": occasion}
    still_open = AskedQuestionnaire.unscoped.filter(**kind, answered_at__isnull=True, unanswered_on__isnull=True)
    asked = still_open.first()
    if asked is not None and asked.way == way:
        return asked
    if asked is None:
        asked = AskedQuestionnaire.unscoped.create(**kind, way=way, asked_by_id=by.id, created_at=at)
    else:
        asked.way = way
        asked.save(update_fields=["way"])
    detail = {"instrument": instrument, "occasion": occasion, "way": way}
    note(by=by, at=at, verb="ask_questionnaire", record=asked, episode=episode, detail=detail)
    return asked


@transaction.atomic
def keep_draft(*, at: datetime, asked: AskedQuestionnaire, fields: Mapping[str, str]) -> QuestionnaireDraft | None:
    """Keep the answers given so far; nothing is kept of a questionnaire that is answered, or of too long a text."""
    text = json.dumps(dict(sorted(fields.items())), ensure_ascii=False)
    if not _locked(asked).is_open or len(text) > MOST_CHARACTERS:
        return None
    kept = {"fields": text, "saved_at": at}
    draft, _ = QuestionnaireDraft.unscoped.update_or_create(
        asked=asked, defaults=kept, create_defaults=kept | {"created_at": at}
    )
    return draft


@transaction.atomic
def answer(
    *, by: Actor, at: datetime, asked: AskedQuestionnaire, answers: Mapping[str, str], answered_on: date
) -> AskedQuestionnaire:
    """Keep the form: an answer to each item, empty where the item was left open. Sent twice, it is kept once."""
    found = _locked(asked)
    if found.answered_at is not None:
        return found
    if found.unanswered_on is not None:
        raise Refused("This questionnaire was recorded as not answered.", "Ask it again to record the answers.")
    form_id = uuid.uuid4()
    Response.unscoped.bulk_create(
        Response(
            created_at=at,
            episode=found.episode,
            form_id=form_id,
            instrument=found.instrument,
            occasion=found.occasion,
            completed_on=answered_on,
            item=item,
            answer=answer,
        )
        for item, answer in answers.items()
    )
    found.answered_at, found.answered_on, found.form_id = at, answered_on, form_id
    found.keyed_by_id = by.id if by.kind == "user" else None  # type: ignore[assignment]
    found.save()
    QuestionnaireDraft.unscoped.filter(asked=found).delete()
    detail = {"instrument": found.instrument, "way": found.way, "answered": sum(map(bool, answers.values()))}
    note(by=by, at=at, verb="answer_questionnaire", record=found, episode=found.episode, detail=detail)
    return found


@transaction.atomic
def leave_unanswered(*, by: Actor, at: datetime, asked: AskedQuestionnaire, reason: str) -> AskedQuestionnaire:
    """Record that the person did not want to, or could not, answer; what had been begun is thrown away."""
    found = _locked(asked)
    if found.answered_at is not None:
        raise Refused(f"This questionnaire was answered on {in_words(found.answered_on)}.")  # type: ignore[arg-type]
    if found.unanswered_on is None:
        found.unanswered_on, found.unanswered_reason = day_of(at), reason
        found.save(update_fields=["unanswered_on", "unanswered_reason"])
        QuestionnaireDraft.unscoped.filter(asked=found).delete()
        detail = {"instrument": found.instrument, "reason": reason}
        note(by=by, at=at, verb="leave_questionnaire", record=found, episode=found.episode, detail=detail)
    return found


@transaction.atomic
def correct_answer(
    *, by: Actor, at: datetime, episode: Episode, form_id: UUID, item: str, was: str, answer: str, reason: str
) -> None:
    """Put one answer right; what stood there is kept beside it. Raises EditConflict where it has changed meanwhile."""
    response = Response.unscoped.select_for_update(of=("self",)).get(episode=episode, form_id=form_id, item=item)
    if response.answer == answer:
        return
    if response.answer != was:
        raise EditConflict("The answer", {"answer": response.answer}, {"answer": answer})
    correction = AnswerCorrection.unscoped.create(
        episode=episode,
        form_id=form_id,
        item=item,
        was=was,
        reason=reason,
        corrected_by_id=by.id,
        created_at=at,
    )
    response.answer = answer
    response.save(update_fields=["answer"])
    detail = {"instrument": response.instrument, "form_id": str(form_id), "item": item}
    note(by=by, at=at, verb="correct_answer", record=correction, episode=episode, detail=detail)


def _locked(asked: AskedQuestionnaire) -> AskedQuestionnaire:
    """The questionnaire as it stands now, held until the transaction ends."""
    rows = AskedQuestionnaire.unscoped.select_for_update(of=("self",)).select_related("episode")
    return rows.get(pk=asked.pk)
