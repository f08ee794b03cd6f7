"""Proof: what is still missing, upload, queue, decision."""

from django.urls import path

from placewell_web.casework.views import evidence, radar

urlpatterns = [
    path("people/<uuid:episode>/proof/", evidence.upload, name="evidence_upload"),
    path("evidence/", evidence.queue, name="evidence_queue"),
    path("evidence/radar/", radar.show_radar, name="evidence_radar"),
    path("evidence/<uuid:evidence>/", evidence.decide, name="evidence_decide"),
    path("evidence/<uuid:evidence>/file/", evidence.open_file, name="evidence_file"),
    path("evidence/<uuid:evidence>/picture/", evidence.show_picture, name="evidence_picture"),
]
