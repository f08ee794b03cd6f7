"""Asks the engine and the oracle the same question, and finds the smallest history on which they differ."""

from dataclasses import dataclass
from fractions import Fraction

from tests.generative.oracle import INDICATORS, figure
from tests.generative.oracle.aggregates import BREAKDOWNS
from tests.generative.oracle.facts import histories
from tests.generative.oracle.judgement import SERVICE, Question, judge_histories

from placewell.dataset import Dataset
from placewell.indicators import Workings, figures, members
from placewell.periods import Period


@dataclass(frozen=True)
class Difference:
    """Where the two answers part."""

    indicator: str
    what: str
    person_id: str | None
    engine: object
    oracle: object


def period_of(scene):
    return Period(f"{scene.start}/{scene.end}", scene.start, scene.end)


class Answers:
    """Both answers for the same facts, period and as-at day."""

    def __init__(self, spec, scene, tables, lot=None):
        self.spec, self.scene, self.lot = spec, scene, lot
        self.data = Dataset.from_rows(tables)
        self.workings = Workings(spec, self.data, scene.as_at)
        self.histories = histories(tables, SERVICE, scene.as_at)

    def of_oracle(self, indicator):
        question = Question(self.scene.start, self.scene.end, self.scene.as_at)
        return judge_histories(self.histories, indicator, question, self.lot)

    def of_engine(self, indicator):
        period = period_of(self.scene)
        frame = members(self.spec, indicator, self.data, period, self.scene.as_at, self.lot, self.workings)
        rows = frame.to_dicts()
        for row in rows:
            row["cells"] = {name: row.get(name, "-") for name in BREAKDOWNS}
        return rows

    def engine_figures(self):
        period = period_of(self.scene)
        found = figures(self.spec, self.data, period, self.scene.as_at, self.lot, INDICATORS, workings=self.workings)
        return {one.id: one for one in found}


def member_differences(answers, indicator):
    """Members that one of the two has and the other has not, or has otherwise."""
    counted_values = INDICATORS[indicator][1] == "median"
    engine, oracle = ({}, {})
    for found, rows in ((engine, answers.of_engine(indicator)), (oracle, answers.of_oracle(indicator))):
        for row in rows:
            said = {"status": row["status"], "outcome_on": row["outcome_on"], **row["cells"]}
            if counted_values and row["status"] == "counted":
                said["value"] = row["value"]
            found[row["subject_id"], row["episode_id"]] = (row["person_id"], said)
    for key in sorted(engine.keys() | oracle.keys()):
        one, other = engine.get(key, (None, None)), oracle.get(key, (None, None))
        if one != other:
            yield Difference(indicator, str(key), one[0] or other[0], one[1], other[1])


def figure_differences(answers):
    """Figures, member counts and breakdown cells that differ."""
    for indicator, found in answers.engine_figures().items():
        expected = figure(indicator, answers.of_oracle(indicator))
        said = {
            "numerator": found.numerator,
            "denominator": found.denominator,
            "value": exactly(found.value),
            "members": dict(found.members),
            "breakdowns": {
                name: {
                    cell.key: (cell.numerator, cell.denominator, exactly(cell.value))
                    for cell in found.breakdowns.get(name, ())
                    if cell.numerator or cell.denominator
                }
                for name in expected["breakdowns"]
                if name in found.breakdowns
            },
        }
        expected["breakdowns"] = {name: expected["breakdowns"][name] for name in said["breakdowns"]}
        for part, value in said.items():
            if value != expected[part]:
                yield Difference(indicator, part, None, value, expected[part])


def exactly(value):
    """A float that stands for a simple fraction, as that fraction."""
    return None if value is None else Fraction(value).limit_denominator(100_000)


def differences(spec, scene, tables, lot=None):
    """Everything on which the two do not agree."""
    answers = Answers(spec, scene, tables, lot)
    found = [one for indicator in INDICATORS for one in member_differences(answers, indicator)]
    return found or list(figure_differences(answers))


def of_person(tables, person_id):
    """The rows of one person alone."""
    episodes = {row["episode_id"] for row in tables["episodes"] if row["person_id"] == person_id}
    jobs = {row["job_id"] for row in tables["jobs"] if row["episode_id"] in episodes}
    return {
        name: [
            row
            for row in rows
            if row.get("person_id") == person_id or row.get("episode_id") in episodes or row.get("job_id") in jobs
        ]
        for name, rows in tables.items()
    }


def smallest(spec, scene, tables, difference, lot=None):
    """The fewest rows on which this indicator still differs: one person, then one row less as long as it differs."""

    def differs(rows):
        return any(True for _ in member_differences(Answers(spec, scene, rows, lot), difference.indicator))

    kept = of_person(tables, difference.person_id)
    if not differs(kept):
        return tables
    tried = True
    while tried:
        tried = False
        for name, rows in kept.items():
            for number in range(len(rows)):
                without = {**kept, name: rows[:number] + rows[number + 1 :]}
                if name != "people" and differs(without):
                    kept, tried = without, True
                    break
            if tried:
                break
    return kept


def told(spec, scene, tables, found, lot=None):
    """A disagreement as a message: the question, the smallest facts, both answers."""
    first = found[0]
    lines = [f"{scene}, lot {lot}: {len(found)} differences; the first: {first.indicator} {first.what}"]
    if first.person_id is not None:
        kept = smallest(spec, scene, tables, first, lot)
        now = list(member_differences(Answers(spec, scene, kept, lot), first.indicator)) or [first]
        lines += [f"  {name}: {row}" for name, rows in kept.items() for row in rows]
        first = now[0]
    return "\n".join([*lines, f"engine: {first.engine}", f"oracle: {first.oracle}"])
