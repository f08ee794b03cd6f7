"""The frozen values of the draw, for every language: `python -m tests.library.randomisation.vectors` writes them.

They are written once. A change of any of them changes the arms of running trials: it needs a new algorithm's name.
"""

from __future__ import annotations

import json
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import Any

from tests.library.randomisation.trials import COMMITS, MOMENT, SHARE_E, SHARE_P, blocks, config, first, keys_of, simple

from placewell.randomisation.ceremony import commitment, master, packet, packet_hash
from placewell.randomisation.configuration import ALGORITHM, Configuration
from placewell.randomisation.draw import Sequence, block
from placewell.randomisation.entries import check_code, seal
from placewell.randomisation.hashing import canon, digest
from placewell.randomisation.keys import WholeKeys
from placewell.randomisation.stream import below, words

FILE = Path(__file__).with_name("vectors.json")
KEYS = [bytes(32), bytes(range(32)), digest("vector", "third")]
LABELS = [("size", 0), ("perm", 7), ("simple", 2**32 + 5)]
LIMITS = [1, 2, 3, 6, 10, 2**31 + 1, 2**32 - 1, 2**32]
VALUES: list[Any] = ["", 'é"\\/\n\x1f\u2028😀', 2**53 - 1, [], {"b": [1, {"é": "x"}], "a": {}, "ｚ": 0, "😀": -1}]

SEQUENCES: dict[str, Configuration] = {
    "big stick 5": config(),
    "big stick 1": config(imbalance=1),
    "big stick 3, packets": config(imbalance=3, epoch_size=10, epochs=4),
    "big stick 5, bound to identity": config(identity_bound=1),
    "blocks of 4, 6, 8": blocks(),
    "blocks of 4, 6, 8, packets": blocks(epoch_size=2, epochs=6),
    "blocks of 3 and 9, 2 to 1": blocks(3, 9, ratio=(2, 1)),
    "blocks of 6, three arms": blocks(6, arms=("a", "b", "c"), ratio=(1, 1, 1)),
    "simple": simple(),
    "simple, three arms 3 to 2 to 1": simple(arms=("a", "b", "c"), ratio=(3, 2, 1)),
    "simple, packets": simple(epoch_size=7, epochs=6),
}


def made() -> dict[str, Any]:
    """All values, made anew."""
    return {
        "algorithm": ALGORITHM,
        "shares": {"E": SHARE_E.hex(), "P": SHARE_P.hex()},
        "stream": [_stream(key, *label) for key in KEYS for label in LABELS],
        "below": [_below(KEYS[1], limit) for limit in LIMITS],
        "canon": [{"value": value, "bytes": canon(value).hex()} for value in VALUES],
        "ceremony": [_ceremony(each) for each in SEQUENCES.values()],
        "blocks": [_block(key, number) for key in KEYS for number in (0, 1, 1000)],
        "sequences": [{"name": name, **_sequence(each)} for name, each in SEQUENCES.items()],
        "entries": _entries(),
    }


def _stream(key: bytes, label: str, number: int) -> dict[str, Any]:
    return {"key": key.hex(), "label": label, "number": number, "words": list(islice(words(key, label, number), 20))}


def _below(key: bytes, limit: int) -> dict[str, Any]:
    numbers = words(key, "below", limit)
    return {"key": key.hex(), "limit": limit, "numbers": [below(numbers, limit) for _ in range(12)]}


def _ceremony(made: Configuration) -> dict[str, Any]:
    keys = keys_of(made)
    packets = {name: [packet(key, made, epoch) for epoch in range(made.epochs)] for name, key in keys.items()}
    return {
        "config": made.as_data(),
        "config_hash": made.hash,
        "commits": {
            "E": commitment("E", made.trial, SHARE_E),
            "P": commitment("P", made.trial, SHARE_P),
        },
        "master": master(made, SHARE_E, SHARE_P).hex(),
        "stratum_keys": {name: key.hex() for name, key in keys.items()},
        "packets": {name: [each.hex() for each in all_of] for name, all_of in packets.items()},
        "packet_hashes": {name: [packet_hash(each) for each in all_of] for name, all_of in packets.items()},
    }


def _block(key: bytes, number: int) -> dict[str, Any]:
    return {"key": key.hex(), "number": number, "arms": list(block(key, number, blocks()))}


def _sequence(made: Configuration) -> dict[str, Any]:
    return {"config": made.as_data(), "strata": {name: _arms(made, name) for name in made.strata}}


def _arms(made: Configuration, stratum: str) -> list[str]:
    sequence, counts, arms = Sequence(WholeKeys(keys_of(made), made), made), Counter[str](), []
    for n in range(40):
        arms.append(sequence.arm(stratum, n, counts, token(n) if made.identity_bound else None))
        counts[arms[-1]] += 1
    return arms


def token(n: int) -> str:
    """The token of the n-th person in the sequences bound to identity."""
    return digest("token", str(n)).hex()


def _entries() -> list[dict[str, Any]]:
    opened = first(config())
    usual = {"v": 1, "trial": "tiw", "utc": MOMENT, "actor": "u7"}
    drawn = {"person": "T0001", "stratum": "lot_1", "n": 0, "arm": "ips", "config_hash": config().hash}
    papers = {"eligibility": "0" * 64, "consent": "f" * 64}
    allocated = seal({**usual, **drawn, **papers, "seq": 1, "prev": opened.hash, "kind": "allocation"})
    void = {"person": "T0001", "reason": "in_error", "second": "u9", "seq": 2, "prev": allocated.hash, "kind": "void"}
    chain = (opened, allocated, seal({**usual, **void}))
    return [{**each.as_data(), "code": check_code(each.hash)} for each in chain]


if __name__ == "__main__":
    assert COMMITS["E"] == commitment("E", "tiw", SHARE_E)
    FILE.write_text(json.dumps(made(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
