"""Questionnaires of an episode: what was asked and answered, and the words there are for them."""

from __future__ import annotations

import json
from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from placewell.dataset import Dataset
from placewell.questionnaires import QuestionnaireError, instrument
from placewell.questionnaires.wording import Wording, parse_wording, shipped_wording
from placewell_web.accounts.viewer import Viewer
from placewell_web.casework.dataset_rows import read_episodes
from placewell_web.casework.models import (
    AnswerCorrection,
    AskedQuestionnaire,
    EmploymentCheck,
    QuestionnaireDraft,
    QuestionnaireWording,
)
from placewell_web.casework.queries.caseload import Caseload, Row
from placewell_web.clients.models import Episode, Response


def responses_of(episodes: QuerySet[Episode]) -> Dataset:
    """Every answer given under these episodes."""
    return read_episodes(episodes, ("responses",))


def asked_of(viewer: Viewer, episode: Episode) -> QuerySet[AskedQuestionnaire]:
    """Everything that was asked under the episode, newest first."""
    found = AskedQuestionnaire.scoped.visible_to(viewer).filter(episode=episode)
    rows = found.select_related("asked_by", "keyed_by", "draft").order_by("-created_at", "id")
    return cast("QuerySet[AskedQuestionnaire]", rows)


def one_asked(viewer: Viewer, episode: Episode, asked_id: UUID) -> AskedQuestionnaire:
    """One questionnaire that was asked, or 404."""
    return cast("AskedQuestionnaire", get_object_or_404(asked_of(viewer, episode), pk=asked_id))


def asked_behind(link: Any) -> AskedQuestionnaire | None:
    """What a personal link is for; None where the questionnaire is not that episode's."""
    rows = link.episode.asked_questionnaires.select_related("episode__person", "draft")
    return cast("AskedQuestionnaire | None", rows.filter(pk=link.about).first())


def draft_of(asked: AskedQuestionnaire) -> QuestionnaireDraft | None:
    """What has been answered so far, as it stood when the questionnaire was read."""
    return getattr(asked, "draft", None)


def drafted(draft: QuestionnaireDraft | None) -> dict[str, str]:
    """The answers of a draft, by the name of the field."""
    found = json.loads(draft.fields) if draft else {}
    return {str(name): str(value) for name, value in found.items()}


def form_of(episode: Episode, form_id: UUID) -> list[Response]:
    """The answers of one form of the episode, or 404."""
    rows = list(episode.responses.filter(form_id=form_id))
    if not rows:
        raise Http404
    return rows


def corrections_of(episode: Episode, form_id: UUID) -> QuerySet[AnswerCorrection]:
    """What was put right in a form, newest first."""
    found = episode.answer_corrections.filter(form_id=form_id)
    return found.select_related("corrected_by").order_by("-created_at", "id")


def checks_of(episode: Episode) -> QuerySet[EmploymentCheck]:
    """Checks of work status, newest first."""
    return episode.employment_checks.select_related("recorded_by").order_by("-on", "-created_at", "id")


def one_check(viewer: Viewer, episode: Episode, check_id: UUID) -> EmploymentCheck:
    """One check of work status, or 404."""
    found = get_object_or_404(EmploymentCheck.scoped.visible_to(viewer), pk=check_id, episode=episode)
    return cast("EmploymentCheck", found)


def due_on_caseload(viewer: Viewer, loaded: Caseload) -> list[Row]:
    """What the schedule asks of the people on a caseload that is loaded already, soonest first."""
    spec = loaded.spec
    if not spec.pathway.questionnaires or not loaded.episode_ids:
        return []
    ids = [UUID(one) for one in loaded.episode_ids]
    seen = Episode.scoped.visible_to(viewer).filter(pk__in=ids, responses__isnull=False)
    columns = ("pk", "responses__form_id", "responses__instrument", "responses__occasion", "responses__completed_on")
    names = ("episode_id", "response_id", "instrument", "occasion", "completed_on")
    forms = [
        dict(zip(names, (str(one[0]), str(one[1]), *one[2:]), strict=True))
        for one in seen.values_list(*columns).distinct()
    ]
    return loaded.with_answers(forms).questionnaires


def left_on_caseload(viewer: Viewer, loaded: Caseload) -> list[AskedQuestionnaire]:
    """What people on the caseload left unanswered."""
    found = AskedQuestionnaire.scoped.visible_to(viewer).filter(unanswered_on__isnull=False)
    return list(found.filter(episode_id__in=[UUID(one) for one in loaded.episode_ids]))


def wordings() -> QuerySet[QuestionnaireWording]:
    """The words that the service has loaded and not taken away."""
    return QuestionnaireWording.objects.filter(removed_at__isnull=True).select_related("loaded_by")


def wording_of(id: str) -> Wording | None:
    """The words a questionnaire is asked in: the service's own, else those that are ours; none where there are none."""
    loaded = wordings().filter(instrument=id).first()
    if loaded is None:
        return shipped_wording(id)
    try:
        return parse_wording(loaded.text, instrument(id), id)
    except QuestionnaireError:  # a later version of the instrument may ask other items
        return shipped_wording(id)
