"""Start-up checks: the site refuses to start where a setting would put people's data at risk, with a hint for each."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from placewell_web.accounts.queries import providers_with_lots
from placewell_web.config.addresses import bare_views

LOCAL = {"localhost", "127.0.0.1", "[::1]", "testserver"}
NETWORK_FILE_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "lustre", "glusterfs", "fuse.glusterfs"}
NETWORK_FILE_SYSTEMS |= {"fuse.sshfs", "fuse.s3fs", "fuse.rclone", "davfs", "fuse.davfs", "gpfs", "beegfs"}
WANTED_PRAGMAS = {"journal_mode": "wal", "foreign_keys": 1, "recursive_triggers": 1}


def _error(number: int, what: str, hint: str) -> Error:
    return Error(what, hint=hint, id=f"placewell.E{number:03d}")


@register(Tags.security)
def safe_settings(**_: Any) -> list[CheckMessage]:
    """Production needs secrets of its own and HTTPS; the demo refuses whatever belongs to production."""
    rules = _demo_rules() if settings.DEMO else _production_rules()
    return list(rules)


def _production_rules() -> Iterator[CheckMessage]:
    if settings.DEBUG:
        yield _error(1, "DEBUG is on: error pages would show people's records.", "Remove DEBUG from the environment.")
    if settings.SECRET_KEY == settings.DEFAULT_SECRET_KEY or len(settings.SECRET_KEY) < 50:
        yield _error(
            2,
            "SECRET_KEY is the default one or too short: anyone could forge a session.",
            'Set SECRET_KEY to 50 random characters: python3 -c "import secrets; print(secrets.token_urlsafe(64))"',
        )
    if not settings.HTTPS:
        yield _error(
            3,
            "PLACEWELL_HTTPS is off: passwords and records would cross the network in the clear.",
            "Put the site behind a proxy that speaks HTTPS, set PLACEWELL_BEHIND_PROXY=1, and remove PLACEWELL_HTTPS.",
        )
    if not set(settings.ALLOWED_HOSTS) - LOCAL or "*" in settings.ALLOWED_HOSTS:
        yield _error(
            4,
            "ALLOWED_HOSTS does not name the site's own address.",
            "Set ALLOWED_HOSTS to the name people type, for example placewell.example.nhs.uk.",
        )
    yield from _evidence_key_rules()
    if not settings.SECOND_FACTOR_REQUIRED:
        yield _error(
            6, "Staff could sign in with a password alone.", "Leave SECOND_FACTOR_REQUIRED on outside the demo."
        )


def _evidence_key_rules() -> Iterator[CheckMessage]:
    hint = (
        "Set PLACEWELL_EVIDENCE_KEY to 32 random bytes in base64, and keep a copy apart from the backups: "
        'python3 -c "import base64, secrets; print(base64.b64encode(secrets.token_bytes(32)).decode())"'
    )
    if settings.EVIDENCE_KEY in ("", settings.DEMO_EVIDENCE_KEY):
        yield _error(5, "There is no key for the evidence files: they could not be encrypted.", hint)
        return
    try:
        length = len(base64.b64decode(settings.EVIDENCE_KEY, validate=True))
    except (binascii.Error, ValueError):
        length = 0
    if length != 32:
        yield _error(5, "PLACEWELL_EVIDENCE_KEY is not 32 bytes in base64.", hint)


def _demo_rules() -> Iterator[CheckMessage]:
    hint = "Start production without PLACEWELL_DEMO: see docs/how-to/run-in-production.md."
    if settings.SECRET_KEY != settings.DEFAULT_SECRET_KEY:
        yield _error(21, "The demo was given a SECRET_KEY, as if it were production. Its passwords are public.", hint)
    if settings.EVIDENCE_KEY != settings.DEMO_EVIDENCE_KEY:
        yield _error(22, "The demo was given a PLACEWELL_EVIDENCE_KEY, as if it were production.", hint)
    if set(settings.ALLOWED_HOSTS) - LOCAL:
        yield _error(
            23, "The demo was told to answer under a public name (ALLOWED_HOSTS). It runs on this machine.", hint
        )
    if settings.DATABASE_GIVEN:
        yield _error(
            24, "The demo was given a DATABASE_URL. It fills a file of its own, and would fill that database too.", hint
        )
    if settings.DEBUG:
        yield _error(25, "DEBUG is on: the demo shows what production shows.", "Remove DEBUG from the environment.")


@register(Tags.urls)
def declared_addresses(**_: Any) -> list[CheckMessage]:
    """Every address says who may open it."""
    hint = "Put a decorator of placewell_web.accounts.policy on the view: @public, @signed_in or @staff(...)."
    return [
        _error(31, f"{address.shown} ({address.name}) does not say who may open it.", hint) for address in bare_views()
    ]


@register(Tags.database)
def safe_database(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """SQLite with the settings that lose nothing, read back from a connection; and not for two providers."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        if connections[alias].vendor == "sqlite":
            found += [*_pragma_rules(alias), *_share_rules(alias), *_provider_rules(alias)]
    return found


def _pragma_rules(alias: str) -> Iterator[CheckMessage]:
    connection = connections[alias]
    hint = "Leave DATABASES as config/settings.py makes it; keep the file on a disk of this machine, not on a share."
    with connection.cursor() as cursor:

        def read(name: str) -> Any:
            cursor.execute(f"PRAGMA {name}")
            row = cursor.fetchone()
            return row[0] if row else None

        if int(read("synchronous")) < 2:
            yield _error(11, "SQLite runs with synchronous below FULL: a power cut would lose what was saved.", hint)
        if int(read("busy_timeout")) < 20_000:
            yield _error(12, "SQLite waits less than 20 seconds for a lock: people would see errors.", hint)
        for name, wanted in WANTED_PRAGMAS.items():
            got = read(name)
            in_memory = name == "journal_mode" and got == "memory"  # a database that is gone with its process
            if got != wanted and not in_memory:
                yield _error(13, f"SQLite's {name} is {got!r}, where {wanted!r} is needed.", hint)
    if getattr(connection, "transaction_mode", None) != "IMMEDIATE":
        yield _error(14, "SQLite's transactions do not begin IMMEDIATE: two writers could undo each other.", hint)


def _share_rules(alias: str) -> Iterator[CheckMessage]:
    """SQLite's locks do not hold on a network share; the demo's made-up people may lie there."""
    name = str(connections[alias].settings_dict["NAME"])
    kind = file_system_of(Path(name).resolve(), _mounts())
    if kind in NETWORK_FILE_SYSTEMS and not settings.DEMO:
        yield _error(
            16,
            f"The SQLite file lies on a network share ({kind}), where its locks do not hold: it would be damaged.",
            "Set PLACEWELL_VAR to a folder on a disk of this machine, or use PostgreSQL (DATABASE_URL=postgres://…).",
        )


def file_system_of(file: Path, mounts: str) -> str:
    """The kind of file system a file lies on, by a table like Linux's /proc/mounts; empty where the table is."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        _, point, found, *_ = line.split(" ")
        folder = Path(point.replace("\\040", " "))
        if file.is_relative_to(folder) and len(folder.parts) >= best:
            best, kind = len(folder.parts), found
    return kind


def _mounts() -> str:
    table = Path("/proc/mounts")
    return table.read_text(encoding="utf-8", errors="replace") if table.exists() else ""


def _provider_rules(alias: str) -> Iterator[CheckMessage]:
    if settings.DEMO:
        return
    count = providers_with_lots(alias)
    if count > 1:
        yield _error(
            15,
            f"{count} providers share one SQLite file, which cannot keep their records apart.",
            "Use PostgreSQL (DATABASE_URL=postgres://…), or give each provider a site of its own.",
        )
