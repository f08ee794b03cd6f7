"""Facts of referrals turned into words, tags and rows; no queries."""
