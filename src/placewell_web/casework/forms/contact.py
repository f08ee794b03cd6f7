"""Log a contact: chips with nothing chosen, a date, a note, and small fields for what stands for a row of its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import QueryDict

from placewell.periods import add_months
from placewell.vocabulary import labels
from placewell_web.casework.actions.contacts import ContactFacts
from placewell_web.casework.actions.job_search import ApplicationFacts, DisclosureFacts, EmployerContactFacts
from placewell_web.nhsuk.fields import ChoiceField, DateField, ManyChoiceField, NumberField, PlainCharField, TickField
from placewell_web.nhsuk.words import short_day

KINDS = (
    ("appointment", "Appointment"),
    ("call", "Call"),
    ("video", "Video"),
    ("text", "Text"),
    ("email", "Email"),
    ("joint_with_clinician", "With clinician"),
    ("letter", "Letter"),
    ("outreach", "Outreach"),
    ("group", "Group"),
)
REMOTE = frozenset({"call", "video", "text", "email", "letter"})
PLACES = (
    ("community", "Community"),
    ("health_setting", "Health setting"),
    ("employer", "At work"),
    ("home", "At home"),
    ("office", "Our office"),
    ("remote", "Remote"),
)
MINUTES = ("15", "30", "45", "60", "90")
COVERED = (
    ("employer_contact", "Employer contact"),
    ("application", "Job application"),
    ("benefits_advice", "Benefits advice"),
    ("disclosure", "Disclosure"),
    ("adjustments", "Adjustments"),
    ("proof_received", "Proof received"),
)
WITH_WHOM = ("client", "clinician", "employer", "family", "jobcentre", "other")


class ContactForm(forms.Form):
    """Six taps and it can be saved; everything else is there when wanted."""

    form_token = forms.UUIDField(widget=forms.HiddenInput)
    on = DateField(label="Date", missing="Enter the date of the contact.")
    with_whom = ChoiceField(label="With", choices=(), missing="Choose who the contact was with.")
    kind = ChoiceField(label="How", choices=KINDS, missing="Choose how you were in contact.")
    attendance = ChoiceField(label="Did it happen?", choices=(), missing="Choose whether it happened.")
    minutes = ChoiceField(label="Minutes", choices=[(m, m) for m in MINUTES] + [("other", "Other")])
    minutes_other = NumberField(label="How many minutes", most=600, above_least=True, unit="minutes")
    place = ChoiceField(label="Where", choices=PLACES)
    next = ChoiceField(label="Next contact", choices=(), missing="Choose when you will be in contact next, or None.")
    next_on = DateField(label="Day of the next contact")
    covered = ManyChoiceField(label="Also covered", choices=COVERED)
    employer_name = PlainCharField(
        label="Employer", max_length=200, widget=forms.TextInput(attrs={"list": "employers"})
    )
    employer_purpose = ChoiceField(label="What it was for", choices=(), as_list=True)
    employer_face_to_face = TickField(label="Face to face")
    application_employer = PlainCharField(
        label="Applied to", max_length=200, widget=forms.TextInput(attrs={"list": "employers"})
    )
    application_role = PlainCharField(label="Job applied for", max_length=120)
    application_by = ChoiceField(label="Who applied", choices=())
    disclosure_decision = ChoiceField(label="Tell an employer about their condition?", choices=())
    disclosure_to = ChoiceField(label="Whom to tell", choices=(), as_list=True)
    note = PlainCharField(label="Note", max_length=20_000, multiline=True, rows=4)

    def __init__(self, *arguments: Any, called: str, today: date, earliest: date, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.today, self.called = today, called
        day, with_whom = self.fields["on"], self.fields["with_whom"]
        assert isinstance(day, DateField)
        day.earliest, day.latest = earliest, today
        named = labels("with_whom") | {"client": called}
        with_whom.choices = [(code, named[code]) for code in WITH_WHOM]  # type: ignore[attr-defined]
        self._choices("attendance", _attendances(called))
        self._choices("next", [(code, text) for code, text, _ in _next_days(today)])
        self.fields["next"].hints = {code: hint for code, _, hint in _next_days(today)}  # type: ignore[attr-defined]
        self._choices("employer_purpose", [("", "Choose"), *labels("employer_contact_purpose").items()])
        self._choices("application_by", [("client", called), ("specialist", "I did")])
        self._choices("disclosure_decision", list(labels("disclosure_decision").items()))
        self._choices("disclosure_to", [("", "Choose"), *labels("disclosed_to").items()])

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        attended = said.get("attendance") == "attended"
        if attended and not said.get("minutes"):
            self.add_error("minutes", "Choose how many minutes it took.")
        if said.get("minutes") == "other" and not said.get("minutes_other") and "minutes_other" not in self.errors:
            self.add_error("minutes_other", "Enter how many minutes it took, like 20.")
        if attended and said.get("kind") and said["kind"] not in REMOTE and not said.get("place"):
            self.add_error("place", "Choose where you met.")
        if said.get("next") == "day":
            self._check_next(said)
        self._check_covered(said)
        return said

    def _check_next(self, said: Mapping[str, Any]) -> None:
        if said.get("next_on") is None:
            if "next_on" not in self.errors:
                self.add_error("next_on", "Enter the day of the next contact.")
        elif said["next_on"] < self.today:
            self.add_error("next_on", "The day of the next contact must be today or later.")

    def _check_covered(self, said: Mapping[str, Any]) -> None:
        covered = said.get("covered") or []
        needs = {
            "employer_contact": (
                ("employer_name", "Enter the name of the employer you were in contact with."),
                ("employer_purpose", "Choose what the contact with the employer was for."),
            ),
            "application": (("application_by", "Choose who sent the application."),),
            "disclosure": (("disclosure_decision", "Choose what was decided about telling an employer."),),
        }
        for code, fields in needs.items():
            for name, sentence in fields if code in covered else ():
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, sentence)

    def facts(self) -> ContactFacts:
        """The contact as it will be recorded."""
        said = self.cleaned_data
        covered = tuple(code for code, _ in COVERED if code in said["covered"])
        minutes = said["minutes_other"] if said["minutes"] == "other" else said["minutes"]
        return ContactFacts(
            on=said["on"],
            kind=said["kind"],
            attendance=said["attendance"],
            with_whom=said["with_whom"],
            minutes=int(minutes) if minutes and said["attendance"] == "attended" else None,
            place="remote" if said["kind"] in REMOTE else said["place"],
            covered=covered,
            next_on=self._next_day(),
            note=said["note"],
            form_token=said["form_token"],
            application=self._application() if "application" in covered else None,
            employer_contact=self._employer_contact() if "employer_contact" in covered else None,
            disclosure=self._disclosure() if "disclosure" in covered else None,
        )

    def _next_day(self) -> date | None:
        chosen = self.cleaned_data["next"]
        if chosen == "day":
            return self.cleaned_data["next_on"]  # type: ignore[no-any-return]
        return _days(self.today).get(chosen)

    def _application(self) -> ApplicationFacts:
        said = self.cleaned_data
        return ApplicationFacts(
            said["on"], said["application_by"], said["application_employer"], said["application_role"]
        )

    def _employer_contact(self) -> EmployerContactFacts:
        said = self.cleaned_data
        return EmployerContactFacts(
            said["on"], said["employer_name"], said["employer_purpose"], said["employer_face_to_face"]
        )

    def _disclosure(self) -> DisclosureFacts:
        said = self.cleaned_data
        return DisclosureFacts(said["on"], said["disclosure_decision"], said["disclosure_to"])


def typed(fields: Mapping[str, list[str]]) -> dict[str, Any]:
    """What was typed into a kept draft, as a form's initial values."""
    data = QueryDict(mutable=True)
    for name, values in fields.items():
        data.setlist(name, values)
    found = {}
    for name, field in ContactForm.base_fields.items():
        value = field.widget.value_from_datadict(data, data, name)  # type: ignore[arg-type]
        if value not in (None, "", [], False) and name != "form_token":
            found[name] = value
    return found


def sent(data: QueryDict) -> dict[str, list[str]]:
    """The form's own fields of what was sent, for a draft: nothing else is kept."""
    known = set(ContactForm.base_fields) | {f"{name}-{box}" for name in ("on", "next_on") for box in BOXES}
    return {name: data.getlist(name) for name in known if name in data and name != "form_token"}


BOXES = ("day", "month", "year")


def _attendances(called: str) -> list[tuple[str, str]]:
    return [
        ("attended", "Attended"),
        ("did_not_attend", "Did not attend"),
        ("cancelled_by_client", f"Cancelled by {called}"),
        ("cancelled_by_service", "Cancelled by us"),
        ("one_way", "Message only"),
    ]


def _days(today: date) -> dict[str, date]:
    return {"week": today + timedelta(days=7), "fortnight": today + timedelta(days=14), "month": add_months(today, 1)}


def _next_days(today: date) -> list[tuple[str, str, str]]:
    names = {"week": "1 week", "fortnight": "2 weeks", "month": "1 month"}
    found = [(code, names[code], short_day(day)) for code, day in _days(today).items()]
    return [*found, ("day", "Choose a day", ""), ("none", "None", "")]
