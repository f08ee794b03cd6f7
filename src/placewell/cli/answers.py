"""How answers are written as JSON: the same bytes every time, dates and pounds as text."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any


def json_text(answer: Any) -> str:
    """Indented JSON with a final newline; dates as ISO text; decimals (money, hours) as text, never floating point."""
    return json.dumps(answer, ensure_ascii=False, indent=2, default=_plain, allow_nan=False) + "\n"


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")
