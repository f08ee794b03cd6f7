"""Who does something: a user, the public form, or the system; an actor can never be empty."""

from __future__ import annotations

from dataclasses import dataclass

KINDS = frozenset({"user", "public", "system"})


@dataclass(frozen=True)
class Actor:
    """The one an audit entry names. The name is kept with the entry: the user may be gone when it is read."""

    kind: str
    id: str
    name: str

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"An actor is one of {', '.join(sorted(KINDS))}, not {self.kind!r}.")
        if not self.id.strip() or not self.name.strip():
            raise ValueError("An actor has an id and a name: nothing is written without one.")

    @classmethod
    def user(cls, user_id: object, name: str) -> Actor:
        return cls("user", str(user_id), name)

    @classmethod
    def public_form(cls) -> Actor:
        return cls("public", "public-form", "Public form")

    @classmethod
    def by_link(cls, link_id: object, given_to: str) -> Actor:
        """Whoever holds a personal link: the client or the employer it was given to."""
        return cls("public", str(link_id), f"{given_to.capitalize()}, by a personal link")

    @classmethod
    def system(cls, part: str) -> Actor:
        """A part of the system that acts by itself: `demo`, `import`, `tick`."""
        return cls("system", part, f"Placewell ({part})")
