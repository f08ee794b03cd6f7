"""A bundle checked in Python and in JavaScript: sound ones pass both, and every forgery is found by both."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from tests.library.randomisation.bundles import (
    SHARES,
    anchor,
    bundle,
    chain,
    later,
    other_arm,
    receipt,
    resealed,
)
from tests.library.randomisation.nodes import VERIFIER, run
from tests.library.randomisation.trials import SHARE_P, blocks, config, keys_of, simple

from placewell.randomisation.ceremony import commitment
from placewell.randomisation.entries import Entry
from placewell.randomisation.verification import verify

TRIALS = {
    "big stick": config(),
    "big stick, packets": config(epoch_size=10, epochs=4),
    "big stick, bound to identity": config(identity_bound=1),
    "blocks": blocks(),
    "blocks, packets": blocks(epoch_size=2, epochs=6),
    "blocks, 2 to 1": blocks(3, 6, ratio=(2, 1)),
    "blocks, three arms": blocks(3, 9, arms=("a", "b", "c"), ratio=(1, 1, 1)),
    "simple": simple(),
    "simple, three arms": simple(arms=("a", "b", "c"), ratio=(3, 2, 1)),
    "simple, packets": simple(epoch_size=7, epochs=6),
    "one stratum": config(strata=("whole",), planned=(60,)),
    "nobody yet": config(),
}


def in_javascript(made, tmp_path):
    """The faults that the second language finds."""
    file = tmp_path / "bundle.json"
    file.write_text(made.text(), encoding="utf-8")
    status, out, told = run(VERIFIER, file)
    assert told == ""
    faults = [line for line in out.splitlines() if line.startswith(("entry ", "bundle: "))]
    assert status == (1 if faults else 0)
    return faults


@pytest.mark.parametrize("name", TRIALS)
def test_an_honest_trial_is_sound(name, tmp_path):
    entries = chain(0 if name == "nobody yet" else 60, TRIALS[name])
    made = bundle(entries, anchors=(anchor(entries[-1]), anchor(entries[0])), shares=SHARES)
    made = replace(made, receipts=tuple(receipt(one) for one in entries[1:]))
    found = verify(made)
    assert found.faults == ()
    assert found.replayed
    counts = {check.name: check.count for check in found.checks}
    assert counts["arms replayed"] == len(entries) - 1
    assert in_javascript(made, tmp_path) == []


def test_notes_and_withdrawals_belong_to_a_sound_trial(tmp_path):
    entries = list(chain(4))
    about = {"person": "T00001", "actor": "lead"}
    for body in (
        {"kind": "note", "reason": "baseline_corrected", **about},
        {"kind": "stratum_note", "reason": "wrong_stratum", "stratum": "lot_2", **about},
        {"kind": "void", "reason": "in_error", "second": "manager", **about},
        {"kind": "withdraw", "reason": "person", "scope": "linkage", **about},
        {"kind": "clock", "reason": "clock_went_back", "utc": entries[-1].utc - 60_000},
    ):
        entries.append(later(entries[-1], body))
    made = bundle(entries, shares=SHARES)
    assert verify(made).sound
    assert in_javascript(made, tmp_path) == []


# --- Forgeries: a name, what is done to an honest bundle of 40, and how many faults at least each language names. ---

HONEST = chain(40)


def tampered(place: int, **changes) -> tuple[Entry, ...]:
    """One body altered and nothing else."""
    return tuple(Entry({**one.body, **changes}, one.hash) if one.seq == place else one for one in HONEST)


def added(*bodies):
    entries = list(HONEST)
    for body in bodies:
        entries.append(later(entries[-1], body))
    return tuple(entries)


def body_of(place, **changes):
    body = {name: value for name, value in HONEST[place].body.items() if name not in ("seq", "prev", "utc")}
    return {**body, **changes}


def change(place, **changes):
    return lambda bodies: bodies[place].update(changes)


def of_other_packets():
    made = config(epoch_size=10, epochs=4)
    entries = chain(20, made)
    named = dict(entries[0].body["packets"])
    named["lot_2"] = [*named["lot_2"][:3], "0" * 64]
    return bundle(resealed(entries, lambda bodies: bodies[0].update(packets=named)), shares=SHARES)


def note(**changes):
    return {"kind": "void", "person": "T00001", "reason": "in_error", "actor": "a", "second": "b", **changes}


FORGERIES = {
    "an arm altered": (lambda: bundle(tampered(7, arm="x")), "hash"),
    "a moment altered": (lambda: bundle(tampered(7, utc=HONEST[7].utc + 1)), "hash"),
    "an entry taken out": (lambda: bundle(HONEST[:7] + HONEST[8:]), "follow"),
    "two entries swapped": (lambda: bundle((*HONEST[:7], HONEST[8], HONEST[7], *HONEST[9:])), "follow"),
    "an entry twice": (lambda: bundle((*HONEST[:8], *HONEST[7:])), "follow"),
    "the first entry taken out": (lambda: bundle(HONEST[1:]), "begin"),
    "one arm, chain made anew": (lambda: bundle(resealed(HONEST, other_arm(7)), shares=SHARES), "the draw gives"),
    "a share swapped": (lambda: bundle(HONEST, shares={"E": SHARES["P"], "P": SHARES["P"]}), "share of E"),
    "another share of P": (lambda: bundle(HONEST, shares={**SHARES, "P": bytes(32)}), "share of P"),
    "the end cut off": (lambda: bundle(HONEST[:-3], anchors=(anchor(HONEST[-1]),)), "cut off"),
    "an arm, against an anchor": (
        lambda: bundle(resealed(HONEST, other_arm(7)), anchors=(anchor(HONEST[9]),)), "vouches for"),
    "a person, against a receipt": (
        lambda: bundle(resealed(HONEST, change(7, person="T99999")), receipts=(receipt(HONEST[7]),)), "T00006"),
    "an arm, against a receipt": (
        lambda: bundle(resealed(HONEST, other_arm(7)), receipts=(receipt(HONEST[7]),)), "another code"),
    "a time on a receipt": (lambda: bundle(HONEST, receipts=({**receipt(HONEST[7]), "utc": 1},)), "another utc"),
    "a whole entry held outside": (
        lambda: bundle(resealed(HONEST, other_arm(7)), receipts=(HONEST[9].as_data(),)), "vouches for"),
    "an anchor that is none": (lambda: bundle(HONEST, anchors=({"seq": "9", "hash": "x"},)), "anchor"),
    "a person drawn twice": (lambda: bundle(added(body_of(1, n=20, stratum="lot_1"))), "T00000"),
    "a slot drawn twice": (lambda: bundle(added(body_of(1, person="T99999"))), "slot"),
    "a slot left out": (lambda: bundle(added(body_of(1, person="T99999", n=21))), "slot"),
    "an unknown stratum": (lambda: bundle(added(body_of(1, person="T99999", stratum="z"))), "no stratum"),
    "an unknown arm": (lambda: bundle(resealed(HONEST, change(7, arm="both"))), "no arm"),
    "another configuration": (lambda: bundle(resealed(HONEST, change(7, config_hash="0" * 64))), "configuration"),
    "a configuration changed": (
        lambda: bundle(resealed(HONEST, change(0, config=config(imbalance=8).as_data()))), "configuration"),
    "another trial's entry": (lambda: bundle(resealed(HONEST, change(7, trial="other"))), "trial"),
    "a bundle of another name": (lambda: bundle(HONEST, trial="other"), "trial"),
    "another version": (lambda: bundle(resealed(HONEST, change(7, v=2))), "version"),
    "a clock put back": (lambda: bundle(resealed(HONEST, change(7, utc=HONEST[1].utc))), "moment"),
    "a name in the chain": (lambda: bundle(resealed(HONEST, change(7, name="Ann"))), "too much"),
    "an unknown kind": (lambda: bundle(added({"kind": "erase", "person": "T00001"})), "kind"),
    "a second genesis entry": (lambda: bundle(added(body_of(0))), "and has it once"),
    "a note about nobody": (lambda: bundle(added(note(person="T99999"))), "T99999"),
    "one alone voids": (lambda: bundle(added(note(second="a"))), "void"),
    "voided twice": (lambda: bundle(added(note(), note(reason="again"))), "voided"),
    "a note of no stratum": (
        lambda: bundle(added(note(kind="stratum_note", stratum="z"))), "no stratum"),
    "a token where none belongs": (
        lambda: bundle(resealed(HONEST, change(7, token="ab" * 32)), shares=SHARES), "too much"),
    "packets of other shares": (of_other_packets, "packet"),
    "free text as a person": (lambda: bundle(resealed(HONEST, change(7, person="Ann, 1 High St"))), "code, hash"),
    "a list as a person": (lambda: bundle(resealed(HONEST, change(7, person=["T00006"]))), "code, hash"),
    "commitments taken out": (lambda: bundle(resealed(HONEST, change(0, commits={}))), "commitment of E"),
    "a commitment that is none": (
        lambda: bundle(resealed(HONEST, change(0, commits={"E": "x", "P": "ab" * 32}))), "commitment of E"),
    "no hash, against a receipt": (
        lambda: bundle((*HONEST[:7], Entry(HONEST[7].body, "zz"), *HONEST[8:]), receipts=(receipt(HONEST[7]),)),
        "receipt of T00006"),
    "a copy held outside altered": (
        lambda: bundle(HONEST, receipts=({"entry": {**HONEST[7].body, "arm": "x"}, "hash": HONEST[7].hash},)),
        "copy was altered"),
}  # fmt: skip
BY_THE_SHARES_ALONE = ("one arm, chain made anew", "packets of other shares")
BY_WHAT_IS_HELD_OUTSIDE = ("the end cut off", "an arm, against an anchor", "an arm, against a receipt")


@pytest.mark.parametrize("name", FORGERIES)
def test_every_forgery_is_found_by_both_languages(name, tmp_path):
    make, said = FORGERIES[name]
    made = make()
    found = verify(made)
    assert any(said in fault for fault in found.faults), found.faults
    theirs = in_javascript(made, tmp_path)
    assert any(said in fault for fault in theirs), theirs


@pytest.mark.parametrize("name", BY_THE_SHARES_ALONE + BY_WHAT_IS_HELD_OUTSIDE)
def test_what_the_chain_alone_cannot_show(name):
    """Why shares and anchors are needed: without them the same forgeries look sound."""
    made = FORGERIES[name][0]()
    assert verify(replace(made, shares=None, anchors=(), receipts=())).sound


@pytest.mark.parametrize("made", [config(), blocks(), simple(), config(epoch_size=10, epochs=4)])
@pytest.mark.parametrize("place", [1, 17, 40])
def test_one_forged_arm_is_one_fault(made, place, tmp_path):
    forged = bundle(resealed(chain(40, made), other_arm(place)), shares=SHARES)
    found = verify(forged)
    assert len(found.faults) == 1
    assert found.faults[0].startswith(f"Entry {place}: its arm is ")
    assert len(in_javascript(forged, tmp_path)) == 1


def test_given_shares_anchors_and_receipts_count_as_the_bundles_own():
    alone = bundle(HONEST)
    assert not verify(alone).replayed
    assert verify(alone, shares=SHARES).replayed
    assert verify(alone, shares={**SHARES, "P": bytes(range(1, 33))}).faults
    short = bundle(HONEST[:-1])
    assert verify(short).sound
    assert verify(short, anchors=[anchor(HONEST[-1])]).faults
    assert verify(short, receipts=[receipt(HONEST[-1])]).faults
    assert verify(short, anchors=[anchor(HONEST[-2])], receipts=[receipt(HONEST[-2])]).sound


def test_a_whole_chain_from_a_forgers_own_shares_differs_in_its_genesis_entry_alone(tmp_path):
    """Nothing within a bundle shows it: both languages print the hash to hold against the signed one."""
    own = {"E": bytes(32), "P": bytes(range(1, 33))}
    commits = {role: commitment(role, "tiw", share) for role, share in own.items()}
    forged = bundle(resealed(HONEST[:1], change(0, commits=commits)), shares=own)
    found = verify(forged)
    assert found.sound
    assert found.genesis == forged.entries[0].hash != HONEST[0].hash
    asked = f"genesis entry {forged.entries[0].hash}: is it the one that was signed?"
    assert asked in found.text().splitlines()
    file = tmp_path / "bundle.json"
    file.write_text(forged.text(), encoding="utf-8")
    assert asked in run(VERIFIER, file)[1].splitlines()


def test_an_empty_bundle_is_not_sound():
    assert verify(replace(bundle(HONEST), entries=())).faults


def test_the_report_in_words():
    lines = verify(bundle(resealed(HONEST, other_arm(7)), shares=SHARES)).text().splitlines()
    assert lines[0] == "trial tiw: 41 entries"
    assert "arms replayed                40  1 fault" in lines
    assert "chain                        41  no fault" in lines
    assert "not possible before both shares are known" in verify(bundle(HONEST)).text()


def test_keys_never_reach_a_report():
    told = verify(bundle(HONEST, shares={**SHARES, "P": bytes(32)}))
    for secret in (*SHARES.values(), SHARE_P, *keys_of(config()).values()):
        assert secret.hex() not in told.text() + json.dumps(told.faults)
