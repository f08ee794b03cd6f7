"""Whether the people's records and the ledger's own bookmark say what the ledger says, should someone change them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from placewell_web.clients.models import Allocation
from placewell_web.trial.models import LedgerEntry, LedgerHead, Meeting


def departures_of_records() -> tuple[str, ...]:
    """What departs from the ledger, in words that name no group: casework goes by the record, not by the ledger.

    A group without a meeting is one taken over from before the ledger, and an entry without a participant one whose
    record a restore lost: neither is a departure. Source: trust.md T6.
    """
    drawn = dict(LedgerEntry.objects.filter(kind="allocation").order_by("seq").values_list("person", "seq"))
    sealed = dict(LedgerEntry.objects.filter(kind="allocation").values_list("person", "arm"))
    return (*_bookmark(), *_other_groups(drawn, sealed), *_on_no_entry(drawn))


def _bookmark() -> Iterator[str]:
    last = LedgerEntry.objects.order_by("-seq").values_list("seq", "hash").first()
    kept = LedgerHead.objects.filter(pk=1).values_list("seq", "hash").first()
    if last is not None and kept is not None and kept != last:
        yield f"The row that a draw locks names entry {kept[0]} as the last; the ledger ends with entry {last[0]}."


def _groups() -> dict[str, set[str]]:
    """The groups in the records of each participant, by trial number."""
    found: dict[str, set[str]] = defaultdict(set)
    held = Allocation.unscoped.filter(episode__trial_meeting__isnull=False)
    for number, arm in held.values_list("episode__trial_meeting__participant__number", "arm"):
        found[number].add(arm)
    return found


def _other_groups(drawn: dict[str, int], sealed: dict[str, str]) -> Iterator[str]:
    groups = _groups()
    finished = set(Meeting.unscoped.filter(randomised_at__isnull=False).values_list("participant__number", flat=True))
    for number, seq in drawn.items():
        if groups.get(number, set()) - {sealed[number]}:
            yield f"Entry {seq}: the record of {number} has another group than the one that was sealed."
        elif number in finished and number not in groups:
            yield f"Entry {seq}: the record of {number} has no group, though one was sealed."


def _on_no_entry(drawn: dict[str, int]) -> Iterator[str]:
    for number in sorted(_groups().keys() - drawn.keys()):
        yield f"The record of {number} has a group, and no entry of the ledger gives one."
