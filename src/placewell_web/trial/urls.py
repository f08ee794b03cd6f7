"""Addresses of the trial; a person's pages are keyed by episode."""

from __future__ import annotations

from django.urls import URLPattern, path

from placewell_web.trial.after_urls import urlpatterns as after
from placewell_web.trial.views import baseline, consent, drafts, draw, eligibility, meeting

app_name = "trial"
urlpatterns: list[URLPattern] = [
    *after,
    path("trial/meetings/", meeting.show_list, name="list"),
    path("trial/<uuid:episode>/", meeting.show_meeting, name="meeting"),
    path("trial/<uuid:episode>/script/", meeting.script, name="script"),
    path("trial/<uuid:episode>/eligibility/", eligibility.eligibility, name="eligibility"),
    path("trial/<uuid:episode>/information/", meeting.information, name="information"),
    path("trial/<uuid:episode>/consent/", consent.consent, name="consent"),
    path("trial/<uuid:episode>/consent/signature/", consent.signature, name="signature"),
    path("trial/<uuid:episode>/baseline/", baseline.baseline, name="baseline"),
    path("trial/<uuid:episode>/baseline/<slug:part>/", baseline.part, name="baseline_part"),
    path("trial/<uuid:episode>/review/", draw.review, name="review"),
    path("trial/<uuid:episode>/result/", draw.result, name="result"),
    path("trial/<uuid:episode>/stop/", meeting.stop, name="stop"),
    path("trial/<uuid:episode>/draft/", drafts.save_draft, name="save_draft"),
]
