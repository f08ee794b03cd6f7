"""Two people editing one document: the second sees both versions, and what they wrote stays in the form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from placewell_web.accounts.errors import EditConflict


def again(form: Any, record: Any) -> Any:
    """The form as written, now at the version that is saved: sending it again keeps what was written."""
    data = form.data.copy()
    record.refresh_from_db()
    data["edit_version"] = str(record.edit_version)
    form.data = data
    return form


def differing(conflict: EditConflict | None, names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Where the two versions differ: the part by its name, and what is saved now."""
    if conflict is None:
        return []
    parts = [name for name in conflict.written if conflict.written[name] != conflict.stored.get(name, "")]
    return [(names.get(name, name), conflict.stored.get(name, "") or "(empty)") for name in parts]
