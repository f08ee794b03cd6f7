"""Verifiable randomisation: two committed shares, a draw anyone can replay, and a chain of entries nobody can alter."""
