"""Made-up words of the demo about employers, leads, activity and other services; all of them invented here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Service:
    """An entry of the demo's directory."""

    name: str
    kind: str
    help: str
    phone: str
    how: str
    who: str
    access: str
    public: bool = True
    seen_days_ago: int = 40


SERVICES = (
    Service(
        "Lantern Money Advice",
        "debt_advice",
        "Bills, rent arrears and letters from courts.",
        "+441632962001",
        "Ring with the person beside you; first appointment within two weeks.",
        "Anyone who lives in the area.",
        "Step-free. Punjabi and Polish on Tuesdays.",
    ),
    Service(
        "Fairground Welfare Rights",
        "benefits_advice",
        "What work does to benefits; help with forms.",
        "+441632962002",
        "Send their form by post; they ring the person.",
        "Anyone with a health condition.",
        "First floor, with a lift. Home visits can be asked for.",
    ),
    Service(
        "Wharf Adult Learning",
        "skills",
        "Maths, English and computers, in small groups.",
        "+441632962003",
        "The person can just come to the open morning.",
        "Adults without a level 2 qualification.",
        "Step-free. A quiet room is there.",
    ),
    Service(
        "Open Door Housing",
        "housing",
        "Keeping a tenancy, and somewhere to go when it ends.",
        "+441632962004",
        "Ring the duty worker before noon.",
        "Tenants and people without a home.",
        "",
        seen_days_ago=420,
    ),
    Service(
        "Monday Job Club",
        "job_club",
        "Company, computers and a cup of tea while applying.",
        "+441632962005",
        "No referral needed.",
        "Anyone looking for work.",
        "Ramp at the side door.",
    ),
    Service(
        "Two Chairs Peer Support",
        "peer_support",
        "Talking with someone who has been there.",
        "+441632962006",
        "Ask the person first, then send their number.",
        "People with low mood or anxiety.",
        "By phone or in the library.",
        public=False,
    ),
)
RESTING = (
    "No posts before the autumn.",
    "New manager; asked to ring again in three months.",
    "Closed for building work.",
)
PEOPLE = (
    ("Farida Noor", "human_resources", "Reads e-mail in the evening."),
    ("Glyn Parry", "manager", "Mornings only."),
    ("Dr Ama Boateng", "occupational_health", "Comes in on Wednesdays."),
    ("Kit Lowe", "owner", ""),
    ("Sunil Rao", "manager", "Decides on shifts."),
)
LEADS = (
    "Fixed shifts, on the bus route. They train on the job.",
    "Starts in three weeks; two posts. A short chat instead of a formal interview.",
    "Standing work, breaks every two hours. Happy to talk about adjustments.",
    "Mornings. Somebody reliable matters more to them than experience.",
)
LEARNED = (
    "They plan shifts three weeks ahead and swap them when asked early.",
    "A post comes up next month. Wants to meet people before it is advertised.",
    "Explained what we do. Interested in a talk for supervisors.",
    "Asked how to word a sick-leave letter kindly; sent an outline.",
    "Happy with the trial shift. Will try a stool at the till.",
    "Talked about a slower start: two mornings in the first week.",
)
FEEDBACK = (
    ("Quick to ring back, and honest about what someone can do.", "Told the team."),
    ("We would have liked to know sooner that she was off ill.", "Agreed with people whom we ring, and when."),
    ("The talk helped our supervisors. Could it be shorter?", "Cut it to thirty minutes."),
)
WITH_EMPLOYERS = ("employer_awareness", "employer_training")
ACTIVITIES = {
    "employer_awareness": ("Talk for supervisors about stress at work.", "Stand at the staff day."),
    "employer_training": ("Half a morning on adjustments.",),
    "practice_meeting": ("How to refer; two people talked through.", "New nurse; left the leaflets."),
    "jobcentre_liaison": ("Who to ring about permitted work.",),
    "promotion": ("Posters renewed in the waiting rooms.", "New leaflet, also in easy read."),
    "clinician_advice": ("Fit notes with adjustments in place of sick notes.",),
    "partner_meeting": ("Who does what for people in debt.",),
}
OUTSIDE = {
    "practice_meeting": ("Canal Street Surgery", "Lower Gornal Practice", "Park View Health Centre"),
    "jobcentre_liaison": ("Jobcentre Plus",),
    "clinician_advice": ("Canal Street Surgery", "Talking therapies team"),
    "partner_meeting": ("Wharf Adult Learning", "Lantern Money Advice"),
}
AGREED = (
    "Two more visits to care homes; share the kitchen lead.",
    "Keep Wednesday afternoon free for employers.",
    "",
    "Ring back the three who said June.",
)
