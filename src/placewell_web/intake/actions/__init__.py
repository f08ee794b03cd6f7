"""What is done with referrals: begun, saved, sent, screened, decided, and found twice."""

from placewell_web.intake.actions.deciding import accept, assign, decline, place
from placewell_web.intake.actions.drafts import DRAFT_DAYS, begin, find_by_token, find_draft, new_link, save_answers
from placewell_web.intake.actions.duplicates import decide_same, part
from placewell_web.intake.actions.rates import TooMany, allow
from placewell_web.intake.actions.screening import override, screen
from placewell_web.intake.actions.sending import key_in, send

__all__ = [
    "DRAFT_DAYS",
    "TooMany",
    "accept",
    "allow",
    "assign",
    "begin",
    "decide_same",
    "decline",
    "find_by_token",
    "find_draft",
    "key_in",
    "new_link",
    "override",
    "part",
    "place",
    "save_answers",
    "screen",
    "send",
]
