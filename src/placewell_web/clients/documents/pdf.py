"""PDF files: refused where they carry anything that acts, hides another file, or is also something else."""

from __future__ import annotations

import re
import zlib

MOST_INFLATED = 40_000_000
MOST_AFTER_END = 1024
_HEX = re.compile(rb"#([0-9a-fA-F]{2})")
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_ACTS = re.compile(
    rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData|GoToE|Sound|Movie|Rendition)\b"
)
_OTHER = re.compile(rb"<script|<html|<\?php|<!doctype|\bMZ\x90\x00|PK\x03\x04", re.IGNORECASE)


def checked(content: bytes) -> bytes:
    """The same bytes, where they are a plain document. Raises ValueError in words."""
    if not content.startswith(b"%PDF-"):
        raise ValueError("it does not begin as a PDF does.")
    end = content.rfind(b"%%EOF")
    if end < 0:
        raise ValueError("the PDF is cut off. Save or scan it again.")
    if len(content) - end > MOST_AFTER_END or content[end + 5 :].strip(b"\r\n\t \x00"):
        raise ValueError("something is hidden after the end of the PDF. Print it to a new PDF and upload that.")
    plain = _STREAM.sub(b"", content)
    if _OTHER.search(content[:1024]) or _OTHER.search(plain):
        raise ValueError("the PDF holds something else as well. Print it to a new PDF and upload that.")
    if _acts(plain) or any(_acts(part) for part in _inflated(content)):
        raise ValueError("the PDF holds a script, a form or another file. Print it to a new PDF and upload that.")
    return content


def _acts(part: bytes) -> bool:
    return bool(_ACTS.search(_HEX.sub(lambda found: bytes([int(found[1], 16)]), part)))


def _inflated(content: bytes) -> list[bytes]:
    """What compressed streams hold (object streams can hide names), within a limit."""
    found, left = [], MOST_INFLATED
    for match in _STREAM.finditer(content):
        opened = zlib.decompressobj()
        try:
            part = opened.decompress(match[1], left + 1)
        except zlib.error:
            continue
        left -= len(part)
        if left < 0:
            raise ValueError("the PDF unpacks to far more than it should.")
        if b"/Type" in part or b"/S" in part:
            found.append(part)
    return found
