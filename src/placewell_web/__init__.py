"""The site on which people do the work of a service that a specification describes."""
