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
    shown: str = "General"  # how a number is shown
    side: str = ""  # left or right, where the style says so


def stored_cells(workbook: bytes, sheet: int = 1) -> dict[str, StoredCell]:
    """The cells of a sheet by their address."""
    with ZipFile(BytesIO(workbook)) as parts:
        shared = _shared_strings(parts)
        styles = _styles(ElementTree.fromstring(parts.read("xl/styles.xml")))
        root = ElementTree.fromstring(parts.read(f"xl/worksheets/sheet{sheet}.xml"))
    return {cell.get("r", ""): _stored(cell, shared, styles) for cell in root.iter(f"{SPACE}c")}


def filled_cells(workbook: bytes, sheet: int = 1) -> dict[str, StoredCell]:
    """The cells of a sheet that hold something: a coloured cell without a value is none."""
    return {place: cell for place, cell in stored_cells(workbook, sheet).items() if cell.value}


def sheet_names(workbook: bytes) -> list[str]:
    """The names of the sheets, in order."""
    with ZipFile(BytesIO(workbook)) as parts:
        root = ElementTree.fromstring(parts.read("xl/workbook.xml"))
    return [one.get("name", "") for one in root.iter(f"{SPACE}sheet")]


def part(workbook: bytes, name: str) -> str:
    """One part of the file as text: `xl/worksheets/sheet1.xml`."""
    with ZipFile(BytesIO(workbook)) as parts:
        return parts.read(name).decode()


def rows_of(workbook: bytes, sheet: int) -> list[list[StoredCell | None]]:
    """The rows of a sheet from its first, each up to its last cell that holds something."""
    found: dict[int, dict[int, StoredCell]] = {}
    for place, cell in filled_cells(workbook, sheet).items():
        letters, number = re.fullmatch(r"([A-Z]+)([0-9]+)", place).groups()  # type: ignore[union-attr]
        column = 0
        for letter in letters:
            column = column * 26 + ord(letter) - 64
        found.setdefault(int(number), {})[column] = cell
    rows = range(1, max(found, default=0) + 1)
    return [[found.get(row, {}).get(column) for column in range(1, max(found.get(row, {0: 0})) + 1)] for row in rows]


def links(workbook: bytes) -> int:
    """How many links the workbook holds."""
    with ZipFile(BytesIO(workbook)) as parts:
        return sum(parts.read(name).count(b"<hyperlink ") for name in parts.namelist() if name.endswith(".xml"))


Style = tuple[bool, str, str]
BUILT_IN = {0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%"}


def _styles(root: ElementTree.Element) -> list[Style]:
    """Quoted or not, number format and side of each cell format."""
    own = {int(one.get("numFmtId", "0")): one.get("formatCode", "") for one in root.iter(f"{SPACE}numFmt")}
    shown = {**BUILT_IN, **own}
    found = []
    for xf in root.find(f"{SPACE}cellXfs") or ():
        aligned = xf.find(f"{SPACE}alignment")
        side = "" if aligned is None else aligned.get("horizontal", "")
        found.append((xf.get("quotePrefix") == "1", shown[int(xf.get("numFmtId", "0"))], side))
    return found


def _stored(cell: ElementTree.Element, shared: list[str], styles: list[Style]) -> StoredCell:
    kind = cell.get("t", "n")
    value = cell.findtext(f"{SPACE}v") or ""
    text = shared[int(value)] if kind == "s" else value
    return StoredCell(kind, text, cell.find(f"{SPACE}f") is not None, *styles[int(cell.get("s", "0"))])


def _shared_strings(parts: ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in parts.namelist():
        return []
    root = ElementTree.fromstring(parts.read("xl/sharedStrings.xml"))
    return [_unescaped("".join(t.text or "" for t in item.iter(f"{SPACE}t"))) for item in root.iter(f"{SPACE}si")]


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
