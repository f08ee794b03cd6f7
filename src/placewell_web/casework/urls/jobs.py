"""Jobs and their hours."""

from django.urls import path

from placewell_web.casework.views import jobs

urlpatterns = [
    path("people/<uuid:episode>/jobs/", jobs.show_jobs, name="jobs"),
    path("people/<uuid:episode>/jobs/new/", jobs.add_job, name="job"),
    path("jobs/<uuid:job>/", jobs.change_job, name="change_job"),
    path("jobs/<uuid:job>/hours/", jobs.change_hours, name="change_hours"),
    path("jobs/<uuid:job>/end/", jobs.end_job, name="end_job"),
]
