"""What is done to people and episodes: opened, found twice, joined, accepted, declined, assigned."""

from placewell_web.clients.actions.again import (
    GOES_ALONG,
    MOVED_ALONE,
    MOVED_LOT,
    REFERRED_AGAIN,
    SUPPORT_AGAIN,
    open_again,
)
from placewell_web.clients.actions.assigning import give_back, name_specialist
from placewell_web.clients.actions.comparison import compared_among, compared_until
from placewell_web.clients.actions.decisions import accept, assign, decline, place
from placewell_web.clients.actions.duplicates import Match, matches_of, surely_same
from placewell_web.clients.actions.merging import merge, undo_merge
from placewell_web.clients.actions.opening import NewEpisode, NewPerson, open_episode
from placewell_web.clients.actions.particulars import complete

__all__ = [
    "GOES_ALONG",
    "MOVED_ALONE",
    "MOVED_LOT",
    "REFERRED_AGAIN",
    "SUPPORT_AGAIN",
    "Match",
    "NewEpisode",
    "NewPerson",
    "accept",
    "assign",
    "compared_among",
    "compared_until",
    "complete",
    "decline",
    "give_back",
    "matches_of",
    "merge",
    "name_specialist",
    "open_again",
    "open_episode",
    "place",
    "surely_same",
    "undo_merge",
]
