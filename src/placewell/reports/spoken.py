"""What stands in the cells of a workbook for the words of a page: the numbers that they say, or the words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from placewell.interchange.workbook import Cell, Line, Quantity
from placewell.reports.wording import Measured, Said

if TYPE_CHECKING:
    from placewell.reports.matrix_views import MatrixLine, MatrixTable


def spoken(words: str) -> Cell:
    """The number that words say, where they know it; else the words."""
    numbers = words.numbers if isinstance(words, Said) else ()
    return Quantity(numbers[0].value, numbers[0].unit) if numbers else str(words)


def beside(cell: tuple[str, ...]) -> Iterator[Measured]:
    """The numbers that a cell says beside its main one, in its first words and in the smaller ones after them."""
    for place, words in enumerate(cell):
        numbers = words.numbers if isinstance(words, Said) else ()
        yield from numbers if place else numbers[1:]


def matrix_lines(table: MatrixTable) -> Iterator[Line]:
    """A matrix: its head, and for each row a line of its numbers and one for each number that these rest on."""
    heads = tuple(long if short in long else f"{short}, {long}" for short, long in table.heads)
    yield Line("head", (table.name, *heads), frozenset(range(1, len(heads) + 1)))
    for row in table.lines:
        for label, cells in matrix_rows_of(row):
            yield Line("row", (f"{row.number} {label}", *cells))


def matrix_rows_of(row: MatrixLine) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    """The rows of one line of a matrix, each its words and its cells: the numbers, then what they rest on by name."""
    words = f"of which: {row.words}" if row.of_which else row.words
    yield words, tuple(spoken(cell) for cell in row.cells)
    said = [{number.name: Quantity(number.value, number.unit) for number in beside((cell,))} for cell in row.cells]
    for name in dict.fromkeys(name for one in said for name in one):
        yield f"{words}: {name}", tuple(one.get(name) for one in said)
