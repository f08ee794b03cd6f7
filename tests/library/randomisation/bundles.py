"""Bundles for the tests: long honest chains made at once, and forgers who recompute every hash after a change."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from tests.library.randomisation.trials import MOMENT, SHARE_E, SHARE_P, config, first, whole

from placewell.randomisation import draw
from placewell.randomisation.bundle import Bundle
from placewell.randomisation.configuration import Configuration
from placewell.randomisation.entries import Entry, check_code, seal

SHARES = {"E": SHARE_E, "P": SHARE_P}
PAPERS = {"eligibility": "cd" * 32, "consent": "ef" * 32}


def chain(people: int, made: Configuration | None = None) -> tuple[Entry, ...]:
    """The first entry and so many allocations, a second apart, in turn over the strata."""
    made = made or config()
    sequence, counts = draw.Sequence(whole(made), made), defaultdict[str, Counter[str]](Counter)
    entries = [first(made)]
    for number in range(people):
        stratum = made.strata[number % len(made.strata)]
        before, token = counts[stratum], f"{number:064x}"
        n = before.total()
        arm = sequence.arm(stratum, n, before, token if made.identity_bound else None)
        before[arm] += 1
        body = {"kind": "allocation", "person": f"T{number:05}", "stratum": stratum, "n": n, "arm": arm, "actor": "es1"}
        bound = {"token": token} if made.identity_bound else {}
        entries.append(later(entries[-1], {**body, **PAPERS, **bound, "config_hash": made.hash}))
    return tuple(entries)


def later(last: Entry, body: Mapping[str, Any]) -> Entry:
    """The entry that follows on the last one, a second after it."""
    utc = max(last.utc, MOMENT) + 1000
    return seal({"v": 1, "trial": last.body["trial"], "seq": last.seq + 1, "prev": last.hash, "utc": utc, **body})


def resealed(entries: Sequence[Entry], change: Callable[[list[dict[str, Any]]], None]) -> tuple[Entry, ...]:
    """The chain after a forger's change of its bodies, with every place, link and hash made anew."""
    bodies = [dict(entry.body) for entry in entries]
    change(bodies)
    forged: list[Entry] = []
    for seq, body in enumerate(bodies):
        prev = forged[-1].hash if forged else entries[0].prev
        forged.append(seal({**body, "seq": seq, "prev": prev}))
    return tuple(forged)


def other_arm(place: int) -> Callable[[list[dict[str, Any]]], None]:
    """A forger who gives one person the other arm."""

    def change(bodies: list[dict[str, Any]]) -> None:
        bodies[place]["arm"] = "control" if bodies[place]["arm"] == "ips" else "ips"

    return change


def bundle(entries: Sequence[Entry], **more: Any) -> Bundle:
    return replace(Bundle.of(entries), **more)


def anchor(entry: Entry) -> dict[str, Any]:
    return {"seq": entry.seq, "hash": entry.hash}


def receipt(entry: Entry) -> dict[str, Any]:
    return {"trial": "tiw", "person": entry.person, "code": check_code(entry.hash), "utc": entry.utc}
