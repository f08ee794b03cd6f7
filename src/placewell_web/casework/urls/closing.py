"""Decisions on support, ending and opening again."""

from django.urls import path

from placewell_web.casework.views import closure

urlpatterns = [
    path("people/<uuid:episode>/support/", closure.decide_support, name="support"),
    path("people/<uuid:episode>/close/", closure.close, name="close"),
    path("people/<uuid:episode>/reopen/", closure.reopen, name="reopen"),
]
