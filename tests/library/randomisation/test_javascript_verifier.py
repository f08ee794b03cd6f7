"""The verifier in JavaScript as a command: ten thousand entries in time, the forgeries among them, and its manners."""

from __future__ import annotations

import json
import re
import resource

import pytest
from tests.library.randomisation.bundles import SHARES, anchor, bundle, chain, other_arm, receipt, resealed
from tests.library.randomisation.nodes import VERIFIER, run
from tests.library.randomisation.trials import blocks, config

from placewell.randomisation.verifier import program_hash

PEOPLE = 10_000
NAMED = {"verifier": program_hash(), "planned": (5000, 5000)}
TRIALS = {"big stick": config(**NAMED), "blocks, packets": blocks(**NAMED, epoch_size=30, epochs=40)}


@pytest.fixture(scope="module", params=TRIALS)
def long(request):
    """The chain of a trial of ten thousand."""
    return chain(PEOPLE, TRIALS[request.param])


@pytest.fixture
def check(tmp_path):
    """Writes a bundle and whatever stands beside it, and runs the verifier."""

    def run_it(made, **beside):
        file = tmp_path / "bundle.json"
        file.write_text(made if isinstance(made, str) else made.text(), encoding="utf-8")
        words = []
        for name, data in beside.items():
            extra = tmp_path / f"{name}.json"
            extra.write_text(json.dumps(data), encoding="utf-8")
            words += [f"--{name}", extra]
        return run(VERIFIER, file, *words)

    return run_it


def seconds_of_children():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_ten_thousand_entries_in_less_than_five_seconds(check, long):
    """Processor time, which a busy machine does not lengthen. Source: trust.md, promise 4."""
    before = seconds_of_children()
    status, out, told = check(bundle(long, shares=SHARES))
    taken = seconds_of_children() - before
    assert (status, told) == (0, "")
    assert re.search(r"^arms replayed +10000  no fault$", out, flags=re.M)
    assert taken < 5


def test_one_forged_arm_among_ten_thousand(check, long):
    status, out, _ = check(bundle(resealed(long, other_arm(7001)), shares=SHARES))
    assert status == 1
    assert [line for line in out.splitlines() if line.startswith(("entry", "bundle"))] == [
        f"entry 7001: its arm is {'control' if long[7001].arm == 'ips' else 'ips'}; the draw gives {long[7001].arm}"
    ]


def test_one_forged_share(check, long):
    status, out, _ = check(bundle(long, shares={**SHARES, "P": bytes(32)}))
    assert status == 1
    assert "bundle: the secret share of P is not the one P committed to" in out.splitlines()


def test_one_cut_tail_against_an_anchor(check, long):
    cut = bundle(long[:-1])
    assert check(cut)[0] == 0
    status, out, _ = check(cut, anchors=[anchor(long[-1])])
    assert status == 1
    assert "entry 10000: an anchor vouches for it and the chain ends at entry 9999: its end was cut off" in out


# --- Its manners ------------------------------------------------------------------------------------------------

SHORT = chain(6, config(verifier=program_hash()))


def test_what_is_given_beside_the_bundle_counts(check):
    shares = {role: share.hex() for role, share in SHARES.items()}
    status, out, _ = check(bundle(SHORT), shares=shares, anchors=anchor(SHORT[3]), receipts=[receipt(SHORT[2])])
    assert status == 0
    assert out == (
        "trial tiw: 7 entries\n\n"
        "hashes and links              7  no fault\n"
        "genesis entry                 1  no fault\n"
        "allocations and notes         7  no fault\n"
        "arms replayed                 6  no fault\n"
        "anchors                       1  no fault\n"
        "receipts                      1  no fault\n"
        f"genesis entry {SHORT[0].hash}: is it the one that was signed?\n"
    )


def test_without_shares_it_says_what_it_could_not_do(check):
    status, out, _ = check(bundle(SHORT))
    assert status == 0
    assert "arms replayed                 -  not possible before both shares are published" in out


@pytest.mark.parametrize(("made", "noted"), [(config(verifier=program_hash()), False), (config(), True)])
def test_it_says_whether_it_is_the_edition_the_trial_named(check, made, noted):
    _, out, _ = check(bundle(chain(2, made)))
    assert ("another edition of this program" in out) is noted


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "Usage: node verify.mjs bundle.json"),
        (["--anchors"], "Usage"),
        (["no/such.json"], "no/such.json: cannot be read"),
        ([VERIFIER], "cannot be read as JSON"),
    ],
)
def test_wrong_usage(words, said):
    status, out, told = run(VERIFIER, *words)
    assert (status, out) == (2, "")
    assert said in told
    assert told.count("\n") == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[]", "is not a trial's bundle"),
        ('{"format": "placewell-trial-bundle/2"}', "is not a trial's bundle"),
        ('{"format": "placewell-trial-bundle/1", "trial": "x", "entries": {}}', "its entries are not entries"),
        ('{"format": "placewell-trial-bundle/1", "trial": "x", "entries": [null]}', "its entries are not entries"),
        (
            '{"format": "placewell-trial-bundle/1", "trial": "x", "entries": [], "anchors": [1]}',
            "not a list of objects",
        ),
    ],
)
def test_a_file_that_is_no_bundle(check, content, said):
    status, out, told = check(content)
    assert (status, out) == (2, "")
    assert said in told


@pytest.mark.parametrize("name", ["config", "commits", "packets", "utc", "trial"])
@pytest.mark.parametrize("value", [None, "x", {"arms": []}])
def test_values_of_another_kind_are_faults_and_no_crash(check, name, value):
    made = bundle(SHORT, shares=SHARES).as_data()
    made["entries"][0]["entry"][name] = value
    status, out, told = check(json.dumps(made))
    assert (status, told) == (1, "")
    assert "entry 0: " in out
