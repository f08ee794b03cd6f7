"""What changes in the trial: each action is one transaction with its audit entry."""
