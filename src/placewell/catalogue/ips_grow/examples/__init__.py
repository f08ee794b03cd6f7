"""Worked examples of IPS Grow: small tables in, figures and reasons out."""
