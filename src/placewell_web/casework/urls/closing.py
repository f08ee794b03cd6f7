"""Decisions on support, ending, opening again, coming back and moving."""

from django.urls import path

from placewell_web.casework.views import closure, coming_back

urlpatterns = [
    path("people/<uuid:episode>/support/", closure.decide_support, name="support"),
    path("people/<uuid:episode>/close/", closure.close, name="close"),
    path("people/<uuid:episode>/reopen/", closure.reopen, name="reopen"),
    path("people/<uuid:episode>/refer-again/", coming_back.refer_again, name="refer_again"),
    path("people/<uuid:episode>/support-again/", coming_back.ask_again, name="support_again"),
    path("people/<uuid:episode>/move/", coming_back.move, name="move"),
    path("people/<uuid:episode>/from-before/", coming_back.show_came_along, name="came_along"),
]
