"""referral.toml: how people reach the service, and the questions of the public form."""

from typing import Annotated, Literal

from pydantic import Field

from placewell.specification.entries import Choice, Entry, Identifier, Part, Sourced, Words

Audience = Literal["self", "professional"]


class Route(Entry):
    """A way into the service: who refers, what prompts them, what they are given, how it is sent."""

    label: Words
    sources: tuple[Identifier, ...]
    prompts: tuple[Identifier, ...] = ()
    materials: tuple[Identifier, ...] = ()
    channels: tuple[Literal["web", "phone", "email", "in_person"], ...]
    criterion: str = ""
    sent_to: Words
    ends_in: Words


class Source(Choice):
    """A kind of referrer: the code of the column `source`."""

    refers: Audience


class Material(Choice):
    """Something to hand out or put up, with its formats and the version in use."""

    edition: str = ""
    formats: tuple[Words, ...] = ()
    languages: tuple[Words, ...] = ()


class Option(Part):
    """One answer that can be chosen; `writes` is the code it is kept as, where that is not its id."""

    id: Identifier
    label: Words
    label_self: str = ""
    hint: str = ""
    apart: bool = False
    writes: str = ""


class FormField(Part):
    """One box or set of buttons on a question's page; `fills` names the table and column it answers."""

    id: Identifier
    kind: Literal["text", "textarea", "date", "radios", "checkboxes", "email", "tel", "nhs_number", "postcode"]
    label_self: str = ""
    label_professional: str = ""
    help_self: str = ""
    help_professional: str = ""
    short: Words
    required: bool = True
    asked_of: tuple[Audience, ...] = ("self", "professional")
    fills: Words
    max_length: Annotated[int, Field(ge=1)] = 200
    options_from: Literal["", "lots", "sources", "prompts"] = ""
    options: Annotated[tuple[Option, ...], Field(alias="option")] = ()
    required_when: str = ""


class Question(Entry):
    """A page of the public form: its title is the question, in the words for each kind of reader."""

    section: Words
    section_professional: str = ""
    asked_of: tuple[Audience, ...] = ("self", "professional")
    title_self: str = ""
    title_professional: str = ""
    hint_self: str = ""
    hint_professional: str = ""
    fields: Annotated[tuple[FormField, ...], Field(alias="field", min_length=1)]


class ReferralFile(Sourced):
    """Routes, sources, prompts, materials and the form. Source: 002 §9.2, App. 1."""

    routes: Annotated[tuple[Route, ...], Field(alias="route")] = ()
    sources: Annotated[tuple[Source, ...], Field(alias="source")] = ()
    prompts: Annotated[tuple[Choice, ...], Field(alias="prompt")] = ()
    materials: Annotated[tuple[Material, ...], Field(alias="material")] = ()
    questions: Annotated[tuple[Question, ...], Field(alias="question")] = ()
    duplicates: Annotated[tuple[Choice, ...], Field(alias="duplicate")] = ()
    onward: Annotated[tuple[Choice, ...], Field(alias="onward")] = ()

    def form(self, audience: Audience) -> tuple[Question, ...]:
        """The pages of the form for one kind of reader, in order."""
        return tuple(question for question in self.questions if audience in question.asked_of)
