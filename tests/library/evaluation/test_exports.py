"""The evaluator's export: declared columns only, the same bytes every time, who took back their data left out."""

import csv
import json
from hashlib import sha256
from io import StringIO

import pytest
from tests.factories import a_job, a_person
from tests.library.evaluation.trial_facts import SPEC, consented, dataset, date, form, ledger, number, randomised

from placewell.evaluation.exported_tables import EXPORT_TABLES, tables_for
from placewell.evaluation.exports import MANIFEST, export, verified
from placewell.evaluation.facts import LedgerFacts
from placewell.specification import load
from placewell.synthetic import make

DAY = date(2019, 6, 14)
ARM_TELLS = {"arm", "withdrawal_scopes"}


def tables_of(given):
    """Every CSV of an export as rows of dictionaries."""
    return {
        name.removesuffix(".csv"): list(csv.DictReader(StringIO(data.decode())))
        for name, data in given.files.items()
        if name.endswith(".csv")
    }


def exported(*facts, arms=True, as_at=DAY, **entries):
    tables = dataset(*facts)
    return tables_of(export(tables, SPEC, ledger(tables, **entries), as_at, arms=arms))


ANN = a_person("p-e1", birth_date="1980-02-29", gender="2", ethnicity="A", education="level_2", region="west_midlands")
ITEMS = {"source": "gp", "primary_condition": "diabetes", "time_since_last_worked": "never"}


def test_a_participant():
    rows = exported(ANN, randomised("e1", **ITEMS), consented("e1", "linkage"))
    assert rows["participants"] == [
        {
            "trial_number": number("e1"),
            "lot": "dudley",
            "referral_month": "2018-01",
            "randomisation_month": "2018-01",
            "days_to_randomisation": "13",
            "age_band": "35_44",
            "region": "west_midlands",
            "gender": "2",
            "ethnicity": "A",
            "religion": "",
            "sexual_orientation": "",
            "education": "level_2",
            "source": "gp",
            "primary_condition": "diabetes",
            "employment_at_entry": "",
            "time_since_last_worked": "never",
            "consent_trial": "given",
            "consent_linkage": "given",
            "consent_share_data": "not_given",
            "randomised_in_error": "false",
            "withdrawn": "false",
            "withdrawal_days": "",
            "withdrawal_scopes": "",
            "arm": "ips",
        }
    ]


def test_answers_and_scores_of_the_trial_alone():
    rows = exported(
        randomised("e1"),
        form("e1", "swemwbs", "review", "2018-07-20", 7, "4"),
        form("e1", "swemwbs", "review", "2018-03-01", 7),  # a review of casework: one arm has it
        form("e1", "swemwbs", "baseline", "2018-02-01", 7),  # at the start of support: one arm has it
        form("e1", "swemwbs", "exit", "2018-09-01", 7),
        form("e1", "phq9", "baseline", "2018-01-15", 9),
    )
    told = {(row["form"], row["instrument"], row["occasion"], row["days"]) for row in rows["answers"]}
    assert told == {
        ("1", "rand36", "baseline", "0"),
        ("2", "swemwbs", "baseline", "0"),
        ("3", "swemwbs", "wellbeing_six_months", "186"),
    }
    assert [row["answer"] for row in rows["answers"] if row["form"] == "3"] == ["4"] * 7
    metric = [row for row in rows["scores"] if row["form"] == "3" and row["scale"] == "metric"]
    assert [(row["score"], row["complete"]) for row in metric] == [("25.03", "true")]


def test_items_stand_in_their_order_and_strange_answers_are_not_repeated():
    given = form("e1", "rand36", "baseline", "2018-01-15", 12)
    strange = [{**row, "answer": "ask Mrs Smith"} for _, row in given[:1]] + [
        {**row, "item": "her name"} for _, row in given[1:2]
    ]
    rows = exported(
        [row for row in randomised("e1") if row[0] != "responses"], given[2:], [("responses", row) for row in strange]
    )
    assert [(row["item"], row["answer"]) for row in rows["answers"]] == [
        ("1", "not_listed"),
        *((str(item), "3") for item in range(3, 13)),
    ]


@pytest.mark.parametrize(
    ("scope", "withdrawn", "days", "scopes"),
    [
        ("contact", "true", "45", "contact"),
        ("linkage", "true", "45", "linkage"),
        ("intervention", "false", "", "intervention"),
        (None, "true", "45", ""),
        ("Mrs Smith", "false", "", ""),
    ],
)
def test_withdrawal(scope, withdrawn, days, scopes):
    left = [{"person": number("e1"), "on": "2018-03-01", "scope": scope}]
    (row,) = exported(randomised("e1"), withdrawals=left)["participants"]
    assert (row["withdrawn"], row["withdrawal_days"], row["withdrawal_scopes"]) == (withdrawn, days, scopes)


def test_who_takes_back_what_is_held_is_a_number_on_a_list_and_nothing_else():
    facts = [randomised("e1"), randomised("e2"), consented("e3", "share_data", until="2018-04-01"), randomised("e3")]
    left = [{"person": number("e1"), "on": "2018-03-01", "scope": "remove_data"}]
    rows = exported(*facts, withdrawals=left)
    assert rows["withheld"] == [
        {"trial_number": number("e1"), "reason": "held_data"},
        {"trial_number": number("e3"), "reason": "share_data"},
    ]
    for name in ("participants", "answers", "scores"):
        assert {row["trial_number"] for row in rows[name]} == {number("e2")}
    before = exported(*facts, withdrawals=left, as_at=date(2018, 2, 28))
    assert len(before["participants"]) == 3 and before["withheld"] == []


def test_benefits_as_said_by_randomisation():
    def benefit(on, code, received=True):
        return ("benefits", {"episode_id": "e1", "on": date.fromisoformat(on), "benefit": code, "received": received})

    rows = exported(
        randomised("e1"),
        benefit("2018-01-10", "pip", received=False),
        benefit("2018-01-15", "pip"),
        benefit("2018-01-15", "what Mrs Smith gets"),
        benefit("2018-02-01", "esa"),  # later answers are asked of one arm only
    )
    assert [(row["benefit"], row["received"]) for row in rows["benefits"]] == [("not_listed", "true"), ("pip", "true")]


JOB = {"competitive": True, "occupation": "9233", "industry": "47110"}


@pytest.mark.parametrize(
    ("job", "row"),
    [
        ({"first_day": "2018-02-14", "hours": "15.99"}, {"days_to_start": "30", "hours_band": "under_16"}),
        ({"first_day": "2018-02-14", "hours": "16"}, {"days_to_start": "30", "hours_band": "16_and_over"}),
        ({"first_day": "2018-02-14", "hours": None}, {"hours_band": "not_known"}),
        ({"first_day": "2018-02-14", "ended": "2018-02-24"}, {"days_to_end": "40"}),
        ({"first_day": None, "started_on": date(2018, 2, 15)}, {"days_to_start": "31"}),
        ({"first_day": "2018-02-14"}, {"occupation": "92", "industry": "G"}),
        (
            {"first_day": "2018-02-14", "occupation": "at Smith's", "industry": "Smith"},
            {"occupation": "", "industry": ""},
        ),
        ({"first_day": "2018-01-15"}, None),  # not after randomisation
        ({"first_day": "2019-06-15"}, None),  # after the day
    ],
)
def test_jobs_since_randomisation(job, row):
    rows = exported(randomised("e1"), a_job("e1", "j1", **{**JOB, **job}))["jobs"]
    if row is None:
        assert rows == []
    else:
        assert [{key: one[key] for key in ("trial_number", "job", *row)} for one in rows] == [
            {"trial_number": number("e1"), "job": "1", **row}
        ]


def test_jobs_are_numbered_in_order_of_their_start():
    later, first = a_job("e1", "j1", first_day="2018-05-01"), a_job("e1", "j2", first_day="2018-03-01")
    rows = exported(randomised("e1"), randomised("e2"), later, first, a_job("e2", "j3", first_day="2018-04-01"))["jobs"]
    assert [(row["trial_number"], row["job"], row["days_to_start"]) for row in rows] == [
        (number("e1"), "1", "45"),
        (number("e1"), "2", "106"),
        (number("e2"), "1", "76"),
    ]


@pytest.mark.parametrize("arms", [True, False])
def test_the_header_is_the_declared_list(arms):
    tables = make(SPEC, 120, 2, DAY)
    given = export(tables, SPEC, ledger(tables), DAY, arms=arms)
    assert ("jobs.csv" in given.files) is arms
    assert {f"{table.name}.csv" for table in tables_for(arms=arms)} | {MANIFEST} == set(given.files)
    for table in tables_for(arms=arms):
        header = given.files[f"{table.name}.csv"].decode().splitlines()[0].split(",")
        assert header == [column.name for column in table.columns if arms or not column.unblinded]


def test_only_declared_columns_tell_the_arm():
    telling = {column.name for table in EXPORT_TABLES for column in table.columns if column.unblinded}
    assert telling == ARM_TELLS


def test_a_blinded_export_is_the_same_whichever_arm_anyone_has():
    facts = [randomised(f"e{n}", ("ips", "control")[n % 2]) for n in range(6)]
    other = [randomised(f"e{n}", ("control", "ips")[n % 2]) for n in range(6)]
    left = [{"person": number("e2"), "on": "2018-03-01", "scope": "contact"}]
    assert exported(*facts, arms=False, withdrawals=left) == exported(*other, arms=False, withdrawals=left)
    assert exported(*facts, withdrawals=left) != exported(*other, withdrawals=left)


@pytest.mark.parametrize(("who", "given"), [(("e1",), False), (("e1", "e3"), False), (("e1", "e2"), True)])
def test_a_follow_up_is_blinded_away_until_people_of_every_arm_answered_it(who, given):
    """Reviews of casework count as answers near their day: while nobody of the other arm has one, the row tells."""
    facts = [randomised("e1"), randomised("e2", "control"), randomised("e3")]
    asked = [form(id, "swemwbs", "review", "2018-07-20", 7) for id in who]
    for name in ("answers", "scores"):
        occasions = {row["occasion"] for row in exported(*facts, *asked, arms=False)[name]}
        assert occasions == {"baseline"} | ({"wellbeing_six_months"} if given else set())
        assert {row["occasion"] for row in exported(*facts, *asked)[name]} == {"baseline", "wellbeing_six_months"}


@pytest.mark.parametrize("lot", ["dudley", "wolverhampton"])
def test_whether_a_follow_up_is_given_is_the_same_for_every_lot(lot):
    facts = [randomised("e1", lot="dudley"), randomised("e2", "control", lot="wolverhampton")]
    tables = dataset(*facts, *(form(id, "swemwbs", "review", "2018-07-20", 7) for id in ("e1", "e2")))
    given = tables_of(export(tables, SPEC, ledger(tables), DAY, arms=False, lot=lot))
    assert {row["occasion"] for row in given["answers"]} == {"baseline", "wellbeing_six_months"}


def test_the_manifest_says_what_was_given():
    tables = make(SPEC, 120, 2, DAY)
    given = export(tables, SPEC, ledger(tables), DAY, arms=False, ledger_head="ab" * 32, lot="dudley")
    said = json.loads(given.files[MANIFEST])
    assert said == given.manifest.as_data()
    assert {key: said[key] for key in ("as_at", "lot", "unblinded", "specification_hash", "ledger_head")} == {
        "as_at": "2019-06-14",
        "lot": "dudley",
        "unblinded": False,
        "specification_hash": SPEC.hash,
        "ledger_head": "ab" * 32,
    }
    rows = tables_of(given)
    for entry in said["files"]:
        data = given.files[entry["file"]]
        assert entry["sha256"] == sha256(data).hexdigest()
        assert entry["rows"] == len(rows[entry["file"].removesuffix(".csv")])
        assert data.decode().splitlines()[0] == ",".join(entry["columns"])
    assert {row["lot"] for row in rows["participants"]} == {"dudley"}
    assert given.anonymity.rows == len(rows["participants"])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda files: files, []),
        (
            lambda files: {**files, "scores.csv": files["scores.csv"] + b"x"},
            ["scores.csv is not the file that was given."],
        ),
        (lambda files: {k: v for k, v in files.items() if k != "answers.csv"}, ["answers.csv is missing."]),
        (lambda files: {**files, "names.csv": b""}, ["names.csv is not in the manifest."]),
    ],
)
def test_files_are_checked_against_their_manifest(change, said):
    tables = make(SPEC, 60, 2, DAY)
    given = export(tables, SPEC, ledger(tables), DAY, arms=False)
    assert verified(change(given.files), given.manifest.as_data()) == said


def test_the_same_facts_give_the_same_bytes():
    tables = make(SPEC, 120, 2, DAY)
    shuffled = tables.with_frames(
        **{name: frame.sample(fraction=1, shuffle=True, seed=9) for name, frame in tables.items() if frame.height}
    )
    one = export(tables, SPEC, ledger(tables), DAY, arms=True).files
    assert one == export(tables, SPEC, ledger(tables), DAY, arms=True).files
    assert one == export(shuffled, SPEC, ledger(shuffled), DAY, arms=True).files


def test_a_service_without_a_trial_has_nothing_to_export():
    with pytest.raises(ValueError, match="has no trial"):
        export(dataset(), load("workwise"), LedgerFacts(), DAY, arms=False)
