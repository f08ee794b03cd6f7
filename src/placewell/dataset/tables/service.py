"""Tables about the service rather than one person: staff, activities, quality, incidents and costs."""

from placewell.dataset.columns import Table, count, day, flag, key, number, parent, text

ACTIVITIES = Table(
    "activities",
    "service activity that is not about one person",
    (
        key("activity_id", "The activity's id", "001 §2.2"),
        text("service_id", "The service", "001 §2.2"),
        day("on", "Day of the activity", "001 §2.2", expected=True),
        text("kind", "Kind of activity", "001 reporting table", codes="activity_kind", expected=True),
        text("locality", "Locality", "001 §2.2"),
        text("organisation_id", "The outside organisation or practice", "001 §2.2"),
        count("attendees", "How many came", "001 reporting table"),
        number("hours", "Hours spent", "001 §2.2"),
        text("specialist_id", "Who did it", "001 §2.2"),
    ),
    "001 §2.2, reporting table; 002 App. 7",
)

POSTINGS = Table(
    "postings",
    "a member of staff's post, by dates",
    (
        text("specialist_id", "The member of staff", "002 §8.4", expected=True),
        text("team_id", "The team", "002 App. 7 Org 4"),
        text("role", "The role", "002 App. 7 Org 5", codes="role", expected=True),
        number("fte", "Share of full time, 1 for full time", "002 App. 7 St 1"),
        day("from_on", "First day in the post", "002 §8.4", expected=True),
        day("to_on", "Last day in the post; absent while it lasts", "002 §8.4"),
        text("organisation_id", "Who manages the person from day to day, apart from supervision in IPS", "000 §3.1"),
    ),
    "002 §8, App. 7 St 1, Org 4–5; 000 §3.1",
)

SUPERVISIONS = Table(
    "supervisions",
    "supervision of a member of staff",
    (
        text("specialist_id", "The member of staff supervised", "002 App. 7 Org 5", expected=True),
        text("supervisor_id", "Who supervised", "002 App. 7 Org 5"),
        day("on", "Day of the supervision", "002 App. 7 Org 5", expected=True),
        text("kind", "Kind of supervision", "002 App. 7 Org 4–5", codes="supervision_kind", expected=True),
    ),
    "002 App. 7 Org 4–5",
)

TRAINING = Table(
    "training",
    "course taken by a member of staff",
    (
        text("specialist_id", "The member of staff", "002 App. 5", expected=True),
        text("course", "The course", "002 App. 5", codes="course", expected=True),
        day("completed_on", "Day it was completed", "002 App. 5", expected=True),
        day("expires_on", "Day by which it must be taken again", "002 App. 5"),
    ),
    "002 App. 5, §11.10",
)

PRACTICE_LINKS = Table(
    "practice_links",
    "member of staff attached to a GP practice or cluster",
    (
        text("specialist_id", "The member of staff", "002 App. 7 Org 1", expected=True),
        text("gp_practice", "Code of the practice or cluster", "002 App. 7 Org 1", expected=True),
        flag("based_there", "Whether physically based there part of the time", "002 App. 7 Org 1"),
        day("from_on", "First day of the attachment", "002 App. 7 Org 1", expected=True),
        day("to_on", "Last day of the attachment; absent while it lasts", "002 App. 7 Org 1"),
    ),
    "002 App. 7 Org 1",
)

COMPLAINTS = Table(
    "complaints",
    "complaint",
    (
        key("complaint_id", "The complaint's id", "002 App. 3"),
        parent("episode_id", "episodes", "The episode of the person concerned, if any", "002 App. 3", required=False),
        day("received_on", "Day it was received", "002 App. 3", expected=True),
        text("to_whom", "Whom it was made to", "002 App. 3", codes="complaint_to"),
        flag("serious", "Whether it is serious", "002 App. 3"),
        day("host_told_on", "Day the host authority was told", "002 App. 3"),
        text("outcome", "Outcome", "002 App. 3", codes="complaint_outcome"),
        day("closed_on", "First day on which it is no longer open", "002 App. 3"),
    ),
    "002 App. 3",
)

INCIDENTS = Table(
    "incidents",
    "incident",
    (
        key("incident_id", "The incident's id", "002 App. 4"),
        parent("episode_id", "episodes", "The episode of the person concerned, if any", "002 App. 4", required=False),
        day("occurred_on", "Day it occurred", "002 App. 4 v", expected=True),
        day("known_on", "Day the service knew of it", "002 App. 4 v"),
        text("kind", "Kind of incident", "002 App. 4", codes="incident_kind"),
        flag("serious", "Whether it is serious", "002 App. 4 v"),
        day("reported_on", "Day it was reported in writing", "002 App. 4 v"),
        number("hours_to_report", "Hours from its occurring to the written report", "002 App. 4 v"),
    ),
    "002 App. 4",
)

FIDELITY_REVIEWS = Table(
    "fidelity_reviews",
    "item scored in a review of fidelity",
    (
        key("review_id", "Id of the review: all its items share it", "002 App. 7"),
        text("service_id", "The service", "002 App. 7"),
        text("team_id", "The team reviewed", "003 quality"),
        day("on", "Day of the review", "003 quality", expected=True),
        text("scale", "The scale and its version", "002 App. 7", expected=True),
        text("kind", "Outside review or self-assessment", "003 quality", codes="review_kind"),
        key("item", "The item's id in the scale", "002 App. 7"),
        count("score", "Score of the item; absent: could not be rated", "002 App. 7"),
    ),
    "002 App. 7; 003 quality",
)

FIDELITY_ACTIONS = Table(
    "fidelity_actions",
    "action of the plan that follows a review of fidelity",
    (
        key("action_id", "The action's id", "003 quality"),
        parent("review_id", "fidelity_reviews", "The review whose plan it stands in", "003 quality"),
        text("item", "The item of the scale that it is to better; absent: no single one", "003 quality"),
        text("action", "What is to be done, in words that identify nobody", "003 quality"),
        day("agreed_on", "Day it was agreed", "003 quality", expected=True),
        day("due_on", "Day by which it is to be achieved", "003 quality"),
        day("achieved_on", "Day it was achieved; absent while it is not", "003 quality"),
    ),
    "003 quality",
)

COSTS = Table(
    "costs",
    "cost of the service in a month, by budget line",
    (
        text("service_id", "The service", "002 §6.5 iii"),
        text("lot", "The contract lot, where the cost belongs to one", "002 §21"),
        day("month", "First day of the month", "002 §21", expected=True),
        text("line", "Budget line", "001 business case", expected=True),
        number("amount", "Pounds spent", "002 §6.5 iii"),
    ),
    "001 business case; 002 §6.5 iii, §21",
)

TABLES = (
    ACTIVITIES,
    POSTINGS,
    SUPERVISIONS,
    TRAINING,
    PRACTICE_LINKS,
    COMPLAINTS,
    INCIDENTS,
    FIDELITY_REVIEWS,
    FIDELITY_ACTIONS,
    COSTS,
)
