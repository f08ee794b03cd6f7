"""The site under load: 10,000 people and 400,000 contacts in the database, twenty users at once."""
