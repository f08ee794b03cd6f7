"""Why an allocator gives no arm: the rules, the seat it sits on, or a database that holds another chain."""

from __future__ import annotations

from placewell.errors import UserError


class Refused(UserError):
    """A request the trial's rules do not allow."""


class Locked(UserError):
    """The allocator does not sit where it was last trusted: it waits to be reconciled."""


class Fork(UserError):
    """What a database holds is not on the witness's chain."""


class Behind(UserError):
    """The witness ends before what a database holds: entries were lost."""
