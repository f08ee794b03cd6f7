"""`placewell claims` beside the ledger: summary, block, invoices, forecast, currencies, budget and unit costs."""

import csv
import io
import json
import shutil
from decimal import Decimal
from types import SimpleNamespace

import pytest
from tests.factories import a_claim, a_document, a_job, an_appointment, an_episode
from tests.library.cli.asking import FACTS, SERVICE, a_folder, asker
from tests.library.payment.contracts import block_contract

from placewell.cli import claims
from placewell.specification import folder_of, load

COSTS = (
    ("costs", {"service_id": SERVICE, "lot": "dudley", "month": "2019-04-01", "line": "staff", "amount": "1000.10"}),
    ("costs", {"service_id": SERVICE, "lot": None, "month": "2019-05-01", "line": "premises", "amount": "20"}),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    stray = a_claim("p2", "2019-06-03", paid_on="2019-06-28")
    return a_folder(tmp_path_factory.mktemp("data") / "d", *FACTS, *COSTS, stray)


@pytest.fixture
def ask(folder, capsysbinary):
    asked = asker(capsysbinary)
    return lambda *words, service=SERVICE: asked("claims", service, "--data", folder, *words)


def table(out):
    return list(csv.DictReader(io.StringIO(out)))


def whole(ask, as_at, *words, **more):
    status, out, told = ask("--as-at", as_at, "--format", "json", *words, **more)
    assert (status, told) == (0, "")
    return json.loads(out)


def test_the_summary_holds_what_a_manager_asks_first(ask):
    found = whole(ask, "2019-06-20")["summary"]
    assert found["paid"] == {"lines": 1, "amount": "750.00"}
    assert found["payable"] == found["over_cap"] == found["clawed_back"] == {"lines": 0, "amount": "0.00"}
    assert found["block_due"] == {"instalments": 6, "amount": "3672000.00"}
    assert found["block_next"] == {"on": "2019-07-01", "amount": "612000.00"}
    assert (found["forecast"]["state"], found["forecast"]["places"], found["forecast"]["taken"]) == ("too_few", 906, 1)


def test_after_the_last_instalment_nothing_is_next(ask):
    found = whole(ask, "2020-04-01")["summary"]
    assert (found["block_due"], found["block_next"]) == ({"instalments": 10, "amount": "6120000.00"}, None)


def test_the_whole_object(ask):
    found = whole(ask, "2019-06-20")
    assert (found["block"]["value"], found["block"]["scheduled"], found["block"]["difference"]) == (
        "6120000.00", "6120000.00", "0.00",
    )  # fmt: skip
    assert found["block"]["instalments"][0] == {
        "period": "Y1Q1", "from_on": "2017-10-01", "to_on": "2017-12-31", "lot": None, "due_on": "2018-01-01",
        "state": "due", "amount": "612000.00",
    }  # fmt: skip
    assert found["invoices"][-1] == {
        "quarter": "Y2Q3", "due_on": "2019-07-01", "block": "612000.00", "lines": 1, "outcomes": "750.00",
        "clawed_back": "0.00", "total": "612750.00",
    }  # fmt: skip
    assert "The pace of verified job starts over the last 91 days" in found["forecast"]["method"]
    assert found["forecast"]["caps"][0]["left"] == 905
    assert (found["currencies"], found["budget"]) == (None, None)
    assert found["terms"]["lot_cap_payments"] == {}
    assert found["terms"]["lot_year_cap_payments"] == []


def test_a_claim_that_nothing_entitles_to_is_listed(ask):
    [stray] = whole(ask, "2019-06-20")["claims_without_line"]
    assert (stray["person_id"], stray["amount"], stray["claimed_on"], stray["paid_on"]) == (
        "p2", "750.00", "2019-06-03", None,
    )  # fmt: skip
    assert whole(ask, "2019-06-02")["claims_without_line"] == []


def test_costs_are_told_on_each_basis_with_what_is_missing(ask):
    recorded, contract = whole(ask, "2019-05-31")["costs"]
    assert (recorded["basis"], recorded["through"], recorded["pounds"]) == ("recorded", "2019-05-31", "1020.10")
    assert (recorded["missing_months"][0], len(recorded["missing_months"])) == ("2017-10", 18)
    assert recorded["per"][0] == {
        "id": "clients", "label": "Client", "indicators": [], "people": 2, "each": "510.05", "at_least": True,
    }  # fmt: skip
    assert (contract["basis"], contract["through"], contract["pounds"]) == ("contract", "2019-03-31", "3672000.00")
    assert (contract["per"][0]["people"], contract["per"][0]["each"]) == (0, None)


def test_what_is_behind_the_costs_is_told_when_costs_are_asked_for(ask):
    found = whole(ask, "2019-05-31", "--show", "costs")
    assert set(found) == {"service", "specification", "as_at", "lot", "data", "costs"}
    recorded = found["costs"][0]
    assert recorded["items"] == [
        {"on": "2019-04-01", "line": "staff", "amount": "1000.1000", "lot": "dudley"},
        {"on": "2019-05-01", "line": "premises", "amount": "20.0000", "lot": None},
    ]
    assert recorded["per"][0]["members"] == [
        {"person_id": "p1", "episode_id": "e1", "on": "2019-04-02"},
        {"person_id": "p2", "episode_id": "e2", "on": "2019-05-07"},
    ]


def test_before_any_month_has_ended_costs_are_not_told(ask):
    recorded, contract = whole(ask, "2017-10-05")["costs"]
    assert (recorded["through"], recorded["pounds"], recorded["per"][0]["each"]) == (None, None, None)
    assert (contract["through"], contract["pounds"]) == (None, None)


def test_costs_as_a_table(ask):
    _, out, _ = ask("--as-at", "2019-05-31", "--show", "costs")
    first = table(out)[0]
    assert {name: first[name] for name in ("basis", "through", "pounds", "per", "people", "cost_each", "at_least")} == {
        "basis": "recorded", "through": "2019-05-31", "pounds": "1020.10", "per": "clients", "people": "2",
        "cost_each": "510.05", "at_least": "true",
    }  # fmt: skip
    assert first["note"].startswith("No costs are recorded for October 2017")


def test_what_is_behind_them_as_tables(ask):
    _, out, _ = ask("--as-at", "2019-05-31", "--show", "cost-lines")
    assert [(row["basis"], row["line"], row["amount"]) for row in table(out)][:3] == [
        ("recorded", "staff", "1000.1000"),
        ("recorded", "premises", "20.0000"),
        ("contract", "block Y1Q1", "612000.00"),
    ]
    _, out, _ = ask("--as-at", "2019-05-31", "--show", "cost-people")
    assert [(row["per"], row["through"], row["person_id"]) for row in table(out)][:3] == [
        ("clients", "2019-05-31", "p1"),
        ("clients", "2019-05-31", "p2"),
        ("met_once", "2019-05-31", "p1"),
    ]


def test_the_block_as_a_table(ask):
    _, out, _ = ask("--as-at", "2019-06-20", "--show", "sums")
    rows = table(out)
    assert [(row["kind"], row["period"], row["due_on"], row["state"], row["amount"]) for row in rows][5:7] == [
        ("block", "Y2Q2", "2019-04-01", "due", "612000.00"),
        ("block", "Y2Q3", "2019-07-01", "not_due", "612000.00"),
    ]
    assert len(rows) == 10


def test_a_lot_has_its_own_lines_and_no_part_of_a_block_that_is_not_stated_by_lot(ask):
    found = whole(ask, "2019-06-20", "--lot", "dudley")
    assert [line["person_id"] for line in found["lines"]] == ["p1"]
    assert (found["block"]["instalments"], found["summary"]["block_due"]["amount"]) == ([], "0.00")
    assert found["summary"]["forecast"]["taken"] == 1
    assert [each["basis"] for each in found["costs"]] == ["recorded", "contract"]
    other = whole(ask, "2019-06-20", "--lot", "wolverhampton")
    assert [each["basis"] for each in other["costs"]] == ["recorded"]


@pytest.mark.parametrize(
    ("words", "service", "said"),
    [
        (("--show", "tea"), SERVICE, "--show tea is no part of this answer; available: ledger, sums, costs"),
        ((), "ips_grow", "ips_grow pays for no outcome: its specification has no payment.toml."),
        (("--show", "sums"), "ips_grow", "ips_grow pays for no outcome"),
    ],
)
def test_what_cannot_be_shown(ask, words, service, said):
    status, out, told = ask("--as-at", "2019-06-20", *words, service=service)
    assert (status, out) == (2, "")
    assert told.startswith(said)


def test_without_any_payment_costs_can_still_be_told(ask):
    status, out, _ = ask("--as-at", "2019-06-20", "--show", "costs", service="ips_grow")
    assert status == 0
    assert {row["basis"] for row in table(out)} == {"recorded"}


CAP = """
[[lot_cap]]
id = "{id}"
lot = "{lot}"
cap = {cap}
{year}clause = "002 §21.4"
"""


@pytest.fixture
def capped(tmp_path, capsysbinary):
    """002 with one payment for Dudley and none for Wolverhampton in the second year; two starts in each."""
    place = tmp_path / "capped"
    shutil.copytree(folder_of(SERVICE), place, ignore=shutil.ignore_patterns("examples", "__pycache__"))
    caps = CAP.format(id="dudley", lot="dudley", cap="1499.99", year="")
    caps += CAP.format(id="wolverhampton", lot="wolverhampton", cap=749, year="year = 2\n")
    with (place / "payment.toml").open("a", encoding="utf-8") as file:
        file.write(caps)
    starts = [
        [an_episode(name, entered="2019-04-02", lot=lot), a_job(name, f"j-{name}", first_day="2019-05-01"),
         a_document(name, f"j-{name}", about="2019-05-01", verified=verified, rejected=rejected)]
        for name, lot, verified, rejected in (
            ("d1", "dudley", "2019-05-02", "2019-09-02"), ("d2", "dudley", "2019-05-03", None),
            ("w1", "wolverhampton", "2019-05-04", None), ("w2", "wolverhampton", "2019-10-01", None),
        )
    ]  # fmt: skip
    data = a_folder(tmp_path / "data", *starts, a_claim("p-d1", "2019-06-03", paid_on="2019-06-28"))
    asked = asker(capsysbinary)
    return lambda *words: asked("claims", place, "--data", data, *words)


LINES = {
    "2019-09-01": [("p-d1", "paid", "750.00"), ("p-d2", "over_cap", "0.00"), ("p-w1", "over_cap", "0.00")],
    "2019-09-02": [
        ("p-d1", "paid", "750.00"), ("p-d2", "payable", "750.00"), ("p-w1", "over_cap", "0.00"),
        ("p-d1", "clawed_back", "-750.00"),
    ],
    "2019-10-01": [
        ("p-d1", "paid", "750.00"), ("p-d2", "payable", "750.00"), ("p-w1", "over_cap", "0.00"),
        ("p-d1", "clawed_back", "-750.00"), ("p-w2", "payable", "750.00"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("as_at", "expected"), LINES.items())
def test_caps_of_lots_and_years_hold_from_the_file_to_the_ledger(capped, as_at, expected):
    status, out, told = capped("--as-at", as_at)
    assert (status, told) == (0, "")
    assert [(row["person_id"], row["state"], row["amount"]) for row in table(out)] == expected


def test_they_stand_in_the_answer_each_with_its_outlook(capped):
    found = json.loads(capped("--as-at", "2019-09-02", "--format", "json")[1])
    assert found["terms"]["lot_cap_payments"] == {"dudley": 1}
    assert found["terms"]["lot_year_cap_payments"] == [{"lot": "wolverhampton", "year": 2, "payments": 0}]
    assert [(cap["lot"], cap["year"], cap["state"], cap["on"]) for cap in found["forecast"]["caps"]] == [
        (None, None, "too_few", None),
        ("dudley", None, "binds_already", "2019-05-02"),
        ("wolverhampton", 2, "binds_already", None),
    ]


@pytest.fixture
def nottingham(tmp_path, capsysbinary):
    """004's money on a small specification, and three people's facts."""
    place = tmp_path / "spec"
    place.mkdir()
    block_contract(place)
    own = {"service_id": "nottingham", "lot": "north"}
    people = [
        ("episodes", {"episode_id": name, "person_id": f"p-{name}", "referred_on": "2016-08-01",
                      "accepted_on": "2016-08-02", **own})
        for name in ("a", "b", "c")
    ]  # fmt: skip
    seen = [an_appointment(name, on) for name in ("a", "b") for on in ("2016-08-02", "2016-09-05")]
    data = a_folder(tmp_path / "data", *people, *seen, a_job("c", "j", first_day="2016-09-12"))
    asked = asker(capsysbinary)
    return lambda *words: asked("claims", place, "--data", data, "--as-at", "2017-07-31", *words)


def test_a_service_that_pays_for_no_outcome_answers_with_its_block_and_currencies(nottingham):
    status, out, told = nottingham()
    assert (status, told) == (0, "")
    rows = table(out)
    assert [(row["kind"], row["amount"]) for row in rows[:12]] == [("block", "26583.25")] * 12
    assert (rows[12]["kind"], rows[12]["amount"]) == ("block_difference", "1.00")
    assert rows[12]["note"].startswith("£106,333 a year for three years is £318,999")
    assert [(row["kind"], row["id"], row["period"], row["planned"], row["delivered"]) for row in rows[13:15]] == [
        ("currency", "currency_1", "Y1", "85", "2"),
        ("currency", "currency_2", "Y1", "95", "1"),
    ]
    assert [(row["kind"], row["planned"], row["amount"]) for row in rows[15:]] == [("implied_price", "180", "590.74")]


def test_as_one_object(nottingham):
    status, out, _ = nottingham("--format", "json")
    found = json.loads(out)
    assert (status, found["terms"], found["forecast"], found["lines"]) == (0, None, None, [])
    assert found["summary"]["block_due"] == {"instalments": 3, "amount": "79749.75"}
    assert (found["block"]["value"], found["block"]["difference"]) == ("319000.00", "1.00")
    assert [unit["delivered"] for unit in found["currencies"]["units"]] == [2, 1]
    assert found["currencies"]["implied_price"]["amount"] == "590.74"
    assert found["claims_without_line"] == []
    contract = found["costs"][1]
    assert (contract["basis"], contract["pounds"], contract["through"]) == ("contract", "106333.00", "2017-07-31")
    unit = next(each for each in contract["per"] if each["id"] == "currency_unit")
    assert (unit["people"], unit["each"]) == (3, "35444.33")


def test_its_ledger_is_refused(nottingham):
    status, out, told = nottingham("--show", "ledger")
    assert (status, out) == (2, "")
    assert told.startswith("nottingham pays for no outcome: its payment.toml has no outcome_payment.")


class WithBudget:
    """IPS Grow, which has no payment.toml, with a budget as budget.toml states one; as of any day the same."""

    def __init__(self, **lines):
        self.whole = load("ips_grow")
        named = [SimpleNamespace(id=id, label=id.title(), amount=Decimal(amount)) for id, amount in lines.items()]
        self.budget = SimpleNamespace(lines=named, total=sum(each.amount for each in named))

    def __getattr__(self, name):
        return getattr(self.whole, name)

    def as_of(self, day):
        return self


@pytest.fixture
def planned(tmp_path, capsysbinary, monkeypatch):
    monkeypatch.setattr(claims, "specification", lambda given: WithBudget(staff="900", travel="100"))
    spent = {"service_id": "ips_grow", "month": "2019-05-01"}
    lines = [("costs", {**spent, "line": line, "amount": amount}) for line, amount in (("staff", "20.5"), ("tea", "3"))]
    data = a_folder(tmp_path / "data", *lines)
    asked = asker(capsysbinary)
    return lambda *words: asked("claims", "ips_grow", "--data", data, "--as-at", "2020-03-31", *words)


def test_a_budget_stands_beside_what_was_spent(planned):
    status, out, told = planned()
    assert (status, told.startswith("warning: no episode of ips_grow in ")) == (0, True)
    assert [(row["kind"], row["id"], row["amount"], row["spent"], row["to_on"]) for row in table(out)] == [
        ("budget", "staff", "900.00", "20.50", "2020-03-31"),
        ("budget", "travel", "100.00", "0.00", "2020-03-31"),
        ("budget", "tea", "0.00", "3.00", "2020-03-31"),
    ]


def test_a_budget_is_a_basis_of_costs(planned):
    found = json.loads(planned("--format", "json")[1])
    assert (found["budget"]["total"], found["block"], found["invoices"]) == ("1000.00", None, [])
    assert found["summary"]["block_due"] == {"instalments": 0, "amount": "0.00"}
    recorded, budget = found["costs"]
    assert (recorded["basis"], recorded["pounds"]) == ("recorded", "23.50")
    assert (budget["basis"], budget["through"], budget["pounds"]) == (
        "budget",
        "2020-03-31",
        "200.00",
    )  # 12 of 60 months


def test_a_budget_is_of_no_lot(planned):
    code = load("ips_grow").service.lots[0].code
    found = json.loads(planned("--format", "json", "--lot", code)[1])
    assert (found["budget"], [each["basis"] for each in found["costs"]]) == (None, ["recorded"])
