"""Who stands behind a count: trial numbers with a reason; without a number, only how many share reason and month."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from placewell.evaluation.boxes import Box, Flow, Line
from placewell_web.accounts.viewer import Viewer
from placewell_web.evaluation.permissions import check_can_see_trial
from placewell_web.evaluation.queries.counted import flow
from placewell_web.evaluation.queries.kept import records, version_now
from placewell_web.evaluation.queries.scopes import Scope

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
ON_A_DAY = re.compile(rf"\bon \d{{1,2}} ((?:{MONTHS}) \d{{4}})")
DAY = re.compile(rf"\b\d{{1,2}} ((?:{MONTHS}) \d{{4}})")


@dataclass(frozen=True)
class Member:
    """Someone with a trial number, and why they are counted here."""

    number: str
    reason: str


@dataclass(frozen=True)
class Group:
    """People without a trial number: how many share a reason and the month of their referral."""

    reason: str
    month: date | None
    count: int


@dataclass(frozen=True)
class People:
    """Everyone behind one count."""

    box: Box
    line: Line | None
    members: tuple[Member, ...]
    groups: tuple[Group, ...]

    @property
    def count(self) -> int:
        """How many there are, whether or not they are told."""
        counted = (self.line or self.box).counted
        if counted is not None:
            return counted
        return len(self.members) + sum(group.count for group in self.groups)


def people(viewer: Viewer, scope: Scope, box: str, line: str, arm: str) -> People | None:
    """Who a count of the flow counts; None where the flow, as the viewer sees it, has no such count."""
    check_can_see_trial(viewer)
    found = _count(flow(viewer, scope), box, line, arm)
    if found is None:
        return None
    of_box, of_line = found
    frame = of_box.members if of_line is None else of_line.members
    rows = [] if frame is None else list(frame.select("id", "reason").iter_rows())
    return People(of_box, of_line, *_named_or_counted(rows))


def _count(of: Flow, box: str, line: str, arm: str) -> tuple[Box, Line | None] | None:
    for found, part in of.counts():
        if (found.id, part.id if part else "", found.arm or "") == (box, line, arm):
            return found, part
    return None


def _named_or_counted(rows: Iterable[tuple[str, str]]) -> tuple[tuple[Member, ...], tuple[Group, ...]]:
    of = records(version_now())
    known = of.numbers | {number: number for number in of.ledger.allocations["person"].to_list()}
    referred = dict(of.tables["episodes"].select("episode_id", "referred_on").iter_rows())
    members, groups = [], Counter[tuple[str, date | None]]()
    for id, reason in rows:
        said = by_month(reason or "")
        if id in known:
            members.append(Member(known[id], said))
        else:
            on = referred.get(id)
            groups[said, on.replace(day=1) if on else None] += 1
    counted = sorted(groups.items(), key=lambda item: (item[0][0], item[0][1] or date.min))
    return tuple(sorted(members, key=lambda one: one.number)), tuple(Group(*key, count) for key, count in counted)


def by_month(reason: str) -> str:
    """A reason whose days are months: "Met on 3 May 2018" is "Met in May 2018" (trust.md T5)."""
    return DAY.sub(r"\1", ON_A_DAY.sub(r"in \1", reason))
