"""The second opinion on actions of fidelity plans: one action after another, from the rows as they stand."""

from .judgement import COUNTED, EXCLUDED, NOT_COUNTED, NOT_DUE

LOOKED_AT = ("external", "follow_up")


def judge(tables, service, question):
    """Action, status and day of every action considered."""
    known = [row for row in tables["fidelity_reviews"] if row["on"] is not None and row["on"] <= question.as_at]
    known = [row for row in known if row["scale"] == "ips25" and row["service_id"] in (service, None)]
    for action in tables["fidelity_actions"]:
        agreed = action["agreed_on"]
        own = [row for row in known if row["review_id"] == action["review_id"]]
        if agreed is None or agreed > question.as_at or not own or own[0]["kind"] not in LOOKED_AT:
            continue
        later = [row["on"] for row in known if row["kind"] == "follow_up" and row["team_id"] == own[0]["team_id"]]
        judged_on = min((on for on in later if on > agreed), default=None)
        yield action["action_id"], _status(action, judged_on, question), judged_on


def _status(action, judged_on, question):
    if judged_on is None:
        return NOT_DUE
    if not question.holds(judged_on):
        return EXCLUDED
    achieved = action["achieved_on"]
    return COUNTED if achieved is not None and achieved <= judged_on else NOT_COUNTED
