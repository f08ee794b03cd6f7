"""Dorset Work Matters (document 000), as data."""
