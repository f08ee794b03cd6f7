"""The second opinion on 000's figures: the common data set as 003 counts it, and who is in paid work on a day."""

from datetime import timedelta

from .facts import histories
from .grow import INDICATORS as COMMON
from .grow import accepted_on, with_starts
from .judgement import COUNTED, EXCLUDED, NOT_COUNTED, PERSON, judge_histories
from .work import in_work

SERVICE = "dorset_work_matters"


def in_paid_work(question, history):
    """Of those open on the last day, or the as-at day when that is earlier: in a job that covers it."""
    day = min(question.end - timedelta(days=1), question.as_at)
    over = [history.row.get(name) for name in ("closed_on", "declined_on")]
    if history.entered_on > day or any(one is not None and one <= day for one in over):
        return EXCLUDED, None, None
    return COUNTED if in_work(history, day) else NOT_COUNTED, None, None


INDICATORS = {"in_paid_work": (PERSON, "proportion", in_paid_work), **COMMON}


def of_service(tables, as_at):
    """Every episode of the service, with its facts."""
    counted = {**tables, "jobs": list(with_starts(tables["jobs"], as_at))}
    return histories(counted, SERVICE, as_at, accepted_on)


def judge(everyone, indicator, question, lot=None):
    """The member table of an indicator."""
    return judge_histories(everyone, indicator, question, lot, INDICATORS)
