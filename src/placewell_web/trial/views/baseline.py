"""The baseline, part by part: the items about the person, then each questionnaire keyed in from paper."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from placewell.questionnaires import instrument
from placewell.specification.trial import BaselinePart
from placewell_web.accounts.policy import staff
from placewell_web.nhsuk.sent import posted
from placewell_web.nhsuk.words import day
from placewell_web.trial.actions import baseline as record
from placewell_web.trial.forms.items import ItemsForm
from placewell_web.trial.forms.questionnaire import QuestionnaireForm, in_order
from placewell_web.trial.queries import meetings
from placewell_web.trial.steps import is_kept, open_parts
from placewell_web.trial.views.drafts import keeps_text
from placewell_web.trial.views.opening import CASEWORKERS, Opened, at_step, common, keep, page, resumed, see_other

PERSON = (
    "region",
    "first_name",
    "surname",
    "birth_date",
    "email",
    "phone",
    "gender",
    "ethnicity",
    "religion",
    "sexual_orientation",
    "education",
)
EPISODE = ("source", "primary_condition", "time_since_last_worked")


@staff(*CASEWORKERS)
@at_step("baseline")
def baseline(request: HttpRequest, opened: Opened) -> HttpResponse:
    """On to the first part that is open; with none open, to the review."""
    return _next(opened.episode.pk, opened, opened.kept)


def _next(episode: UUID, opened: Opened, kept: dict[str, Any]) -> HttpResponse:
    left = open_parts(opened.trial, opened.meeting, kept)
    return see_other("trial:baseline_part", episode, part=left[0].id) if left else see_other("trial:review", episode)


@keeps_text
@staff(*CASEWORKERS)
@at_step("baseline")
def part(request: HttpRequest, opened: Opened, part: str) -> HttpResponse:
    """One part; a questionnaire that is kept is only shown."""
    found = next((one for one in opened.trial.baseline if one.id == part), None)
    if found is None:
        raise Http404
    if found.kind == "person_items":
        return _items(request, opened, found)
    if is_kept(found, opened.meeting, opened.kept):
        return _kept_form(request, opened, found)
    return _questionnaire(request, opened, found)


def _items(request: HttpRequest, opened: Opened, part: BaselinePart) -> HttpResponse:
    form = _items_form(request, opened, part)
    if request.method == "POST" and form.is_valid():
        record.keep_items(**common(request, opened), facts=form.facts())
        return _after(request, opened)
    if request.method == "POST":
        keep(request, opened, part.id)
    elif opened.meeting.items_at is None:
        resumed(request, opened, form, part.id)
    known = [("Referred on", day(opened.episode.referred_on)), ("Consent", "Signed at this meeting")]
    place = _place(opened, part)
    return page(request, opened, "trial/items.html", draft=part.id, form=form, part=part, known=known, place=place)


def _items_form(request: HttpRequest, opened: Opened, part: BaselinePart) -> ItemsForm:
    person, episode = opened.episode.person, opened.episode
    stored: dict[str, Any] = {name: getattr(person, name) for name in PERSON}
    stored |= {name: getattr(episode, name) for name in EPISODE}
    stored |= {"person_version": person.version, "episode_version": episode.version}
    stored["benefits"] = meetings.benefits_of(request.viewer, episode)
    return ItemsForm(
        posted(request) if request.method == "POST" else None,
        items=part.items,
        stored=stored,
        not_said=[name for name in opened.meeting.not_said.split(",") if name],
        spec=opened.spec,
        today=request.today,
    )


def _questionnaire(request: HttpRequest, opened: Opened, part: BaselinePart) -> HttpResponse:
    one = instrument(part.instrument)
    form = QuestionnaireForm(posted(request) if request.method == "POST" else None, instrument=one)
    if request.method == "POST" and form.is_valid():
        record.keep_questionnaire(**common(request, opened), part=part, answers=form.answers)
        return _after(request, opened)
    if request.method == "POST":
        keep(request, opened, part.id)
    else:
        resumed(request, opened, form, part.id)
    rows = [(form[f"item_{item}"], _answers(one, item)) for item in in_order(one)]
    context = {"form": form, "part": part, "instrument": one, "rows": rows, "place": _place(opened, part)}
    return page(request, opened, "trial/questionnaire.html", draft=part.id, **context)


def _answers(one: Any, item: str) -> str:
    """The codes an item takes, as short as they can be said: 1 to 6."""
    codes = one.answers_of(item).allowed
    numbers = [int(code) for code in codes if code.isdigit()]
    if len(numbers) == len(codes) > 2 and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"{numbers[0]} to {numbers[-1]}"
    return str(one.answers_of(item).in_words)


def _kept_form(request: HttpRequest, opened: Opened, part: BaselinePart) -> HttpResponse:
    one = instrument(part.instrument)
    rows = [(item, opened.kept[one.id].get(item, "")) for item in in_order(one)]
    return page(request, opened, "trial/kept.html", part=part, instrument=one, rows=rows)


def _place(opened: Opened, part: BaselinePart) -> str:
    number = [one.id for one in opened.trial.baseline].index(part.id) + 1
    return f"part {number} of {len(opened.trial.baseline)}"


def _after(request: HttpRequest, opened: Opened) -> HttpResponse:
    meeting = meetings.meeting_of(request.viewer, opened.episode.pk)
    now = Opened(meeting, opened.episode, opened.spec, opened.trial, opened.step, {})
    return _next(opened.episode.pk, now, meetings.questionnaires_kept(request.viewer, meeting))
