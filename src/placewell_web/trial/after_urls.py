"""Addresses of what follows an allocation; trial/urls.py joins them to the meeting's."""

from __future__ import annotations

from django.urls import URLPattern, path

from placewell_web.trial.views import handouts, letter, mistakes, notices, withdrawing

urlpatterns: list[URLPattern] = [
    path("trial/mistakes/", mistakes.mistakes, name="mistakes"),
    path("trial/mistakes/<uuid:report>/", mistakes.decide, name="decide_mistake"),
    path("trial/notices/", notices.outbox, name="notices"),
    path("trial/<uuid:episode>/booklet/", handouts.booklet, name="booklet"),
    path("trial/<uuid:episode>/local-services/", handouts.local_services, name="local_services"),
    path("trial/<uuid:episode>/letter/", letter.letter, name="letter"),
    path("trial/<uuid:episode>/mistake/", mistakes.mistake, name="mistake"),
    path("trial/<uuid:episode>/leave/", withdrawing.withdraw, name="withdraw"),
]
