"""The demo's evaluator's key pair, kept in the demo's folder: what is sealed can be shown, and opened again."""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings

from placewell_web.trial.allocator.opening_receipts import write_new
from placewell_web.trial.allocator.sealing import new_pair, public_key

SECRET = "demo-secret.pem"  # noqa: S105  a file's name


def keep_key_pair() -> None:
    """Make the pair where the demo looks for it; one that is there is kept, and a key given otherwise is not touched.

    The public half is put in its place last: where it lies, the other lies beside it.
    """
    public = Path(settings.EVALUATOR_KEY)
    if not settings.EVALUATOR_KEY or settings.EVALUATOR_KEY != settings.DEMO_EVALUATOR_KEY or public.exists():
        return
    public.parent.mkdir(parents=True, exist_ok=True)
    secret, content = new_pair()
    secret_file, partial = public.with_name(SECRET), public.with_suffix(f".{os.getpid()}")
    secret_file.unlink(missing_ok=True)
    write_new(secret_file, secret, 0o400)
    write_new(partial, content, 0o644)
    partial.replace(public)
    public_key.cache_clear()
