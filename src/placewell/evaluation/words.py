"""Sentences of the specification as parts of others."""

from __future__ import annotations


def clause_of(sentence: str) -> str:
    """A sentence as part of another: up to its first colon, without full stop, its first letter small unless the word
    is an abbreviation. "Has a job offer already." is "has a job offer already".
    """
    first, _, rest = sentence.partition(":")[0].strip().rstrip(".").partition(" ")
    small = first if first.isupper() and len(first) > 1 else first[:1].lower() + first[1:]
    return f"{small} {rest}".strip()
