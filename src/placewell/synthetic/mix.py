"""How often codes come in made-up histories: the usual shares, of the codes that the service's specification knows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from placewell.specification import Specification
from placewell.specification.pathway import Reason

SOURCES = {
    "gp": 31,
    "practice_nurse": 6,
    "talking_therapies": 20,
    "pain_clinic": 6,
    "physiotherapist": 7,
    "jobcentre_plus": 7,
    "self": 20,
    "voluntary_sector": 3,
    "community_mental_health": 70,
    "care_coordinator": 40,
    "psychological_therapist": 20,
    "work_coach": 14,
    "employment_adviser": 5,
    "employer": 4,
    "fit_for_work": 5,
    "hospital": 4,
}
PROMPTS = {"clinician": 40, "leaflet": 16, "poster": 12, "pop_up": 10, "word_of_mouth": 14, "web_site": 8}
OWN_PROMPTS = {"leaflet": 1, "poster": 1, "web_site": 1, "word_of_mouth": 1}
CONDITIONS = {
    "anxiety_or_depression": 37,
    "other_mental_health": 8,
    "severe_mental_illness": 3,
    "musculoskeletal": 20,
    "chronic_pain": 8,
    "respiratory": 4,
    "diabetes": 4,
    "heart_or_circulation": 4,
    "neurological": 3,
    "autism": 2,
    "learning_disability": 1,
    "digestive": 2,
    "sight": 1,
    "cancer": 1,
    "other_physical": 2,
}
IN_SECONDARY_CARE = {"severe_mental_illness": 66, "other_mental_health": 18, "anxiety_or_depression": 14, "autism": 2}
"""Conditions of people whom a community mental health team refers."""
MENTAL_HEALTH_TEAM = {"community_mental_health", "care_coordinator"}
ASKED_FOR = {"has_severe_mental_illness": "severe_mental_illness"}
"""Facts of eligibility that somebody with another condition does not have."""
UNSUITABLE = {
    "not_registered_in_area": 20,
    "in_work_or_under_4_weeks": 34,
    "has_job_offer": 10,
    "on_state_programme": 16,
    "excluded_condition": 8,
    "does_not_want_work": 12,
    "not_open_to_mental_health_team": 14,
    "not_city_gp": 24,
    "off_sick_over_4_weeks": 40,
    "long_term_unemployed": 22,
    "supported_elsewhere": 10,
    "no_door": 9,
    "no_health_problem": 3,
    "not_in_talking_therapies": 38,
    "no_difficulty_with_work": 44,
    "other_service_suits_better": 18,
}
LEAVING = {
    "did_not_engage": 34,
    "no_longer_wants_work": 20,
    "health": 20,
    "asked_to_leave": 10,
    "moved_away": 9,
    "other_service": 7,
    "support_completed": 180,
}


DECLINED = ("no_answer", "changed_mind", "duplicate", "did_not_consent")
CLOSED = ("in_work_support_ended", "limit_reached")
"""Reasons that made-up histories need; a service may have other words for them."""


@dataclass(frozen=True)
class Mix:
    """Codes with their weights. `has_limit`: support to find a job ends at a limit, which is then the reason.

    `reasons`: the service's own word for each reason that histories need, such as nobody having answered.
    """

    sources: Mapping[str, int]
    prompts: Mapping[str, int]
    own_prompts: Mapping[str, int]
    conditions: Mapping[str, int]
    unsuitable: Mapping[str, int]
    leaving: Mapping[str, int]
    reasons: Mapping[str, str]
    has_limit: bool


def mix_of(spec: Specification) -> Mix:
    """The mix of a service: a code that its specification does not know never comes."""
    pathway = spec.pathway
    sources = {source.id for source in spec.referral.sources}
    prompts = {prompt.id for prompt in spec.referral.prompts}
    unsuitable = [reason for reason in pathway.decline_reasons if reason.unsuitable] or pathway.decline_reasons
    return Mix(
        sources=known(SOURCES, sources),
        prompts=known(PROMPTS, prompts),
        own_prompts=known(OWN_PROMPTS, prompts),
        conditions=conditions_of(spec),
        unsuitable=known(UNSUITABLE, [reason.id for reason in unsuitable]),
        leaving=known(LEAVING, [reason.id for reason in pathway.closure_reasons]),
        reasons={
            **{code: own_reason(code, pathway.decline_reasons) for code in DECLINED},
            **{code: own_reason(code, pathway.closure_reasons) for code in CLOSED},
        },
        has_limit=pathway.limit_of("job_search") is not None,
    )


def own_reason(code: str, reasons: Sequence[Reason]) -> str:
    """The code where the service has it; else its "other", or its first reason that calls nobody unsuitable."""
    named = [reason.id for reason in reasons]
    if code in named or not named:
        return code
    fitting = [reason.id for reason in reasons if not reason.unsuitable] or named
    return "other" if "other" in fitting else fitting[0]


def conditions_of(spec: Specification) -> Mapping[str, int]:
    """The conditions of those who come: those that eligibility asks for, or what is usual where referrals come from."""
    asked = {ASKED_FOR[fact.id]: 1 for fact in spec.eligibility.facts if fact.id in ASKED_FOR}
    teams = MENTAL_HEALTH_TEAM & {source.id for source in spec.referral.sources}
    return asked or (IN_SECONDARY_CARE if teams else CONDITIONS)


def known(weights: Mapping[str, int], codes: Collection[str]) -> Mapping[str, int]:
    """The weights of known codes; where none of them is known, all codes alike; where there is no code, all weights."""
    kept = {code: weight for code, weight in weights.items() if code in codes}
    return kept or dict.fromkeys(sorted(codes), 1) or weights
