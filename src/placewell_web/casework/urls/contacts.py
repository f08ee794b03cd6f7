"""Logging a contact, its draft and taking it back."""

from django.urls import path

from placewell_web.casework.views import contact

urlpatterns = [
    path("people/<uuid:episode>/contact/", contact.log_contact, name="log_contact"),
    path("people/<uuid:episode>/contact/draft/", contact.save_draft, name="save_draft"),
    path("contacts/<uuid:contact>/undo/", contact.undo_contact, name="undo_contact"),
]
