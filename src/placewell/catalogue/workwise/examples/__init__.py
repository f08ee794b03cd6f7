"""Worked examples of WorkWise: small tables in, figures and reasons out."""
