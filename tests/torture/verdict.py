"""What must hold after the torture: every answer given stands, once, unchanged, in both places, and replays."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from tests.torture import pressing
from tests.torture.killing import WORKERS, Run
from tests.torture.points import with_allocator
from tests.torture.stage import Stage


@dataclass(frozen=True)
class Verdict:
    """How many answers were given, and how many departures there are of each kind."""

    acknowledged: int
    people: int
    lost: int
    doubled: int
    changed: int
    chain: tuple[str, ...]

    @property
    def sound(self) -> bool:
        return not (self.lost or self.doubled or self.changed or self.chain)


def judge(stage: Stage, going: Run) -> Verdict:
    """Compare every answer that a process was given with the ledger, and the ledger with the witness and the draw."""
    from tests.site.trial.ready import DRAWN_AT

    from placewell_web.trial.actions.ledger import synchronise
    from placewell_web.trial.allocator.codes import letter_code
    from placewell_web.trial.models import LedgerEntry

    given = [each for worker in range(WORKERS) for each in pressing.answered(going.answers(worker))]
    with_allocator(stage, lambda: synchronise(by=stage.by, at=DRAWN_AT))
    rows = {row.person: row for row in LedgerEntry.objects.filter(kind="allocation")}
    doubled = Counter(LedgerEntry.objects.filter(kind="allocation").values_list("person", flat=True))
    held = {number: (row.arm, letter_code(row.hash)) for number, row in rows.items()}
    lost = sum(stage.numbers[person] not in held for person, _, _ in given)
    changed = sum(held.get(stage.numbers[person], answer) != answer for person, *rest in given for answer in [(*rest,)])
    return Verdict(
        len(given),
        len(held),
        lost + _unfinished(stage, set(held)),
        sum(count - 1 for count in doubled.values()),
        changed,
        tuple(_faults(stage)),
    )


def _unfinished(stage: Stage, numbers: set[str]) -> int:
    """People with an arm on the ledger whose record lacks it, has another, or whose meeting did not end."""
    from placewell_web.trial.models import LedgerEntry, Meeting

    arms = dict(LedgerEntry.objects.filter(kind="allocation").values_list("person", "arm"))
    records = Meeting.unscoped.filter(participant__number__in=numbers, randomised_at__isnull=False)
    given = dict(records.values_list("participant__number", "episode__allocation__arm"))
    return sum(given.get(number) != arms[number] for number in numbers)


def _faults(stage: Stage) -> list[str]:
    from placewell.randomisation.bundle import Bundle
    from placewell.randomisation.verification import verify
    from placewell_web.audit import chain, queries
    from placewell_web.trial.actions.ledger import entry_of
    from placewell_web.trial.allocator.demo import PUBLIC_SHARES
    from placewell_web.trial.models import LedgerEntry, Notice

    entries = [entry_of(row) for row in LedgerEntry.objects.order_by("seq")]
    faults = list(verify(Bundle.of(entries), PUBLIC_SHARES).faults)
    lines = (stage.folder / "witness.jsonl").read_bytes().count(b"\n")
    if lines != len(entries):
        faults.append(f"the witness has {lines} entries and the database {len(entries)}")
    here = Notice.objects.filter(kind="receipt", participant_number__in=stage.numbers).count()
    if here != len(entries) - 1:
        faults.append(f"{here} receipts for {len(entries) - 1} allocations")
    broken = chain.first_break(queries.in_order())
    return [*faults, *([broken.what] if broken else [])]
