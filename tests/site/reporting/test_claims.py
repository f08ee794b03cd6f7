"""The page of payment claims: the same ledger as `placewell claims` of the exported folder, for managers only."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
import time_machine
from django.test import Client

from placewell.payment.forecast import Outlook
from placewell.payment.ledger import SCHEMA
from placewell.periods import Period
from placewell_web.accounts.models import User
from placewell_web.accounts.viewer import Viewer
from placewell_web.audit.actors import Actor
from placewell_web.audit.models import Entry
from placewell_web.exchange.actions import write_data_set
from placewell_web.reporting import queries
from placewell_web.reporting.presenters import claims
from placewell_web.reporting.queries import Named, Payments, Scope

ADDRESS = "/claims/"
FIRST = date(2017, 10, 1)


def whole(as_at: date, lot: str | None = None) -> Scope:
    return Scope(lot, lot or "All lots", Period("whole programme", FIRST, as_at + timedelta(days=1)), as_at)


@pytest.fixture
def page(client: Client, manager: User, now: datetime) -> str:
    client.force_login(manager)
    with time_machine.travel(now, tick=False):
        found = client.get(ADDRESS)
    assert found.status_code == 200
    return found.content.decode()


def test_the_ledger_is_that_of_the_exported_folder(viewer: Viewer, now: datetime, tmp_path: Path) -> None:
    write_data_set(tmp_path / "d", file_type="csv", by=Actor.system("test"), at=now)
    placewell = Path(sys.executable).with_name("placewell")
    words = ["claims", "thrive_into_work", "--data", tmp_path / "d", "--as-at", now.date().isoformat()]
    done = subprocess.run([placewell, *words], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    found = queries.payments(viewer, whole(now.date())).lines
    assert [(row["job_id"], row["state"], row["amount"]) for row in rows] == [
        (row["job_id"], row["state"], str(row["amount"])) for row in found.iter_rows(named=True)
    ]
    assert rows


def test_what_the_page_says(page: str, viewer: Viewer, now: datetime) -> None:
    found = queries.payments(viewer, whole(now.date()))
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    assert "Payment claims" in text
    assert f"£{750 * found.lines.height:,}" in text
    assert found.outlooks[0].words in text
    assert f"{found.outlooks[0].taken} of the 906 payments under the cap are taken." in text
    since = now.date() - timedelta(days=90)
    lately = found.lines.filter(pl.col("verified_on").is_between(since, now.date()), pl.col("state") != "clawed_back")
    assert 0 < lately.height < 10
    assert f"Too few to tell when it binds. {lately.height} verified since 16 March 2019, 10 are needed." in text
    assert "What each quarter comes to" in text
    assert "£612,000" in text
    assert text.count("Payable, to claim") == min(claims.A_PAGE, found.lines.height)
    assert "Claims cannot be made here yet" in text


@pytest.mark.parametrize("state", ["to_claim", "claimed", "paid", "over_cap", "clawed_back", "nonsense"])
def test_each_list_opens(client: Client, manager: User, state: str) -> None:
    client.force_login(manager)
    found = client.get(ADDRESS, {"show": state, "page": "999"})
    assert found.status_code == 200
    empty = state not in ("to_claim", "nonsense")
    assert ("There are no such lines." in found.content.decode()) is empty


def test_of_one_lot_no_block_and_no_sum_of_other_lots(client: Client, manager: User) -> None:
    client.force_login(manager)
    text = client.get(ADDRESS, {"lot": "dudley"}).content.decode()
    assert "The cap is the programme’s" in text
    assert "What each quarter comes to" not in text
    assert "Wolverhampton" not in text.split("Against the cap")[1]


def test_a_lot_of_which_the_viewer_holds_nothing_falls_back(client: Client, manager: User) -> None:
    client.force_login(manager)
    assert "All lots" in client.get(ADDRESS, {"lot": "leeds"}).content.decode()


def test_whoever_is_shown_is_written_down(page: str, manager: User) -> None:
    last = Entry.objects.filter(verb="view_ledger").order_by("-sequence").first()
    assert last is not None
    assert (last.target_kind, last.target_id) == ("ledger", "thrive_into_work")
    detail = json.loads(last.detail)
    assert detail["count"] == len(detail["shown"]) > 0


def test_a_team_leader_is_refused(client: Client, leader: User) -> None:
    client.force_login(leader)
    assert client.get(ADDRESS).status_code == 403


def test_a_contract_that_pays_for_no_outcome_has_no_such_page(
    client: Client, manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    from placewell_web.reporting import views

    free = replace(views.current(), payment=None)
    monkeypatch.setattr(views, "current", lambda: free)
    client.force_login(manager)
    assert client.get(ADDRESS).status_code == 404


def line(state: str, **given: object) -> dict[str, object]:
    fixed = {"person_id": "p", "episode_id": "e", "job_id": "j", "lot": "dudley", "verified_on": date(2019, 5, 1),
             "first_day_worked_on": date(2019, 4, 8), "line_on": date(2019, 5, 1), "evidence_id": "d1",
             "amount": Decimal(750), "state": state, "reason": "Payable, to claim."}  # fmt: skip
    return {**fixed, **given}


LINES = pl.DataFrame(
    [
        line("payable"),
        line("payable", claimed_on=date(2019, 6, 3)),
        line("paid", claimed_on=date(2019, 6, 3)),
        line("clawed_back", amount=Decimal(-750)),
        line("over_cap", amount=Decimal(0), lot="wolverhampton"),
    ],
    schema=SCHEMA,
)


def payments(*outlooks: Outlook) -> Payments:
    return Payments(LINES, {"d1": "payslip"}, outlooks, None, ())


def test_every_state_has_its_list() -> None:
    assert [(tab.label, tab.count) for tab in claims.tabs(LINES, "paid")] == [
        ("All", 5), ("To claim", 1), ("Claimed", 1), ("Paid", 1), ("Over the cap", 1), ("Clawed back", 1),
    ]  # fmt: skip
    assert [tab.current for tab in claims.tabs(LINES, "paid")] == [False, False, False, True, False, False]


def test_the_facts() -> None:
    told = [(fact.number, fact.note) for fact in claims.facts(payments())]
    assert told[:3] == [("£750", "1 person"), ("£750", "1 person"), ("£0", "1 person")]
    assert told[3][0] == "1"


def test_lots_add_up_to_the_last_row() -> None:
    rows = claims.lot_rows(payments(), [("dudley", "Dudley"), ("wolverhampton", "Wolverhampton")])
    assert [row.name for row in rows] == ["Dudley", "Wolverhampton", "All lots"]
    for state in claims.STATES:
        assert rows[0].cells[state].lines + rows[1].cells[state].lines == rows[2].cells[state].lines
    assert len(claims.lot_rows(payments(), [("dudley", "Dudley")])) == 1


WORDS = {
    "to claim": (line("payable"), ("Payable, to claim", "", "£750", "clock")),
    "next in line": (
        line("payable", reason="Payable, to claim. Was over the cap; took the place freed on 11 June 2019."),
        ("Payable, to claim", "Was over the cap; took the place freed on 11 June 2019.", "£750", "clock"),
    ),
    "claimed": (
        line("payable", claimed_on=date(2019, 6, 3), reason="Claimed on 3 June 2019, not paid yet."),
        ("Claimed", "Claimed on 3 June 2019, not paid yet.", "£750", "clock"),
    ),
    "clawed back": (
        line("clawed_back", amount=Decimal(-750), reason="Paid. The evidence was rejected."),
        ("Clawed back", "Paid. The evidence was rejected.", "−£750", "breached"),
    ),
    "over the cap": (
        line("over_cap", amount=Decimal(0), reason="Over the cap (1 payment): number 1 in line for a freed place."),
        ("Over the cap", "Over the cap (1 payment): number 1 in line for a freed place.", "£0", "behind"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("given", "expected"), WORDS.values(), ids=WORDS.keys())
def test_a_line_in_words(given: dict[str, object], expected: tuple[str, ...]) -> None:
    found = claims.row({"claimed_on": None, **given}, Named("Ann", "D-1", "Sam"), {"d1": "payslip"})
    assert (found.state, found.why, found.amount, found.mark) == expected
    assert (found.name, found.evidence, found.first_day) == ("Ann", "Payslip", "8 April 2019")


def test_whoever_the_viewer_may_not_see_has_no_name() -> None:
    found = claims.row({"claimed_on": None, **line("payable", evidence_id="d1+d9")}, None, {"d1": "payslip"})
    assert (found.episode_id, found.name, found.number) == ("", "Someone of another team", "")


def test_a_cap_is_drawn_to_scale() -> None:
    outlook = Outlook(None, None, 4, 2, FIRST, date(2020, 3, 31), 3, "binds_already", "Binds.")
    lot = replace(outlook, lot="dudley", year=2, state="too_few", places=0)
    first, second = claims.caps(payments(outlook, lot))
    assert (first.name, first.taken, first.binds) == ("The programme", "2 of 4 payments", True)
    assert (first.paid, first.claimed, first.to_claim) == (100, 100, 100)
    assert (second.name, second.binds) == ("Dudley, year 2", False)
    assert second.paid + second.claimed + second.to_claim <= claims.BAR + 1
