"""Start-up checks of the trial: keys, the allocator, the first entry, and the triggers that guard the ledger."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections

from placewell.errors import UserError
from placewell.specification.trial import TrialFile
from placewell_web.accounts import service
from placewell_web.audit import clock
from placewell_web.trial import triggers
from placewell_web.trial.allocator.configured import departures, draws
from placewell_web.trial.allocator.draws import DrawNotReady
from placewell_web.trial.allocator.sealing import NotAKey, public_key

LEVELS = (0, 1, 2)
KEY_BYTES = 32


def _error(number: int, what: str, hint: str) -> Error:
    return Error(what, hint=hint, id=f"placewell.trial.E{number:03d}")


@register(Tags.security)
def safe_trial(**_: Any) -> list[CheckMessage]:
    """A service whose trial can still randomise needs its keys; another needs none of this."""
    trial = service.current().trial
    if trial is None or _is_over(trial):
        return []
    return [*_identity_key(), *_custody(), *_evaluator_key()]


def _is_over(trial: TrialFile) -> bool:
    """Whether nobody can be randomised on this site any more; the demo plays on a day of its own."""
    return not settings.DEMO and clock.now().replace(tzinfo=None) > trial.closes_at


def _identity_key() -> Iterator[CheckMessage]:
    hint = (
        "Set PLACEWELL_TRIAL_IDENTITY_KEY to 32 random bytes in base64, and keep a copy apart from the backups: "
        'python3 -c "import base64, secrets; print(base64.b64encode(secrets.token_bytes(32)).decode())"'
    )
    key = settings.TRIAL_IDENTITY_KEY
    if not settings.DEMO and key in ("", settings.DEMO_TRIAL_IDENTITY_KEY):
        yield _error(1, "There is no key for trial numbers: they could be traced to people.", hint)
        return
    try:
        length = len(base64.b64decode(key, validate=True))
    except (binascii.Error, ValueError):
        length = 0
    if length != KEY_BYTES:
        yield _error(1, "PLACEWELL_TRIAL_IDENTITY_KEY is not 32 bytes in base64.", hint)
    elif settings.DEMO and key != settings.DEMO_TRIAL_IDENTITY_KEY:
        yield _error(6, "The demo was given a PLACEWELL_TRIAL_IDENTITY_KEY, as if it were production.", hint)


def _custody() -> Iterator[CheckMessage]:
    level = settings.TRIAL_CUSTODY
    how = "See docs/how-to/keep-a-trial.md."
    if level not in LEVELS:
        yield _error(2, f"PLACEWELL_TRIAL_CUSTODY is {level}: the levels are 0, 1 and 2.", how)
    elif level == 0 and not settings.TRIAL_DEMO_KEYS:
        yield _error(2, "Custody level 0 draws with public keys: anyone could foresee every arm.", f"Use 2. {how}")
    elif level and not settings.ALLOCATOR_SOCKET:
        yield _error(3, "PLACEWELL_ALLOCATOR_SOCKET does not say where the allocator listens.", how)


def _evaluator_key() -> Iterator[CheckMessage]:
    if not settings.EVALUATOR_KEY or _is_still_to_be_made(Path(settings.EVALUATOR_KEY)):
        return
    try:
        public_key(Path(settings.EVALUATOR_KEY))
    except NotAKey as fault:
        yield _error(7, fault.problems[0], "Ask the evaluator for the public key of `placewell-allocator key`.")


def _is_still_to_be_made(file: Path) -> bool:
    """Whether it is the demo's own key, which is made with its people."""
    return settings.DEMO and str(file) == settings.DEMO_EVALUATOR_KEY and not file.exists()


@register(Tags.database)
def sound_ledger(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """The triggers are there, and the trial that was opened is the one the specification describes."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if triggers.TABLE not in connection.introspection.table_names():
            continue
        if missing := triggers.missing(connection):
            what = f"The ledger's table has lost its guard: {', '.join(sorted(missing))}."
            found.append(_error(4, what, "Run `placewell-site migrate`: it puts the triggers back."))
    return [*found, *(_first_entry() if databases else ())]


def _first_entry() -> Iterator[CheckMessage]:
    specification = service.current()
    trial = specification.trial
    if trial is None or _is_over(trial) or settings.TRIAL_CUSTODY == 0 or not settings.ALLOCATOR_SOCKET:
        return
    try:
        odd = departures(draws(specification).genesis(), specification)
    except (DrawNotReady, UserError) as fault:
        hint = "Start it: see docs/how-to/keep-a-trial.md. Until then pages say that the draw is not ready."
        yield Warning(" ".join(fault.problems), hint=hint, id="placewell.trial.W001")
        return
    if odd:
        what = f"The trial was opened with another {', '.join(odd)} than trial.toml says."
        hint = "Put trial.toml back: what was frozen is not changed. A new trial has a new id and a new first entry."
        yield _error(5, what, hint)
