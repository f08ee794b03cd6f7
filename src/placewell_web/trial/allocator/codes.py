"""A trial number as the ledger writes it, TIW-7K3-M92 for TIW 7K3-M92, and the code on the person's letter."""

from __future__ import annotations

from placewell.randomisation.entries import check_code


def letter_code(hash_of_entry: str) -> str:
    """The ten signs by which a letter names an entry."""
    return check_code(hash_of_entry)


def code_of(number: str) -> str:
    """The number as the chain holds it."""
    return number.replace(" ", "-")


def number_of(code: str) -> str:
    """The number as people read it."""
    prefix, dash, rest = code.partition("-")
    return f"{prefix} {rest}" if dash and "-" in rest else code
