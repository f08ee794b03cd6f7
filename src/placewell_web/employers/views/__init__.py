"""Pages of employers, leads, activity and the directory; those that show people are casework's."""
