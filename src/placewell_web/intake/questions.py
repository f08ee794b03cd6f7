"""The questions of the referral form, as the specification words them for each kind of reader."""

from __future__ import annotations

from dataclasses import dataclass

from placewell.specification import Specification
from placewell.specification.referral import Audience, FormField, Question

OPTIONAL = " (optional)"
AUDIENCES: tuple[Audience, ...] = ("self", "professional")
PROFESSIONAL: Audience = "professional"
ABOUT_YOU = "About you"  # the section in which a professional speaks of themselves
YOUR, THEIR = "your", "their"


@dataclass(frozen=True)
class Box:
    """One box or set of buttons, in the words for its reader."""

    id: str
    kind: str
    label: str
    help: str
    short: str
    required: bool
    optional_said: bool
    fills: str
    max_length: int
    options: tuple[tuple[str, str], ...] = ()
    hints: tuple[tuple[str, str], ...] = ()
    divider_before: str = ""
    required_when: str = ""
    whose: str = ""


@dataclass(frozen=True)
class Page:
    """One question with its boxes."""

    id: str
    section: str
    title: str
    hint: str
    boxes: tuple[Box, ...]

    @property
    def title_is_label(self) -> bool:
        """Whether the one box that must be answered carries the title: it comes first and is buttons or a date."""
        first, *others = self.boxes
        alone = not any(box.required or box.required_when for box in others)
        return alone and first.kind in ("radios", "checkboxes", "date")


def pages_for(specification: Specification, audience: Audience) -> tuple[Page, ...]:
    """The pages of the form for one kind of reader, in order (002 App. 1)."""
    return tuple(_page(specification, question, audience) for question in specification.referral.form(audience))


def boxes_for(specification: Specification, audience: Audience) -> dict[str, Box]:
    """Every box of the form by its id, in order."""
    return {box.id: box for page in pages_for(specification, audience) for box in page.boxes}


def _page(specification: Specification, question: Question, audience: Audience) -> Page:
    section = _said(question, "section", audience) or question.section
    whose = YOUR if audience == "self" or section == ABOUT_YOU else THEIR
    asked = (field for field in question.fields if audience in field.asked_of)
    boxes = tuple(_box(specification, field, audience, whose) for field in asked)
    return Page(
        id=question.id,
        section=section,
        title=_said(question, "title", audience),
        hint=_said(question, "hint", audience),
        boxes=boxes,
    )


def _said(entry: Question | FormField, what: str, audience: Audience) -> str:
    text: str = getattr(entry, f"{what}_{audience}", "")
    return text


def _box(specification: Specification, field: FormField, audience: Audience, whose: str) -> Box:
    label = _said(field, "label", audience) or field.short
    options, hints, apart = _options(specification, field, audience)
    return Box(
        id=field.id,
        kind=field.kind,
        label=label.removesuffix(OPTIONAL),
        help=_said(field, "help", audience),
        short=field.short,
        required=field.required,
        optional_said=label.endswith(OPTIONAL),
        fills=field.fills,
        max_length=field.max_length,
        options=options,
        hints=hints,
        divider_before=apart,
        required_when=field.required_when,
        whose=whose,
    )


Pairs = tuple[tuple[str, str], ...]


def _options(specification: Specification, field: FormField, audience: Audience) -> tuple[Pairs, Pairs, str]:
    listed = _listed(specification, field.options_from, audience)
    own = [
        (option.id, option.label_self if audience == "self" and option.label_self else option.label)
        for option in field.options
    ]
    hints = tuple((option.id, option.hint) for option in field.options if option.hint)
    apart = next((option.id for option in field.options if option.apart), "")
    return (*listed, *own), hints, apart


def _listed(specification: Specification, name: str, audience: Audience) -> Pairs:
    referral = specification.referral
    if name == "lots":
        return tuple(sorted(((lot.code, lot.name) for lot in specification.service.lots), key=lambda lot: lot[1]))
    if name == "sources":
        return tuple((source.id, source.label) for source in referral.sources if source.refers == audience)
    if name == "prompts":
        led_here = _prompts_of(specification, audience)
        return tuple((prompt.id, prompt.label) for prompt in referral.prompts if prompt.id in led_here)
    return ()


def _prompts_of(specification: Specification, audience: Audience) -> set[str]:
    """What prompts this kind of reader, by the routes they come on (002 App. 1); what is on no route is for all."""
    referral = specification.referral
    theirs = {source.id for source in referral.sources if source.refers == audience}
    on_routes = {prompt for route in referral.routes for prompt in route.prompts}
    led = {prompt for route in referral.routes if theirs & set(route.sources) for prompt in route.prompts}
    return led | {prompt.id for prompt in referral.prompts if prompt.id not in on_routes}
