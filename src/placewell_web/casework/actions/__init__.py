"""What casework writes: every action in one transaction, with its audit entry inside it."""
