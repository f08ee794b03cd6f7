"""The demo's settings on whichever database is walked: the demo itself refuses any but its own file."""

from placewell_web.config.settings import *  # noqa: F403

SILENCED_SYSTEM_CHECKS = ["placewell.E024"]
