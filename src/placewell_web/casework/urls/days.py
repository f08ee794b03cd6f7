"""Today, the caseload and looking for a person."""

from django.urls import path

from placewell_web.casework.views import caseload, today

urlpatterns = [
    path("today/", today.show_today, name="today"),
    path("caseload/", caseload.show_caseload, name="caseload"),
    path("people/search/", caseload.search_people, name="search"),
]
