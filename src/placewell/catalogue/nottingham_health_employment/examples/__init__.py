"""Worked examples of Nottingham Health and Employment Support."""
