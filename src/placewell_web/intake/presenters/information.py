"""What the public pages say of the service, from the specification."""

from __future__ import annotations

from dataclasses import dataclass

from placewell.specification import Specification
from placewell.specification.entries import Choice

GROUPS = {
    "jobcentre_plus": "Work and benefits",
    "access_to_work": "Work and benefits",
    "benefits_advice": "Work and benefits",
    "debt_advice": "Money and housing",
    "housing": "Money and housing",
    "psychological_therapies": "Health and care",
    "skills": "Learning and volunteering",
}

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


def areas(specification: Specification) -> str:
    """The areas in a sentence: Dudley, Wolverhampton and Birmingham."""
    names = sorted(lot.name for lot in specification.service.lots)
    return f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else "".join(names)


def directory(specification: Specification) -> list[Directory]:
    """Other services that the public may be sent to, in groups."""
    governance = specification.governance
    groups: dict[str, list[Choice]] = {}
    for service in governance.other_services if governance else ():
        if service.public:
            groups.setdefault(GROUPS.get(service.kind, "Other help near you"), []).append(service)
    return [Directory(title, services) for title, services in sorted(groups.items())]


def materials(specification: Specification) -> list[tuple[str, str, str]]:
    """What can be had in which formats and languages: label, formats, languages."""
    return [
        (material.label, ", ".join(material.formats), ", ".join(material.languages))
        for material in specification.referral.materials
    ]


def criteria(specification: Specification) -> list[str]:
    """Who the service is for, as the specification words it when a criterion is met."""
    return [criterion.met for criterion in specification.eligibility.criteria]


def who(specification: Specification) -> list[str]:
    """Who can use the service, in the words of the home page; a service with other criteria has its own words."""
    known = {criterion.id: criterion for criterion in specification.eligibility.criteria}
    if set(WHO) <= set(known):
        return [WHO[name].format(areas=areas(specification)) for name in ORDER]
    return criteria(specification)
