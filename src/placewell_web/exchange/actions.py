"""Writes the data set folder, for a reader who holds the right and for whoever runs the machine."""

from __future__ import annotations

import hashlib
import io
import json
import tempfile
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Literal

from django.db import transaction

from placewell.dataset import Dataset, content_hash, write_folder
from placewell_web.accounts.service import current
from placewell_web.accounts.viewer import Viewer
from placewell_web.audit.actions import record
from placewell_web.audit.actors import Actor
from placewell_web.casework.dataset_rows import read_all
from placewell_web.exchange import queries

FileType = Literal["parquet", "csv"]


def take_data_set(viewer: Viewer, *, file_type: FileType, by: Actor, at: datetime) -> tuple[str, bytes]:
    """The name and content of the data set as a zip with its manifest; the audit has it before it is handed out."""
    dataset = queries.data_set(viewer)
    lots = ",".join(sorted(viewer.lots))
    stamp = f"{at:%Y-%m-%d-%H%M}"
    packed, manifest = pack(dataset, file_type, taken_by=by.name, at=at, lots=lots)
    with transaction.atomic():
        record(
            by=by,
            at=at,
            verb=queries.DOWNLOAD,
            target_kind="data_set",
            target_id=str(manifest["data"]),
            lot=lots if len(viewer.lots) == 1 else "",
            detail={"rows": manifest["rows"], "file_type": file_type, "lots": manifest["lots"]},
        )
    return f"{current().service.id}-{stamp}-{file_type}.zip", packed


def pack(
    dataset: Dataset, file_type: FileType, *, taken_by: str, at: datetime, lots: str
) -> tuple[bytes, dict[str, object]]:
    """The folder as a zip, and its manifest: who took it, when, rows and SHA-256 of every file."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = write_folder(dataset, Path(scratch) / "data", file_type=file_type)
        files = sorted(folder.iterdir())
        manifest: dict[str, object] = {
            "service": current().service.id,
            "specification": {"version": current().version, "hash": current().hash},
            "taken_by": taken_by,
            "taken_at": at.isoformat(timespec="seconds"),
            "lots": lots.split(","),
            "data": content_hash(dataset),
            "rows": {name: frame.height for name, frame in dataset.items() if frame.height},
            "files": {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files},
        }
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in files:
                archive.write(file, file.name)
            archive.writestr("manifest.json", json.dumps(manifest, indent=1, sort_keys=True))
    return buffer.getvalue(), manifest


def write_data_set(folder: Path, *, file_type: FileType, by: Actor, at: datetime) -> Dataset:
    """The whole site's data set as a folder, every lot, as at one moment; for whoever runs the machine."""
    dataset = read_all()
    write_folder(dataset, folder, file_type=file_type)
    with transaction.atomic():
        record(
            by=by,
            at=at,
            verb="write_data_set",
            target_kind="data_set",
            target_id=content_hash(dataset),
            detail={"rows": {name: frame.height for name, frame in dataset.items() if frame.height}},
        )
    return dataset
