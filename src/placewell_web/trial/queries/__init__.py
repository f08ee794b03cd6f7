"""What is read of the trial, with the viewer first."""
