"""Consents and alerts: each an entry of its own, taken back by another, never written over or erased."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from tests.site.casework.factories import TODAY, ago, day, make_episode
from tests.site.conftest import NOW, World

from placewell_web.accounts.errors import Refused
from placewell_web.accounts.models import User
from placewell_web.accounts.service import current
from placewell_web.audit.models import Entry
from placewell_web.casework import dataset_rows
from placewell_web.casework.actions import alerts
from placewell_web.casework.forms.consents import offered_kinds
from placewell_web.casework.queries.person import alerts as standing
from placewell_web.clients.actions import consents
from placewell_web.clients.models import Alert, Consent, Episode

SignIn = Callable[[User | None], Client]


@pytest.fixture(autouse=True)
def _still(frozen: object) -> None:
    """Friday 14 June 2019."""


@pytest.fixture
def episode(world: World) -> Episode:
    return make_episode(world)


@pytest.fixture
def specialist(world: World, client_for: SignIn) -> Client:
    return client_for(world.user("specialist"))


def on(name: str, day: date) -> dict[str, str]:
    return {f"{name}-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


def changes() -> list[tuple[str, str]]:
    return list(Entry.objects.filter(is_view=False).order_by("sequence").values_list("verb", "detail"))


class TestConsents:
    def give(self, client: Client, episode: Episode, *kinds: str, given: date = TODAY, version: str = "") -> Any:
        answers = {"kinds": kinds, "form_version": version, **on("on", given)}
        return client.post(f"/people/{episode.pk}/consents/", answers, follow=True)

    def test_several_at_once_each_an_entry(self, episode: Episode, specialist: Client) -> None:
        page = self.give(specialist, episode, "contact_employer", "contact_family", given=ago(4), version="1.2")
        text = page.content.decode()
        assert "2 consents recorded." in text
        for words in ("Contacting employers", "Talking with family", "Given 10 June 2019, form 1.2"):
            assert words in text, words
        assert changes() == [
            ("give_consent", f'{{"form_version":"1.2","given_on":"2019-06-10","kind":"{kind}"}}')
            for kind in ("contact_employer", "contact_family")
        ]
        rows = dataset_rows.read_all(("consents",))["consents"]
        assert rows.select("kind", "form_version", "given_on", "withdrawn_on").rows() == [
            (kind, "1.2", day("2019-06-10"), None) for kind in ("contact_employer", "contact_family")
        ]

    def test_sent_twice_it_stands_once(self, episode: Episode, specialist: Client) -> None:
        self.give(specialist, episode, "contact_employer")
        text = self.give(specialist, episode, "contact_employer").content.decode()
        assert "That was recorded already." in text
        assert Consent.unscoped.count() == len(changes()) == 1

    @pytest.mark.parametrize(
        ("kinds", "given", "version", "sentence"),
        [
            ((), TODAY, "", "Choose what they agreed to."),
            (("world_peace",), TODAY, "", "Choose only answers in the list."),
            (("trial",), TODAY, "1.2", "Choose only answers in the list."),
            (("contact_employer",), day("2019-06-15"), "", "Day they agreed must be on or before 14 June 2019."),
            (("contact_employer",), day("2019-03-31"), "", "Day they agreed must be on or after 1 April 2019."),
            (("contact_employer", "share_data"), TODAY, "", "it is needed for sharing information with the evaluator."),
        ],
    )
    def test_what_is_wrong_is_said(
        self, episode: Episode, specialist: Client, kinds: Any, given: date, version: str, sentence: str
    ) -> None:
        assert sentence in self.give(specialist, episode, *kinds, given=given, version=version).content.decode()
        assert Consent.unscoped.count() == len(changes()) == 0

    @pytest.mark.parametrize(
        ("day_of", "has_trial"),
        [("2019-03-31", True), ("2019-04-01", False), ("2017-10-01", True), ("2016-01-01", False)],
    )
    def test_the_trial_is_agreed_to_in_its_phase_only(self, day_of: str, has_trial: bool) -> None:
        offered = offered_kinds(current(), day(day_of))
        assert ("trial" in offered) is has_trial
        assert {"contact_employer", "contact_clinician", "contact_family", "share_data", "text_and_email"} <= set(
            offered
        )

    def test_a_withdrawal_is_an_entry_and_erases_nothing(self, episode: Episode, specialist: Client) -> None:
        self.give(specialist, episode, "contact_employer", given=ago(20))
        given = Consent.unscoped.get()
        url = f"/people/{episode.pk}/consents/{given.pk}/withdraw/"
        page = specialist.get(url).content.decode()
        assert "Contacting employers: agreed on 25 May 2019." in page
        for wrong, sentence in ((ago(21), "on or after 25 May 2019"), (day("2019-06-15"), "on or before 14 June 2019")):
            assert sentence in specialist.post(url, on("withdrawn_on", wrong)).content.decode()
        text = specialist.post(url, on("withdrawn_on", ago(1)), follow=True).content.decode()
        assert "Given 25 May 2019; withdrawn 13 June 2019" in text
        assert url not in text
        refused = specialist.post(url, on("withdrawn_on", TODAY))
        assert refused.status_code == 403
        assert "withdrawn already" in refused.content.decode()
        given.refresh_from_db()
        assert (given.given_on, given.withdrawn_on) == (ago(20), ago(1))
        assert [verb for verb, _ in changes()] == ["give_consent", "withdraw_consent"]

        self.give(specialist, episode, "contact_employer", given=ago(20))
        assert Consent.unscoped.filter(withdrawn_on=None).count() == 1

    def test_no_consent_is_withdrawn_before_it_was_given(self, world: World, episode: Episode) -> None:
        given = Consent.unscoped.create(episode=episode, kind="contact_family", given_on=ago(3))
        with pytest.raises(Refused, match="given on 11 June 2019"):
            consents.withdraw_consent(by=world.actor("specialist"), at=NOW, consent=given, withdrawn_on=ago(4))

    def test_a_consent_of_someone_else_is_not_reached(self, world: World, episode: Episode, specialist: Client) -> None:
        theirs = Consent.unscoped.create(episode=make_episode(world), kind="contact_family", given_on=ago(3))
        assert specialist.get(f"/people/{episode.pk}/consents/{theirs.pk}/withdraw/").status_code == 404


class TestAlerts:
    RISK = {"kind": "risk", "title": "Do not visit at home alone", "text": "The dog bites."}

    def add(self, client: Client, episode: Episode, **changed: str) -> str:
        answers = self.RISK | changed
        return str(client.post(f"/people/{episode.pk}/alerts/", answers, follow=True).content.decode())

    def act(self, client: Client, episode: Episode, what: str) -> Any:
        alert = Alert.unscoped.get()
        return client.post(f"/people/{episode.pk}/alerts/{alert.pk}/{what}/", follow=True)

    def test_added_it_stands_on_every_page_of_the_person(self, episode: Episode, specialist: Client) -> None:
        page = self.add(specialist, episode)
        assert "Risk: do not visit at home alone" in page
        assert "A risk. Reviewed 14 June 2019" in page
        assert "Risk: do not visit at home alone" in specialist.get(f"/people/{episode.pk}/jobs/").content.decode()
        assert changes() == [("add_alert", '{"kind":"risk"}')]
        self.add(specialist, episode)
        assert Alert.unscoped.count() == len(changes()) == 1

    @pytest.mark.parametrize(
        ("changed", "sentence"),
        [
            ({"kind": ""}, "Choose what it is about."),
            ({"kind": "weather"}, "Choose one of the answers in the list."),
            ({"title": ""}, "Enter what everyone must know."),
            ({"title": "x" * 121}, "In a few words must be 120 characters or fewer."),
            ({"text": "x" * 501}, "More about it must be 500 characters or fewer."),
        ],
    )
    def test_what_is_wrong_is_said(
        self, episode: Episode, specialist: Client, changed: dict[str, str], sentence: str
    ) -> None:
        assert sentence in self.add(specialist, episode, **changed)
        assert Alert.unscoped.count() == 0

    def test_reviewed_it_has_a_new_day(self, episode: Episode, specialist: Client) -> None:
        self.add(specialist, episode)
        Alert.unscoped.update(reviewed_on=ago(90))
        assert "Reviewed 16 March 2019" in specialist.get(f"/people/{episode.pk}/about/").content.decode()
        assert "A risk. Reviewed 14 June 2019" in self.act(specialist, episode, "review").content.decode()
        assert [verb for verb, _ in changes()] == ["add_alert", "review_alert"]

    def test_ended_it_is_gone_from_the_top_at_once_and_stays_in_the_record(
        self, episode: Episode, specialist: Client
    ) -> None:
        self.add(specialist, episode)
        page = self.act(specialist, episode, "end").content.decode()
        assert "Risk: do not visit" not in page
        assert "It held until 13 June 2019" in page
        assert standing(episode, TODAY) == []
        for what, words in (("end", "has ended already"), ("review", "This alert has ended.")):
            refused = self.act(specialist, episode, what)
            assert refused.status_code == 403
            assert words in refused.content.decode()
        assert [verb for verb, _ in changes()] == ["add_alert", "end_alert"]

    def test_those_that_hold_stand_first(self, world: World, episode: Episode, specialist: Client) -> None:
        who = {"by": world.actor("specialist"), "at": NOW, "episode": episode}
        for title in ("An old one", "One that holds"):
            alerts.add_alert(**who, kind="contact", title=title)
        alerts.end_alert(**who, alert=Alert.unscoped.get(title="An old one"))
        page = specialist.get(f"/people/{episode.pk}/about/").content.decode()
        assert page.rindex("One that holds") < page.rindex("An old one")

    def test_an_alert_about_someone_else_is_not_reached(
        self, world: World, episode: Episode, specialist: Client
    ) -> None:
        other = make_episode(world)
        theirs = Alert.unscoped.create(person=other.person, kind="risk", title="Theirs", reviewed_on=ago(1))
        for what in ("review", "end"):
            assert specialist.post(f"/people/{episode.pk}/alerts/{theirs.pk}/{what}/").status_code == 404
