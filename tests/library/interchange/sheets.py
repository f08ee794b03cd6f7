"""Reads an XLSX file back from its XML: the type and value of each cell, and whether it is a formula or a link."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True)
class StoredCell:
    """One cell as it stands in the file."""

    kind: str  # s: text, n: number, b: true or false
    value: str
    formula: bool
    quoted: bool  # the style says that the text is text whatever it looks like


def stored_cells(workbook: bytes, sheet: int = 1) -> dict[str, StoredCell]:
    """The cells of a sheet by their address."""
    with ZipFile(BytesIO(workbook)) as parts:
        shared = _shared_strings(parts)
        formats = ElementTree.fromstring(parts.read("xl/styles.xml")).find(f"{SPACE}cellXfs")
        root = ElementTree.fromstring(parts.read(f"xl/worksheets/sheet{sheet}.xml"))
    quoted = [xf.get("quotePrefix") == "1" for xf in formats if formats is not None]
    return {cell.get("r", ""): _stored(cell, shared, quoted) for cell in root.iter(f"{SPACE}c")}


def links(workbook: bytes) -> int:
    """How many links the workbook holds."""
    with ZipFile(BytesIO(workbook)) as parts:
        return sum(parts.read(name).count(b"<hyperlink ") for name in parts.namelist() if name.endswith(".xml"))


def _stored(cell: ElementTree.Element, shared: list[str], quoted: list[bool]) -> StoredCell:
    kind = cell.get("t", "n")
    value = cell.findtext(f"{SPACE}v") or ""
    text = shared[int(value)] if kind == "s" else value
    return StoredCell(kind, text, cell.find(f"{SPACE}f") is not None, quoted[int(cell.get("s", "0"))])


def _shared_strings(parts: ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in parts.namelist():
        return []
    root = ElementTree.fromstring(parts.read("xl/sharedStrings.xml"))
    return [_unescaped("".join(t.text or "" for t in item.iter(f"{SPACE}t"))) for item in root.iter(f"{SPACE}si")]


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
