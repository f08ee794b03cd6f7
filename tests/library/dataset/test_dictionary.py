"""The data dictionary says every table, column and code, and the document in docs/ is not stale."""

import runpy
from pathlib import Path

import pytest

from placewell.dataset import TABLES
from placewell.dataset.dictionary import dictionary
from placewell.vocabulary import code_lists

ROOT = Path(__file__).parents[3]
TEXT = dictionary()


@pytest.mark.parametrize("name", TABLES)
def test_every_table_has_its_columns(name: str) -> None:
    section = TEXT.split(f"\n### {name}\n")[1].split("\n#")[0]
    assert f"One row per {TABLES[name].one_row_per}. Source: {TABLES[name].source}." in section
    rows = [line for line in section.splitlines() if line.startswith("| `")]
    assert [line.split("`")[1] for line in rows] == list(TABLES[name].names)


def test_keys_parents_and_what_identifies_are_marked() -> None:
    assert "| `birth_date` | Date of birth (**identifying**) | date, as 2019-06-14 |  | 002 App. 6 viii |" in TEXT
    assert (
        "| `episode_id` | The episode that was randomised (**key; parent (episodes)**) | text |  | 002 §11.6 |" in TEXT
    )
    assert "| [contact_kind](#contact_kind) |" in TEXT


def test_every_code_stands_with_its_label() -> None:
    for codes in code_lists().values():
        section = TEXT.split(f"\n### {codes.name}\n")[-1].split("\n###")[0]
        assert all(f"| `{code.code}` | {code.label} |" in section for code in codes.codes.values())
        assert ("No other code is accepted." in section) is codes.closed


def test_it_ends_with_one_line_end_and_has_no_empty_cell_for_a_clause() -> None:
    assert TEXT.endswith("|\n")
    assert not TEXT.endswith("\n\n")
    assert "|  |\n" not in TEXT


def test_the_document_is_not_stale() -> None:
    assert (ROOT / "docs/reference/data-dictionary.md").read_text(encoding="utf-8") == TEXT, "run `make docs`"


@pytest.mark.parametrize(("content", "status"), [(TEXT, 0), (TEXT + "edited by hand\n", 1), (None, 1)])
def test_the_check_fails_when_the_document_is_stale(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str | None, status: int
) -> None:
    publish = runpy.run_path(str(ROOT / "scripts/publishing.py"))["publish"]
    publish.__globals__["REFERENCE"] = tmp_path / "reference"
    file = tmp_path / "reference" / "data-dictionary.md"
    if content is not None:
        file.parent.mkdir(parents=True)
        file.write_text(content, encoding="utf-8")
    assert publish(file.name, TEXT, ["--check"]) == status
    assert ("is stale: run `make docs`" in capsys.readouterr().err) is (status == 1)
    assert publish(file.name, TEXT, []) == 0
    assert file.read_text(encoding="utf-8") == TEXT
