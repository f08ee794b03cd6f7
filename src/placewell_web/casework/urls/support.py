"""Other services, methods and steps beside work."""

from django.urls import path

from placewell_web.casework.views import other_support

urlpatterns = [
    path("people/<uuid:episode>/other-support/", other_support.show_other_support, name="other_support"),
    path("people/<uuid:episode>/other-support/onward/", other_support.refer_on, name="refer_on"),
    path("people/<uuid:episode>/other-support/methods/", other_support.add_methods, name="add_methods"),
    path("people/<uuid:episode>/other-support/steps/", other_support.add_step, name="add_step"),
    path(
        "people/<uuid:episode>/other-support/onward/<uuid:entry>/", other_support.say_what_came, name="onward_outcome"
    ),
    path("people/<uuid:episode>/other-support/onward/<uuid:entry>/card/", other_support.show_card, name="onward_card"),
    path(
        "people/<uuid:episode>/other-support/<slug:kind>/<uuid:entry>/undo/",
        other_support.undo,
        name="undo_other_support",
    ),
]
