"""Meetings, applications and benefits."""

from django.urls import path

from placewell_web.casework.views import job_search

urlpatterns = [
    path("people/<uuid:episode>/meeting/", job_search.book, name="book"),
    path("people/<uuid:episode>/job-search/", job_search.show_job_search, name="job_search"),
    path("people/<uuid:episode>/application/", job_search.add_application, name="application"),
    path("people/<uuid:episode>/benefits/", job_search.show_benefits, name="benefits"),
]
