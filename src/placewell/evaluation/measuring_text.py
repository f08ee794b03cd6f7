"""How wide text is in a picture, on the safe side, and where a label breaks into lines."""

from __future__ import annotations

NARROW, WIDE = "ijltfrI.,:;'|!()[] -", "mwMW@%&—…"
NARROW_EM, USUAL_EM, CAPITAL_EM, WIDE_EM = 0.34, 0.57, 0.73, 0.95
BOLD = 1.07


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width in pixels of a text in Arial or a face of the same widths: at least what it takes, a little more.

    Signs outside Latin scripts count as wide.
    """
    return sum(_em(sign) for sign in text) * size * (BOLD if bold else 1.0)


def broken(text: str, size: float, room: float, *, bold: bool = False) -> tuple[str, ...]:
    """The text in lines no wider than `room`, broken between words, and within a word that alone is too wide."""
    lines = [""]
    for word in text.split():
        joined = f"{lines[-1]} {word}".strip()
        if width(joined, size, bold=bold) <= room:
            lines[-1] = joined
            continue
        lines += [""] if lines[-1] else []
        for sign in word:
            if lines[-1] and width(lines[-1] + sign, size, bold=bold) > room:
                lines.append("")
            lines[-1] += sign
    return tuple(lines)


def _em(sign: str) -> float:
    if sign in NARROW:
        return NARROW_EM
    if sign in WIDE or ord(sign) > 0x24F:
        return WIDE_EM
    return CAPITAL_EM if sign.isupper() else USUAL_EM
