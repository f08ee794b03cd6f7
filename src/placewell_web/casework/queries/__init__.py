"""What casework reads: the viewer first, and records only through the episodes that viewer may see."""
