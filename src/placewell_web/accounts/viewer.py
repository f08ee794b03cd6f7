"""The viewer: who looks, and which lots and teams are theirs; the first argument of every query."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True)
class Viewer:
    """What a signed-in user may look at today. Built once a request from the posts held on that day."""

    user_id: UUID
    name: str
    roles: frozenset[str]
    lots: frozenset[str]
    teams: frozenset[UUID]
    organisation_name: str = ""
    role_labels: tuple[str, ...] = field(default=())
    covers: frozenset[UUID] = frozenset()
    """The specialists whom the viewer covers today."""

    def has_role(self, *roles: str) -> bool:
        return not self.roles.isdisjoint(roles)
