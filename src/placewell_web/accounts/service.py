"""The specification of the service that this site runs, loaded once."""

from __future__ import annotations

from functools import cache

from django.conf import settings

from placewell.specification import Specification, load


@cache
def current() -> Specification:
    """The specification named by PLACEWELL_SERVICE: an id of the catalogue or a folder of TOML files."""
    return load(settings.PLACEWELL_SERVICE)
