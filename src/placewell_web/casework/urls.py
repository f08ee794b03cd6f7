"""Addresses of casework; person pages are keyed by episode."""

from django.urls import path

from placewell_web.casework.views import (
    caseload,
    closure,
    contact,
    employers,
    evidence,
    job_search,
    jobs,
    person,
    plans,
    team,
    today,
)

app_name = "casework"

urlpatterns = [
    path("today/", today.show_today, name="today"),
    path("caseload/", caseload.show_caseload, name="caseload"),
    path("team/", team.show_team, name="team"),
    path("people/search/", caseload.search_people, name="search"),
    path("people/<uuid:episode>/", person.show_person, name="person"),
    path("people/<uuid:episode>/contacts/", person.show_contacts, name="contacts"),
    path("people/<uuid:episode>/history/", person.show_history, name="history"),
    path("people/<uuid:episode>/contact/", contact.log_contact, name="log_contact"),
    path("people/<uuid:episode>/contact/draft/", contact.save_draft, name="save_draft"),
    path("contacts/<uuid:contact>/undo/", contact.undo_contact, name="undo_contact"),
    path("people/<uuid:episode>/meeting/", job_search.book, name="book"),
    path("people/<uuid:episode>/job-search/", job_search.show_job_search, name="job_search"),
    path("people/<uuid:episode>/application/", job_search.add_application, name="application"),
    path("people/<uuid:episode>/benefits/", job_search.show_benefits, name="benefits"),
    path("people/<uuid:episode>/profile/", plans.show_profile, name="profile"),
    path("people/<uuid:episode>/profile/start/", plans.start_profile, name="start_profile"),
    path("people/<uuid:episode>/plan/", plans.show_plan, name="plan"),
    path("people/<uuid:episode>/plan/start/", plans.start_plan, name="start_plan"),
    path("plan-steps/<uuid:step>/", plans.tick_step, name="tick_step"),
    path("people/<uuid:episode>/jobs/", jobs.show_jobs, name="jobs"),
    path("people/<uuid:episode>/jobs/new/", jobs.add_job, name="job"),
    path("jobs/<uuid:job>/", jobs.change_job, name="change_job"),
    path("jobs/<uuid:job>/hours/", jobs.change_hours, name="change_hours"),
    path("jobs/<uuid:job>/end/", jobs.end_job, name="end_job"),
    path("people/<uuid:episode>/proof/", evidence.upload, name="evidence_upload"),
    path("people/<uuid:episode>/support/", closure.decide_support, name="support"),
    path("people/<uuid:episode>/close/", closure.close, name="close"),
    path("people/<uuid:episode>/reopen/", closure.reopen, name="reopen"),
    path("evidence/", evidence.queue, name="evidence_queue"),
    path("evidence/<uuid:evidence>/", evidence.decide, name="evidence_decide"),
    path("evidence/<uuid:evidence>/file/", evidence.open_file, name="evidence_file"),
    path("employers/contact/", job_search.log_employer_contact, name="employer_contact"),
    path("employers/<uuid:employer>/", employers.show_employer, name="employer"),
]
