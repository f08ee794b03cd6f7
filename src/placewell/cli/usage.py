"""The mistake of asking for what does not exist."""

from placewell.errors import UserError


class UsageError(UserError):
    """The command line asks for something that does not exist or makes no sense: exit status 2."""
