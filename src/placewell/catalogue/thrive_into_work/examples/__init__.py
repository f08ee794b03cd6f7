"""Worked examples of Thrive Into Work: small tables in, figures and reasons out."""
