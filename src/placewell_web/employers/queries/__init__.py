"""Employers, leads, activity and the directory as a viewer may see them: those of the viewer's provider."""
