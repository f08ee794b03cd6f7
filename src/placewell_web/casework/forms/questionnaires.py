"""Asking a questionnaire, its answers by item, an answer put right, and a check of work status."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from placewell.questionnaires import Instrument
from placewell.questionnaires.wording import Wording
from placewell.vocabulary import labels
from placewell_web.casework.actions.employment_checks import CheckFacts
from placewell_web.casework.asking import REASONS, WAYS
from placewell_web.casework.forms.records import DatedForm
from placewell_web.nhsuk.fields import ChoiceField, DateField, NumberField, PlainCharField, TickField

MANY_WORDS = 200  # of an answer to a question of the service's own
ITEM = "Item "  # before the number by which a page calls a question that it has no words for
MOST_NAMED = 3  # questions in one sentence
BOXES = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})


class AskForm(forms.Form):
    """Which questionnaire, on which occasion, and how it is asked."""

    instrument = ChoiceField(label="Which questionnaire?", choices=(), as_list=True, missing="Choose a questionnaire.")
    occasion = ChoiceField(label="On which occasion?", choices=(), missing="Choose the occasion.")
    way = ChoiceField(label="How?", choices=tuple(WAYS.items()), missing="Choose how it is answered.")
    reason = ChoiceField(label="Why, if it is not answered", choices=tuple(REASONS.items()))

    def __init__(self, *arguments: Any, scheduled: list[str], in_words: Mapping[str, bool], **options: Any) -> None:
        """`scheduled`: what the service asks, first in the list; `in_words`: which of them have words to show."""
        super().__init__(*arguments, **options)
        self.in_words = in_words
        names = labels("instrument")
        order = dict.fromkeys([*scheduled, *names])
        self.fields["instrument"].choices = [("", "Choose"), *((id, names[id]) for id in order)]  # type: ignore[attr-defined]
        self.fields["occasion"].choices = list(labels("occasion").items())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("way") == "none" and not said.get("reason"):
            self.add_error("reason", "Choose why it is not answered.")
        if said.get("way") == "link" and said.get("instrument") and not self.in_words.get(said["instrument"]):
            self.add_error(
                "way",
                "It cannot be asked by a link: no words are loaded for it, so the page would be empty. Use the paper "
                "copy, or ask an administrator to load the words your licence allows.",
            )
        return said


class AnswersForm(forms.Form):
    """One field an item. An item that the person prefers to leave open is left open on purpose, once it was asked."""

    def __init__(
        self,
        data: Any = None,
        *,
        instrument: Instrument,
        wording: Wording | None,
        keyed: bool = False,
        dates: tuple[date, date] | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        """`keyed`: numbers are typed, as from paper. `dates`: the first and last day the form can bear."""
        super().__init__(data, initial=dict(initial or {}))
        self.instrument = instrument
        own = [item for item in wording.items if item not in instrument.items] if wording else []
        self.items = {f"q{place}": item for place, item in enumerate((*instrument.items_in_order, *own), start=1)}
        if dates:
            self.fields["answered_on"] = DateField(
                label="Date on the form", missing="Enter the date on the form.", earliest=dates[0], latest=dates[1]
            )
        for name, item in self.items.items():
            self.fields[name] = _item(instrument, wording, item, keyed)
        self.fields["leave_open"] = TickField(label="Leave the questions without an answer open")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for name, item in self.items.items():
            answers = self.instrument.answers_of(item)
            if said.get(name) and answers is not None and said[name] not in answers.allowed:
                self.add_error(name, f"{self.fields[name].label} must be {answers.in_words}.")
        if self.open_items and not self.errors and not said.get("leave_open"):
            self.add_error(
                "leave_open", _still_open([str(self.fields[name].label) for name in self._still_open_fields()])
            )
        return said

    @property
    def open_items(self) -> list[str]:
        """The items of the questionnaire without an answer; the service's own questions may always stay open."""
        return [self.items[name] for name in self._still_open_fields()]

    def _still_open_fields(self) -> list[str]:
        asked = [name for name, item in self.items.items() if item in self.instrument.items]
        return [name for name in asked if not self.cleaned_data.get(name)]

    @property
    def answers(self) -> dict[str, str]:
        return {item: self.cleaned_data.get(name) or "" for name, item in self.items.items()}

    def typed(self) -> dict[str, str]:
        """What stands in the form now, whether or not it is right: for the draft."""
        names = [*self.items, "answered_on-day", "answered_on-month", "answered_on-year"]
        return {name: str(self.data[name])[:MANY_WORDS] for name in names if self.data.get(name)}


def from_draft(fields: Mapping[str, str]) -> dict[str, Any]:
    """The first values of a form from its draft; the boxes of a day together."""
    day = tuple(fields.get(f"answered_on-{box}", "") for box in ("day", "month", "year"))
    return dict(fields) | ({"answered_on": day} if any(day) else {})


class CorrectionForm(forms.Form):
    """One answer put right: what it was when the form was opened, what it is, and why."""

    item = ChoiceField(label="Which answer?", choices=(), as_list=True, missing="Choose the answer to put right.")
    answer = PlainCharField(
        label="The right answer", max_length=MANY_WORDS, help_text="As it is listed here: its code or number."
    )
    reason = PlainCharField(label="Reason", max_length=300, missing="Say why it changes, for whoever reads it later.")

    def __init__(self, data: Any = None, *, instrument: Instrument, standing: Mapping[str, str]) -> None:
        """`standing`: the answers as they are, by item."""
        super().__init__(data)
        self.instrument, self.standing = instrument, standing
        self.fields["item"].choices = [("", "Choose"), *((item, f"{ITEM}{item}") for item in standing)]  # type: ignore[attr-defined]
        for place, item in enumerate(standing):
            self.fields[f"was{place}"] = forms.CharField(
                required=False, max_length=MANY_WORDS, widget=forms.HiddenInput, initial=standing[item]
            )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        answers = self.instrument.answers_of(said.get("item") or "")
        if answers is not None and said.get("answer") and said["answer"] not in answers.allowed:
            self.add_error("answer", f"The right answer must be {answers.in_words}. Leave it empty for no answer.")
        return said

    def facts(self) -> dict[str, str]:
        said = self.cleaned_data
        was = said.get(f"was{list(self.standing).index(said['item'])}") or ""
        return {"item": said["item"], "was": was, "answer": said["answer"], "reason": said["reason"]}


class CheckForm(DatedForm):
    """What the person's work was on a day, and what they live on; what was not asked stays not known."""

    status = ChoiceField(label="Work that day", choices=(), missing="Choose what their work was that day.")
    weekly_hours = NumberField(label="Hours a week, if at work", most=168, unit="hours", required=False)
    on_sick_pay = ChoiceField(label="Receives sick pay?", choices=(("yes", "Yes"), ("no", "No")), required=False)
    on_benefits = ChoiceField(
        label="Receives out-of-work benefits?", choices=(("yes", "Yes"), ("no", "No")), required=False
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["status"].choices = list(labels("work_status").items())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("weekly_hours") and said.get("status") == "not_working":
            self.add_error("weekly_hours", "Take the hours out, or choose that they were at work.")
        return said

    def facts(self) -> CheckFacts:
        said = self.cleaned_data
        yes = {"yes": True, "no": False}
        return CheckFacts(
            said["on"], said["status"], said["weekly_hours"], yes.get(said["on_sick_pay"]), yes.get(said["on_benefits"])
        )


def _item(one: Instrument, wording: Wording | None, item: str, keyed: bool) -> forms.Field:
    answers = one.answers_of(item)
    words = wording.question(item) if wording else one.labels.get(item, f"{ITEM}{item}")
    if answers is None:
        return PlainCharField(label=words, max_length=MANY_WORDS, multiline=True, rows=3)
    named = bool(answers.codes) or (wording is not None and any(wording.label(item, a) != a for a in answers.allowed))
    if named and not (keyed and answers.scored):
        choices = [(code, _answer_words(wording, item, code)) for code in answers.allowed]
        return ChoiceField(label=words, choices=choices)
    label = words if wording and not keyed else f"{ITEM}{item}"
    hint = answers.in_words[:1].upper() + answers.in_words[1:]
    return PlainCharField(label=label, max_length=10, width=3, help_text=hint, required=False, widget=BOXES)


def _answer_words(wording: Wording | None, item: str, code: str) -> str:
    """What an answer is called; a code of nobody's words as words: very_good → Very good."""
    said = wording.label(item, code) if wording else code
    return said if said != code else code.replace("_", " ").capitalize() if code.islower() else code


def _still_open(questions: list[str]) -> str:
    """Which questions have no answer, as the page calls them: a few by their words, many by how many they are."""
    if all(one.startswith(ITEM) for one in questions):
        named = [one.removeprefix(ITEM) for one in questions]
        kind = ITEM if len(named) == 1 else "Items "
    else:
        named, kind = [f"“{one}”" for one in questions], ""
    if len(named) == 1:
        return f"{kind}{named[0]} has no answer. Answer it, or tick to leave it open."
    which = f"{kind}{', '.join(named[:-1])} and {named[-1]} have no answer"
    if not kind and len(named) > MOST_NAMED:
        which = f"{len(named)} questions have no answer, the first of them {named[0]}"
    return f"{which}. Answer them, or tick to leave them open."
