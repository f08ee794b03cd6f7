"""The arithmetic of windows, held to a second opinion that walks through the days one by one."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from statistics import median

import pytest
from tests.factories import a_contact, a_job, an_application, an_employer_contact, an_episode, dataset
from tests.library.fidelity.asking import SPEC, a_measure, a_post, a_supervision, statuses

from placewell.fidelity.measures import Schedule, Trouble
from placewell.fidelity.measuring import measured
from placewell.fidelity.records import Records

SEEDS = range(20)
FIRST, LAST = date(2019, 1, 20), date(2019, 7, 20)
DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
PEOPLE = ("s1", "s2", "s3")
SHARES = (None, "0.2", "0.5", "1")


class History:
    """Random facts, and the same facts as plain tuples for the walk."""

    def __init__(self, seed: int) -> None:
        dice = self.dice = Random(seed)
        self.as_at = dice.choice(DAYS[40:])
        self.window_days = dice.choice([7, 14, 28, 60])
        self.posts = [self._post() for _ in range(dice.randint(1, 6))]
        self.held = [(dice.choice(DAYS), dice.choice(PEOPLE)) for _ in range(dice.randint(1, 40))]
        self.cases = {f"e{n}": dice.choice(DAYS) for n in range(12)}
        self.jobs = [(f"j{n}", *self._job(f"e{dice.randrange(12)}")) for n in range(8)]
        self.talks = [(f"e{dice.randrange(12)}", dice.choice(DAYS), dice.random() < 0.5) for _ in range(60)]
        self.visits = [
            (f"v{n:02}", f"e{dice.randrange(12)}", dice.choice(DAYS), dice.choice([*PEOPLE, None]), dice.choice("xyz"))
            for n in range(60)
        ]
        self.applications = [(f"e{dice.randrange(12)}", dice.choice(DAYS)) for _ in range(10)]

    def _post(self):
        first = self.dice.choice(DAYS)
        last = self.dice.choice([None, first + timedelta(days=self.dice.randint(0, 90))])
        return self.dice.choice(PEOPLE), self.dice.choice(SHARES), first, last

    def _job(self, case):
        first = self.cases[case] + timedelta(days=self.dice.randint(-3, 60))
        return case, first, self.dice.choice([None, first + timedelta(days=self.dice.randint(0, 100))])

    @property
    def window(self) -> list[date]:
        return [self.as_at - timedelta(days=n) for n in range(self.window_days)]

    def facts(self):
        days = dict(enumerate(self.talks))
        return [
            [a_post(who, fte=share, first=first, last=last) for who, share, first, last in self.posts],
            [a_supervision(on, who) for on, who in self.held],
            [an_episode(id, entered=on, specialist_id="s1") for id, on in self.cases.items()],
            [a_job(case, id, first_day=first, ended=last) for id, case, first, last in self.jobs],
            [a_contact(case, on, "appointment" if met else "call", contact_id=f"c{n}")
             for n, (case, on, met) in days.items()],
            [an_employer_contact(case, on, employer_contact_id=id, specialist_id=who, employer_id=employer)
             for id, case, on, who, employer in self.visits],
            [an_application(case, on) for case, on in self.applications],
        ]  # fmt: skip

    def ask(self, measure):
        return measured(Records(SPEC, dataset(*self.facts()), self.as_at), measure)

    def in_post(self, who: str, on: date) -> bool:
        return any(one == who and first <= on <= (last or LAST) for one, _, first, last in self.posts)


@pytest.mark.parametrize("seed", SEEDS)
def test_days_in_post_and_shares_of_full_time(seed):
    one = History(seed)
    records = Records(SPEC, dataset(*one.facts()), one.as_at)
    window = records.window(one.window_days)
    walked = Counter(who for on in one.window for who in PEOPLE if one.in_post(who, on))
    assert records.days_in_post(window) == dict(walked)
    shares: dict[str, Fraction] = {}
    for on in one.window:
        for who, share, first, last in one.posts:
            if share is not None and first <= on <= (last or LAST):
                shares[who] = shares.get(who, Fraction(0)) + Fraction(share)
    assert records.full_time_days(window) == shares


@pytest.mark.parametrize("seed", SEEDS)
def test_supervision_by_stretches(seed):
    one = History(seed)
    found = statuses(one.ask(a_measure("supervision", window_days=one.window_days, every_days=7, codes=("group",))))
    walked = {}
    for number in range(one.window_days // 7):
        stretch = one.window[7 * number : 7 * number + 7]
        for who in PEOPLE:
            if all(one.in_post(who, on) for on in stretch):
                held = any((on, who) in one.held for on in stretch)
                walked[f"{who}:{stretch[-1]}"] = "counted" if held else "not_counted"
    assert found == walked


@pytest.mark.parametrize("seed", SEEDS)
def test_contacts_a_week(seed):
    one = History(seed)
    found = one.ask(a_measure("employer_contacts", window_days=one.window_days))
    seen = set()
    there = {who for who in PEOPLE for on in one.window if one.in_post(who, on)}
    for _, case, on, who, employer in one.visits:
        if on in one.window and on >= one.cases[case] and who in there:
            seen.add((on, who, employer))
    weeks = Fraction(sum(one.in_post(who, on) for who in PEOPLE for on in one.window), 7)
    assert (found.numerator, found.denominator) == (len(seen), weeks)
    assert found.value == (len(seen) / weeks if weeks else None)


def first_visit(one: History, case: str):
    days = [on for _, of, on, _, _ in one.visits if of == case and one.cases[case] <= on <= one.as_at]
    return min(days, default=None)


@pytest.mark.parametrize("seed", SEEDS)
def test_days_to_the_first_contact(seed):
    one = History(seed)
    found = one.ask(a_measure("first_employer_contact", window_days=one.window_days))
    firsts = {case: first_visit(one, case) for case, entered in one.cases.items() if entered <= one.as_at}
    days = [(on - one.cases[case]).days for case, on in firsts.items() if on in one.window]
    assert found.denominator == (len(days) if found.value is not None else 0)
    assert found.value == (Fraction(median(days)) if days else None)
    assert set(statuses(found)) == set(firsts)


@pytest.mark.parametrize("seed", SEEDS)
def test_searches_begun_in_time(seed):
    one = History(seed)
    found = statuses(one.ask(a_measure("search_begun", window_days=one.window_days, limit=30)))
    walked = {}
    for case, entered in one.cases.items():
        if entered > one.as_at:
            continue
        events = [first_visit(one, case)]
        events += [on for of, on in one.applications if of == case and entered <= on <= one.as_at]
        days = [entered + timedelta(days=n) for n in range(31)]
        if days[-1] > one.as_at:
            walked[case] = "not_due"
        elif days[-1] not in one.window:
            walked[case] = "excluded"
        else:
            walked[case] = "counted" if any(on in days for on in events) else "not_counted"
    assert found == walked


def same_day_later(first: date, months: int) -> date:
    """The same day of a later month, or its last."""
    month = first.month - 1 + months
    on = date(first.year + month // 12, month % 12 + 1, 1)
    while on.month == month % 12 + 1 and on.day < first.day and (on + timedelta(days=1)).month == on.month:
        on += timedelta(days=1)
    return on


def stretches(first: date):
    """Every step of a job: its number and its days."""
    yield 0, [first - timedelta(days=n) for n in range(7, 0, -1)]
    yield 1, [first + timedelta(days=n) for n in range(4)]
    for week in range(4):
        yield 2 + week, [first + timedelta(days=7 * week + n) for n in range(7)]
    for month in (1, 2):
        begins, after = same_day_later(first, month), same_day_later(first, month + 1)
        yield 6 + month, [begins + timedelta(days=n) for n in range((after - begins).days)]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("face_to_face", [True, False])
def test_steps_around_a_start(seed, face_to_face):
    one = History(seed)
    schedule = Schedule(7, 3, 1, 3, face_to_face)
    found = statuses(one.ask(a_measure("follow_along", window_days=one.window_days, schedule=schedule)))
    walked = {}
    for id, case, first, ended in one.jobs:
        if not one.cases[case] <= first <= one.as_at:
            continue
        for number, days in stretches(first):
            held = [on for of, on, met in one.talks if of == case and on <= one.as_at and (met or not face_to_face)]
            over = ended is not None and ended <= one.as_at and ended < days[-1] and number > 0
            if days[-1] > one.as_at:
                status = "not_due"
            elif days[-1] not in one.window:
                continue
            elif over:
                status = "excluded"
            else:
                status = "counted" if any(on in days for on in held) else "not_counted"
            walked[f"{id}:{number:02}"] = status
    assert found == walked


class Troubled(History):
    """A random history with problems in jobs, many jobs lost, some of them learned of later, and some cases closed."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        dice = self.dice
        self.jobs = [(f"j{n:02}", *self._job(f"e{dice.randrange(12)}")) for n in range(24)]
        self.known = {
            id: on and dice.choice([None, on + timedelta(days=dice.randint(-3, 12))]) for id, _, _, on in self.jobs
        }
        self.problems = [(f"q{n:02}", f"e{dice.randrange(12)}", dice.choice(DAYS)) for n in range(40)]
        self.closed = {case: dice.choice([None, None, dice.choice(DAYS)]) for case in self.cases}

    def _job(self, case):
        first = self.cases[case] + timedelta(days=self.dice.randint(-3, 60))
        last = first + timedelta(days=self.dice.randint(0, 40))
        return case, first, self.dice.choice([None, *[last] * 7])

    def facts(self):
        posts, held, _, _, *rest = super().facts()
        return [
            posts,
            held,
            [an_episode(id, entered=on, specialist_id="s1", closed=self.closed[id]) for id, on in self.cases.items()],
            [a_job(case, id, first_day=first, ended=last, end_known_on=self.known[id])
             for id, case, first, last in self.jobs],
            [("job_problems", {"job_problem_id": id, "episode_id": case, "known_on": on})
             for id, case, on in self.problems],
            *rest,
        ]  # fmt: skip

    def heard_of(self, ended: date, id: str) -> date:
        """The day from which a lost job was over and known."""
        return max(ended, self.known[id] or ended)

    def stops(self, case: str, last: date, lost: tuple[date, str] | None):
        """The days by the last day from which it is no longer asked to speak with somebody."""
        if self.closed[case] is not None:
            yield self.closed[case]
        for id, of, first, ended in self.jobs if lost else []:
            if of != case or first < self.cases[case] or id == lost[1]:
                continue
            if ended is None or ended > last:
                yield first
            elif (ended, id) > lost:
                yield self.heard_of(ended, id)

    def walk(self, case: str, heard: date, days: int, lost: tuple[date, str] | None = None) -> str | None:
        """The status of something learned of, day by day; None where it is not looked at."""
        three = [heard + timedelta(days=n) for n in range(days + 1)]
        if heard > self.as_at or self.cases[case] > min(three[-1], self.as_at) or three[-1] < self.window[-1]:
            return None
        if three[-1] > self.as_at:
            return "not_due"
        stops = list(self.stops(case, three[-1], lost))
        for on in three:
            if any(stop < on for stop in stops):
                return "excluded"
            if any(of == case and spoken == on for of, spoken, _ in self.talks):
                return "counted"
        return "excluded" if any(stop <= three[-1] for stop in stops) else "not_counted"


TROUBLE = a_measure("trouble_answered", trouble=Trouble(3, 5))


@pytest.mark.parametrize("seed", range(40))
def test_trouble_answered(seed):
    one = Troubled(seed)
    walked = {f"job_problems:{id}": one.walk(case, on, 3) for id, case, on in one.problems}
    for id, case, first, ended in one.jobs:
        if ended is not None and first >= one.cases[case]:
            walked[f"jobs:{id}"] = one.walk(case, one.heard_of(ended, id), 5, lost=(ended, id))
    found = statuses(one.ask(replace(TROUBLE, window_days=one.window_days)))
    assert found == {subject: status for subject, status in walked.items() if status}


def test_the_histories_reach_every_status():
    reached = Counter()
    for seed in range(10):
        one = History(seed)
        schedule = Schedule(7, 3, 1, 3)
        for kind, more in (("follow_along", {"schedule": schedule}), ("search_begun", {"limit": 30})):
            found = one.ask(a_measure(kind, window_days=one.window_days, **more))
            reached.update((kind, status) for status in statuses(found).values())
        one = Troubled(seed)
        found = statuses(one.ask(replace(TROUBLE, window_days=60)))
        reached.update((subject.split(":")[0], status) for subject, status in found.items())
    assert {kind: sum(one == kind for one, _ in reached) for kind, _ in reached} == {
        "follow_along": 4,
        "search_begun": 4,
        "job_problems": 4,
        "jobs": 4,
    }
