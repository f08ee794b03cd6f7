"""This quarter: figures, their members, targets and what is still missing."""
