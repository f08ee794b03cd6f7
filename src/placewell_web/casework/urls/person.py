"""The person page, what is known about them, agreements and alerts."""

from django.urls import path

from placewell_web.casework.views import about, agreements, person

urlpatterns = [
    path("people/<uuid:episode>/", person.show_person, name="person"),
    path("people/<uuid:episode>/about/", about.show_about, name="about"),
    path("people/<uuid:episode>/about/details/", about.change_details, name="change_details"),
    path("people/<uuid:episode>/about/equality/", about.change_equality, name="change_equality"),
    path("people/<uuid:episode>/about/health/", about.change_health, name="change_health"),
    path("people/<uuid:episode>/consents/", agreements.give_consent, name="consent"),
    path(
        "people/<uuid:episode>/consents/<uuid:consent>/withdraw/",
        agreements.withdraw_consent,
        name="withdraw_consent",
    ),
    path("people/<uuid:episode>/alerts/", agreements.add_alert, name="alert"),
    path("people/<uuid:episode>/alerts/<uuid:alert>/review/", agreements.review_alert, name="review_alert"),
    path("people/<uuid:episode>/alerts/<uuid:alert>/end/", agreements.end_alert, name="end_alert"),
    path("people/<uuid:episode>/contacts/", person.show_contacts, name="contacts"),
    path("people/<uuid:episode>/history/", person.show_history, name="history"),
]
