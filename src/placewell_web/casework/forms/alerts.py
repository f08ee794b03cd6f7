"""Something everyone who meets the person must know first."""

from __future__ import annotations

from django import forms

from placewell_web.nhsuk.fields import ChoiceField, PlainCharField

KINDS = {
    "risk": "A risk",
    "communication": "How to be understood",
    "contact": "How to reach them",
}
HINTS = {
    "risk": "Do not visit at home alone",
    "communication": "Hard of hearing: sit to the left",
    "contact": "Never call between 3 and 4pm",
}


class AlertForm(forms.Form):
    """A new alert. A wrong or old one is ended and another added, so that its words are never written over."""

    kind = ChoiceField(
        label="What is it about?", choices=tuple(KINDS.items()), hints=HINTS, missing="Choose what it is about."
    )
    title = PlainCharField(label="In a few words", max_length=120, missing="Enter what everyone must know.")
    text = PlainCharField(label="More about it", max_length=500, multiline=True, rows=3)
