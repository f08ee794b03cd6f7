"""The look: NHS.UK components, layouts, and the one renderer of all forms."""
