"""The engine and the second opinion agree on 001's figures, and on its matrix, for random nasty histories."""

import random
from collections import Counter
from datetime import date, timedelta

import pytest
from tests.generative.conftest import PEOPLE_AT_ONCE
from tests.generative.oracle import workwise as oracle

from placewell.dataset import Dataset
from placewell.indicators import Workings, figures, members
from placewell.periods import Period, parse_period
from placewell.reports.matrices import matrices
from placewell.specification import load

SPEC = load("workwise")
STARTS = SPEC.service.first_quarter_starts
TABLES = ("people", "episodes", "destinations", "onward_referrals", "activities", "employer_contacts")
LOCALITIES = ("dorset_1", "dorset_7", "bournemouth_poole_3", "elsewhere", None)
SOURCES = ("talking_therapies", "psychological_therapist", "gp", None)
DECLINED = ("no_answer", "changed_mind", "no_difficulty_with_work", "not_in_talking_therapies", None)
CLOSED = ("completed", "did_not_engage", "moved_away", None)
CODES = (*sorted(oracle.HELPED), "off_sick_pay", "off_benefits", "career_change", "early_retirement")
SENT_TO = ("benefits_advice", "debt_advice", "legal_advice", "jobcentre_plus", "placement_scheme")
KINDS = ("employer_awareness", "employer_training", "jobcentre_liaison", "course", "team_meeting")
PURPOSES = ("awareness", "training", "lead", None)
EMPLOYERS = ("o1", "o2", "o3", None)
NEAR = (-40, -1, 0, 0, 1, 20, 90)


def a_question(dice):
    """A quarter, a year or some days; as at its last day, its middle, its first day or later."""
    period = dice.choice(
        [
            *(parse_period(f"Y1Q{number}", STARTS) for number in (1, 2, 3, 4)),
            parse_period("Y1", STARTS),
            Period("days", date(2012, 6, 20), date(2012, 8, 2)),
        ]
    )
    days = (period.last_day, period.last_day, period.start, period.start + timedelta(days=20))
    return period, dice.choice((*days, period.end + timedelta(days=50)))


class Storyteller:
    """Rows about a few days: those at which a period, a quarter or the as-at day begins or ends."""

    def __init__(self, dice, period, as_at):
        self.dice, self.edges = dice, (period.start, period.end, as_at, as_at, date(2012, 7, 1), date(2012, 10, 1))
        self.tables = {name: [] for name in TABLES}

    def maybe(self, chance):
        return self.dice.random() < chance

    def day(self, after=None):
        edge = self.dice.choice(self.edges) + timedelta(days=self.dice.choice(NEAR))
        return edge if after is None or self.maybe(0.2) else max(edge, after)

    def person(self, number):
        self.tables["people"].append({"person_id": f"p{number}"})
        for turn in range(self.dice.choice((1, 1, 1, 2, 3))):
            self.episode(f"p{number}", f"e{self.dice.randrange(100, 999)}-{number}-{turn}")

    def episode(self, person, id):
        dice = self.dice
        referred = self.day()
        opted = self.day(referred) if self.maybe(0.65) else None
        closed = self.day(opted) if self.maybe(0.4) else None
        declined = self.day(referred) if self.maybe(0.15 if opted else 0.5) else None
        self.tables["episodes"].append(
            {
                "episode_id": id,
                "person_id": person,
                "service_id": dice.choice(("workwise",) * 12 + ("thrive_into_work", None)),
                "locality": dice.choice(LOCALITIES),
                "source": dice.choice(SOURCES),
                "referred_on": referred,
                "opted_in_on": opted,
                "closed_on": closed,
                "closure_reason": dice.choice(CLOSED) if closed else None,
                "declined_on": declined,
                "decline_reason": dice.choice(DECLINED) if declined else None,
            }
        )
        for _ in range(dice.choice((0, 1, 1, 2, 3))):
            self.tables["destinations"].append({"episode_id": id, "on": self.day(opted), "code": dice.choice(CODES)})
        for _ in range(dice.choice((0, 0, 1, 2))):
            kind = dice.choice(("referral", "referral", "signpost", None))
            sent = {"episode_id": id, "on": self.day(opted), "to": dice.choice(SENT_TO), "kind": kind}
            self.tables["onward_referrals"].append(sent)

    def session(self, number):
        dice = self.dice
        shared = {"on": self.day(), "locality": dice.choice(LOCALITIES)}
        if self.maybe(0.6):
            service = dice.choice(("workwise", "workwise", None, "ips_grow"))
            row = {"activity_id": f"a{number}", "service_id": service, "kind": dice.choice(KINDS)}
            self.tables["activities"].append({**row, **shared, "organisation_id": dice.choice(EMPLOYERS)})
        else:
            of = dice.choice(self.tables["episodes"]) if self.maybe(0.4) else {}
            shared |= {"on": self.day(of["opted_in_on"])} if of else {}
            row = {"employer_contact_id": f"a{number}", "episode_id": of.get("episode_id")}
            row["purpose"] = dice.choice(PURPOSES)
            self.tables["employer_contacts"].append({**row, **shared, "employer_id": dice.choice(EMPLOYERS)})


def stories(seed, people=PEOPLE_AT_ONCE):
    dice = random.Random(seed)
    period, as_at = a_question(dice)
    teller = Storyteller(dice, period, as_at)
    for number in range(people):
        teller.person(number)
    for number in range(people // 3):
        teller.session(number)
    return period, as_at, teller.tables


def told(lines, referral_ids=False):
    """What is compared of each member; rows without a key of their own are told apart by their content."""
    return sorted(
        str(("a referral" if referral_ids and one[1] else one[0], one[1], one[2], one[3], str(one[4]), one[5]))
        for one in lines
    )


def test_they_agree(batch):
    period, as_at, tables = stories(batch)
    data = Dataset.from_rows(tables)
    shared, asked = Workings(SPEC, data, as_at), oracle.Asked(period.start, period.end, as_at)
    found = {one.id: one for one in figures(SPEC, data, period, as_at, workings=shared)}
    for id, judge in oracle.INDICATORS.items():
        rows = members(SPEC, id, data, period, as_at, workings=shared).to_dicts()
        engine = [
            (r["subject_id"], r["episode_id"], r["person_id"], r["status"], r["outcome_on"], r["locality"])
            for r in rows
        ]
        lines = judge(tables, asked)
        second = [(one.subject, one.episode, one.person, one.status, one.on, one.locality) for one in lines]
        assert told(engine, id == "jobcentre") == told(second, id == "jobcentre"), id
        counts = Counter(one.status for one in lines)
        assert {status: n for status, n in found[id].members.items() if n} == dict(counts), id


def test_they_agree_on_the_matrix(batch):
    """Each cell is the second opinion's count for the quarter and the locality; some batches will do."""
    if batch > 7:
        return
    period, as_at, tables = stories(batch + 500, 60)
    data = Dataset.from_rows(tables)
    table = matrices(Workings(SPEC, data, as_at), period)[0]
    for place, column in enumerate(table["columns"]):
        if not column["begun"]:
            continue
        days = (date.fromisoformat(column[name]) for name in ("start", "end"))
        asked = oracle.Asked(*days, as_at)
        for row in table["rows"]:
            if row["indicator"] in oracle.INDICATORS:
                lines = oracle.INDICATORS[row["indicator"]](tables, asked)
                counted = Counter(one.locality for one in lines if one.status == "counted")
                cells = {key: cell["value"][place] for key, cell in row["by"].items() if cell["value"][place]}
                assert cells == dict(counted), row["words"]
                assert row["total"]["value"][place] == counted.total()


def test_random_histories_reach_every_status():
    """A generator that never makes somebody count proves nothing."""
    wanted = {(id, status) for id in oracle.INDICATORS for status in ("counted", "excluded")}
    wanted |= {(id, "not_counted") for id in ("pending", "active", "closed", "did_not_engage", "unsuitable")}
    wanted |= {("employers_engaged", "not_counted"), ("take_up", "not_counted"), ("throughput", "not_counted")}
    wanted |= {(id, "not_due") for id in (*oracle.EVENTS, *oracle.ADVICE, "closed", "unsuitable", "take_up")}
    for seed in range(20):
        period, as_at, tables = stories(seed)
        asked = oracle.Asked(period.start, period.end, as_at)
        for id, judge in oracle.INDICATORS.items():
            wanted -= {(id, one.status) for one in judge(tables, asked)}
    assert wanted == set()


@pytest.mark.parametrize("indicator", oracle.INDICATORS)
def test_the_catalogue_has_what_the_second_opinion_judges(indicator):
    assert SPEC.indicators.indicator(indicator).evidence is False
