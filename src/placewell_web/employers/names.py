"""Names of employers folded for search: no case, accents, punctuation or legal form."""

from __future__ import annotations

import re
import unicodedata

_LEGAL_FORM = re.compile(r"\b(ltd|limited|plc|llp|cic|inc)\b")


def fold(name: str) -> str:
    """`Harlow Couriers Ltd.` and `harlow couriers` are one name."""
    plain = "".join(mark for mark in unicodedata.normalize("NFKD", name).casefold() if not unicodedata.combining(mark))
    words = re.sub(r"[^\w]+", " ", plain.replace("&", " and ").replace("’", "").replace("'", ""))
    return " ".join(_LEGAL_FORM.sub(" ", words).split())[:200] or " ".join(words.split())[:200]
