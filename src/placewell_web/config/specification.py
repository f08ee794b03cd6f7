"""The specification this site runs, loaded once."""

from __future__ import annotations

from functools import cache

from django.conf import settings

from placewell import specification
from placewell.specification import Specification


@cache
def current() -> Specification:
    """The specification of PLACEWELL_SERVICE: a name from the catalogue or a folder of TOML files."""
    return specification.load(settings.PLACEWELL_SERVICE)
