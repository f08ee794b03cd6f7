"""Forms of sign-in and of the administrator."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm, ResetPasswordKeyForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as MfaReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.conf import settings
from django.core.validators import validate_email

from placewell_web.accounts import queries
from placewell_web.accounts.queries import DemoPerson
from placewell_web.accounts.roles import Role
from placewell_web.nhsuk.fields import ChoiceField, DateField, NumberField, PlainCharField

if TYPE_CHECKING:
    from placewell_web.accounts.models import Lot, Team

CHOOSE, AGAIN = "Choose a new password", "Enter the new password again"


class SignInForm(LoginForm):  # type: ignore[misc]
    """E-mail address and password, in our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label = "Email address"
        login.error_messages["required"] = "Enter your email address"
        login.widget.attrs = {"autocomplete": "username", "type": "email"}
        password.label, password.help_text = "Password", ""
        password.error_messages["required"] = "Enter your password"
        password.widget.attrs = {"autocomplete": "current-password"}
        self.fields.pop("remember", None)

    def demo_people(self) -> list[DemoPerson]:
        """Whom the demo offers to sign in as; nobody anywhere else."""
        return queries.demo_people(settings.DEMO_DAY) if settings.DEMO_DAY else []


def _say(form: forms.BaseForm, **required: str) -> None:
    """Our words where a field is left empty, and none of the library's hints, which hold markup."""
    for name, words in required.items():
        form.fields[name].error_messages["required"] = words
        form.fields[name].help_text = ""


class ConfirmForm(ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before records are taken away or the sign-in is changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, password="Enter your password")  # noqa: S106  words, no password


class NewPasswordForm(ChangePasswordForm):  # type: ignore[misc]
    """Another password, by someone who is signed in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, oldpassword="Enter the password you have now", password1=CHOOSE, password2=AGAIN)


class FirstPasswordForm(ResetPasswordKeyForm):  # type: ignore[misc]
    """A password by the link that was sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, password1=CHOOSE, password2=AGAIN)


class CodeForm(AuthenticateForm):  # type: ignore[misc]
    """The code of the second step; a wrong one is written down as a wrong password is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, code="Enter the code")

    def _emit_authentication_failed(self, authenticator: Any) -> None:
        get_adapter().authentication_failed(context.request, email=self.user.email)


class CodeAgainForm(MfaReauthenticateForm):  # type: ignore[misc]
    """The same, to confirm that it is still the same person."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, code="Enter the code")

    def _emit_authentication_failed(self, authenticator: Any) -> None:
        get_adapter().authentication_failed(context.request, email=self.user.email)


class AppForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, code="Enter the 6 numbers the app shows")


class EmailField(PlainCharField):
    """An e-mail address, in small letters."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}))
        super().__init__(**{"max_length": 254, **options})

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if text:
            try:
                validate_email(text)
            except forms.ValidationError:
                raise forms.ValidationError("Enter an email address, like name@example.org.") from None
        return text.lower()


class PostForm(forms.Form):
    """A post: role, lot, team, share of full time, first day."""

    role = ChoiceField(label="Post", choices=Role.choices, missing="Choose the post")
    lot = ChoiceField(label="Lot", choices=(), missing="Choose the lot")
    team = ChoiceField(
        label="Team", choices=(), required=False, as_list=True, help_text="For a specialist or a team leader"
    )
    fte = NumberField(
        label="Share of full time",
        most=1,
        above_least=True,
        missing="Enter the share of full time",
        initial="1",
        help_text="1 for full time, 0.6 for three days of five",
    )
    from_on = DateField(label="First day", missing="Enter the first day")

    def __init__(self, *args: Any, lots: list[Lot], teams: list[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teams = {str(team.pk): team for team in teams}
        self.fields["lot"].choices = [(lot.code, lot.name) for lot in lots]  # type: ignore[attr-defined]
        self.fields["team"].choices = [  # type: ignore[attr-defined]
            ("", "No team"),
            *((key, team.name) for key, team in self.teams.items()),
        ]

    def clean_team(self) -> Team | None:
        return self.teams.get(self.cleaned_data["team"])


class AddUserForm(PostForm):
    """A new user with a first post."""

    name = PlainCharField(label="Full name", max_length=150, missing="Enter the person's full name")
    email = EmailField(label="Work email address", missing="Enter the work email address")
    field_order = ("name", "email", "role", "lot", "team", "fte", "from_on")


class TeamForm(forms.Form):
    """A new team."""

    name = PlainCharField(label="Name", max_length=100, missing="Enter the name of the team")
    lot = ChoiceField(label="Lot", choices=(), missing="Choose the lot")

    def __init__(self, *args: Any, lots: list[Lot], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lot"].choices = [(lot.code, lot.name) for lot in lots]  # type: ignore[attr-defined]


class EndPostForm(forms.Form):
    """The last day of a post."""

    last_day = DateField(label="Last day", missing="Enter the last day")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"last_day": today}, **kwargs})


class PracticeNameForm(forms.Form):
    """The name of a GP practice."""

    name = PlainCharField(label="Name", max_length=200, missing="Enter the name of the practice")


class PracticeForm(PracticeNameForm):
    """A GP practice for the register."""

    code = PlainCharField(
        label="Practice code",
        max_length=20,
        width=10,
        missing="Enter the code of the practice",
        help_text="Letters and figures, like M81001",
    )
    lot = ChoiceField(label="Lot", choices=(), missing="Choose the lot")
    field_order = ("code", "name", "lot")

    def __init__(self, *args: Any, lots: list[Lot], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lot"].choices = [(lot.code, lot.name) for lot in lots]  # type: ignore[attr-defined]


class ClosePracticeForm(forms.Form):
    """The day a practice closed."""

    closed_on = DateField(
        label="First day it is closed",
        missing="Enter the first day it is closed",
        help_text="Referrals from this day on no longer name it. People who are with it keep it.",
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"closed_on": today}, **kwargs})


class TrainingForm(forms.Form):
    """A course somebody has completed."""

    course = ChoiceField(label="Course", choices=(), missing="Choose the course", as_list=True)
    completed_on = DateField(label="Completed on", missing="Enter the day it was completed")
    expires_on = DateField(
        label="To be taken again by", required=False, help_text="Leave this empty where the course holds for good"
    )

    def __init__(self, *args: Any, today: date, courses: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["course"].choices = [("", "Choose"), *courses.items()]  # type: ignore[attr-defined]
        self.fields["completed_on"].latest = today  # type: ignore[attr-defined]


class ConfirmationForm(forms.Form):
    """A question with nothing to fill in: its button says yes."""

    sure = forms.BooleanField(error_messages={"required": "Press the button, or go back to the list"})
