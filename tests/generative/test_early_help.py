"""The engine and the second opinion agree on every figure of 004 for random histories, dense around its limits."""

import random
from datetime import timedelta

import pytest
from tests.generative.conftest import PEOPLE_AT_ONCE
from tests.generative.holding import period_of
from tests.generative.nasty import some_people
from tests.generative.oracle import early_help as oracle
from tests.generative.oracle.judgement import Question

from placewell.dataset import Dataset
from placewell.indicators import Workings, figures, members
from placewell.specification import load

SPEC = load("nottingham_health_employment")
CELLS = ("lot", "source", "primary_condition", "gender", "employment_at_entry")
AROUND_12_WEEKS = (69, 70, 70, 71, 77, 80, 83, 84, 84, 85, 88, 91, 98, 111, 112, 112, 113)
AFTER_ENTRY = (-1, 0, 0, 1, 7, 14, 30, 60, 84, 100)
WORK = (
    "in_work",
    "in_work",
    "off_sick",
    "self_employed",
    "unemployed",
    "unemployed",
    "long_term_sick",
    "not_known",
    None,
)
STATUSES = ("at_work", "phased_return", "off_sick", "not_working", None)
TO = ("fit_for_work", "physiotherapy", "gp", "psychological_therapies", "housing")
A_MEETING = {"kind": "appointment", "with_whom": "client", "attendance": "attended"}
TAKEN = ("training", "employability_support", "mainstream_volunteering", "mainstream_work_experience")
REPORTS = {
    "1": ("better", "same"),
    "2": ("better", "same"),
    "3": ("better", "better", "worse"),
    "4": ("less", "more"),
    "5": ("less", "NA"),
}


class Telling:
    """Adds to the histories what this service looks at; every choice comes from one seeded source."""

    def __init__(self, seed, tables, scene):
        self.dice, self.scene = random.Random(seed), scene
        swap = {"thrive_into_work": oracle.SERVICE, "ips_grow": "thrive_into_work"}
        self.tables = {
            **tables,
            "episodes": [self.situation({**row, "service_id": swap[row["service_id"]]}) for row in tables["episodes"]],
            "contacts": list(tables["contacts"]),
            "employment_checks": [],
            "responses": [],
            "onward_referrals": [],
            "destinations": [],
        }
        for episode in self.tables["episodes"]:
            if episode["referred_on"] is not None and self.dice.random() < 0.4:
                self.due_in_the_period(episode)
        met = oracle.first_appointments(self.tables, scene.as_at)
        for episode in self.tables["episodes"]:
            self.tell(episode, met.get(episode["episode_id"], episode["referred_on"]))

    def situation(self, episode):
        known = (True, True, False, None)
        flags = ("long_term_condition", "common_mental_health_problem", "autism", "learning_disability")
        said = {f"has_{name}": self.dice.choice(known) for name in flags}
        return {**episode, **said, "employment_at_entry": self.dice.choice(WORK)}

    def tell(self, episode, entry):
        if entry is None:
            return
        own = {"episode_id": episode["episode_id"]}

        def later(days):
            return entry + timedelta(days=self.dice.choice(days))

        for _ in range(self.dice.choice((0, 1, 1, 2, 3))):
            self.tables["employment_checks"].append(
                {**own, "on": later(AROUND_12_WEEKS), "status": self.dice.choice(STATUSES)}
            )
        for _ in range(self.dice.choice((0, 0, 1, 2, 3))):
            to, kind = self.dice.choice(TO), self.dice.choice(("referral", "signpost", None))
            self.tables["onward_referrals"].append({**own, "on": later(AFTER_ENTRY), "to": to, "kind": kind})
        if self.dice.random() < 0.4:
            self.tables["destinations"].append({**own, "on": later(AFTER_ENTRY), "code": self.dice.choice(TAKEN)})
        if self.dice.random() < 0.15:
            self.meet_often(own, entry)
        self.fill_in(own, later)

    def due_in_the_period(self, episode):
        """Met for the first time so that 12 weeks end in the period, or a day beside it."""
        days = (self.scene.end - self.scene.start).days
        due = self.scene.start + timedelta(days=self.dice.choice((-1, 0, days - 1, days, self.dice.randrange(days))))
        day = due - timedelta(days=84)
        episode["referred_on"] = min(episode["referred_on"], day - timedelta(days=self.dice.choice((0, 3, 10))))
        contact = {"contact_id": f"first-{episode['episode_id']}", "episode_id": episode["episode_id"], "on": day}
        self.tables["contacts"].append({**contact, **A_MEETING})

    def meet_often(self, own, entry):
        """Eight, nine or ten more meetings."""
        for number in range(self.dice.choice((6, 7, 8, 9))):
            contact = {"contact_id": f"more-{own['episode_id']}-{number}", "on": entry + timedelta(days=7 * number)}
            self.tables["contacts"].append({**own, **A_MEETING, **contact})

    def fill_in(self, own, later):
        before = None
        for number in range(self.dice.choice((0, 1, 2, 3, 4))):
            occasion = "baseline" if number == 0 else self.dice.choice(("baseline", "review", "exit", "exit"))
            levels = {item: self.dice.choice(("1", "1", "2", "3", "5")) for item in oracle.DIMENSIONS}
            if self.dice.random() < 0.15:
                levels = dict.fromkeys(oracle.DIMENSIONS, "1")
            if before and self.dice.random() < 0.3:
                levels = dict(before)
            before = levels
            if self.dice.random() < 0.1:
                levels[self.dice.choice(oracle.DIMENSIONS)] = self.dice.choice((None, "6"))
            self.form(own, f"q{number}", "eq5d5l", occasion, later(AFTER_ENTRY), levels)
        for number in range(self.dice.choice((0, 1, 1, 2))):
            answers = {
                item: self.dice.choice(choices) for item, choices in REPORTS.items() if self.dice.random() < 0.93
            }
            occasion = self.dice.choice(("exit", "exit", "review"))
            self.form(own, f"s{number}", "self_report", occasion, later(AFTER_ENTRY), answers)
        for number in range(self.dice.choice((0, 1, 1, 2))):
            answers = {"overall": self.dice.choice(("excellent", "good", "fair", None)), "staff": "good"}
            if self.dice.random() < 0.1:
                del answers["overall"]
            occasion = self.dice.choice(("exit", "exit", "annual"))
            self.form(own, f"t{number}", "satisfaction", occasion, later(AFTER_ENTRY), answers)

    def form(self, own, name, instrument, occasion, day, answers):
        about = {"response_id": f"{own['episode_id']}-{name}", "instrument": instrument, "occasion": occasion}
        for item, answer in answers.items():
            row = {**own, **about, "completed_on": day, "item": item, "answer": answer}
            self.tables["responses"].append(row)


def scene_and_tables(seed):
    scene, tables = some_people(seed + 2000, PEOPLE_AT_ONCE)
    return scene, Telling(seed, tables, scene).tables


def test_the_second_opinion_has_every_figure_of_the_catalogue():
    found = {one.id: (one.subject, one.measure) for one in SPEC.indicators.computed}
    assert found == {id: (subject, measure) for id, (subject, measure, _) in oracle.INDICATORS.items()}


def test_they_agree(batch):
    scene, tables = scene_and_tables(batch)
    data, period = Dataset.from_rows(tables), period_of(scene)
    shared = Workings(SPEC, data, scene.as_at)
    everyone = oracle.of_service(tables, scene.as_at)
    question = Question(scene.start, scene.end, scene.as_at)
    counts = {one.id: one for one in figures(SPEC, data, period, scene.as_at, workings=shared)}
    for indicator in oracle.INDICATORS:
        engine = members(SPEC, indicator, data, period, scene.as_at, workings=shared).to_dicts()
        other = oracle.judge(everyone, indicator, question)
        one, two = lines(engine, lambda row: row), lines(other, lambda row: row["cells"])
        assert one == two, (
            indicator,
            [line for line in one if line not in two][:3],
            [x for x in two if x not in one][:3],
        )
        members_of = counts[indicator].members
        assert {state: sum(row["status"] == state for row in other) for state in members_of} == members_of
    assert counts["eq5d_improved"].at_best == at_best(everyone, question)


def at_best(everyone, question):
    """Those of the denominator who began at the best score, and so are not counted."""
    rows = oracle.judge(everyone, "eq5d_improved", question)
    began = {history.row["episode_id"] for history in everyone if history.entered_on and oracle.began_at_best(history)}
    return sum(row["status"] == "not_counted" and row["episode_id"] in began for row in rows)


def lines(rows, cells):
    """What is compared of each member, in order."""
    names = ("subject_id", "episode_id", "person_id", "status", "outcome_on")
    return sorted(str([*(row[name] for name in names), *(cells(row)[name] for name in CELLS)]) for row in rows)


NEVER_NOT_DUE = {
    "sessions", "to_each_clinical_service", "referrals", "long_term_condition", "in_work_assessments",
    "out_of_work_assessments", "common_mental_health_problem", "autism", "learning_disability",
}  # fmt: skip


def test_random_histories_reach_every_status():
    """A generator that never makes somebody count proves nothing."""
    shares = {one for one, (_, measure, _) in oracle.INDICATORS.items() if measure == "proportion"}
    wanted = {(one, status) for one in oracle.INDICATORS for status in ("counted", "excluded")}
    wanted |= {(one, "not_due") for one in set(oracle.INDICATORS) - NEVER_NOT_DUE}
    wanted |= {(one, "not_counted") for one in shares}
    best = 0
    for seed in range(20):
        scene, tables = scene_and_tables(seed)
        everyone = oracle.of_service(tables, scene.as_at)
        question = Question(scene.start, scene.end, scene.as_at)
        best += at_best(everyone, question)
        for one in oracle.INDICATORS:
            wanted -= {(one, row["status"]) for row in oracle.judge(everyone, one, question)}
    assert wanted == set()
    assert best > 0


@pytest.mark.parametrize(
    ("levels", "worth"),
    [("11111", "1"), ("22222", "0.784"), ("33333", "0.604"), ("44444", "-0.209"), ("55555", "-0.567")],
)
def test_the_second_opinion_knows_what_states_are_worth(levels, worth):
    assert str(oracle.index(dict(zip(oracle.DIMENSIONS, levels, strict=True)))) in (worth, f"{worth}.000")
