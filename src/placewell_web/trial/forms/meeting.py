"""The small forms of the meeting: where it is held, what was explained, why it ends, and the press itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.hashers import check_password

from placewell_web.nhsuk.fields import ChoiceField, ManyChoiceField, NumberField, PlainCharField, SearchField, TickField

WRONG_PASSWORD = "That is not your password. Nothing has been decided."  # noqa: S105  a sentence


class ListForm(forms.Form):
    """A name to look for among those who wait."""

    q = SearchField(label="Find a person")

    @property
    def words(self) -> str:
        return str(self.cleaned_data.get("q", "")) if self.is_valid() else ""


class StartForm(forms.Form):
    """Where the meeting is held."""

    place = PlainCharField(label="Where you meet", max_length=120, help_text="The surgery, or another place")


class InformationForm(forms.Form):
    """Each point of the information sheet, ticked when it has been explained."""

    def __init__(self, data: Any = None, *, points: Iterable[str]) -> None:
        super().__init__(data)
        self.points = [(str(number), point) for number, point in enumerate(points, 1)]
        self.fields["explained"] = ManyChoiceField(
            label="Tick each point once you have explained it",
            choices=self.points,
            missing="Explain each point to the person, then tick it.",
        )

    def clean_explained(self) -> list[str]:
        ticked: list[str] = self.cleaned_data["explained"]
        open_points = len(self.points) - len(set(ticked))
        if open_points:
            left = "1 point is" if open_points == 1 else f"{open_points} points are"
            raise forms.ValidationError(f"{left} not ticked. Explain each point to the person, then tick it.")
        return ticked


class EndForm(forms.Form):
    """Why the meeting ends without a draw."""

    def __init__(self, data: Any = None, *, endings: Iterable[tuple[str, str, str]], chosen: str = "") -> None:
        rows = list(endings)
        known = {code for code, _, _ in rows}
        super().__init__(data, initial={"ending": chosen if chosen in known else ""})
        self.fields["ending"] = ChoiceField(
            label="Why does the meeting end?",
            choices=[(code, words) for code, words, _ in rows],
            hints={code: hint for code, _, hint in rows if hint},
            missing="Choose why the meeting ends.",
        )


class PressForm(forms.Form):
    """The password of whoever presses: a group is decided once and for good, so it is asked for at that moment."""

    password = forms.CharField(
        label="Your password",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Enter your password, so that it is certain who pressed."},
    )

    def __init__(
        self, data: Any = None, *, user: Any, blocked: str = "", places: int = 0, arms: Iterable[tuple[str, str]] = ()
    ) -> None:
        """`places`: how many the trial's sealed list has; without one nothing of it is asked."""
        super().__init__(data)
        self.user, self.blocked = user, blocked
        if places:
            self.fields["told"] = TickField(label="The group was told from the sealed list")
            self.fields["place"] = NumberField(label="Number on the list", least=1, most=places, required=False)
            self.fields["arm"] = ChoiceField(label="Group on the list", choices=list(arms))

    def clean_password(self) -> str:
        if self.blocked:
            raise forms.ValidationError(self.blocked)
        if not check_password(self.cleaned_data["password"], self.user.password):
            raise forms.ValidationError(WRONG_PASSWORD)
        return ""

    @property
    def listed(self) -> tuple[int, str] | None:
        """The number and group that the person was told; None for a draw as any other."""
        kept = self.cleaned_data
        return (int(kept["place"]), kept["arm"]) if kept.get("told") else None

    def clean(self) -> None:
        """All three of the list together, or none: half of it would be a draw nobody meant."""
        kept = self.cleaned_data
        if not kept.get("told"):
            if kept.get("place") or kept.get("arm"):
                self.add_error("told", "Tick this if the group was told from the list; else empty the boxes under it.")
            return
        if "place" not in self.errors and (kept.get("place") is None or kept["place"] != int(kept["place"])):
            self.add_error("place", "Enter the whole number that stands beside the group on the list.")
        if "arm" not in self.errors and not kept.get("arm"):
            self.add_error("arm", "Choose the group that stands on the list.")
