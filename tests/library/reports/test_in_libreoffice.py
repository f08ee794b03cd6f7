"""The workbook of every service, opened and saved by LibreOffice: every number and every text is still the same."""

import math
import subprocess
from collections import Counter

import pytest
from tests.library.interchange.sheets import links, part, rows_of, sheet_names
from tests.library.reports.hostile import HOSTILE, hostile_report
from tests.library.reports.office import MISSING, SOFFICE
from tests.library.reports.services import SERVICES, made

from placewell.reports import to_xlsx

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"WORKBOOKS NOT OPENED IN LIBREOFFICE: {MISSING}")
BOOKS = [*SERVICES, "hostile"]


def workbook(name):
    spec, report = hostile_report() if name == "hostile" else made(name)
    return to_xlsx(report, spec)


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """Every workbook as LibreOffice writes it after opening it, all in one go: it takes longest to start."""
    place = tmp_path_factory.mktemp("office")
    for name in BOOKS:
        (place / f"{name}.xlsx").write_bytes(workbook(name))
    command = [
        SOFFICE,
        f"-env:UserInstallation=file://{place}/profile",
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
    ]
    files = [str(place / f"{name}.xlsx") for name in BOOKS]
    done = subprocess.run(
        [*command, "--outdir", str(place / "out"), *files], capture_output=True, text=True, timeout=240
    )
    assert done.returncode == 0, done.stderr
    return {name: (place / "out" / f"{name}.xlsx").read_bytes() for name in BOOKS}


def same(ours, theirs):
    if ours.kind == "n":
        return theirs.kind == "n" and math.isclose(
            float(ours.value), float(theirs.value), rel_tol=1e-14, abs_tol=1e-300
        )
    return (ours.kind, ours.value) == (theirs.kind, theirs.value)


@pytest.mark.parametrize("name", BOOKS)
def test_every_number_and_text_is_the_same(name, opened):
    ours = workbook(name)
    assert sheet_names(opened[name]) == sheet_names(ours)
    compared = Counter()
    for sheet, title in enumerate(sheet_names(ours), 1):
        for number, (mine, found) in enumerate(zip(rows_of(ours, sheet), rows_of(opened[name], sheet), strict=True), 1):
            assert [cell is None for cell in mine] == [cell is None for cell in found], (title, number)
            for cell, other in zip(mine, found, strict=True):
                if cell is not None:
                    assert same(cell, other), (title, number, cell, other)
                    compared[cell.kind] += 1
    assert compared["n"] > 1000
    assert compared["s"] > 1000


@pytest.mark.parametrize("name", BOOKS)
def test_libreoffice_finds_no_formula_and_no_link(name, opened):
    for sheet in range(1, len(sheet_names(opened[name])) + 1):
        assert not any(cell.formula for row in rows_of(opened[name], sheet) for cell in row if cell)
    assert links(opened[name]) == 0


def test_text_made_to_be_run_is_still_that_text(opened):
    last = len(sheet_names(opened["hostile"]))
    found = {cell.value for row in rows_of(opened["hostile"], last) for cell in row if cell and cell.kind == "s"}
    assert set(HOSTILE) <= found


@pytest.mark.parametrize(
    "words", ['paperSize="9"', 'orientation="landscape"', 'fitToHeight="0"', "Page &amp;P of &amp;N"]
)
def test_the_printed_page_is_kept(words, opened):
    for name in SERVICES:
        assert words in part(opened[name], "xl/worksheets/sheet1.xml")
