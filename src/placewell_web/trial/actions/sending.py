"""Sending what the evaluator is told: into a folder they take away, and a word by e-mail that it is there."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction

from placewell_web.accounts.errors import Refused
from placewell_web.audit import actions as audit
from placewell_web.audit.actors import Actor
from placewell_web.trial.models import Notice


@transaction.atomic
def send(*, by: Actor, at: datetime, folder: Path | None) -> int:
    """Send every notice not yet sent; how many there were. Trial numbers only, never a name. Source: 002 §11.9.

    A notice counts as sent once its file is on the disk, or the e-mail is handed over. One sent twice by a crash in
    between is the same file, so nothing is doubled. Raises Refused where there is nowhere to send to.
    """
    waiting = list(Notice.objects.select_for_update().filter(sent_at__isnull=True).order_by("created_at", "pk"))
    if folder is None and not settings.EVALUATOR_CONTACT:
        raise Refused("There is nowhere to send to: give --folder, or set PLACEWELL_EVALUATOR_CONTACT.")
    if not waiting:
        return 0
    if folder is not None:
        for notice in waiting:
            _write(folder, notice)
    if settings.EVALUATOR_CONTACT:
        _mail(waiting, at)
    Notice.objects.filter(pk__in=[each.pk for each in waiting]).update(sent_at=at)
    late = sum(each.due_at < at for each in waiting)
    detail = {"count": len(waiting), "late": late}
    audit.record(by=by, at=at, verb="send_notices", target_kind="outbox", target_id="evaluator", detail=detail)
    return len(waiting)


def _write(folder: Path, notice: Notice) -> None:
    try:
        body = json.loads(notice.body)
    except ValueError:
        body = notice.body
    said = {
        "kind": notice.kind,
        "participant": notice.participant_number,
        "created_at": notice.created_at.isoformat(),
        "body": body,
    }
    file = folder / f"{notice.created_at:%Y%m%dT%H%M%S}-{notice.kind}-{notice.pk}.json"
    unfinished = file.with_suffix(".new")
    try:
        with unfinished.open("w", encoding="utf-8") as handle:
            json.dump(said, handle, ensure_ascii=False, sort_keys=True)
            handle.flush()
            os.fsync(handle.fileno())
        unfinished.replace(file)
    except OSError as fault:
        raise Refused(
            f"{folder} could not be written ({fault.strerror}).",
            "Is the stick in, and not full? Nothing counts as sent.",
        ) from fault


def _mail(waiting: list[Notice], at: datetime) -> None:
    """What is not a receipt is said in the mail, by number; receipts are only counted."""
    said = [f"{each.kind}: {each.participant_number}" for each in waiting if each.kind != "receipt"]
    receipts = len(waiting) - len(said)
    lines = [*said, f"Receipts: {receipts}"] if receipts else said
    body = "\n".join([*lines, "", "The site keeps the particulars. This message holds trial numbers and no names."])
    send_mail("Trial: notices", body, settings.DEFAULT_FROM_EMAIL, [settings.EVALUATOR_CONTACT], fail_silently=False)
