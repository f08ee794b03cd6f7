"""Figures, charts and lists of members put into words, marks and coordinates."""
