"""A trial's bundle as a file: what was written reads as it was, and what is none is refused in words."""

import json

import pytest
from tests.library.randomisation.bundles import SHARES, anchor, bundle, chain, receipt
from tests.library.randomisation.trials import SHARE_E, SHARE_P, config, keys_of, packets

from placewell.randomisation.bundle import FORMAT, Bundle, BundleError, held, read_json, share_of, shares_of

ENTRIES = chain(12, config(epoch_size=5, epochs=3))
WHOLE = bundle(ENTRIES, anchors=(anchor(ENTRIES[4]),), receipts=(receipt(ENTRIES[5]), ENTRIES[6].as_data()))


@pytest.mark.parametrize("made", [bundle(ENTRIES), WHOLE, bundle(ENTRIES, shares=SHARES)])
def test_what_was_written_reads_as_it_was(made):
    assert Bundle.from_data(json.loads(made.text())) == made
    assert Bundle.from_data(made.as_data()) == made


def test_the_file_has_a_line_for_each_entry_anchor_and_receipt():
    lines = WHOLE.text().splitlines()
    assert len([line for line in lines if line.startswith("  {")]) == 13 + 1 + 2
    assert lines[1] == f' "format": "{FORMAT}",'
    assert list(json.loads(WHOLE.text())) == ["format", "trial", "entries", "anchors", "receipts"]


def test_no_key_is_in_it_before_the_shares_are_published():
    keys = keys_of(config(epoch_size=5, epochs=3))
    loaded = packets(config(epoch_size=5, epochs=3), 0, 1, 2)
    secrets = [SHARE_E, SHARE_P, *keys.values(), *(loaded.key_for(name, n) for name in keys for n in range(3))]
    text = WHOLE.text()
    assert len(secrets) == 10
    assert not [each for each in secrets if each.hex() in text or each.hex().upper() in text]
    assert SHARE_E.hex() in bundle(ENTRIES, shares=SHARES).text()


def test_an_empty_chain_has_no_bundle():
    with pytest.raises(BundleError, match="chain is empty"):
        Bundle.of(())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"format": "placewell-trial-bundle/2"}, "its format should be placewell-trial-bundle/1"),
        ({"trial": 7}, "names its trial and lists its entries"),
        ({"entries": {}}, "names its trial and lists its entries"),
        ({"entries": [{"entry": {}}]}, "Entry 0 of the bundle"),
        ({"entries": [{"entry": {"x": 0.5}, "hash": ""}]}, "Entry 0 of the bundle: .* cannot be hashed"),
        ({"anchors": [1]}, "The bundle's anchors: expected a list"),
        ({"receipts": "x"}, "The bundle's receipts: expected a list"),
        ({"shares": {"E": "00"}}, "Shares are written as"),
        ({"shares": {"E": "00" * 32, "P": "0g" * 32}}, "share of P must be 64"),
        ({"shares": []}, "Shares are written as"),
    ],
)
def test_what_is_no_bundle(change, said):
    with pytest.raises(BundleError, match=said):
        Bundle.from_data({**WHOLE.as_data(), **change})


def test_every_entry_that_is_none_is_named():
    data = WHOLE.as_data()
    data["entries"][3] = data["entries"][8] = []
    with pytest.raises(BundleError) as refused:
        Bundle.from_data(data)
    assert [problem.split(" of")[0] for problem in refused.value.problems] == ["Entry 3", "Entry 8"]


@pytest.mark.parametrize("data", [None, [], "x", 7])
def test_a_bundle_is_an_object(data):
    with pytest.raises(BundleError, match="not a trial's bundle"):
        Bundle.from_data(data)


@pytest.mark.parametrize("content", [b"{", b"\xff", b"[" * 100_000, b'{"trial": "\\ud800"}', b"9" * 5000])
def test_what_is_no_json_names_the_file(content):
    with pytest.raises(BundleError, match=r"a\.json: cannot be read as JSON"):
        read_json(content, "a.json")


def test_one_alone_is_a_list_of_one():
    assert held({"seq": 1}, "x") == ({"seq": 1},)
    assert held([], "x") == ()


def test_shares_are_read_and_never_repeated():
    assert shares_of({"E": SHARE_E.hex().upper() + "\n", "P": SHARE_P.hex()}) == SHARES
    with pytest.raises(BundleError) as refused:
        share_of("c0ffee", "E")
    assert "c0ffee" not in str(refused.value)
