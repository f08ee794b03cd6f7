"""From referral to assignment: the public form, the inbox, duplicates and screening."""
