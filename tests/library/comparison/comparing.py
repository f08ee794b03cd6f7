"""Compare a handful of facts under other readings."""

from tests.factories import dataset, day

from placewell.comparison import Question, compare, reading_of
from placewell.periods import parse_period
from placewell.specification import load

QUARTER = "2019-04-01/2019-07-01"


def question(spec, *facts, period=QUARTER, as_at=None, lot=None, only=None):
    """What is compared."""
    asked = parse_period(period, spec.service.first_quarter_starts)
    return Question(dataset(*facts), asked, day(as_at) or asked.last_day, lot, only)


def compared(written, *facts, service="thrive_into_work", spec=None, **asked):
    """The comparison with one or several readings."""
    spec = spec or load(service)
    texts = (written,) if isinstance(written, str) else written
    readings = [reading for text in texts for reading in reading_of(spec, text)]
    return compare(spec, readings, question(spec, *facts, **asked))


def moves(one):
    """Who joins and who leaves, by id."""
    return [move.subject_id for move in one.joins], [move.subject_id for move in one.leaves]
