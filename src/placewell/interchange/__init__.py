"""Exchange formats: what other people and programs are given, and what they give."""
