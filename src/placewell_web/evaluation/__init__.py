"""The evaluator's view of a trial, apart from the service's own reporting (002 §6.6)."""
