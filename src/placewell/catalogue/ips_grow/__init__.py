"""IPS Grow (document 003), as data."""
