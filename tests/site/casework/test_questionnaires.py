"""Questionnaires of a person: asked in every way, kept as they are answered, finished once, put right with a reason."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from tests.site.casework.factories import TODAY, ago, make_episode
from tests.site.conftest import NOW, World, sign_in
from tests.site.writes import writes

from placewell.questionnaires import instrument
from placewell_web.accounts.errors import EditConflict, Refused
from placewell_web.audit.models import Entry
from placewell_web.casework.actions import questionnaires as record
from placewell_web.casework.dataset_rows import read_all
from placewell_web.casework.forms.questionnaires import AnswersForm, from_draft
from placewell_web.casework.models import (
    AnswerCorrection,
    AskedQuestionnaire,
    QuestionnaireDraft,
    QuestionnaireWording,
)
from placewell_web.casework.queries import questionnaires as kept
from placewell_web.clients.models import Response

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

WELL = {str(n): "3" for n in range(1, 8)}
SWEMWBS = {f"q{n}": "3" for n in range(1, 8)}


@pytest.fixture
def staff(client: Client, world: World) -> Client:
    sign_in(client, world.user("specialist"))
    return client


def asked(world: World, instrument: str = "swemwbs", way: str = "screen", **more: Any) -> AskedQuestionnaire:
    episode = more.pop("episode", None) or make_episode(world)
    given = {"occasion": "exit", "at": NOW, "by": world.actor("specialist")} | more
    return record.ask(episode=episode, instrument=instrument, way=way, **given)


def answered(world: World, one: AskedQuestionnaire, answers: dict[str, str] | None = None, **more: Any) -> Any:
    given = {"at": NOW, "by": world.actor("specialist"), "answered_on": TODAY} | more
    return record.answer(asked=one, answers=answers or WELL, **given)


def draft_of(one: AskedQuestionnaire) -> dict[str, str]:
    return kept.drafted(QuestionnaireDraft.unscoped.filter(asked=one).first())


def url(name: str, *arguments: object) -> str:
    return reverse(f"casework:{name}", args=arguments)


# --- What is kept ---


def test_an_answered_form_is_in_the_data_set(world: World) -> None:
    one = answered(world, asked(world), answered_on=ago(3))
    rows = read_all(("responses",))["responses"].to_dicts()
    assert {row["item"]: row["answer"] for row in rows} == WELL
    assert {(row["response_id"], row["occasion"], row["completed_on"]) for row in rows} == {
        (str(one.form_id), "exit", ago(3))
    }


def test_sent_twice_it_is_kept_once(world: World) -> None:
    one = asked(world)
    first, second = answered(world, one), answered(world, one, {**WELL, "1": "5"})
    assert first.form_id == second.form_id
    assert Response.unscoped.filter(item="1").get().answer == "3"
    assert Entry.objects.filter(verb="answer_questionnaire").count() == 1


@pytest.mark.parametrize(("way", "entries"), [("screen", 1), ("paper", 2)])
def test_what_is_open_is_asked_on_and_not_again(world: World, way: str, entries: int) -> None:
    one = asked(world)
    again = asked(world, episode=one.episode, way=way)
    assert (again.pk, again.way) == (one.pk, way)
    assert Entry.objects.filter(verb="ask_questionnaire").count() == entries


def test_once_answered_it_can_be_asked_again(world: World) -> None:
    one = asked(world)
    answered(world, one)
    assert asked(world, episode=one.episode).pk != one.pk


def test_the_database_holds_one_open_of_a_kind(world: World) -> None:
    one = asked(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        AskedQuestionnaire.unscoped.create(
            episode=one.episode,
            instrument="swemwbs",
            occasion="exit",
            way="paper",
            asked_by=one.asked_by,
            created_at=NOW,
        )


def test_left_unanswered_says_why_once_and_takes_no_answers(world: World) -> None:
    one = asked(world)
    record.keep_draft(at=NOW, asked=one, fields={"q1": "3"})
    for reason in ("declined", "too_unwell"):
        record.leave_unanswered(by=world.actor("specialist"), at=NOW, asked=one, reason=reason)
    one.refresh_from_db()
    assert (one.unanswered_reason, one.unanswered_on) == ("declined", TODAY)
    assert not QuestionnaireDraft.unscoped.exists()
    with pytest.raises(Refused, match="recorded as not answered"):
        answered(world, one)


def test_what_is_answered_cannot_be_left_unanswered(world: World) -> None:
    one = answered(world, asked(world))
    with pytest.raises(Refused, match="answered on 14 June 2019"):
        record.leave_unanswered(by=world.actor("specialist"), at=NOW, asked=one, reason="declined")


def test_a_draft_is_kept_answer_by_answer_until_the_form_is(world: World) -> None:
    one = asked(world)
    for fields in ({"q1": "3"}, {"q1": "3", "q2": "4"}):
        record.keep_draft(at=NOW, asked=one, fields=fields)
    assert draft_of(one) == {"q1": "3", "q2": "4"}
    answered(world, one)
    record.keep_draft(at=NOW, asked=one, fields={"q1": "5"})
    assert draft_of(one) == {}


def test_a_draft_too_long_changes_nothing(world: World) -> None:
    one = asked(world)
    record.keep_draft(at=NOW, asked=one, fields={"q1": "3"})
    record.keep_draft(at=NOW, asked=one, fields={"q1": "x" * record.MOST_CHARACTERS})
    assert draft_of(one) == {"q1": "3"}


def put_right(world: World, one: Any, **more: Any) -> None:
    given = {"item": "2", "was": "3", "answer": "4", "reason": "Misread", "at": NOW, "by": world.actor("specialist")}
    record.correct_answer(episode=one.episode, form_id=one.form_id, **given | more)


def test_what_stood_there_is_kept_with_the_reason(world: World) -> None:
    one = answered(world, asked(world))
    for _ in range(2):  # the same correction, sent twice
        put_right(world, one)
    found = AnswerCorrection.unscoped.get()
    assert (found.item, found.was, found.reason) == ("2", "3", "Misread")
    assert Response.unscoped.get(item="2").answer == "4"
    entry = Entry.objects.get(verb="correct_answer")
    assert "Misread" not in str(entry.detail)


def test_two_who_put_the_same_answer_right_see_each_other(world: World) -> None:
    one = answered(world, asked(world))
    put_right(world, one)
    with pytest.raises(EditConflict) as conflict:
        put_right(world, one, answer="5")
    assert (conflict.value.stored, conflict.value.written) == ({"answer": "4"}, {"answer": "5"})


# --- The form ---


def filled(id: str, data: dict[str, str], **more: Any) -> AnswersForm:
    wording = more.pop("wording", kept.wording_of(id))
    return AnswersForm(data, instrument=instrument(id), wording=wording, **more)


@pytest.mark.parametrize(
    ("id", "data", "said"),
    [
        ("swemwbs", SWEMWBS, {}),
        ("swemwbs", SWEMWBS | {"q7": ""}, {"leave_open": "Item 7 has no answer. Answer it"}),
        ("swemwbs", {}, {"leave_open": "Items 1, 2, 3, 4, 5, 6 and 7 have no answer"}),
        ("swemwbs", {"leave_open": "on"}, {}),
        ("swemwbs", SWEMWBS | {"q7": "6"}, {"q7": "Item 7 must be a whole number from 1 to 5."}),
        ("swemwbs", SWEMWBS | {"q7": "<b>"}, {"q7": "must be a whole number"}),
        ("swemwbs", SWEMWBS | {"q7": "5" * 50}, {"q7": "10 characters or fewer"}),
        ("wsas", {f"q{n}": "8" for n in range(2, 6)} | {"q1": "NA"}, {}),
        ("satisfaction", {"q1": "good"}, {}),
        ("satisfaction", {"q1": "superb"}, {"q1": "Choose one of the answers"}),
        ("eq5d5l", {f"q{n}": "1" for n in range(1, 6)} | {"q6": "101"}, {"q6": "0 to 100"}),
    ],
)
def test_what_the_form_says(world: World, id: str, data: dict[str, str], said: dict[str, str]) -> None:
    form = filled(id, data)
    found = {name: errors[0] for name, errors in form.errors.items()}
    assert set(found) == set(said)
    assert all(words in found[name] for name, words in said.items())


def test_an_item_left_open_is_kept_as_open(world: World) -> None:
    form = filled("swemwbs", SWEMWBS | {"q7": "", "leave_open": "on"})
    assert form.is_valid()
    assert form.answers == WELL | {"7": ""}


def test_a_form_on_paper_has_its_date(world: World) -> None:
    dates = (ago(30), TODAY)
    day = {"answered_on-day": "15", "answered_on-month": "6", "answered_on-year": "2019"}
    assert "on or before 14 June 2019" in filled("swemwbs", SWEMWBS | day, dates=dates).errors["answered_on"][0]
    assert "Enter the date" in filled("swemwbs", SWEMWBS, dates=dates).errors["answered_on"][0]


def test_the_draft_brings_back_what_was_typed_also_when_it_is_wrong(world: World) -> None:
    data = {"q1": "9", "q2": "3", "answered_on-day": "31", "answered_on-month": "2", "csrfmiddlewaretoken": "x"}
    form = filled("swemwbs", data, dates=(ago(30), TODAY))
    assert form.typed() == {"q1": "9", "q2": "3", "answered_on-day": "31", "answered_on-month": "2"}
    assert from_draft(form.typed())["answered_on"] == ("31", "2", "")


# --- The pages ---


def test_the_page_says_what_is_due_and_why(staff: Client, world: World) -> None:
    episode = make_episode(world, referred_on=ago(22), accepted_on=ago(20))
    page = staff.get(url("questionnaires", episode.pk)).content.decode()
    assert "Warwick-Edinburgh" in page
    assert "Entered on 25 May 2019. Not answered yet." in page
    assert "No questionnaire has been answered yet." in page


@pytest.mark.parametrize(
    ("way", "goes_to"),
    [("screen", "answer_questionnaire"), ("paper", "answer_questionnaire"), ("none", "questionnaires")],
)
def test_asking_goes_on_to_where_it_is_answered(staff: Client, world: World, way: str, goes_to: str) -> None:
    episode = make_episode(world)
    sent = {"instrument": "swemwbs", "occasion": "exit", "way": way, "reason": "declined"}
    answer = staff.post(url("ask_questionnaire", episode.pk), sent)
    one = AskedQuestionnaire.unscoped.get()
    arguments = [episode.pk, *([one.pk] if goes_to == "answer_questionnaire" else [])]
    assert answer["Location"] == url(goes_to, *arguments)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Choose a questionnaire."),
        ({"instrument": "swemwbs", "occasion": "exit", "way": "none"}, "Choose why it is not answered."),
        ({"instrument": "swemwbs", "occasion": "exit", "way": "link"}, "It cannot be asked by a link"),
        ({"instrument": "sf36", "occasion": "exit", "way": "screen"}, "Choose one of the answers in the list."),
    ],
)
def test_what_cannot_be_asked_says_what_to_do(staff: Client, world: World, sent: dict[str, str], said: str) -> None:
    page = staff.post(url("ask_questionnaire", make_episode(world).pk), sent).content.decode()
    assert said in page
    assert not AskedQuestionnaire.unscoped.exists()


def test_a_due_row_fills_in_the_form(staff: Client, world: World) -> None:
    address = url("ask_questionnaire", make_episode(world).pk) + "?instrument=rand36&occasion=exit%3Cscript"
    page = staff.get(address).content.decode()
    assert '<option value="rand36" selected>' in page
    assert "exit<script" not in page


def test_without_words_the_page_asks_for_the_licensed_copy(staff: Client, world: World) -> None:
    one = asked(world)
    page = staff.get(url("answer_questionnaire", one.episode_id, one.pk)).content.decode()
    assert "Use your licensed paper copy" in page
    assert "Item 7" in page


def test_an_error_keeps_what_was_typed(staff: Client, world: World) -> None:
    one = asked(world)
    page = staff.post(url("answer_questionnaire", one.episode_id, one.pk), SWEMWBS | {"q2": "77"}).content.decode()
    assert "Item 2 must be a whole number from 1 to 5." in page
    assert draft_of(one)["q2"] == "77"
    assert 'value="77"' in staff.get(url("answer_questionnaire", one.episode_id, one.pk)).content.decode()


def test_answered_on_the_page_it_is_kept_with_its_audit_entry(staff: Client, world: World) -> None:
    one = asked(world)
    with writes() as written:
        answer = staff.post(url("answer_questionnaire", one.episode_id, one.pk), SWEMWBS)
    assert answer["Location"] == url("questionnaires", one.episode_id)
    assert written.alone() == []
    one.refresh_from_db()
    assert (one.answered_on, one.keyed_by) == (TODAY, world.user("specialist"))
    again = staff.get(url("answer_questionnaire", one.episode_id, one.pk))
    assert again["Location"] == url("questionnaire_form", one.episode_id, one.form_id)


def test_the_draft_comes_by_itself(staff: Client, world: World) -> None:
    one = asked(world)
    sent = staff.post(url("questionnaire_draft", one.episode_id, one.pk), {"q1": "4", "other": "x"})
    assert sent.json() == {"saved_at": "12:04"}
    assert draft_of(one) == {"q1": "4"}


def test_scores_stand_with_the_change_the_missing_items_and_the_end_of_the_scale(staff: Client, world: World) -> None:
    episode = make_episode(world)
    for occasion, on, value in (("baseline", ago(60), "2"), ("review", ago(30), ""), ("exit", ago(1), "5")):
        one = asked(world, episode=episode, occasion=occasion)
        answered(
            world,
            one,
            dict.fromkeys(WELL, "2") | dict.fromkeys("1234567", value or "2") | ({"3": ""} if not value else {}),
            answered_on=on,
        )
    page = staff.get(url("questionnaires", episode.pk)).content.decode()
    assert "Since the baseline: up 19.68. Meaningful improvement" in page
    assert "Item 3 not answered: no score for raw, metric." in page
    assert "the best score there is, so a later one cannot be better" in page
    assert "general knowledge, not confirmed" in page
    assert "15 April 2019 (baseline): 15.32; 13 June 2019: 35" in page


def test_a_questionnaire_without_a_score_is_listed(staff: Client, world: World) -> None:
    one = answered(world, asked(world, "satisfaction"), {"overall": "very_good"})
    page = staff.get(url("questionnaires", one.episode_id)).content.decode()
    assert "Satisfaction with the service" in page
    form = staff.get(url("questionnaire_form", one.episode_id, one.form_id)).content.decode()
    assert "Very good (very_good)" in form


def test_an_answer_is_put_right_on_its_page(staff: Client, world: World) -> None:
    one = answered(world, asked(world))
    address = url("questionnaire_form", one.episode_id, one.form_id)
    sent = {f"was{n}": "3" for n in range(7)} | {"item": "2", "answer": "4", "reason": "Misread the tick"}
    assert staff.post(address, sent)["Location"] == address
    assert "Misread the tick" in staff.get(address).content.decode()
    page = staff.post(address, sent | {"answer": "9", "reason": ""}).content.decode()
    assert "The right answer must be a whole number from 1 to 5." in page
    assert "Say why it changes" in page
    assert staff.post(address, sent | {"answer": "5"}).status_code == 409


@pytest.mark.parametrize("name", ["questionnaire_form", "answer_questionnaire"])
def test_what_is_of_another_episode_is_not_there(staff: Client, world: World, name: str) -> None:
    one = answered(world, asked(world))
    other = make_episode(world)
    assert staff.get(url(name, other.pk, one.form_id if name == "questionnaire_form" else one.pk)).status_code == 404
    assert staff.get(url(name, one.episode_id, uuid.uuid4())).status_code == 404


def test_own_words_of_a_service_come_with_its_own_questions(staff: Client, world: World) -> None:
    text = kept_words('own = "What should we do better?"')
    QuestionnaireWording.objects.create(
        instrument="satisfaction", text=text, loaded_by=world.user("administrator"), loaded_at=NOW
    )
    one = asked(world, "satisfaction")
    page = staff.post(
        url("answer_questionnaire", one.episode_id, one.pk), {"q1": "fair", "q2": "Ring <b>back</b>"}, follow=True
    ).content.decode()
    assert "is kept" in page
    assert Response.unscoped.get(item="own").answer == "Ring <b>back</b>"
    one.refresh_from_db()
    form = staff.get(url("questionnaire_form", one.episode_id, one.form_id)).content.decode()
    assert "Ring &lt;b&gt;back&lt;/b&gt;" in form


def kept_words(more: str) -> str:
    answers = "\n".join(f'{code} = "{code}!"' for code in ("excellent", "very_good", "good", "fair", "poor"))
    head = f'instrument = "satisfaction"\nlanguage = "en"\n[items]\noverall = "All in all?"\n{more}\n'
    return f'{head}[[answers]]\nitems = ["overall"]\n[answers.labels]\n{answers}\n'
