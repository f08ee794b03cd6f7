"""What the trial's pages show, made from records and the specification."""
