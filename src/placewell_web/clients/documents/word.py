"""Word documents: refused where they hold macros, other files, or unpack to more than a document can be."""

from __future__ import annotations

import io
import re
import zipfile

MOST_INFLATED = 50_000_000
MOST_PARTS = 1_000
MOST_TIMES = 200
CHUNK = 65_536
_CONTENT_TYPES, _BODY = "[Content_Types].xml", "word/document.xml"
_MEDIA = re.compile(r"\.(xml|rels|png|jpe?g|gif|emf|wmf|bmp|tiff?|svg|odttf|ttf|vml|thmx)$", re.IGNORECASE)
_REMOTE = re.compile(rb'(attachedTemplate|oleObject|frame|subDocument)"[^>]*TargetMode="External"', re.IGNORECASE)
_XML_TRICKS = (b"<!DOCTYPE", b"<!ENTITY")
TEST_VIRUS = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"


def looks_like_word(content: bytes) -> bool:
    """Whether it is a ZIP that begins at its first byte and holds the parts of a Word document."""
    if not content.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {_CONTENT_TYPES, _BODY} <= set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return False


def checked(content: bytes) -> bytes:
    """The same bytes, where they are a plain document. Raises ValueError in words."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_names(archive)
            _check_parts(archive)
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError) as error:
        raise ValueError("the document is damaged or locked with a password. Save it again without one.") from error
    return content


def _check_names(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    if len(entries) > MOST_PARTS or len({entry.filename for entry in entries}) != len(entries):
        raise ValueError("the document is not built as Word builds one.")
    for entry in entries:
        name = entry.filename
        if name.startswith("/") or "\\" in name or ".." in name.split("/"):
            raise ValueError("the document is not built as Word builds one.")
        if not name.endswith("/") and not _MEDIA.search(name):
            raise ValueError("the document holds macros or other files. Save it as a PDF and upload that.")
    if archive.comment:
        raise ValueError("something is hidden after the end of the document.")


def _check_parts(archive: zipfile.ZipFile) -> None:
    left = MOST_INFLATED
    for entry in archive.infolist():
        size, data = 0, b""
        with archive.open(entry) as part:
            while piece := part.read(CHUNK):
                size += len(piece)
                if size > left or size > MOST_TIMES * max(entry.compress_size, 1) + CHUNK:
                    raise ValueError("the document unpacks to far more than it should.")
                data = data[-CHUNK:] + piece
                _check_bytes(entry.filename, data)
        left -= size


def _check_bytes(name: str, data: bytes) -> None:
    if TEST_VIRUS in data:
        raise ValueError("it was recognised as harmful and has not been kept.")
    if name.endswith((".xml", ".rels")) and any(trick in data for trick in _XML_TRICKS):
        raise ValueError("the document is not built as Word builds one.")
    if name.endswith(".rels") and _REMOTE.search(data):
        raise ValueError("the document loads something from elsewhere. Save it as a PDF and upload that.")
