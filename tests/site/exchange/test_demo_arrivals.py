"""The demo's personal links: each state is there, what came in opens, and nothing is dated after the demo's moment."""

from __future__ import annotations

from django.db.models import Q
from tests.site.conftest import NOW

from placewell_web.casework.models import Confirmation, Evidence, PersonalLink
from placewell_web.casework.presenters.links import state
from placewell_web.clients.documents.settings import store


def test_links_of_every_state_are_there_and_nothing_lies_ahead(small_demo: None) -> None:
    links = list(PersonalLink.unscoped.all())
    assert {"Answered", "Opened"} <= {state(link, NOW).words for link in links}
    ahead = Q(created_at__gt=NOW) | Q(opened_at__gt=NOW) | Q(answered_at__gt=NOW)
    assert not PersonalLink.unscoped.filter(ahead).exists()


def test_what_came_by_a_link_opens_and_names_no_uploader(small_demo: None) -> None:
    came = list(Evidence.unscoped.filter(link__isnull=False))
    assert came
    for evidence in came:
        assert store().get(evidence.pk, evidence.storage_name)
        assert evidence.uploaded_by is None
        assert evidence.link.answered_at is not None
    said = set(Confirmation.unscoped.values_list("evidence_id", flat=True))
    assert said == {evidence.pk for evidence in came if evidence.link.given_to == "employer"}
