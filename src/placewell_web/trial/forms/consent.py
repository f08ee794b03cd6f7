"""The consent form: each statement answered, and a signature on paper or on the screen."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from django import forms

from placewell.specification.trial import ConsentForm as Wording
from placewell_web.clients.documents import CheckedFile, FileRefused, check_file
from placewell_web.clients.documents.intake import MOST_BYTES
from placewell_web.nhsuk.fields import ChoiceField, PlainCharField
from placewell_web.trial.actions.consent import ConsentFacts

YES_NO = (("yes", "Agrees"), ("no", "Does not agree"))
PAPER, SCREEN = "paper", "screen"
PICTURE = "data:image/png;base64,"
MOST_PICTURE = 400_000  # characters
WHAT_IS_ACCEPTED = "A photo (JPEG or PNG) or a PDF of the signed form, up to 5 MB."


class ConsentForm(forms.Form):
    """Each statement with the person's answer; the signed paper, or a name typed and a signature drawn."""

    signed_on = ChoiceField(
        label="How is it signed?",
        choices=((PAPER, "On paper"), (SCREEN, "On this screen")),
        missing="Choose how the form is signed.",
        inline=True,
    )
    file = forms.FileField(
        label="The signed paper",
        help_text=WHAT_IS_ACCEPTED,
        required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png", "data-smaller": MOST_BYTES}),
        error_messages={"empty": "The file is empty. Choose it again, or take the picture again."},
    )
    signed_name = PlainCharField(
        label="Full name of the person who signs",
        missing="Enter the full name of the person who signs.",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    signature = forms.CharField(required=False, max_length=MOST_PICTURE, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, files: Any = None, *, wording: Wording, **options: Any) -> None:
        super().__init__(data, files, **options)
        self.wording = wording
        for statement in wording.statements:
            self.fields[f"statement_{statement.id}"] = ChoiceField(
                label=statement.text,
                choices=YES_NO,
                missing=f"Say whether the person agrees: “{statement.text}”",
                inline=True,
            )
        self.order_fields([*(name for name in self.fields if name.startswith("statement_"))])  # as the page shows them

    def clean_file(self) -> CheckedFile | None:
        sent = self.cleaned_data.get("file")
        if not sent:
            return None
        if sent.size > MOST_BYTES:
            raise forms.ValidationError(f"The file is larger than 5 MB. {WHAT_IS_ACCEPTED}")
        return _checked(sent.name, sent.read())

    def clean_signature(self) -> CheckedFile | None:
        drawn = self.cleaned_data.get("signature") or ""
        if not drawn:
            return None
        try:
            content = base64.b64decode(drawn.removeprefix(PICTURE), validate=True)
        except (binascii.Error, ValueError):
            content = b""
        if not drawn.startswith(PICTURE) or not content:
            raise forms.ValidationError("The drawn signature did not arrive whole. Draw it again, or type the name.")
        return _checked("signature.png", content)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("signed_on") == PAPER and not said.get("file") and "file" not in self.errors and not self.declined:
            self.add_error("file", "Choose the photo or PDF of the signed form. A file is not kept from one try on.")
        if self.declined:  # nothing is signed then, so nothing of the signature is missing
            for name in ("signed_on", "signed_name", "file", "signature"):
                self.errors.pop(name, None)
        return said

    @property
    def agreed(self) -> dict[str, bool]:
        """Statement → answer, of those answered."""
        names = {statement.id: f"statement_{statement.id}" for statement in self.wording.statements}
        answers = {one: self.cleaned_data.get(name) for one, name in names.items()}
        return {one: answer == "yes" for one, answer in answers.items() if answer}

    @property
    def declined(self) -> list[str]:
        """The statements without which nobody takes part, and to which the person did not agree."""
        agreed = self.agreed
        return [one.text for one in self.wording.statements if one.needed and agreed.get(one.id) is False]

    def facts(self) -> ConsentFacts:
        said = self.cleaned_data
        file = said["file"] if said["signed_on"] == PAPER else said["signature"]
        return ConsentFacts(self.agreed, said["signed_on"], said["signed_name"], file or None)


def _checked(name: str, content: bytes) -> CheckedFile:
    try:
        found = check_file(name, content)
    except FileRefused as refused:
        raise forms.ValidationError(list(refused.problems)) from refused
    if found.media_type not in ("application/pdf", "image/jpeg", "image/png"):
        raise forms.ValidationError(f"This is a Word document, which nobody can have signed. {WHAT_IS_ACCEPTED}")
    return found
