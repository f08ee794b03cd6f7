"""What opens behind a personal link: one module for each purpose."""
