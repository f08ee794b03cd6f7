"""What the evaluator of a trial asks of its records, and what the trial found."""
