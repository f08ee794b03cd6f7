"""Better-off sums and decisions on telling an employer: amounts, results, once, taken back, on paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from tests.site.casework.factories import TODAY, ago, make_employer, make_episode, make_job
from tests.site.conftest import NOW, World

from placewell_web.accounts.errors import Refused
from placewell_web.accounts.models import User
from placewell_web.audit.models import Entry
from placewell_web.casework import dataset_rows
from placewell_web.casework.actions import better_off
from placewell_web.casework.actions.better_off import Amount, BetterOffFacts
from placewell_web.casework.models import BenefitsAdvice, BetterOff, Disclosure, WeeklyAmount
from placewell_web.casework.presenters.better_off import better_off_words, pounds, result
from placewell_web.clients.models import Episode

SignIn = Callable[[User | None], Client]
DAY = {"on-day": "14", "on-month": "6", "on-year": "2019"}
TOKEN = "7b0f5f0e-6a75-4f0a-9a57-0a8f6e5c6d11"
SUM = {
    "form_token": TOKEN,
    "about": "before_start",
    "job": "",
    "income_wages_before": "0",
    "income_wages_after": "164.20",
    "income_universal_credit_before": "£121.05",
    "income_universal_credit_after": "38.95",
    "cost_travel_before": "0",
    "cost_travel_after": "17.50",
    "told_to": ["dwp", "council_tax"],
    **DAY,
}


@pytest.fixture(autouse=True)
def _still(frozen: object) -> None:
    """Friday 14 June 2019."""


@pytest.fixture
def episode(world: World) -> Episode:
    return make_episode(world)


@pytest.fixture
def specialist(world: World, client_for: SignIn) -> Client:
    return client_for(world.user("specialist"))


def send(client: Client, episode: Episode, **answers: Any) -> str:
    given = {name: value for name, value in (SUM | answers).items() if value is not None}
    return client.post(f"/people/{episode.pk}/better-off/", given, follow=True).content.decode()


def test_a_sum_from_form_to_paper(episode: Episode, specialist: Client) -> None:
    job = make_job(episode, ago(-3), title="Packer", employer=make_employer())
    page = send(specialist, episode, job=str(job.pk), weekly_hours="20", advised_by="Advice centre", words="Ring first")
    assert "Better off by £64.60 a week" in page
    row = BetterOff.unscoped.get()
    paper = specialist.get(f"/people/{episode.pk}/print/better-off/{row.pk}/").content.decode()
    for words in (
        "Better off by £64.60 a week",
        "Packer at Marlowe Home Store",
        "Advice centre",
        "Department for Work and Pensions; Council Tax at the council",
        "£121.05",
        "£38.95",
        "£17.50",
        "£185.65",
        "Ring first",
        episode.person.number,
    ):
        assert words in paper, words
    assert "Housing Benefit</th>" not in paper, "what does not apply is no row"
    entry = Entry.objects.get(verb="record_benefits_advice")
    assert entry.detail == '{"about":"before_start","amounts":3,"on":"2019-06-14"}'


def test_the_advice_is_a_row_of_the_data_set(episode: Episode, specialist: Client) -> None:
    send(specialist, episode)
    assert dataset_rows.read_all(("benefits_advice",))["benefits_advice"].to_dicts() == [
        {"episode_id": str(episode.pk), "job_id": None, "on": TODAY, "about": "before_start"}
    ]


def test_one_form_saves_once(episode: Episode, specialist: Client) -> None:
    assert "Sum recorded." in send(specialist, episode)
    assert "recorded already" in send(specialist, episode)
    send(specialist, episode, form_token=str(uuid4()))
    assert (BetterOff.unscoped.count(), BenefitsAdvice.unscoped.count(), WeeklyAmount.unscoped.count()) == (2, 2, 6)


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"income_wages_before": ""}, "Enter both amounts: 0 where there is none."),
        ({"cost_travel_after": None}, "Enter both amounts: 0 where there is none."),
        ({"income_wages_after": "lots"}, "must be a number"),
        ({"income_wages_after": "-5"}, "must be 0 or more"),
        ({"income_wages_after": "1.999"}, "no more than 2 decimal places"),
        ({"income_wages_after": "99999999"}, "and 10,000 or fewer"),
        ({"about": "moon"}, "Choose one of the answers in the list."),
        ({"told_to": ["moon"]}, "Choose only answers in the list."),
        ({"weekly_hours": "0"}, "must be more than 0"),
        ({"job": "moon"}, "Choose one of the answers in the list."),
        ({"words": "x" * 1001}, "must be 1,000 characters or fewer"),
        (dict.fromkeys([name for name in SUM if name.startswith(("income", "cost"))]), "Enter at least one income"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_kept(
    episode: Episode, specialist: Client, answers: dict[str, Any], says: str
) -> None:
    assert says in send(specialist, episode, **answers)
    assert BenefitsAdvice.unscoped.count() == BetterOff.unscoped.count() == 0


@pytest.mark.parametrize(
    ("difference", "says"),
    [
        ("64.6", "Better off by £64.60 a week"),
        ("-0.01", "Worse off by £0.01 a week"),
        ("0", "Neither better nor worse off"),
        ("1234.5", "Better off by £1,234.50 a week"),
    ],
)
def test_the_result_in_words(difference: str, says: str) -> None:
    assert result(Decimal(difference)) == says


def test_less_than_nothing_has_its_sign() -> None:
    assert (pounds(Decimal("-3.5")), pounds(Decimal(0))) == ("−£3.50", "£0.00")


def recorded(episode: Episode, world: World, amounts: list[Amount] | None = None) -> BetterOff:
    facts = BetterOffFacts(TODAY, "change", amounts or [], UUID(TOKEN))
    row = better_off.record_better_off(by=world.actor("specialist"), at=NOW, episode=episode, facts=facts)
    assert row is not None
    return row


def test_costs_are_taken_off_and_can_be_more_than_comes_in(world: World, episode: Episode) -> None:
    amounts = [
        Amount("income", "wages", Decimal(0), Decimal(50)),
        Amount("cost", "childcare", Decimal(0), Decimal("80.25")),
        Amount("cost", "other", Decimal(5), Decimal(0)),
    ]
    words = better_off_words(recorded(episode, world, amounts))
    assert (words.left.before, words.left.after, words.result) == ("−£5.00", "−£30.25", "Worse off by £25.25 a week")
    assert words.facts[3:] == (
        ("Hours a week", "Not known"),
        ("Advice from", "Not said"),
        ("To be told of earnings", "Not said"),
    )


def test_only_its_author_takes_it_back_that_day(world: World, episode: Episode) -> None:
    row = recorded(episode, world, [Amount("income", "pip", Decimal(1), Decimal(1))])
    for who, at in ((world.actor("team_leader"), NOW), (world.actor("specialist"), NOW + timedelta(days=1))):
        with pytest.raises(Refused, match="on the day it was recorded"):
            better_off.undo_better_off(by=who, at=at, row=row)
    better_off.undo_better_off(by=world.actor("specialist"), at=NOW, row=row)
    assert BenefitsAdvice.unscoped.count() == BetterOff.unscoped.count() == WeeklyAmount.unscoped.count() == 0
    assert Entry.objects.filter(verb="undo_benefits_advice").count() == 1


def test_the_sum_of_someone_else_is_not_there(world: World, episode: Episode, specialist: Client) -> None:
    row = recorded(make_episode(world), world)
    assert specialist.get(f"/people/{episode.pk}/print/better-off/{row.pk}/").status_code == 404
    assert specialist.post(f"/people/{episode.pk}/better-off/{row.pk}/undo/").status_code == 404


def test_a_decision_says_to_whom_what_when_and_for_which_job(
    world: World, episode: Episode, specialist: Client
) -> None:
    job = make_job(episode, ago(3), title="Packer", employer=make_employer())
    address = f"/people/{episode.pk}/disclosure/"
    form = {"decision": "yes", "to_whom": "line_manager", "what": "adjustments", "tell_when": "offer", **DAY}
    for _ in range(2):
        specialist.post(address, form | {"job": str(job.pk)})
    row = Disclosure.unscoped.get()
    assert (row.job, row.tell_when, row.recorded_by) == (job, "offer", world.user("specialist"))
    page = specialist.get(address).content.decode()
    for words in ("Line manager", "Adjustments needed", "When the job is offered", "Packer at Marlowe Home Store"):
        assert words in page, words
    data = dataset_rows.read_all(("disclosures",))["disclosures"]
    assert data.select("job_id", "tell_when").row(0) == (str(job.pk), "offer")


def test_the_last_decision_stands_first(episode: Episode, specialist: Client) -> None:
    address = f"/people/{episode.pk}/disclosure/"
    assert "Not discussed yet." in specialist.get(address).content.decode()
    for decision, on in (("undecided", "3"), ("no", "13")):
        specialist.post(address, {"decision": decision, **DAY, "on-day": on})
    page = specialist.get(address).content.decode()
    assert page.index("13 June 2019, the last word") < page.index("3 June 2019</span>")
    assert "Not said" not in page.split("Decisions")[1], "who decided against it is asked nothing more"
