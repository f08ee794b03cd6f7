"""What a reader may choose: the lot, the period and the as-at day, and which of the people behind a figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django import forms

from placewell.periods import Period, PeriodError, parse_date, parse_period, quarter_of
from placewell_web.nhsuk.fields import PlainCharField

STATUSES = ("counted", "not_counted", "not_due", "excluded")
LACKS = ("evidence", "better_evidence", "verification", "hours")


class ScopeForm(forms.Form):
    """Lot, period and as-at day. What is left out falls back to the present quarter as at today."""

    lot = forms.ChoiceField(label="Lot", required=False)
    period = PlainCharField(label="Period", max_length=30, required=False)
    as_at = PlainCharField(label="As at", max_length=10, required=False)

    def __init__(
        self, data: Mapping[str, str] | None, *, lots: Sequence[tuple[str, str]], first_quarter: date, today: date
    ) -> None:
        super().__init__(data)
        self.lots, self.first_quarter, self.today = list(lots), first_quarter, today
        self.fields["lot"].choices = self.lots  # type: ignore[attr-defined]
        self.fields["lot"].widget.choices = self.lots  # type: ignore[attr-defined]
        self.fields["lot"].error_messages["invalid_choice"] = "Choose one of your lots."

    def clean_lot(self) -> str | None:
        """The lot asked for; else the first of the viewer's, or all together (None) where the viewer has every lot."""
        codes = [code for code, _ in self.lots]
        return self.cleaned_data["lot"] or (None if "" in codes else codes[0])

    def clean_period(self) -> Period:
        text = self.cleaned_data["period"]
        if not text:
            return quarter_of(max(self.today, self.first_quarter), self.first_quarter)
        try:
            return parse_period(text, self.first_quarter)
        except PeriodError as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, object]:
        values = super().clean() or {}
        period, text = values.get("period"), values.get("as_at")
        if not isinstance(period, Period):
            return values
        day = min(self.today, period.last_day)
        if text:
            try:
                day = parse_date(text)
            except PeriodError as error:
                self.add_error("as_at", str(error))
        if day < period.start:
            self.add_error(
                "as_at" if text else "period",
                "This period has not begun on the as-at day: choose a later day or an earlier period.",
            )
        if day > self.today:
            self.add_error("as_at", "The as-at day is in the future: choose today or an earlier day.")
        values["as_at_day"] = day
        return values


@dataclass(frozen=True)
class Choice:
    """Which of the four lists (None: all four, for a file), which page, which breakdown, and a part of the people.

    `key`: only those with this value in the breakdown; `lacks`: only those who lack this.
    """

    status: str | None
    page: int
    by: str
    key: str
    lacks: str


LEDGER_STATES = ("to_claim", "claimed", "paid", "over_cap", "clawed_back")


class LedgerForm(forms.Form):
    """Which lot's ledger, which of its lines, and which page of them. What makes no sense falls back to all."""

    lot = forms.ChoiceField(required=False)
    show = forms.ChoiceField(choices=[(state, state) for state in LEDGER_STATES], required=False)
    page = forms.IntegerField(min_value=1, required=False)

    def __init__(self, data: Mapping[str, str] | None, *, lots: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        self.lots = list(lots)
        self.fields["lot"].choices = self.lots  # type: ignore[attr-defined]
        self.is_valid()

    @property
    def chosen_lot(self) -> str | None:
        """The lot asked for; else all together (None) where the viewer has every lot, else the first of theirs."""
        codes = [code for code, _ in self.lots]
        given = self.cleaned_data.get("lot")
        return given or (None if "" in codes else codes[0])

    @property
    def state(self) -> str:
        return str(self.cleaned_data.get("show") or "")

    @property
    def page_number(self) -> int:
        return int(self.cleaned_data.get("page") or 1)


class MembersForm(forms.Form):
    """Which people behind a figure to show; what is wrong falls back to the first."""

    show = forms.ChoiceField(choices=[(one, one) for one in STATUSES])
    page = forms.IntegerField(min_value=1, max_value=100_000)
    by = forms.ChoiceField()
    key = PlainCharField(max_length=100, required=False)
    lacks = forms.ChoiceField(choices=[(one, one) for one in LACKS], required=False)

    def __init__(self, data: Mapping[str, str] | None, *, first: str | None, breakdowns: Sequence[str]) -> None:
        super().__init__(data)
        self.first, self.breakdowns = first, breakdowns
        self.fields["by"].choices = [(one, one) for one in breakdowns]  # type: ignore[attr-defined]

    def choice(self) -> Choice:
        """What was chosen, as far as it can be."""
        self.is_valid()
        cleaned = self.cleaned_data
        by = "source" if "source" in self.breakdowns else self.breakdowns[0]
        return Choice(
            cleaned.get("show") or self.first,
            cleaned.get("page") or 1,
            cleaned.get("by") or by,
            cleaned.get("key", "") if "by" in cleaned else "",
            cleaned.get("lacks", ""),
        )
