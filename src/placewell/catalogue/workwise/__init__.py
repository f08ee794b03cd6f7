"""WorkWise (document 001), as data."""
