"""The specialist's work: contacts, profiles, plans, jobs, evidence, closure."""
