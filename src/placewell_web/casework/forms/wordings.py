"""A file with the words of a questionnaire, checked whole before it is taken."""

from __future__ import annotations

from typing import Any

from django import forms

from placewell.questionnaires import QuestionnaireError
from placewell.questionnaires.wording import instrument_named, parse_wording

MOST_BYTES = 200_000


class WordingForm(forms.Form):
    file = forms.FileField(
        label="File with the words",
        help_text="A TOML file, in the form shown on this page.",
        widget=forms.FileInput(attrs={"accept": ".toml"}),
        error_messages={
            "required": "Choose a file. If you chose one, choose it again: it is not kept when it has an error.",
            "empty": "The file is empty: choose another.",
            "invalid": "Choose a file.",
        },
    )

    def clean_file(self) -> dict[str, Any]:
        sent = self.cleaned_data["file"]
        if sent.size > MOST_BYTES:
            raise forms.ValidationError("The file is larger than 200 KB: choose one with the words alone.")
        name = str(sent.name)[:80]
        try:
            text = sent.read().decode("utf-8")
        except UnicodeDecodeError:
            raise forms.ValidationError(f"{name} is not UTF-8 text: save it as UTF-8.") from None
        try:
            parse_wording(text, instrument_named(text, name), name)
        except QuestionnaireError as wrong:
            raise forms.ValidationError(list(wrong.problems)) from wrong
        return {"text": text, "name": name}
