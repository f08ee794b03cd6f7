"""What is done in the trial: people are given a number, drawn, and what follows is written down."""
