"""The allocator: it alone gives people arms, and adds what follows to the chain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress

from placewell.randomisation.chain import BACK_AT_MOST, Chain
from placewell.randomisation.configuration import Configuration
from placewell.randomisation.draw import Sequence
from placewell.randomisation.emergency import Told, misfit
from placewell.randomisation.entries import VERSION, Entry, seal
from placewell.randomisation.hashing import Value
from placewell.randomisation.keys import Keys, PacketMissing
from placewell.randomisation.reconciliation import Reconciled, reconcile
from placewell.randomisation.refusals import Behind, Fork, Locked, Refused
from placewell.randomisation.request import Request, RequestError, named
from placewell.randomisation.seat import SeatRecord
from placewell.randomisation.window import closed_because
from placewell.randomisation.witness import Tail, Witness, WitnessDamaged

USE_TO_WARN_AT = (80, 100)


class Allocator:
    """Gives each person one arm, once. Made for one trial's witness; many processes may each have one.

    Everything it is asked happens while it holds the witness alone, after reading what others wrote and drawing it
    again to compare. What it returns is on the disk. It draws only where `seat` says that it still sits where it was
    last trusted. Moments are handed in, in thousandths of a second since 1970 began in UTC. Source: trial.md §§3-6.
    """

    def __init__(self, config: Configuration, genesis: Entry, keys: Keys, witness: Witness, seat: SeatRecord) -> None:
        if genesis.body.get("config_hash") != config.hash:
            raise WitnessDamaged("The configuration given is not the one the trial was opened with.")
        self.config = config
        self._genesis = genesis
        self._witness = witness
        self._seat = seat
        self._trusted = False
        self._chain = Chain()
        self.load(keys)

    def load(self, keys: Keys) -> None:
        """Takes these keys from now on: the next month's packet together with those before it."""
        self._keys = keys
        self._sequence = Sequence(keys, self.config)

    def allocate(self, request: Request, utc: int, told: Told | None = None) -> Entry:
        """The person's allocation: the one there is, or a new one at the next slot of the stratum.

        `told` is what the person was told from the emergency list, and belongs to a request in that stratum alone.
        Raises Refused outside the trial's window, for a stratum it does not have, and where the next place of the list
        is another than was told: then nothing is written. Raises RequestError for a token where
        none belongs, PacketMissing where the epoch's packet is not loaded, Locked. Source: trial.md §5.
        """
        with self._held() as tail:
            state = self._chain.state
            if request.person in state.allocations:
                return state.allocations[request.person]
            self._refuse(request, utc)
            self._witness.pause("before_draw")
            n = state.next_n(request.stratum)
            arm = self._sequence.arm(request.stratum, n, state.counts_in(request.stratum), request.token or None)
            if why := misfit(self.config, request.stratum, n, arm, told):
                raise Refused(why)
            asked = {name: value for name, value in request.as_data().items() if name != "token" or value}
            made = self._add(tail, "allocation", utc, **asked, n=n, arm=arm, config_hash=self.config.hash)
        self._witness.pause("before_return")
        return made

    def append_note(self, person: str, reason: str, actor: str, utc: int, stratum: str = "") -> Entry:
        """Notes a departure of an allocated person; with a stratum, the one the person should have been drawn in.

        The arm stays. Source: trial.md §5, Errors.
        """
        if stratum:
            return self._about("stratum_note", utc, person=person, reason=reason, actor=actor, stratum=stratum)
        return self._about("note", utc, person=person, reason=reason, actor=actor)

    def void(self, person: str, reason: str, actor: str, second: str, utc: int) -> Entry:
        """Marks a person as randomised in error. Two people must agree; the slot stays used.

        Source: trial.md §5, Errors.
        """
        if actor == second:
            raise Refused("Whoever voids an allocation needs a second person's approval: ask a colleague.")
        return self._about("void", utc, person=person, reason=reason, actor=actor, second=second)

    def withdraw(self, person: str, scope: str, reason: str, actor: str, utc: int) -> Entry:
        """Records what a person withdraws from; nothing is erased. Source: 002 §11.9; trial.md §5, Errors."""
        return self._about("withdraw", utc, person=person, reason=reason, actor=actor, scope=scope)

    def tail(self, after_seq: int, head_hash: str) -> tuple[Entry, ...]:
        """The entries after a database's last one (seq -1 and any hash for an empty database).

        Raises Behind where the witness ends before it, and Fork where the witness has another entry there.
        Source: trial.md §5.2.
        """
        with self._held() as tail:
            entries = tail.since(max(after_seq, 0))
            if after_seq < 0:
                return tuple(entries)
            if not entries:
                raise Behind(
                    f"The database has entry {after_seq}, and the witness ends at entry {self._chain.state.head[0]}: "
                    "nobody can be randomised until the witness is rebuilt and reconciled."
                )
            if entries[0].hash != head_hash:
                raise Fork(
                    f"Entry {after_seq} of the database is not the witness's: there are two chains. "
                    "Nobody can be randomised until the evaluator has said which is the true one."
                )
            return tuple(entries[1:])

    def head(self) -> tuple[int, str]:
        """The last entry's number and hash: the anchor the evaluator keeps."""
        with self._held():
            return self._chain.state.head

    def locked_because(self) -> tuple[str, ...]:
        """Why the allocator waits to be reconciled; nothing where it does not."""
        if self._trusted:
            return ()
        if reasons := self._seat.differences():
            return reasons
        with self._witness.held() as tail:
            return self._untrusted(tail)

    def reconcile(
        self, anchors: Iterable[Mapping[str, object]] = (), receipts: Iterable[Mapping[str, object]] = ()
    ) -> Reconciled:
        """Unlocks the allocator where the witness holds all that is known outside. Raises NotReconciled otherwise."""
        with self._witness.held() as tail:
            self._follow(tail)
            answer = reconcile(tail.since(0), anchors, receipts)
            self._raise_mark()
            self._seat.take()
            self._trusted = True
            return answer

    def epoch_use(self, stratum: str) -> tuple[int, int]:
        """How many draws (blocks for permuted blocks) of the present epoch are used, and how many it has.

        It is full where the next packet is waited for, and (0, 0) for a trial without packets. Source: trial.md §3.
        """
        size = self.config.epoch_size
        epoch, used = self._epoch(stratum)
        return (used, size) if self._keys.has(stratum, epoch) else (size, size)

    def packet_needed(self, stratum: str) -> bool:
        """Whether the present epoch's packet is missing, or 80 % of it are used and the next one's is.

        Source: trial.md §3.
        """
        epoch, used = self._epoch(stratum)
        if not self._keys.has(stratum, epoch):
            return True
        part, whole = USE_TO_WARN_AT
        late = used * whole >= self.config.epoch_size * part
        return late and not self._keys.has(stratum, epoch + 1)

    def _epoch(self, stratum: str) -> tuple[int, int]:
        """The epoch the next draw belongs to, and how much of it is used."""
        with self._held():
            unit = self._sequence.unit(stratum, self._chain.state.next_n(stratum))
        return divmod(unit, self.config.epoch_size) if self.config.epoch_size else (0, 0)

    @contextmanager
    def _held(self) -> Iterator[Tail]:
        """Holds the witness alone, knows all it holds, and is trusted to go on."""
        with self._witness.held() as tail:
            if reasons := self._untrusted(tail):
                raise Locked(
                    f"The allocator is locked: {', and '.join(reasons)}. "
                    "Feed in an anchor or the receipts that the evaluator holds to go on."
                )
            self._follow(tail)
            self._raise_mark()
            self._trusted = True
            yield tail

    def _untrusted(self, tail: Tail) -> tuple[str, ...]:
        if self._trusted:
            return ()
        return self._seat.differences() or self._seat.lost(self._genesis.hash, tail.since(0))

    def _raise_mark(self) -> None:
        """Before anyone is told of an entry, wherever it was written."""
        self._seat.raise_mark(self._genesis.hash, *self._chain.state.head)

    def _follow(self, tail: Tail) -> None:
        for entry in tail.since(self._chain.state.head[0] + 1):
            if entry.seq == 0 and entry != self._genesis:
                raise WitnessDamaged("The witness does not begin with the entry the trial was opened with.")
            if found := self._chain.look(entry):
                raise WitnessDamaged(f"The witness is no sound chain. {found[0]}")
            if self._drawn_otherwise(entry):
                raise WitnessDamaged(f"The witness was forged. Entry {entry.seq}: its arm is not the one drawn.")
            self._chain.add(entry)

    def _drawn_otherwise(self, entry: Entry) -> bool:
        """Whether the keys at hand give another arm; what no packet at hand drew is for the evaluator to check."""
        if entry.kind != "allocation":
            return False
        token = entry.body.get("token")
        counts = self._chain.state.counts_in(entry.stratum)
        with suppress(PacketMissing):
            arm = self._sequence.arm(entry.stratum, entry.n, counts, token if isinstance(token, str) else None)
            return arm != entry.arm
        return False

    def _refuse(self, request: Request, utc: int) -> None:
        if why := closed_because(self.config, utc):
            raise Refused(why)
        if request.stratum not in self.config.strata:
            raise Refused(f'The trial has no stratum "{request.stratum}": nobody can be randomised there.')
        if bool(request.token) != bool(self.config.identity_bound):
            raise RequestError("A token belongs to a request exactly where the trial's coin is bound to identity.")

    def _about(self, kind: str, utc: int, **said: str) -> Entry:
        """Adds an entry about an allocated person, or returns the one that says the same already."""
        named(**said)
        with self._held() as tail:
            same = (kind, said["person"], said["reason"], said.get("scope", ""), said.get("stratum", ""))
            if same in self._chain.state.facts:
                return self._chain.state.facts[same]
            made = self._add(tail, kind, utc, **said)
        self._witness.pause("before_return")
        return made

    def _add(self, tail: Tail, kind: str, utc: int, **said: Value) -> Entry:
        """Writes an entry once the chain has nothing against it."""
        if kind != "clock" and utc < self._chain.state.utc - BACK_AT_MOST:
            self._add(tail, "clock", utc, reason="clock_went_back")
        seq, before = self._chain.state.head
        where: dict[str, Value] = {
            "v": VERSION,
            "trial": self.config.trial,
            "seq": seq + 1,
            "prev": before,
            "kind": kind,
            "utc": utc,
        }
        made = seal(where | said)
        if found := self._chain.look(made):
            raise Refused(*(f"Nothing was recorded: {each.what}" for each in found))
        tail.append(made)
        self._chain.add(made)
        self._raise_mark()
        return made
