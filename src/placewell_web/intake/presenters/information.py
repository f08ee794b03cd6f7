"""What the public pages say of the service, from the specification."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from placewell.specification import Specification
from placewell.specification.entries import Choice
from placewell.vocabulary import label
from placewell_web.nhsuk import words

GROUPS = {
    "jobcentre_plus": "Work and benefits",
    "access_to_work": "Work and benefits",
    "benefits_advice": "Work and benefits",
    "debt_advice": "Money and housing",
    "housing": "Money and housing",
    "psychological_therapies": "Health and care",
    "skills": "Learning and volunteering",
}

ON_REQUEST = "on request"
ALSO_NOT_FOR = ("out_of_work_four_weeks",)  # an inclusion that is plainer the other way round
OTHER = "Other help near you"

WHO = {
    "gp_in_area": "are with a GP practice in {areas}",
    "adult": "are 18 or over",
    "health_condition": "have a health condition or disability that makes it harder to get work",
    "out_of_work_four_weeks": "have been out of work for 4 weeks or more, and want a paid job",
}
ORDER = ("adult", "gp_in_area", "health_condition", "out_of_work_four_weeks")


@dataclass(frozen=True)
class Directory:
    """Services of one kind."""

    title: str
    services: list[Choice]


def areas(specification: Specification, between: str = "or") -> str:
    """The areas in a sentence: Dudley, Sandwell and West Birmingham, or Wolverhampton."""
    names = sorted(lot.name for lot in specification.service.lots)
    last = f", {between} " if any(" and " in name for name in names) else f" {between} "
    return f"{', '.join(names[:-1])}{last}{names[-1]}" if len(names) > 1 else "".join(names)


def directory(specification: Specification) -> list[Directory]:
    """Other services that the public may be sent to, in groups."""
    governance = specification.governance
    groups: dict[str, list[Choice]] = {}
    for service in governance.other_services if governance else ():
        if service.public:
            groups.setdefault(GROUPS.get(service.kind, OTHER), []).append(service)
    return [Directory(title, groups[title]) for title in sorted(groups, key=lambda title: (title == OTHER, title))]


def kept_directory(services: Iterable[Any]) -> list[tuple[str, list[Any]]]:
    """The services that the directory shows to anyone, by kind."""
    kinds: dict[str, list[Any]] = {}
    for one in services:
        kinds.setdefault(label("onward_service", one.kind), []).append(one)
    return sorted(kinds.items())


def materials(specification: Specification) -> list[tuple[str, str, str]]:
    """What can be had in which formats and languages: label, formats, languages."""
    return [
        (material.label, _listed(material.formats, "or"), _languages(material.languages))
        for material in specification.referral.materials
    ]


def _languages(languages: tuple[str, ...]) -> str:
    named = [language for language in languages if language != ON_REQUEST]
    return f"In {_listed(named, 'or')}{'; ask us for others' if ON_REQUEST in languages else ''}."


def _listed(names: Iterable[str], between: str) -> str:
    *most, last = names
    return f"{', '.join(most)} {between} {last}" if most else last


def keeps_nobody_out(specification: Specification) -> str:
    """What may not be held against anyone, in a sentence."""
    labels = [words.mid_sentence(fact.label) for fact in specification.eligibility.forbidden_facts]
    return _listed(labels, "or") if labels else ""


def not_for(specification: Specification) -> list[str]:
    """Whom the service cannot take, as the specification says why: for a professional who wonders whether to refer."""
    eligibility = specification.eligibility
    excluded = [words.mid_sentence(one.label) for one in eligibility.excluded_conditions]
    said = {"no_excluded_condition": f"Has {_listed(excluded, 'or')}." if excluded else ""}
    barred = (one for one in eligibility.criteria if one.kind == "exclusion" or one.id in ALSO_NOT_FOR)
    return [text for one in barred if (text := said.get(one.id, one.not_met))]


def criteria(specification: Specification) -> list[str]:
    """Who the service is for, as the specification words it when a criterion is met."""
    return [criterion.met for criterion in specification.eligibility.criteria]


def who(specification: Specification) -> list[str]:
    """Who can use the service, in the words of the home page; a service with other criteria has its own words."""
    known = {criterion.id: criterion for criterion in specification.eligibility.criteria}
    if set(WHO) <= set(known):
        return [WHO[name].format(areas=areas(specification)) for name in ORDER]
    return criteria(specification)
