"""Who did what to which record, and when: append-only, hash-chained."""
