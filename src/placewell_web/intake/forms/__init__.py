"""Forms of intake: each cleans what was typed to values and says in words what is wrong."""

from placewell_web.intake.forms.public import (
    AudienceForm,
    ChangeForm,
    DraftForm,
    LinkForm,
    QuestionForm,
    TabForm,
    answers_so_far,
)
from placewell_web.intake.forms.staff import (
    AssignForm,
    DeclineForm,
    InboxForm,
    KeyedForm,
    OverrideForm,
    PlaceForm,
    SameForm,
    ScreeningForm,
)

__all__ = [
    "AssignForm",
    "AudienceForm",
    "ChangeForm",
    "DeclineForm",
    "DraftForm",
    "InboxForm",
    "KeyedForm",
    "LinkForm",
    "OverrideForm",
    "PlaceForm",
    "QuestionForm",
    "SameForm",
    "ScreeningForm",
    "TabForm",
    "answers_so_far",
]
