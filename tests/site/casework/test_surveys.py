"""The confidential survey: a code is used once, and nothing that is kept says who used which, or when."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.test import Client
from django.urls import reverse
from tests.site.casework.factories import TODAY, ago, make_episode
from tests.site.conftest import NOW, World, sign_in

from placewell_web.accounts.errors import Refused
from placewell_web.audit.models import Entry
from placewell_web.casework.actions import surveys as record
from placewell_web.casework.models import SurveyCode, SurveyCount, SurveyRemark, SurveyRound
from placewell_web.casework.queries import surveys as kept

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

SURVEY = (SurveyRound, SurveyCode, SurveyCount, SurveyRemark)
CLOSES = ago(-7)
AFTER = ago(-8)


def a_round(world: World, opens: date = TODAY, closes: date = CLOSES, lot: Any = None) -> SurveyRound:
    return record.start_round(by=world.actor("manager"), at=NOW, lot=lot or world.own, opens_on=opens, closes_on=closes)


def codes_of(world: World, round: SurveyRound, number: int) -> list[str]:
    """So many of a batch; the smallest is ten."""
    round.refresh_from_db()
    many = max(number, record.LEAST_CODES)
    made = record.make_codes(by=world.actor("manager"), at=NOW, round=round, number=many, made_before=round.codes)
    return made[:number]


def answer(code: str, overall: str = "good", remark: str = "", today: date = TODAY) -> bool:
    return record.answer_survey(code=code, today=today, answers={"overall": overall}, remark=remark)


def counted(round: SurveyRound) -> dict[str, int]:
    return dict(round.counts.filter(number__gt=0).values_list("answer", "number"))


# --- One answer a code ---


def test_a_code_counts_once(world: World) -> None:
    round = a_round(world)
    code, other = codes_of(world, round, 2)
    assert [answer(code), answer(code, "poor"), answer(other, "poor")] == [True, False, True]
    round.refresh_from_db()
    assert (counted(round), round.forms, round.unused.count()) == ({"good": 1, "poor": 1}, 2, 8)


@pytest.mark.parametrize("typed", [str.lower, lambda code: code.replace("-", ""), lambda code: f" {code} "])
def test_a_code_is_read_however_it_is_typed(world: World, typed: Any) -> None:
    (code,) = codes_of(world, a_round(world), 1)
    assert answer(typed(code))


@pytest.mark.parametrize(("today", "counts"), [(ago(1), False), (TODAY, True), (CLOSES, True), (AFTER, False)])
def test_a_code_works_on_the_days_of_its_round(world: World, today: date, counts: bool) -> None:
    (code,) = codes_of(world, a_round(world), 1)
    assert answer(code, today=today) is counts
    assert SurveyCode.objects.count() == (9 if counts else 10)


@pytest.mark.parametrize("code", ["", "-", "AAAA-AAAA-AAAA", "x" * 5000, "%00", "🙂", "' OR 1=1"])
def test_what_is_no_code_counts_nothing(world: World, code: str) -> None:
    codes_of(world, a_round(world), 1)
    assert not answer(code)
    assert not SurveyCount.objects.filter(number__gt=0).exists()


def test_a_round_is_started_once_and_never_over_another(world: World) -> None:
    first = a_round(world)
    assert a_round(world).pk == first.pk
    with pytest.raises(Refused, match="runs from 14 June 2019 to 21 June 2019"):
        a_round(world, opens=CLOSES, closes=AFTER)
    assert a_round(world, lot=world.other).pk != first.pk
    assert a_round(world, opens=AFTER, closes=AFTER).pk != first.pk


def test_codes_are_made_once_for_one_page(world: World) -> None:
    round = a_round(world)
    made = {"by": world.actor("manager"), "at": NOW, "round": round, "number": 12, "made_before": 0}
    assert len(set(record.make_codes(**made))) == 12
    with pytest.raises(Refused, match="12 codes have been made by now"):
        record.make_codes(**made)
    assert SurveyCode.objects.count() == 12


@pytest.mark.parametrize("number", [0, 1, 9])
def test_no_code_is_made_for_somebody(world: World, number: int) -> None:
    made = {"by": world.actor("manager"), "at": NOW, "round": a_round(world), "made_before": 0}
    with pytest.raises(Refused, match="At least 10 codes"):
        record.make_codes(**made, number=number)
    assert not SurveyCode.objects.exists()


def test_a_code_is_kept_nowhere_in_the_clear(world: World) -> None:
    (code,) = codes_of(world, a_round(world), 1)
    plain = code.replace("-", "")
    for text in everything():
        assert code not in text
        assert plain not in text


# --- Nobody can be traced ---


def test_the_tables_have_no_place_for_a_person_or_a_moment() -> None:
    """By their fields: no tie but to the lot and the round, no time finer than the round's own days."""
    for model in SURVEY:
        for field in model._meta.get_fields():
            target = field.related_model
            assert target is None or target in SURVEY or target.__name__ == "Lot", f"{model.__name__}.{field.name}"
            is_day = isinstance(field, models.DateField)
            assert not is_day or (model is SurveyRound and not isinstance(field, models.DateTimeField))
    pointed_at = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model not in SURVEY
        for field in model._meta.concrete_fields
        if field.related_model in SURVEY
    ]
    assert pointed_at == []


PEOPLE = ("good", "poor", "excellent")


def after_answers(world: World, monkeypatch: pytest.MonkeyPatch, order: tuple[int, ...]) -> dict[str, list[Any]]:
    """All that is kept when three people with codes 0, 1 and 2 answer in turn, `order` saying what each answers."""
    numbers = itertools.count()
    monkeypatch.setattr(record, "new_code", lambda: f"AAAA-AAAA-AAA{record.LETTERS[next(numbers)]}")
    before = tables()
    round = a_round(world)
    codes = codes_of(world, round, 10)
    for code, place in zip(codes, order, strict=False):
        assert answer(code, PEOPLE[place])
    found = {name: rows for name, rows in tables().items() if rows != before[name] and name != Entry._meta.db_table}
    entries = [(entry.verb, entry.detail) for entry in Entry.objects.order_by("sequence")]
    return found | {"entries": entries}


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_what_is_kept_is_the_same_whoever_answered_what(
    world: World, monkeypatch: pytest.MonkeyPatch, order: tuple[int, ...]
) -> None:
    """Who could be told apart by any table, any column or the place of a row would differ between two of these."""
    make_episode(world)
    found = after_answers(world, monkeypatch, order)
    assert found.pop("entries") == [
        ("start_survey", '{"closes_on":"2019-06-21","opens_on":"2019-06-14"}'),
        ("make_survey_codes", '{"number":10}'),
    ]
    assert set(found) == {model._meta.db_table for model in (SurveyRound, SurveyCode, SurveyCount)}
    numbers = {"excellent": 1, "very_good": 0, "good": 1, "fair": 0, "poor": 1}
    assert found[SurveyCount._meta.db_table] == [("overall", answer, number) for answer, number in numbers.items()]
    assert found[SurveyRound._meta.db_table] == [("dudley", "satisfaction", TODAY, CLOSES, 10, 3)]
    assert found[SurveyCode._meta.db_table] == sorted(
        (record.hash_of(f"AAAA-AAAA-AAA{record.LETTERS[number]}"),) for number in range(3, 10)
    )


def test_answering_leaves_no_entry_no_session_and_no_moment(world: World) -> None:
    round = a_round(world)
    for who in (None, world.user("specialist"), world.user("manager")):  # also in the browser of somebody signed in
        (code,) = codes_of(world, round, 1)
        client = Client()
        if who:
            sign_in(client, who)
        before = tables()
        sent = client.post(reverse("casework:answer_survey", args=[code]), {"q1": "good"})
        assert sent.url == "/survey/thanks/"
        changed = {name for name, rows in tables().items() if rows != before[name]}
        of_staff = {"django_session"} if who else set()  # theirs goes on with whatever page they open
        assert changed <= {model._meta.db_table for model in SURVEY} | of_staff
        assert "sessionid" not in sent.cookies


def test_a_remark_stands_alone_and_in_no_order(world: World) -> None:
    round = a_round(world, opens=ago(9), closes=ago(1))
    codes = codes_of(world, round, 6)
    for number, code in enumerate(codes):
        assert answer(code, remark=f"Remark {number}", today=ago(2))
    ids = [str(pk) for pk in SurveyRemark.objects.order_by("id").values_list("pk", flat=True)]
    assert kept.remarks_of(round, TODAY) == [SurveyRemark.objects.get(pk=pk).text for pk in ids]
    fields = {field.name for field in SurveyRemark._meta.concrete_fields}
    assert fields == {"id", "round", "text"}


def test_remarks_lie_in_the_order_of_their_ids_however_they_came(world: World) -> None:
    """`rowid` on SQLite, `ctid` on PostgreSQL; after each answer, one without a remark too, beside another round."""
    place = {"sqlite": "rowid", "postgresql": "ctid"}[connection.vendor]
    round, other = a_round(world), a_round(world, lot=world.other)
    elsewhere = codes_of(world, other, 10)
    for number, code in enumerate(codes_of(world, round, 10)):
        assert answer(code, remark="" if number == 4 else f"Remark {number}")
        assert answer(elsewhere[number], remark=f"Elsewhere {number}")
        for one in (round, other):
            rows = SurveyRemark.objects.raw(f"SELECT * FROM {SurveyRemark._meta.db_table} ORDER BY {place}")
            found = [row.pk for row in rows if row.round_id == one.pk]
            assert found == sorted(found)
    assert sorted(SurveyRemark.objects.filter(round=round).values_list("text", flat=True)) == [
        f"Remark {number}" for number in range(10) if number != 4
    ]


def test_no_row_of_the_survey_has_a_number_of_its_own() -> None:
    """A counter of a table, such as an automatic id, would number the answers."""
    assert {model._meta.pk.__class__ for model in SURVEY} == {models.UUIDField}


def tables() -> dict[str, list[Any]]:
    """Every table but for ids drawn at random, in the order in which its rows lie."""
    found = {}
    for model in apps.get_models():
        random = {"id", "round_id"} if model in SURVEY else set()
        names = [field.attname for field in model._meta.concrete_fields if field.attname not in random]
        rows = model._base_manager.order_by() if model in SURVEY else model._base_manager.order_by("pk")
        found[model._meta.db_table] = list(rows.values_list(*names))
    return found


def everything() -> list[str]:
    return [str(rows) for rows in tables().values()]


# --- What is shown ---


def filled_round(world: World, answers: dict[str, int], closes: date = ago(1)) -> SurveyRound:
    round = a_round(world, opens=ago(20), closes=closes)
    given = [answer for answer, number in answers.items() for _ in range(number)]
    for code, overall in zip(codes_of(world, round, len(given)), given, strict=True):
        assert answer(code, overall, remark="The lift is broken", today=ago(2))
    round.refresh_from_db()
    return round


@pytest.fixture
def manager(client: Client, world: World) -> Client:
    sign_in(client, world.user("manager"))
    return client


def page(manager: Client, round: SurveyRound) -> str:
    return manager.get(reverse("casework:survey", args=[round.pk])).content.decode()


def test_a_closed_round_shows_rounded_counts(manager: Client, world: World) -> None:
    shown = page(manager, filled_round(world, {"good": 13, "excellent": 8, "poor": 3}))
    assert "About 25 answered. About 80% rated it good or better (20 of 25, rounded to 5)." in shown
    assert "<td>about 15</td>" in shown
    assert "<td>fewer than 5</td>" in shown
    assert "The lift is broken" in shown
    for exact in ("13", "24", "21"):
        assert f">{exact}<" not in shown


@pytest.mark.parametrize(
    ("answers", "remarks"), [({"good": 2, "poor": 2}, False), ({"poor": 9}, True), ({}, False), ({"poor": 1}, False)]
)
def test_too_few_or_all_alike_show_nothing(
    manager: Client, world: World, answers: dict[str, int], remarks: bool
) -> None:
    shown = page(manager, filled_round(world, answers))
    assert "Nothing is shown" in shown
    assert "Poor" not in shown
    assert ("The lift is broken" in shown) is remarks


def test_before_it_has_closed_nobody_sees_an_answer(manager: Client, world: World) -> None:
    round = filled_round(world, {"good": 30}, closes=TODAY)
    shown = page(manager, round)
    assert "Results are shown once the survey has closed" in shown
    assert "The lift is broken" not in shown
    assert "30 or more came back" in shown
    assert kept.counts_of(round, TODAY) == {}
    assert kept.remarks_of(round, TODAY) == []


def test_another_lots_survey_is_not_there(manager: Client, world: World) -> None:
    other = a_round(world, lot=world.other)
    assert manager.get(reverse("casework:survey", args=[other.pk])).status_code == 404
    assert world.other.name not in manager.get(reverse("casework:surveys")).content.decode()


def days(opens: date, closes: date) -> dict[str, int]:
    named = (("opens_on", opens), ("closes_on", closes))
    return {f"{name}-{box}": getattr(day, box) for name, day in named for box in ("day", "month", "year")}


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Choose the lot."),
        ({"lot": "wolverhampton"} | days(TODAY, CLOSES), "Choose one of the answers in the list."),
        ({"lot": "dudley"} | days(ago(1), CLOSES), "First day must be on or after 14 June 2019."),
        ({"lot": "dudley"} | days(CLOSES, TODAY), "Last day must be on or after the first day."),
        ({"lot": "dudley"} | days(TODAY, TODAY + timedelta(days=400)), "within a year"),
    ],
)
def test_a_round_that_cannot_be_says_why(manager: Client, world: World, sent: dict[str, Any], said: str) -> None:
    assert said in manager.post(reverse("casework:surveys"), sent).content.decode()
    assert not SurveyRound.objects.exists()


@pytest.mark.parametrize(("role", "offered"), [("manager", True), ("team_leader", False)])
def test_it_is_offered_beside_the_title_of_this_quarter_to_whoever_can_open_it(
    client: Client, world: World, role: str, offered: bool
) -> None:
    sign_in(client, world.user(role))
    title = client.get("/quarter/").content.decode().partition("</h1>")[2].partition('class="pw-answer"')[0]
    assert (f'href="{reverse("casework:surveys")}"' in title) is offered


def test_from_the_start_to_the_thanks(manager: Client, world: World) -> None:
    manager.post(reverse("casework:surveys"), {"lot": "dudley"} | days(TODAY, CLOSES))
    address = reverse("casework:survey", args=[SurveyRound.objects.get().pk])
    shown = manager.post(address, {"number": "10", "made_before": "0"}).content.decode()
    links = ["/survey/" + part.split("<")[0] for part in shown.split("/survey/")[1:]]
    assert len(links) == 10
    assert "/survey/" not in manager.get(address).content.decode()
    someone = Client()
    assert "Nobody can see that it was you" in someone.get(links[0]).content.decode()
    assert "Answer a question, or write something." in someone.post(links[0], {}).content.decode()
    assert "Choose one of the answers" in someone.post(links[0], {"q1": "superb"}).content.decode()
    sent = someone.post(links[0], {"q1": "fair", "remark": "<script>x</script>"}, follow=True)
    assert "Your answers have been counted" in sent.content.decode()
    assert someone.get(links[0]).status_code == someone.post(links[0], {"q1": "good"}).status_code == 410
    assert SurveyCount.objects.get(number=1).answer == "fair"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("", "Enter how many codes"),
        ("0", "10 or more"),
        ("9", "a code made for one person would tell"),
        ("501", "500 or fewer"),
        ("x", "whole number"),
    ],
)
def test_how_many_codes(manager: Client, world: World, number: str, said: str) -> None:
    address = reverse("casework:survey", args=[a_round(world).pk])
    assert said in manager.post(address, {"number": number, "made_before": "0"}).content.decode()
    assert not SurveyCode.objects.exists()
