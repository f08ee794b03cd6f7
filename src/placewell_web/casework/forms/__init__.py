"""What people send, cleaned to values; a form never saves."""
