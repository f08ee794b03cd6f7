"""Nottingham Health and Employment Support (document 004), as data."""
