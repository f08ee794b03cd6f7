"""What an employer, a lead, or someone at an employer can be, in words; none of it is in the data set."""

from __future__ import annotations

RELATIONSHIPS = {
    "new": "New to us",
    "working_together": "Working together",
    "resting": "Resting",
    "not_now": "Asked us not to call",
}
"""Where the relationship with an employer stands, as somebody says it."""

IN_CONTACT = "in_contact"
STANDINGS = RELATIONSHIPS | {IN_CONTACT: "In contact"}
"""Where it stands as it is shown: an employer of whom nobody said more is not new once there was a contact or a job."""

SIZES = {
    "micro": "1 to 9 people",
    "small": "10 to 49 people",
    "medium": "50 to 249 people",
    "large": "250 people or more",
}

ROLES = {
    "manager": "Manager or supervisor",
    "human_resources": "Human resources",
    "occupational_health": "Occupational health",
    "owner": "Owner",
    "recruiter": "Recruiter",
    "other": "Someone else",
}
"""What someone at an employer does there."""

LEAD_CLOSED = {
    "filled": "The job was filled",
    "taken": "One of our people has it",
    "withdrawn": "The employer took it back",
    "out_of_date": "Out of date",
}

FOR_EMPLOYERS = ("employer_awareness", "employer_training")
"""Kinds of activity that are with an employer, so that the organisation is one of the employers the service knows."""
