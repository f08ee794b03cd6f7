"""The check of the ledger: whatever is changed behind the site's back is shown as broken, and anchors show the rest."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from tests.site.conftest import NOW, World
from tests.site.evaluation.factories import CONFIGURATION, OPENED, Trial, utc_of

from placewell.randomisation.bundle import Bundle
from placewell.randomisation.ceremony import genesis
from placewell.randomisation.chain import problems
from placewell.randomisation.entries import Entry, seal
from placewell.randomisation.hashing import canon
from placewell_web.accounts.models import Role
from placewell_web.audit.models import Entry as AuditEntry
from placewell_web.trial import triggers
from placewell_web.trial.actions import integrity
from placewell_web.trial.models import Anchor, LedgerEntry

pytestmark = pytest.mark.django_db
PAGE = "/evaluation/integrity/"


@pytest.fixture
def unguarded(db: None) -> Iterator[None]:
    """A database whose triggers an administrator took off."""
    triggers.remove(connection)
    yield


def row(seq: int) -> Any:
    return LedgerEntry.objects.filter(seq=seq)


def other_arm(seq: int) -> None:
    row(seq).update(arm="ips" if row(seq).get().arm == "control" else "control")


def other_body(seq: int) -> None:
    body = row(seq).get().body
    row(seq).update(body=body.replace('"dudley"', '"wolverhampton"') if "dudley" in body else body + " ")


def body_anew(seq: int) -> None:
    """A body changed, and its hash computed anew: the next entry no longer follows."""
    body = json.loads(row(seq).get().body) | {"eligibility": "c" * 64}
    row(seq).update(body=canon(body).decode(), hash=seal(body).hash)


def no_json(seq: int) -> None:
    row(seq).update(body="not an entry")


def gone(seq: int) -> None:
    row(seq).delete()


def other_person(seq: int) -> None:
    row(seq).update(person="TIW 999-X99")


def other_day(seq: int) -> None:
    row(seq).update(at=NOW)


@pytest.mark.parametrize("change", [other_arm, other_body, body_anew, no_json, gone, other_person, other_day])
@pytest.mark.parametrize("seq", [2, 7])
def test_any_change_in_the_database_is_shown_as_broken(
    change: Callable[[int], None], seq: int, trial: Trial, unguarded: None, blinded: Client, unblinded: Client
) -> None:
    before = blinded.get("/evaluation/flow/").content.decode()
    assert "Unbroken" in before
    assert "pw-alarm" not in before
    change(seq)
    for client in (blinded, unblinded):
        for page in ("/evaluation/flow/", PAGE):
            text = client.get(page).content.decode()
            assert "The ledger is broken" in text
            assert ">Unbroken<" not in text
    assert any(f"Entry {near}" in text for near in (seq, seq + 1))


def test_the_entries_by_kind_add_up(trial: Trial, unblinded: Client) -> None:
    checked = integrity.check_ledger()
    assert checked.kinds == {"genesis": 1, "allocation": 12, "withdraw": 2, "void": 1}
    assert sum(checked.kinds.values()) == checked.entries == 16
    assert checked.configuration == CONFIGURATION.hash
    page = unblinded.get(PAGE).content.decode()
    assert "1 genesis + 12 allocations + 1 void + 2 withdrawals = <b>16</b>" in page


@pytest.mark.parametrize("page", [PAGE, "/evaluation/flow/"])
def test_a_blinded_reader_cannot_take_the_withdrawals_page_from_the_kinds_of_entries(
    trial: Trial, blinded: Client, page: str
) -> None:
    text = blinded.get(page).content.decode()
    assert "1 genesis + 12 allocations + 3 notes, voids and withdrawals = <b>16</b>" in text
    assert "2 withdrawals" not in text and "1 void" not in text


def give(client: Client, seq: object, hash: str) -> Any:
    return client.post(PAGE, {"seq": seq, "hash": hash})


def test_an_anchor_that_the_ledger_bears_out(trial: Trial, blinded: Client) -> None:
    held = json.loads(blinded.get(f"{PAGE}anchor.json").content)
    assert (held["seq"], held["hash"]) == (15, trial.entries[-1].hash)
    spaced = " ".join(held["hash"][at : at + 8] for at in range(0, 64, 8)).upper()
    assert give(blinded, held["seq"], spaced).status_code == 302
    assert "equals the ledger" in blinded.get(PAGE).content.decode()
    assert "equals the ledger" in blinded.get("/evaluation/flow/").content.decode()
    assert Anchor.objects.get().hash == held["hash"]
    entry = AuditEntry.objects.get(verb="give_anchor")
    assert json.loads(entry.detail) == {"hash": held["hash"], "equal": True}


def test_a_ledger_written_anew_holds_together_and_misses_the_anchor(
    trial: Trial, unguarded: None, blinded: Client
) -> None:
    """Everything is computed again with one arm changed: only what is held outside can show it."""
    give(blinded, 5, trial.entries[5].hash)
    entries = [*trial.entries[:3]]
    for old in trial.entries[3:]:
        body = dict(old.body) | {"prev": entries[-1].hash}
        if old.seq == 3:
            body["arm"] = "ips" if body["arm"] == "control" else "control"
        entries.append(seal(body))
    LedgerEntry.objects.filter(seq__gte=3).delete()
    for entry in entries[3:]:
        trial._store(entry, str(entry.body["person"]).replace("-", " ", 1))
    checked = integrity.check_ledger()
    assert checked.unbroken
    page = blinded.get(PAGE).content.decode()
    assert "is not on the ledger" in page
    assert "stop randomising" in page
    assert "Not as you hold it" in blinded.get("/evaluation/flow/").content.decode()


def test_a_tail_cut_off_is_seen_by_the_anchor_beyond_it(trial: Trial, unguarded: None, blinded: Client) -> None:
    give(blinded, 15, trial.entries[15].hash)
    LedgerEntry.objects.filter(seq__gte=10).delete()
    assert integrity.check_ledger().unbroken
    assert "is not on the ledger" in blinded.get(PAGE).content.decode()


def test_a_wrong_anchor_never_takes_the_place_of_a_right_one(trial: Trial, blinded: Client) -> None:
    give(blinded, 4, trial.entries[4].hash)
    give(blinded, 4, "e" * 64)
    assert Anchor.objects.get().hash == trial.entries[4].hash
    give(blinded, 6, "e" * 64)
    assert "is not on the ledger" in blinded.get(PAGE).content.decode()
    give(blinded, 6, trial.entries[6].hash)
    assert "is not on the ledger" not in blinded.get(PAGE).content.decode()
    told = [
        json.loads(one.detail)["equal"] for one in AuditEntry.objects.filter(verb="give_anchor").order_by("sequence")
    ]
    assert told == [True, False, False, True]


def test_a_wrong_anchor_is_said_at_once_even_where_a_right_one_is_kept(trial: Trial, blinded: Client) -> None:
    give(blinded, 4, trial.entries[4].hash)
    page = blinded.post(PAGE, {"seq": 4, "hash": "e" * 64}, follow=True).content.decode()
    assert "this is not the anchor you gave before, which equals the ledger and is kept" in page
    assert "stop randomising" in page
    beyond = blinded.post(PAGE, {"seq": 6, "hash": "e" * 64}, follow=True).content.decode()
    assert "Entry 6: the anchor you gave is not on the ledger." in beyond


@pytest.mark.parametrize(
    ("seq", "hash", "sentence"),
    [
        ("", "e" * 64, "Enter the number of the entry, as it stands on your anchor."),
        ("x", "e" * 64, "Enter the number of the entry in figures."),
        ("-1", "e" * 64, "Enter the number of the entry: 0 or more."),
        ("9" * 30, "e" * 64, "Enter the number of the entry: it is shorter."),
        ("1", "", "Enter the hash of the entry, as it stands on your anchor."),
        ("1", "e" * 63, "A hash is 64 figures and letters from a to f: copy the whole of it."),
        ("1", "g" * 64, "A hash is 64 figures and letters from a to f: copy the whole of it."),
    ],
)
def test_what_is_no_anchor_is_refused_in_words(
    trial: Trial, blinded: Client, seq: str, hash: str, sentence: str
) -> None:
    response = give(blinded, seq, hash)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Anchor.objects.exists()


def test_the_bundle_is_the_chain_and_only_the_unblinded_take_it(
    trial: Trial, blinded: Client, unblinded: Client
) -> None:
    assert blinded.get(f"{PAGE}bundle.json").status_code == 403
    assert "Download the verification bundle" not in blinded.get(PAGE).content.decode()
    give(unblinded, 4, trial.entries[4].hash)
    content = unblinded.get(f"{PAGE}bundle.json").content
    found = Bundle.from_data(json.loads(content))
    assert found.entries == tuple(trial.entries)
    assert found.anchors == ({"seq": 4, "hash": trial.entries[4].hash},)
    assert found.shares is None
    assert problems(found.entries) == []
    assert AuditEntry.objects.filter(verb="take_bundle").count() == 1


def test_a_broken_ledger_still_leaves_as_a_bundle_for_the_verifier(
    trial: Trial, unguarded: None, unblinded: Client
) -> None:
    no_json(3)
    found = Bundle.from_data(json.loads(unblinded.get(f"{PAGE}bundle.json").content))
    assert found.entries[3].body == {"unreadable": "not an entry"}
    assert problems(found.entries) != []


def test_the_guess_budget_is_simulated_once_for_a_configuration(
    trial: Trial, blinded: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    simulate = integrity.predictability
    monkeypatch.setattr(integrity, "predictability", lambda *given: asked.append(given) or simulate(*given))
    pages = [blinded.get(PAGE).content.decode() for _ in range(3)]
    assert len(asked) == 1
    assert all("Within the budget of 56%" in page for page in pages)
    cache.clear()
    found = integrity.guessing(0.5)
    assert found is not None
    assert found.within is False
    assert found.rates == integrity.guessing(0.56).rates  # type: ignore[union-attr]


def test_a_ledger_without_its_first_entry_has_no_configuration(world: World, unguarded: None) -> None:
    assert integrity.guessing(0.56) is None
    commits = {"E": "1" * 64, "P": "2" * 64}
    first = genesis(CONFIGURATION, commits, {}, utc_of(OPENED))
    broken = Entry(dict(first.body) | {"config": {"trial": "x"}}, first.hash)
    Trial(world)._store(broken)
    assert integrity.check_ledger().configuration == ""
    assert integrity.guessing(0.56) is None


@pytest.mark.parametrize("level", [0, 1, 2, 3])
def test_the_level_of_custody_is_shown(level: int, trial: Trial, blinded: Client, settings: Any) -> None:
    settings.TRIAL_CUSTODY = level
    assert f"Level {level}" in blinded.get(PAGE).content.decode()


def test_every_look_at_people_and_every_file_is_written_down(trial: Trial, unblinded: Client) -> None:
    for path in (
        "flow/people/",
        "withdrawals/",
        "withdrawals/deviations/",
        "flow/diagram.svg",
        "integrity/anchor.json",
    ):
        unblinded.get(f"/evaluation/{path}")
    verbs = list(AuditEntry.objects.order_by("sequence").values_list("verb", flat=True))
    assert verbs == ["view_trial_people", "view_withdrawals", "view_deviations", "download_flow", "take_anchor"]
    shown = json.loads(AuditEntry.objects.get(verb="view_trial_people").detail)
    assert shown["count"] == 12
    assert trial.world.user(Role.UNBLINDED).name == AuditEntry.objects.first().actor_name  # type: ignore[union-attr]
