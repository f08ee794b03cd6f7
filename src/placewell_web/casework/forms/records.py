"""Small forms of casework: application, employer contact, appointment, disclosure, benefit, closure."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms

from placewell.specification import Specification
from placewell.vocabulary import labels
from placewell_web.casework.actions.job_search import ApplicationFacts, DisclosureFacts
from placewell_web.nhsuk.fields import ChoiceField, DateField, PlainCharField
from placewell_web.nhsuk.words import LONDON, clock_time

EMPLOYER_LIST = forms.TextInput(attrs={"list": "employers", "autocomplete": "off"})

EARLIEST, LATEST = time(7), time(21)  # when a meeting may begin: 5:00 is meant as the afternoon


class DatedForm(forms.Form):
    """A form about something that has happened: its day lies between the referral and today."""

    on = DateField(label="Date", missing="Enter the date.")

    def __init__(self, *arguments: Any, today: date, earliest: date, **options: Any) -> None:
        super().__init__(*arguments, **options)
        day = self.fields["on"]
        assert isinstance(day, DateField)
        day.earliest, day.latest = earliest, today


class ApplicationForm(DatedForm):
    employer = PlainCharField(label="Employer", max_length=200, widget=EMPLOYER_LIST)
    role_title = PlainCharField(label="Job applied for", max_length=120)
    made_by = ChoiceField(label="Who applied", choices=(), missing="Choose who sent the application.")

    def __init__(self, *arguments: Any, called: str, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["made_by"].choices = [("client", called), ("specialist", "I did, for them")]  # type: ignore[attr-defined]

    def facts(self) -> ApplicationFacts:
        said = self.cleaned_data
        return ApplicationFacts(said["on"], said["made_by"], said["employer"], said["role_title"])


class DisclosureForm(DatedForm):
    decision = ChoiceField(
        label="Does the person want to tell an employer about their condition?",
        choices=(),
        missing="Choose what the person decided.",
    )
    to_whom = ChoiceField(label="Whom to tell", choices=(), as_list=True)
    what = ChoiceField(label="What to tell", choices=(), as_list=True)
    tell_when = ChoiceField(label="When to tell", choices=(), as_list=True)
    job = ChoiceField(label="For which job?", choices=(), as_list=True)

    def __init__(self, *arguments: Any, jobs: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        lists = (("to_whom", "disclosed_to"), ("what", "disclosed_what"), ("tell_when", "disclosed_when"))
        for name, list_name in lists:
            self.fields[name].choices = [("", "Not said"), *labels(list_name).items()]  # type: ignore[attr-defined]
        self.fields["job"].choices = jobs  # type: ignore[attr-defined]
        self.fields["decision"].choices = list(labels("disclosure_decision").items())  # type: ignore[attr-defined]

    def facts(self) -> DisclosureFacts:
        said = self.cleaned_data
        return DisclosureFacts(said["on"], said["decision"], said["to_whom"], said["what"], said["tell_when"])


class BenefitForm(DatedForm):
    benefit = ChoiceField(label="Benefit", choices=(), missing="Choose the benefit.", as_list=True)
    received = ChoiceField(
        label="Does the person receive it?",
        choices=(("yes", "Yes"), ("no", "No, or no longer")),
        missing="Choose yes or no.",
        inline=True,
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["benefit"].choices = [("", "Choose"), *labels("benefit").items()]  # type: ignore[attr-defined]


class AppointmentForm(forms.Form):
    """Booking a meeting."""

    on = DateField(label="Date", missing="Enter the date of the meeting.")
    at = PlainCharField(label="Time", max_length=8, missing="Enter the time, like 14:30.", width=5)
    place = PlainCharField(label="Where", max_length=120, missing="Enter where you will meet.")
    purpose = PlainCharField(label="What for", max_length=120)

    def __init__(self, *arguments: Any, now: datetime, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.now = now
        day = self.fields["on"]
        assert isinstance(day, DateField)
        day.earliest = now.astimezone(LONDON).date()

    def clean_at(self) -> time:
        text = str(self.cleaned_data["at"]).strip().lower().replace(".", ":")
        for pattern in ("%H:%M", "%I:%M%p", "%I%p", "%H"):
            try:
                return datetime.strptime(text.replace(" ", ""), pattern).time()  # noqa: DTZ007  the zone is added below
            except ValueError:
                continue
        raise forms.ValidationError("Time must be like 9:30 or 14:00.")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("on") is None or said.get("at") is None:
            return said
        if not EARLIEST <= said["at"] <= LATEST:
            afternoon = f" For the afternoon, enter {said['at'].hour + 12}:{said['at']:%M}." if said["at"].hour else ""
            night = f"Meetings begin between {EARLIEST:%-H:%M} and {LATEST:%-H:%M}."
            self.add_error("at", night + (afternoon if said["at"] < EARLIEST else ""))
        elif self.starts_at() <= self.now:
            self.add_error(
                "at",
                f"It is {clock_time(self.now)} already. Enter a later time or another day. "
                "A meeting that was held is logged as a contact.",
            )
        return said

    def starts_at(self) -> datetime:
        said = self.cleaned_data
        return datetime.combine(said["on"], said["at"], tzinfo=LONDON)


def limits_of(spec: Specification) -> list[tuple[str, str]]:
    """The limits of support that the contract sets; none where it sets none."""
    return [(half, words) for half, words in labels("support_limit").items() if spec.pathway.limit_of(half)]  # type: ignore[arg-type]


class SupportForm(forms.Form):
    """What happens when support reaches a limit."""

    limit = ChoiceField(label="Which support?", choices=(), missing="Choose which support it is about.")
    decision = ChoiceField(label="What was decided?", choices=(), missing="Choose what was decided.")
    reason = ChoiceField(label="Why does it go on?", choices=(), as_list=True)
    until_on = DateField(label="Last day of support beyond the limit")
    words = PlainCharField(label="In your words", max_length=500, multiline=True, rows=3)

    def __init__(self, *arguments: Any, spec: Specification, today: date, may_extend: bool, **options: Any) -> None:
        super().__init__(*arguments, **options)
        decisions = [pair for pair in labels("support_decision").items() if may_extend or pair[0] != "extended"]
        reasons = [(reason.id, reason.label) for reason in spec.pathway.exception_reasons]
        self.fields["limit"].choices = limits_of(spec)  # type: ignore[attr-defined]
        self.fields["decision"].choices = decisions  # type: ignore[attr-defined]
        self.fields["reason"].choices = [("", "Choose"), *reasons]  # type: ignore[attr-defined]
        day = self.fields["until_on"]
        assert isinstance(day, DateField)
        day.earliest = today
        if not may_extend:
            del self.fields["reason"], self.fields["until_on"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("decision") == "extended":
            if not said.get("reason"):
                self.add_error("reason", "Choose why support goes on: it is for exceptional cases.")
            if not said.get("until_on") and "until_on" not in self.errors:
                self.add_error("until_on", "Enter the last day of support beyond the limit.")
        return said
