"""What every change of a record needs: the civil day of a moment, and the version that tells two editors apart."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import F, Model
from django.utils import timezone

from placewell_web.accounts.errors import EditConflict


def day_of(at: datetime) -> date:
    """The civil day of a moment."""
    return timezone.localdate(at)


def claim(record: Model, version: int, field: str, written: Mapping[str, str]) -> None:
    """Take the right to change a record that was read at `version`. Raises EditConflict with both versions.

    The row is locked, so the count moves only for the first of two editors; the second sees what the first saved.
    """
    rows = type(record)._base_manager.filter(pk=record.pk)
    if rows.select_for_update().values_list(field, flat=True).get() == version:
        rows.update(**{field: F(field) + 1})
        setattr(record, field, version + 1)
        return
    record.refresh_from_db()
    stored = {name: _shown(getattr(record, name)) for name in written}
    raise EditConflict(str(record._meta.verbose_name).capitalize(), stored, written)


def _shown(value: object) -> str:
    return "" if value is None else str(value)
