"""Facts into words, tags and rows; no queries."""
