"""What followed the demo's draws: booklets and services, what was taken back, mistakes found afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from placewell.dataset import Dataset
from placewell.specification import Specification
from placewell.specification.trial import TrialFile
from placewell.specification.trial import Withdrawal as Scope
from placewell_web.accounts.models import Posting, Role, User
from placewell_web.audit.clock import LONDON
from placewell_web.exchange.demo.keeping import leader
from placewell_web.exchange.demo.leaving import left_support
from placewell_web.exchange.demo.meetings import Held
from placewell_web.exchange.demo.places import Places, site_id
from placewell_web.exchange.demo.words import pick
from placewell_web.trial.actions.notices import notify
from placewell_web.trial.allocator.demo_history import DemoHistory
from placewell_web.trial.models import ErrorReport, Handout, Participant, Withdrawal

Event = tuple[datetime, Callable[[], object]]

BATCH = 500
FOUND_AFTER, DECIDED_AFTER = timedelta(days=6, hours=3), timedelta(days=8, hours=5)
MISTAKES = {  # reason: what was said
    "not_eligible": "Had gone back to work three weeks before and said so a week later.",
    "wrong_area": "Registered with a practice of the next area on that day.",
    "baseline_answer": "The year of birth was typed with two numbers changed round.",
}
LEAST = 20  # people drawn, from which on mistakes are shown
A_FEW, NOT_WANTED, FORGOTTEN = 40, 7, 19  # of so many in turn one did not want the booklet; of one nothing was recorded


@dataclass(frozen=True)
class Facts:
    """What the draws stand on: everyone drawn, in the order of time, with their participant."""

    spec: Specification
    dataset: Dataset
    places: Places
    at: datetime
    drawn: Sequence[Held]
    participants: dict[str, Participant]

    @property
    def trial(self) -> TrialFile:
        assert self.spec.trial is not None
        return self.spec.trial

    @property
    def arms(self) -> dict[str, str]:
        return dict(self.dataset["allocations"].select("episode_id", "arm").rows())

    def leader_of(self, one: Held) -> User:
        team = dict(self.dataset["episodes"].select("episode_id", "team_id").rows())[one.episode_id]
        return self.places.staff[leader(team)]


def load_handouts(facts: Facts) -> None:
    """Booklet, letter and the services each person outside the service was told of. Source: 002 §11.8."""
    arms, told = facts.arms, _told_of(facts)
    rows, turn = [], 0
    for one in facts.drawn:
        if arms[one.episode_id] != facts.trial.entering().id:
            rows += _booklet(facts, one, turn % A_FEW)
            rows += [_handout(facts, one, "local_service", code, given=True) for code in told[one.episode_id]]
            turn += 1
        if pick(range(10), f"letter {one.episode_id}"):
            rows.append(_handout(facts, one, "letter", "", given=True))
    Handout.unscoped.bulk_create(rows, batch_size=BATCH)


def _booklet(facts: Facts, one: Held, turn: int) -> list[Handout]:
    """Nearly everyone has it; a few did not want it, and of a few nothing was recorded."""
    if turn == FORGOTTEN:
        return []
    return [_handout(facts, one, "booklet", each.edition, given=turn != NOT_WANTED) for each in facts.trial.handouts]


def _told_of(facts: Facts) -> dict[str, list[str]]:
    """The local services each person drawn was told of: those of the records, else one or two of their area."""
    named = {service.kind: service.id for service in facts.trial.local_services}
    told: dict[str, dict[str, None]] = {}
    for episode_id, kind in facts.dataset["onward_referrals"].select("episode_id", "to").rows():
        if kind in named:
            told.setdefault(episode_id, {})[named[kind]] = None
    return {one.episode_id: list(told.get(one.episode_id, ())) or _some_of_the_area(facts, one) for one in facts.drawn}


def _some_of_the_area(facts: Facts, one: Held) -> list[str]:
    """Two services, which may be the same one; of a few people none was recorded."""
    near = [service.id for service in facts.trial.local_services if not service.lots or one.lot in service.lots]
    if not near or pick(range(A_FEW), f"told {one.episode_id}") == FORGOTTEN:
        return []
    return list(dict.fromkeys(pick(near, f"{turn} for {one.episode_id}") for turn in ("first", "second")))


def _handout(facts: Facts, one: Held, kind: str, code: str, given: bool) -> Handout:
    assert one.drawn_at is not None
    return Handout(
        id=site_id(f"handouts {kind} {code}", one.episode_id),
        episode_id=site_id("episodes", one.episode_id),
        kind=kind,
        code=code,
        on=one.drawn_at.date(),
        given=given,
        recorded_at=one.drawn_at + timedelta(minutes=4),
        recorded_by=facts.places.staff[one.by],
    )


def load_withdrawals(facts: Facts, history: DemoHistory) -> Iterator[Event]:
    """What the data set's consents say was taken back, as the narrowest choice that takes all of it; and support."""
    drawn = {one.episode_id: one for one in facts.drawn}
    left: dict[tuple[str, date], set[str]] = {}
    consents = facts.dataset["consents"].filter(facts.dataset["consents"]["withdrawn_on"].is_not_null())
    for episode_id, kind, on in consents.select("episode_id", "kind", "withdrawn_on").rows():
        if episode_id in drawn:
            left.setdefault((episode_id, on), set()).add(kind)
    for (episode_id, on), kinds in sorted(left.items()):
        scopes = [scope for scope in facts.trial.withdrawals if scope.withdraws and set(scope.withdraws) <= kinds]
        if scopes:
            scope, one = max(scopes, key=lambda each: len(each.withdraws)), drawn[episode_id]
            yield _withdrawal(facts, history, one, scope, on)
    support = left_support(facts.trial, facts.dataset)
    if support is not None:
        episode_id, on, scope = support
        yield _withdrawal(facts, history, drawn[episode_id], scope, on)


def _withdrawal(facts: Facts, history: DemoHistory, one: Held, scope: Scope, on: date) -> Event:
    at = min(datetime.combine(on, time(15, 10), tzinfo=LONDON), facts.at)
    return at, partial(_withdraw, facts, history, one, scope, on, at)


def _withdraw(facts: Facts, history: DemoHistory, one: Held, scope: Scope, on: date, at: datetime) -> None:
    who, user = facts.participants[one.episode_id], facts.places.staff[one.by]
    if Withdrawal.unscoped.filter(participant=who, scope=scope.id).exists():
        return
    entry = history.withdraw(at=at, number=who.number, scope=scope.id, actor=str(user.pk))
    Withdrawal.unscoped.create(
        participant=who, scope=scope.id, on=on, recorded_at=at, recorded_by=user, ledger_seq=entry.seq
    )
    means = {meaning.covers: meaning.text for meaning in scope.meanings}
    body = {"scopes": [scope.id], "on": on.isoformat(), "randomised": True, "means": means}
    notify(at=at, kind="withdrawal", number=who.number, body=body)


def load_reports(facts: Facts, history: DemoHistory) -> Iterator[Event]:
    """One mistake of each kind, agreed by a second person, and one that waits for one."""
    outside = [one for one in facts.drawn if facts.arms[one.episode_id] != facts.trial.entering().id]
    settled = [one for one in outside if one.ended_at + DECIDED_AFTER < facts.at]
    if len(facts.drawn) < LEAST or len(settled) <= len(MISTAKES):
        return
    chosen = sorted(settled, key=lambda one: pick(range(1000), f"mistake {one.episode_id}"))
    known = {mistake.id: mistake for mistake in facts.trial.mistakes}
    for one, (reason, said) in zip(chosen, MISTAKES.items(), strict=False):
        if reason in known:
            report = _report(facts, one, known[reason], said)
            report.save(force_insert=True)
            yield report.reported_at + (DECIDED_AFTER - FOUND_AFTER), partial(_agree, facts, history, report)
    _wait(facts, outside, known)


def _wait(facts: Facts, outside: list[Held], known: dict[str, Any]) -> None:
    lately = [one for one in outside if one.ended_at + FOUND_AFTER < facts.at][-1]
    if "baseline_answer" in known:
        report = _report(facts, lately, known["baseline_answer"], "A benefit was left out.")
        report.reported_at = facts.at - timedelta(hours=20)
        report.save(force_insert=True)


def _report(facts: Facts, one: Held, mistake: Any, said: str) -> ErrorReport:
    lots = [lot for lot in facts.places.lots if lot != one.lot]
    return ErrorReport(
        id=site_id(f"reports {said}", one.episode_id),
        participant=facts.participants[one.episode_id],
        kind=mistake.kind,
        reason=mistake.id,
        words=said,
        reported_at=one.ended_at + FOUND_AFTER,
        reported_by=facts.leader_of(one),
        stratum=lots[0] if mistake.kind == "wrong_stratum" and lots else "",
    )


def _agree(facts: Facts, history: DemoHistory, report: ErrorReport) -> None:
    """The manager agrees, the ledger says so, and the evaluator is told."""
    manager = Posting.objects.filter(role=Role.MANAGER).select_related("user").order_by("user__name")
    second = next(post.user for post in manager if post.user_id != report.reported_by_id)
    at, number = report.reported_at + (DECIDED_AFTER - FOUND_AFTER), report.participant.number
    first = str(report.reported_by_id)
    if report.kind == "randomised_in_error":
        entry = history.void(at=at, number=number, reason=report.reason, actor=first, second=str(second.pk))
    else:
        said = {"reason": report.reason, "actor": str(second.pk), "stratum": report.stratum}
        entry = history.note(at=at, number=number, **said)
    report.decided_at, report.decided_by, report.decision, report.ledger_seq = at, second, "agreed", entry.seq
    report.save()
    kind = "void" if report.kind == "randomised_in_error" else "note"
    notify(at=at, kind=kind, number=number, body={"reason": report.reason, "seq": entry.seq})
