"""Measurements beside hand-written SQL; not part of the tests."""
