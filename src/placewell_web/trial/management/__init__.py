"""Commands of the trial."""
