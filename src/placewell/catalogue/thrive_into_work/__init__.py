"""Thrive Into Work (document 002), as data."""
