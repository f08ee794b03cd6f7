"""What the person sends from the page of their plan: that they agree, or what they want to say."""

from __future__ import annotations

from django import forms

from placewell_web.nhsuk.fields import VERSION, PlainCharField


class AgreeForm(forms.Form):
    """The version that was read."""

    plan = forms.UUIDField(widget=forms.HiddenInput)
    edit_version = forms.IntegerField(**VERSION)


class CommentForm(forms.Form):
    """A few words to the specialist."""

    form_token = forms.UUIDField(widget=forms.HiddenInput)
    text = PlainCharField(
        label="Write to your specialist about this",
        max_length=2_000,
        multiline=True,
        rows=4,
        missing="Write what you want to say, then send it.",
    )
