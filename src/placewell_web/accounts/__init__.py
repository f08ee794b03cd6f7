"""Users, roles, provider organisations, teams and lots; who may open which address."""
