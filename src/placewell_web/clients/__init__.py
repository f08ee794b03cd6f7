"""People and their episodes, and who may see which."""
