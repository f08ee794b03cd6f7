"""report.toml: the layout of the return, when it is due, to whom it goes and what goes with it."""

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field

from placewell.periods import add_months
from placewell.specification.entries import Choice, Entry, Identifier, Part, Sourced, Words


class MatrixRow(Sourced):
    """One row of a matrix: an indicator under the words of the document's own list.

    Several lists may name one indicator in words of their own (X41). `of_which`: a part of the row before it (X40).
    """

    indicator: Identifier
    words: Words
    of_which: bool = False


class Matrix(Part):
    """Indicators in rows, the quarters of the contract year in columns, and the same again for each key of `across`.

    `across` is a breakdown, such as the locality; rows and keys without anything are shown with zeros. Source: X39.
    """

    across: Identifier
    rows: Annotated[tuple[MatrixRow, ...], Field(alias="row", min_length=1)]


class Section(Entry):
    """A section of the return: indicators in order, the breakdowns printed under them, boxes for words; or a matrix."""

    title: Words
    introduction: str = ""
    indicators: tuple[Identifier, ...] = ()
    breakdowns: tuple[Identifier, ...] = ()
    narratives: tuple[Identifier, ...] = ()
    evidence_index: bool = False
    matrix: Matrix | None = None

    def indicator_ids(self) -> tuple[str, ...]:
        """The indicators of the section in its order, those of its matrix last."""
        rows = self.matrix.rows if self.matrix else ()
        return (*self.indicators, *(row.indicator for row in rows))


class Narrative(Choice):
    """A box in which the provider explains; `required` boxes stop the signing of an empty return."""

    required: bool = False
    max_length: Annotated[int, Field(ge=1)] = 2000


class Footnote(Entry):
    """A sentence that the return prints; `about` names the indicators it stands under (none: all)."""

    text: Words
    about: tuple[Identifier, ...] = ()


class Due(Sourced):
    """When a return is due: the earlier of `months_after_end` and, where it is set, `days_before_meeting`."""

    months_after_end: Annotated[int, Field(ge=0)]
    days_before_meeting: Annotated[int, Field(ge=0)] | None = None
    warn_days: Annotated[int, Field(ge=0)] = 14

    def day(self, last_day: date, meeting: date | None = None) -> date:
        """The last day for sending the return of a period that ends on `last_day`.

        So many months on (30 June to 30 July; a day that the month does not have is its last), or so many days before
        the meeting where one is known and that is earlier. Source: 002 §16.9.
        """
        after_end = add_months(last_day, self.months_after_end)
        if meeting is None or self.days_before_meeting is None:
            return after_end
        return min(after_end, meeting - timedelta(days=self.days_before_meeting))


class Recipient(Entry):
    """Who receives what, in which form."""

    label: Words
    receives: tuple[Identifier, ...]
    person_level: bool = False


class Delivery(Entry):
    """Something that leaves the provider regularly."""

    label: Words
    every: Literal["month", "quarter", "year", "once", "on_request"]
    content: Words
    due: str = ""


class Meeting(Entry):
    """A meeting at which the return is discussed."""

    label: Words
    every: Literal["week", "month", "quarter", "year"]
    attendees: tuple[Words, ...]
    minutes: bool = True


class ReportFile(Sourced):
    """The quarterly return. Source: 002 §16."""

    title: Words
    every: Literal["month", "quarter", "year"]
    due: Due
    sections: Annotated[tuple[Section, ...], Field(alias="section")] = ()
    narratives: Annotated[tuple[Narrative, ...], Field(alias="narrative")] = ()
    footnotes: Annotated[tuple[Footnote, ...], Field(alias="footnote")] = ()
    recipients: Annotated[tuple[Recipient, ...], Field(alias="recipient")] = ()
    deliveries: Annotated[tuple[Delivery, ...], Field(alias="delivery")] = ()
    meetings: Annotated[tuple[Meeting, ...], Field(alias="meeting")] = ()

    def indicator_ids(self) -> tuple[str, ...]:
        """Every indicator the return prints, in the order of the return."""
        return tuple(dict.fromkeys(id for section in self.sections for id in section.indicator_ids()))
