"""Jobs, what they start, and what changes in them."""

from django.urls import path

from placewell_web.casework.views import job_changes, jobs

urlpatterns = [
    path("people/<uuid:episode>/jobs/", jobs.show_jobs, name="jobs"),
    path("people/<uuid:episode>/jobs/new/", jobs.add_job, name="job"),
    path("jobs/<uuid:job>/", jobs.change_job, name="change_job"),
    path("jobs/<uuid:job>/saved/", jobs.show_saved, name="job_saved"),
    path("jobs/<uuid:job>/undo/", jobs.undo_job, name="undo_job"),
    path("jobs/<uuid:job>/first-day/", job_changes.first_day, name="first_day"),
    path("jobs/<uuid:job>/hours/", job_changes.change_hours, name="change_hours"),
    path("jobs/<uuid:job>/pay/", job_changes.change_pay, name="change_pay"),
    path("jobs/<uuid:job>/problem/", job_changes.record_problem, name="job_problem"),
    path("jobs/<uuid:job>/end/", job_changes.end_job, name="end_job"),
    path("jobs/<uuid:job>/next/", job_changes.next_help, name="next_help"),
]
