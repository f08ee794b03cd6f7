"""Pages of the trial."""
