"""How often codes come in made-up histories: the usual shares, of the codes that the service's specification knows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from placewell.specification import Specification

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
UNSUITABLE = {
    "not_registered_in_area": 20,
    "in_work_or_under_4_weeks": 34,
    "has_job_offer": 10,
    "on_state_programme": 16,
    "excluded_condition": 8,
    "does_not_want_work": 12,
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
}


@dataclass(frozen=True)
class Mix:
    """Codes with their weights. `has_limit`: support to find a job ends at a limit, which is then the reason."""

    sources: Mapping[str, int]
    prompts: Mapping[str, int]
    own_prompts: Mapping[str, int]
    conditions: Mapping[str, int]
    unsuitable: Mapping[str, int]
    leaving: Mapping[str, int]
    has_limit: bool


def mix_of(spec: Specification) -> Mix:
    """The mix of a service: a code that its specification does not know never comes."""
    pathway = spec.pathway
    sources = {source.id for source in spec.referral.sources}
    prompts = {prompt.id for prompt in spec.referral.prompts}
    return Mix(
        sources=known(SOURCES, sources),
        prompts=known(PROMPTS, prompts),
        own_prompts=known(OWN_PROMPTS, prompts),
        conditions=IN_SECONDARY_CARE if "community_mental_health" in sources else CONDITIONS,
        unsuitable=known(UNSUITABLE, [reason.id for reason in pathway.decline_reasons if reason.unsuitable]),
        leaving=known(LEAVING, [reason.id for reason in pathway.closure_reasons]),
        has_limit=pathway.limit_of("job_search") is not None,
    )


def known(weights: Mapping[str, int], codes: Collection[str]) -> Mapping[str, int]:
    """The weights of known codes; where none of them is known, all codes alike; where there is no code, all weights."""
    kept = {code: weight for code, weight in weights.items() if code in codes}
    return kept or dict.fromkeys(sorted(codes), 1) or weights
