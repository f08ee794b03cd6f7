"""The register of GP practices: one added, renamed, closed or open again; or a whole file of them, all or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction

from placewell_web.accounts.errors import Refused
from placewell_web.accounts.models import GpPractice
from placewell_web.accounts.permissions import check_can_keep_practices
from placewell_web.accounts.viewer import Viewer
from placewell_web.audit.actions import record
from placewell_web.audit.actors import Actor

CODE = re.compile(r"[A-Z][A-Z0-9]{2,9}")
CODE_IN_WORDS = "a letter, then letters and figures, 3 to 10 together, like M81001"


class PracticeRow(NamedTuple):
    """What the register holds of a practice."""

    code: str
    name: str
    lot: str


def clean_code(typed: str) -> str:
    """The code as the register writes it, or nothing where it cannot be one."""
    code = re.sub(r"\s", "", typed).upper()
    return code if CODE.fullmatch(code) else ""


def add_practice(*, viewer: Viewer, code: str, name: str, lot: str, by: Actor, at: datetime) -> GpPractice:
    """Add a practice to the register of a lot."""
    check_can_keep_practices(viewer, lot)
    written = clean_code(code)
    if not written:
        raise Refused(f"The practice code must be {CODE_IN_WORDS}.")
    with transaction.atomic():
        known = GpPractice.objects.filter(code=written).select_related("lot").first()
        if known is not None:
            raise Refused(f"{written} is in the register already: {known.name}, {known.lot}.")
        return _add(PracticeRow(written, name, lot), by, at)


def rename_practice(*, viewer: Viewer, practice: GpPractice, name: str, by: Actor, at: datetime) -> None:
    """Give a practice another name; its code and lot stay."""
    check_can_keep_practices(viewer, practice.lot_id)
    if name != practice.name:
        _change(practice, "rename_practice", by, at, name=name)


def close_practice(*, viewer: Viewer, practice: GpPractice, closed_on: date, by: Actor, at: datetime) -> None:
    """From this day on no referral names the practice; who is with it keeps it."""
    check_can_keep_practices(viewer, practice.lot_id)
    if practice.closed_on is not None:
        raise Refused(f"{practice.name} is closed already. Open it again first if the day is wrong.")
    _change(practice, "close_practice", by, at, closed_on=closed_on)


def open_practice(*, viewer: Viewer, practice: GpPractice, by: Actor, at: datetime) -> None:
    """Open a practice again that was closed by mistake."""
    check_can_keep_practices(viewer, practice.lot_id)
    if practice.closed_on is None:
        raise Refused(f"{practice.name} is open.")
    _change(practice, "open_practice", by, at, closed_on=None)


@transaction.atomic
def load_practices(*, rows: Iterable[PracticeRow], by: Actor, at: datetime) -> tuple[int, int]:
    """Add the practices that are new and rename those whose name differs; answers how many of each."""
    known = GpPractice.objects.select_for_update().in_bulk()
    added = renamed = 0
    for row in rows:
        practice = known.get(row.code)
        if practice is None:
            _add(row, by, at)
            added += 1
        elif practice.name != row.name:
            _change(practice, "rename_practice", by, at, name=row.name)
            renamed += 1
    return added, renamed


def _add(row: PracticeRow, by: Actor, at: datetime) -> GpPractice:
    practice = GpPractice.objects.create(code=row.code, name=row.name, lot_id=row.lot)
    record(by=by, at=at, verb="add_practice", target_kind="gppractice", target_id=row.code, lot=row.lot)
    return practice


def _change(
    practice: GpPractice, verb: str, by: Actor, at: datetime, *, name: str | None = None, closed_on: date | None = None
) -> None:
    """Change the name, or else the day of closing, unless someone else changed the practice meanwhile."""
    wanted: dict[str, object] = {"name": name} if name is not None else {"closed_on": closed_on}
    with transaction.atomic():
        standing = GpPractice.objects.select_for_update().get(pk=practice.pk)
        if (standing.name, standing.closed_on) != (practice.name, practice.closed_on):
            raise Refused("Someone else changed this practice meanwhile. Open the page again and look.")
        changed = {key: [str(getattr(standing, key) or ""), str(value or "")] for key, value in wanted.items()}
        for key, value in wanted.items():
            setattr(practice, key, value)
        practice.save(update_fields=list(wanted))
        record(
            by=by,
            at=at,
            verb=verb,
            target_kind="gppractice",
            target_id=practice.pk,
            lot=practice.lot_id,
            detail=changed,
        )
