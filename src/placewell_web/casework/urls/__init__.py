"""Addresses of casework, a file for each area; person pages are keyed by episode."""

from placewell_web.casework.urls import (
    closing,
    codes,
    contacts,
    days,
    documents,
    employers,
    evidence,
    job_search,
    jobs,
    links,
    person,
    plans,
    questionnaires,
    support,
    team,
)

app_name = "casework"

urlpatterns = [
    *closing.urlpatterns,
    *codes.urlpatterns,
    *contacts.urlpatterns,
    *days.urlpatterns,
    *documents.urlpatterns,
    *employers.urlpatterns,
    *evidence.urlpatterns,
    *job_search.urlpatterns,
    *jobs.urlpatterns,
    *links.urlpatterns,
    *person.urlpatterns,
    *plans.urlpatterns,
    *questionnaires.urlpatterns,
    *support.urlpatterns,
    *team.urlpatterns,
]
