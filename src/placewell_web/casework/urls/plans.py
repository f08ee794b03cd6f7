"""Profiles and plans, and what people write about their plans."""

from django.urls import path

from placewell_web.casework.views import document_drafts, plans, profiles, showing

urlpatterns = [
    path("people/<uuid:episode>/profile/", profiles.show_profile, name="profile"),
    path("people/<uuid:episode>/profile/start/", profiles.start_profile, name="start_profile"),
    path("people/<uuid:episode>/profile/asked/", profiles.add_source, name="add_source"),
    path("people/<uuid:episode>/profile/asked/<uuid:source>/remove/", profiles.remove_source, name="remove_source"),
    path("people/<uuid:episode>/profile/<uuid:version>/show/", showing.show_profile, name="show_profile"),
    path("people/<uuid:episode>/assessment/<uuid:version>/show/", showing.show_assessment, name="show_assessment"),
    path("people/<uuid:episode>/draft/<slug:document>/", document_drafts.save_document, name="save_document"),
    path("people/<uuid:episode>/plan/", plans.show_plan, name="plan"),
    path("people/<uuid:episode>/plan/start/", plans.start_plan, name="start_plan"),
    path("people/<uuid:episode>/plan/comments/read/", plans.read_comments, name="read_comments"),
    path("people/<uuid:episode>/plan/<slug:kind>/", plans.show_plan, name="plan_of_kind"),
    path("people/<uuid:episode>/plan/<slug:kind>/start/", plans.start_plan, name="start_plan_of_kind"),
    path("plan-steps/<uuid:step>/", plans.tick_step, name="tick_step"),
]
