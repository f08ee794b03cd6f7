"""Hands a trial's files out: each is written down with who took it and its hash before it leaves."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from placewell.evaluation.exports import MANIFEST
from placewell.evaluation.linkage import linkage_bytes
from placewell_web.accounts.service import current
from placewell_web.accounts.viewer import Viewer
from placewell_web.audit.actions import record, record_view
from placewell_web.audit.actors import Actor
from placewell_web.evaluation import queries, sealing
from placewell_web.evaluation.permissions import check_can_see_arms
from placewell_web.evaluation.queries.exports import DATA, LINKAGE, linkage
from placewell_web.evaluation.queries.scopes import Scope
from placewell_web.trial.actions.integrity import bundle

LINKAGE_FILE = "linkage.csv.hpke"
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The day every file in a zip bears, so that the same content gives the same bytes."""


def take_data(viewer: Viewer, *, scope: Scope, arms: bool, by: Actor, at: datetime) -> tuple[str, bytes]:
    """The name and content of the data set as a zip; its manifest names the taker, and the audit has its hash."""
    found = queries.look(viewer, scope, arms=arms)
    manifest = found.manifest.as_data() | _mark(by, at) | {"k_anonymity": found.anonymity.words}
    content = _zip(found.files | {MANIFEST: _json(manifest)})
    _note(DATA, content, scope, by, at, arms=arms, rows={one.file: one.rows for one in found.manifest.files})
    return _name("unblinded" if arms else "blinded", scope, at), content


def take_linkage(viewer: Viewer, *, scope: Scope, by: Actor, at: datetime) -> tuple[str, bytes]:
    """Who is who, sealed to the evaluator's key: apart from every other export, and readable on her machine alone."""
    rows = linkage(viewer, scope)
    content = linkage_bytes(rows)
    closed = sealing.sealed(content, purpose(scope))
    manifest = _mark(by, at) | {
        "format": "placewell-linkage/1",
        "service": current().service.id,
        "as_at": scope.as_at.isoformat(),
        "lot": scope.lot,
        "sealed_with": sealing.SUITE_IN_WORDS,
        "info": purpose(scope),
        "rows": rows.height,
        "sha256_sealed": hashlib.sha256(closed).hexdigest(),
    }
    packed = _zip({LINKAGE_FILE: closed, MANIFEST: _json(manifest)})
    _note(LINKAGE, packed, scope, by, at, rows={LINKAGE_FILE: rows.height})
    return _name("linkage", scope, at), packed


def take_bundle(viewer: Viewer, *, by: Actor, at: datetime) -> bytes:
    """Every entry of the ledger for the verifier: it tells arms, so it is the unblinded statistician's."""
    check_can_see_arms(viewer)
    content = bundle(current().service.id)
    sha256 = hashlib.sha256(content).hexdigest()
    record_view(by=by, at=at, verb="take_bundle", target_kind="ledger", target_id=sha256)
    return content


def purpose(scope: Scope) -> str:
    """What a linkage file is sealed for: it opens for nothing else."""
    return f"placewell-linkage/1 {current().service.id} {scope.as_at.isoformat()}"


def _mark(by: Actor, at: datetime) -> dict[str, Any]:
    return {"taken_by": by.name, "taken_at": at.isoformat(timespec="seconds")}


def _json(data: Mapping[str, Any]) -> bytes:
    return (json.dumps(data, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode()


def _zip(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, FIRST_DAY), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _name(kind: str, scope: Scope, at: datetime) -> str:
    parts = (current().service.id, "trial", kind, scope.lot, f"{at:%Y-%m-%d-%H%M}")
    return "-".join(part for part in parts if part) + ".zip"


def _note(verb: str, content: bytes, scope: Scope, by: Actor, at: datetime, **detail: Any) -> None:
    """The audit has it before it is handed out: which file, its hash, how many rows, and who took it."""
    with transaction.atomic():
        record(
            by=by,
            at=at,
            verb=verb,
            target_kind="trial_export",
            target_id=hashlib.sha256(content).hexdigest(),
            lot=scope.lot or "",
            detail={"as_at": scope.as_at.isoformat(), **detail},
        )
