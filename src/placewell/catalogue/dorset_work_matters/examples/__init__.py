"""Worked examples of Dorset Work Matters: small tables in, figures and reasons out."""
