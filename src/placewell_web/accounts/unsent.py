"""A form sent just after the session had ended: what was typed is kept until the same person has signed in again."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest

KEY = "unsent"
LIMIT = 100_000  # characters
NOT_KEPT = {
    "csrfmiddlewaretoken",
    "password",
    "password1",
    "password2",
    "oldpassword",
    "code",
    "credential",
    "signature",
}


@dataclass(frozen=True)
class Unsent:
    """Where it was going, and every field in order."""

    path: str
    fields: tuple[tuple[str, str], ...]

    @property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """The fields someone typed at length: worth showing to copy."""
        return tuple((name, value) for name, value in self.fields if len(value) > 40 or "\n" in value)


def keep(request: HttpRequest) -> bool:
    """Put the fields of a POST into the new, anonymous session; files are not kept."""
    owner = request.session.get("ended_user")
    if request.method != "POST" or not owner:
        return False
    fields = [(name, value) for name, values in request.POST.lists() if name not in NOT_KEPT for value in values]
    if not fields or sum(len(name) + len(value) for name, value in fields) > LIMIT:
        return False
    request.session[KEY] = {"path": request.path, "owner": owner, "fields": fields}
    return True


def take(request: HttpRequest) -> Unsent | None:
    """What was kept for the person who is signed in now; for anyone else it is thrown away."""
    kept = request.session.get(KEY)
    if kept is None:
        return None
    if UUID(kept["owner"]) != request.user.pk:
        del request.session[KEY]
        return None
    return Unsent(kept["path"], tuple((name, value) for name, value in kept["fields"]))
