"""Assessment, work and health, better-off sums, decisions on telling an employer, and all documents on paper."""

from django.urls import path

from placewell_web.casework.views import assessments, better_off, printed, work_and_health

urlpatterns = [
    path("people/<uuid:episode>/assessment/", assessments.show_assessment, name="assessment"),
    path("people/<uuid:episode>/assessment/start/", assessments.start_assessment, name="start_assessment"),
    path("people/<uuid:episode>/work-and-health/", work_and_health.show_work_and_health, name="work_and_health"),
    path("people/<uuid:episode>/work-and-health/barriers/", work_and_health.add_barrier, name="add_barrier"),
    path(
        "people/<uuid:episode>/work-and-health/barriers/<uuid:entry>/end/",
        work_and_health.end_barrier,
        name="end_barrier",
    ),
    path("people/<uuid:episode>/work-and-health/adjustments/", work_and_health.add_adjustment, name="add_adjustment"),
    path(
        "people/<uuid:episode>/work-and-health/adjustments/<uuid:entry>/",
        work_and_health.move_adjustment,
        name="move_adjustment",
    ),
    path(
        "people/<uuid:episode>/work-and-health/access-to-work/",
        work_and_health.add_access_to_work,
        name="add_access_to_work",
    ),
    path(
        "people/<uuid:episode>/work-and-health/<slug:kind>/<uuid:entry>/undo/",
        work_and_health.undo,
        name="undo_work_and_health",
    ),
    path("people/<uuid:episode>/better-off/", better_off.work_out, name="better_off"),
    path("people/<uuid:episode>/better-off/<uuid:entry>/undo/", better_off.undo, name="undo_better_off"),
    path("people/<uuid:episode>/disclosure/", better_off.decide_disclosure, name="disclosure"),
    path("people/<uuid:episode>/print/profile/", printed.print_profile, name="print_profile"),
    path("people/<uuid:episode>/print/assessment/", printed.print_assessment, name="print_assessment"),
    path("people/<uuid:episode>/print/plan/<slug:kind>/", printed.print_plan, name="print_plan"),
    path("people/<uuid:episode>/print/job-search/", printed.print_job_search, name="print_job_search"),
    path("people/<uuid:episode>/print/better-off/<uuid:entry>/", printed.print_better_off, name="print_better_off"),
]
