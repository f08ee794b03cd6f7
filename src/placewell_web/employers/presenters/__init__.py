"""Facts of employers, leads, activity and the directory in words."""
