"""Views of intake: the public form and pages, and the staff's inbox, referral and decisions."""
