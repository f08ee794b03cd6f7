"""What may come in as evidence: PDF, JPEG, PNG or Word, judged by content and name, not by what it claims."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

import filetype

from placewell.errors import UserError
from placewell_web.clients.documents import images, pdf, word

MOST_BYTES = 5_000_000
LONGEST_NAME = 120
PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXTENSIONS = {".pdf": PDF, ".jpg": JPEG, ".jpeg": JPEG, ".png": PNG, ".docx": WORD}
WHAT_IS_ACCEPTED = "Upload a PDF, a JPEG or PNG picture, or a Word document (.docx) of up to 5 MB."
TEST_VIRUS = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"


class FileRefused(UserError):
    """The file cannot be kept as evidence: why, and what to do."""


@dataclass(frozen=True)
class CheckedFile:
    """A file fit to be kept: pictures are drawn anew, the name is only for show."""

    name: str
    media_type: str
    content: bytes
    sha256: str


def check_file(name: str, content: bytes) -> CheckedFile:
    """The file as it will be kept. Raises FileRefused with the sentence to show.

    Source: trust.md T13.
    """
    shown = safe_name(name)
    expected = EXTENSIONS.get(PurePosixPath(shown).suffix.lower())
    if expected is None:
        raise FileRefused(f"“{shown}” is not a kind of file that can be proof. {WHAT_IS_ACCEPTED}")
    if not content:
        raise FileRefused(f"“{shown}” is empty. Choose the file again, or take the picture again.")
    if len(content) > MOST_BYTES:
        raise FileRefused(f"“{shown}” is larger than 5 MB. {WHAT_IS_ACCEPTED}")
    if found_type(content) != expected:
        raise FileRefused(f"“{shown}” is not what its name says it is. {WHAT_IS_ACCEPTED}")
    if TEST_VIRUS in content:
        raise FileRefused(f"“{shown}” was recognised as harmful and has not been kept.")
    kept = _cleaned(shown, content, expected)
    return CheckedFile(shown, expected, kept, hashlib.sha256(kept).hexdigest())


def found_type(content: bytes) -> str:
    """The media type found in the content; empty where it is none we know."""
    if word.looks_like_word(content):
        return WORD
    kind = filetype.guess(content[:8192])
    return kind.mime if kind else ""


def safe_name(name: str) -> str:
    """The last part of the name, without control, direction or path characters, short enough to show."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(mark for mark in last if unicodedata.category(mark)[0] != "C" and mark not in '<>:"|?*').strip(" .")
    path = PurePosixPath(kept or "proof")
    suffix = path.suffix[:10]
    return path.name.removesuffix(path.suffix)[: LONGEST_NAME - len(suffix)] + suffix


_CLEANERS: dict[str, Callable[[bytes], bytes]] = {
    PDF: pdf.checked,
    WORD: word.checked,
    JPEG: images.drawn_anew,
    PNG: images.drawn_anew,
}


def _cleaned(shown: str, content: bytes, media_type: str) -> bytes:
    try:
        return _CLEANERS[media_type](content)
    except ValueError as error:
        raise FileRefused(f"“{shown}” cannot be kept: {error}") from error
