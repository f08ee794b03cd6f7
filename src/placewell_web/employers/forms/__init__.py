"""Forms about employers, leads, activity and the directory: each cleans to values and never saves."""
