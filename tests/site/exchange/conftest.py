"""The small demo of reporting's tests: exports are of the same people."""

from tests.site.reporting.conftest import _loaded, manager, small_demo, viewer

__all__ = ["_loaded", "manager", "small_demo", "viewer"]
