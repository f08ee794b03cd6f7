"""The trial: the meeting, the allocation ledger, and what follows for each arm."""
