"""What is done in the trial: the meeting step by step, the draw, and what follows it."""
