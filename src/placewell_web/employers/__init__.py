"""Employers, and service activity that is not about one person."""
