"""The linkage file: only of people whose consent to linkage holds on the day."""

import pytest
from tests.factories import a_person
from tests.library.evaluation.trial_facts import SPEC, consented, dataset, date, ledger, number, randomised

from placewell.errors import UserError
from placewell.evaluation.exports import export
from placewell.evaluation.facts import LedgerFacts
from placewell.evaluation.linkage import HEADER, linkage_bytes, linkage_rows

DAY = date(2019, 6, 14)
ANN = a_person(
    "p-e1",
    first_name="Ann",
    surname="=Osei",
    nhs_number="9990000018",
    birth_date="1980-02-29",
    gender="2",
    postcode="WV1 1AA",
    email="ann@example.org",
)


def rows(*facts, as_at=DAY, withdrawals=(), lot=None):
    tables = dataset(ANN, randomised("e1"), *facts)
    return linkage_rows(tables, SPEC, ledger(tables, withdrawals=withdrawals), as_at, lot=lot)


def left(scope, on="2018-06-01"):
    return [{"person": number("e1"), "on": on, "scope": scope}]


def test_a_person_who_agreed():
    found = rows(consented("e1", "linkage"))
    assert tuple(found.columns) == HEADER
    assert found.rows() == [
        (number("e1"), "9990000018", "Ann", "=Osei", date(1980, 2, 29), "2", "WV1 1AA", date(2018, 1, 15))
    ]


@pytest.mark.parametrize(
    ("facts", "asked", "count"),
    [
        ([], {}, 0),
        ([consented("e1", "linkage")], {"as_at": date(2018, 1, 15)}, 1),
        ([consented("e1", "linkage", on="2018-01-16")], {"as_at": date(2018, 1, 15)}, 0),
        ([consented("e1", "linkage", until="2018-06-01")], {"as_at": date(2018, 5, 31)}, 1),
        ([consented("e1", "linkage", until="2018-06-01")], {"as_at": date(2018, 6, 1)}, 0),
        # withdrawn and given again
        ([consented("e1", "linkage", until="2018-06-01"), consented("e1", "linkage", on="2018-07-01")], {}, 1),
        ([consented("e1", "linkage")], {"withdrawals": left("linkage")}, 0),
        ([consented("e1", "linkage")], {"withdrawals": left("remove_data")}, 0),
        ([consented("e1", "linkage")], {"withdrawals": left("linkage"), "as_at": date(2018, 5, 31)}, 1),
        ([consented("e1", "linkage")], {"withdrawals": left("contact")}, 1),
        ([consented("e1", "linkage")], {"withdrawals": left("intervention")}, 1),
        ([consented("e1", "share_data")], {}, 0),
        ([consented("e1", "linkage")], {"lot": "dudley"}, 1),
        ([consented("e1", "linkage")], {"lot": "wolverhampton"}, 0),
    ],
)
def test_whose_consent_holds(facts, asked, count):
    assert rows(*facts, **asked).height == count


def test_who_agreed_and_was_not_randomised_is_not_in_it():
    tables = dataset(ANN, [row for row in randomised("e1") if row[0] != "allocations"], consented("e1", "linkage"))
    assert linkage_rows(tables, SPEC, ledger(tables), DAY).is_empty()


def test_the_file_has_no_arm_and_no_formula():
    text = linkage_bytes(rows(consented("e1", "linkage"))).decode()
    assert text.splitlines()[0] == ",".join(HEADER)
    assert ",'=Osei," in text
    assert "ips" not in text and "email" not in text


def test_it_is_no_part_of_an_export():
    tables = dataset(ANN, randomised("e1"), consented("e1", "linkage"))
    given = export(tables, SPEC, ledger(tables), DAY, arms=True)
    assert "linkage.csv" not in given.files
    assert b"9990000018" not in b"".join(given.files.values())


@pytest.mark.parametrize("telling", ["p-e1", "e1", "999 000 0018", "9990000018", "Ann Osei, Dudley", "A"])
def test_a_number_that_tells_is_refused(telling):
    tables = dataset(ANN, randomised("e1"), consented("e1", "linkage"))
    with pytest.raises(UserError, match="1 trial numbers could tell") as refused:
        linkage_rows(tables, SPEC, LedgerFacts.of_dataset(tables, {"e1": telling}), DAY)
    assert telling == "A" or telling == "e1" or telling not in str(refused.value)
