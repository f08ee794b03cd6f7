"""What a reader may choose: the lot, the period and the as-at day, read from the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django import forms

from placewell.periods import Period, PeriodError, parse_date, parse_period, quarter_of
from placewell_web.nhsuk.fields import PlainCharField


class ScopeForm(forms.Form):
    """Lot, period and as-at day. What is left out, or cannot be, falls back to the present quarter as at today."""

    lot = forms.ChoiceField(label="Lot", required=False)
    period = PlainCharField(
        label="Period",
        max_length=30,
        required=False,
        help_text="A quarter such as Y2Q3, a year such as Y2, or 2019-04-01/2019-07-01",
    )
    as_at = PlainCharField(label="As at", max_length=10, required=False, help_text="A day such as 2019-06-14")

    def __init__(
        self, data: Mapping[str, str] | None, *, lots: Sequence[tuple[str, str]], first_quarter: date, today: date
    ) -> None:
        super().__init__(data)
        self.first_quarter, self.today = first_quarter, today
        choices = list(lots)
        self.fields["lot"].choices = choices  # type: ignore[attr-defined]
        self.fields["lot"].widget.choices = choices  # type: ignore[attr-defined]
        self.fields["lot"].error_messages["invalid_choice"] = "Choose one of your lots."

    def clean_lot(self) -> str | None:
        """The lot asked for; else the first of the viewer's, or all together (None) where the viewer has every lot."""
        codes = [code for code, _ in self.fields["lot"].choices]  # type: ignore[attr-defined]
        return self.cleaned_data["lot"] or (None if "" in codes else codes[0])

    def clean_period(self) -> Period:
        text = self.cleaned_data["period"]
        if not text:
            return quarter_of(self.today, self.first_quarter)
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


class MembersForm(forms.Form):
    """Which of the four lists, which page of it, and which breakdown; what is wrong falls back to the first."""

    show = forms.ChoiceField(choices=[(one, one) for one in ("counted", "not_counted", "not_due", "excluded")])
    page = forms.IntegerField(min_value=1, max_value=100_000)
    by = forms.ChoiceField()

    def __init__(self, data: Mapping[str, str] | None, *, first: str, breakdowns: Sequence[str]) -> None:
        super().__init__(data)
        self.first, self.breakdowns = first, breakdowns
        self.fields["by"].choices = [(one, one) for one in breakdowns]  # type: ignore[attr-defined]

    def choice(self) -> tuple[str, int, str]:
        cleaned = self.cleaned_data
        by = "source" if "source" in self.breakdowns else self.breakdowns[0]
        return cleaned.get("show", self.first), cleaned.get("page", 1), cleaned.get("by", by)
