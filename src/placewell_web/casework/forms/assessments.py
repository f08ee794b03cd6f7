"""The assessment that a service's contract asks for: what is so, what is in the way and what helps, part by part."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from placewell_web.casework.actions.assessments import COLUMNS, PartFacts
from placewell_web.nhsuk.fields import VERSION, ChoiceField, PlainCharField

COLUMN_LABELS = {"words": "As things are", "obstacles": "What gets in the way of work", "helps": "What helps"}


class AssessmentForm(forms.Form):
    """`parts`: what the contract says is assessed. Nothing has to be filled in to save, something to complete."""

    edit_version = forms.IntegerField(**VERSION)
    face_to_face = ChoiceField(
        label="Where you met", choices=(("yes", "Face to face"), ("no", "By phone or video")), inline=True
    )

    def __init__(self, *arguments: Any, parts: Iterable[Any], completing: bool = False, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.part_entries, self.completing = list(parts), completing
        for part in self.part_entries:
            for column in COLUMNS:
                self.fields[f"{part.id}_{column}"] = PlainCharField(
                    label=COLUMN_LABELS[column], max_length=5_000, multiline=True, rows=3 if column == "words" else 2
                )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if self.completing:
            for part in self.part_entries:
                name = f"{part.id}_words"
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, f"Write how things are before you complete: {part.label.lower()}.")
            if not said.get("face_to_face") and "face_to_face" not in self.errors:
                self.add_error("face_to_face", "Choose whether you met face to face.")
        return said

    @property
    def sections(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Each part with its boxes."""
        return [(part, [self[f"{part.id}_{column}"] for column in COLUMNS]) for part in self.part_entries]

    def facts(self) -> dict[str, PartFacts]:
        said = self.cleaned_data
        return {
            part.id: PartFacts(**{column: said[f"{part.id}_{column}"] for column in COLUMNS})
            for part in self.part_entries
        }

    def met_face_to_face(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.cleaned_data["face_to_face"])
