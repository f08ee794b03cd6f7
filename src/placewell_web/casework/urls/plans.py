"""Profiles and plans."""

from django.urls import path

from placewell_web.casework.views import plans

urlpatterns = [
    path("people/<uuid:episode>/profile/", plans.show_profile, name="profile"),
    path("people/<uuid:episode>/profile/start/", plans.start_profile, name="start_profile"),
    path("people/<uuid:episode>/plan/", plans.show_plan, name="plan"),
    path("people/<uuid:episode>/plan/start/", plans.start_plan, name="start_plan"),
    path("plan-steps/<uuid:step>/", plans.tick_step, name="tick_step"),
]
