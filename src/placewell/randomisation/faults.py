"""What can be wrong with a trial's configuration, one rule a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from placewell.randomisation.configuration import Configuration

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}", re.ASCII)
HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)
NAMES_ARE = "letters, digits, dots, dashes and underscores, at most 64 of them"
LARGEST_BLOCK, MOST_PACKETS = 1_000, 1_000_000
"""Beyond any trial; a forged configuration must not keep whoever checks it busy for ever."""
METHODS = ("big_stick", "permuted_blocks", "simple")


def faults(config: Configuration) -> Iterator[str]:
    """Every fault, in words that say what to change."""
    yield from _names(config)
    yield from _arms(config)
    yield from _strata(config)
    yield from _method(config)
    yield from _packets(config)
    yield from _window(config)


def _names(config: Configuration) -> Iterator[str]:
    for name in (config.trial, *config.arms, *config.strata):
        if not NAME.fullmatch(name):
            yield f'"{name}" cannot be the name of a trial, arm or stratum: write {NAMES_ARE}.'
    if config.algorithm != "placewell-draw/1":
        yield f'The algorithm "{config.algorithm}" is not known here: this version draws by "placewell-draw/1".'
    if not HASH.fullmatch(config.verifier):
        yield "The verifier must be the SHA-256 of the verifier program: 64 hexadecimal signs in lower case."


def _arms(config: Configuration) -> Iterator[str]:
    if len(config.arms) < 2 or len(set(config.arms)) != len(config.arms):
        yield "A trial needs at least two arms, each with a name of its own."
    if len(config.ratio) != len(config.arms):
        yield f"The ratio has {len(config.ratio)} shares for {len(config.arms)} arms: give each arm one."
    if any(share < 1 for share in config.ratio):
        yield "Every arm's share of the ratio must be 1 or more."
    if sum(config.ratio) > LARGEST_BLOCK:
        yield f"The shares of the ratio add up to more than {LARGEST_BLOCK}: give them in lowest terms."


def _strata(config: Configuration) -> Iterator[str]:
    if not config.strata or len(set(config.strata)) != len(config.strata):
        yield "A trial needs at least one stratum, each with a name of its own."
    if len(config.planned) != len(config.strata):
        yield f"Planned sizes are given for {len(config.planned)} of {len(config.strata)} strata: give one for each."
    if "emergency" in config.strata and config.identity_bound:
        yield "An emergency list cannot be printed where the coin is bound to identity: leave one of them out."
    if any(size < 0 for size in config.planned):
        yield "A stratum's planned size cannot be below 0."


def _method(config: Configuration) -> Iterator[str]:
    if config.method not in METHODS:
        yield f'The method "{config.method}" is not one of {", ".join(METHODS)}.'
    if config.method == "big_stick":
        if config.ratio != (1, 1):
            yield "The big stick is for two arms in equal shares: choose permuted blocks for any other trial."
        if config.imbalance < 1:
            yield "The big stick needs an imbalance of 1 or more at which the next arm is no longer left to chance."
    elif config.imbalance:
        yield "An imbalance belongs to the big stick alone: leave it out, or choose the big stick."
    yield from _blocks(config)
    if config.identity_bound not in (0, 1):
        yield "identity_bound is 0 or 1."
    elif config.identity_bound and config.method != "big_stick":
        yield "Only the big stick's coin can be bound to a person: leave identity_bound out."


def _blocks(config: Configuration) -> Iterator[str]:
    if config.method != "permuted_blocks":
        if config.block_sizes:
            yield "Block sizes belong to permuted blocks alone: leave them out, or choose permuted blocks."
        return
    whole = max(1, sum(config.ratio))
    if not config.block_sizes or len(set(config.block_sizes)) != len(config.block_sizes):
        yield "Permuted blocks need at least one block size, each given once."
    for size in config.block_sizes:
        if size > LARGEST_BLOCK:
            yield f"A block of {size} is longer than {LARGEST_BLOCK}: choose a shorter one."
        if size < 1 or size % whole:
            yield f"A block of {size} cannot hold the arms in their shares: make it a multiple of {whole}."


def _packets(config: Configuration) -> Iterator[str]:
    if config.epoch_size < 0 or config.epochs < 0:
        yield "An epoch's size and the number of epochs cannot be below 0."
    elif (config.epoch_size == 0) != (config.epochs == 0):
        yield "Give both the size of an epoch and the number of epochs, or neither."
    if config.epochs * len(config.strata) > MOST_PACKETS:
        count = f"{config.epochs} epochs of {len(config.strata)} strata"
        yield f"{count} are more than {MOST_PACKETS} packets: choose fewer."


def _window(config: Configuration) -> Iterator[str]:
    try:
        opens, closes = date.fromisoformat(config.opens_on), datetime.fromisoformat(config.closes_at)
    except ValueError:
        yield "Write opens_on as 2017-10-01 and closes_at as 2019-03-31T23:59."
        return
    if closes.tzinfo is not None:
        yield "closes_at is in London's time: write it without an offset."
    if closes.date() < opens:
        yield f"The trial closes at {config.closes_at}, before it opens on {config.opens_on}."
