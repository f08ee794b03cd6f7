"""What the views of this app share: who opens them, and the form of one record."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from placewell_web.accounts.errors import EditConflict
from placewell_web.accounts.roles import Role

CASEWORKERS = (Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER)


def form_page(
    request: HttpRequest,
    form: Any,
    title: str,
    back: tuple[str, str],
    *,
    button: str = "Save",
    conflict: EditConflict | None = None,
    **more: Any,
) -> HttpResponse:
    """One form. `back`: the name and address of the page it was opened from."""
    context = {
        "form": form,
        "title": title,
        "back": back,
        "button_text": button,
        "conflict": _differing(form, conflict),
    }
    return render(request, "employers/form.html", context | more, status=409 if conflict else 200)


def again(form: Any, record: Any) -> Any:
    """The form as written, now at the version that is saved: sending it again keeps what was written."""
    data = form.data.copy()
    record.refresh_from_db()
    data["version"] = str(record.version)
    form.data = data
    return form


def _differing(form: Any, conflict: EditConflict | None) -> list[tuple[str, str]]:
    """Where the two versions differ: the field's label, and what is saved now."""
    if conflict is None:
        return []
    return [
        (str(form.fields[name].label) if name in form.fields else name, conflict.stored.get(name, "") or "(empty)")
        for name, written in conflict.written.items()
        if written != conflict.stored.get(name, "")
    ]
