"""Logging a contact with one person, several or an employer, its draft and taking it back."""

from django.urls import path

from placewell_web.casework.views import contact, employer_contact, several

urlpatterns = [
    path("people/<uuid:episode>/contact/", contact.log_contact, name="log_contact"),
    path("people/<uuid:episode>/contact/draft/", contact.save_draft, name="save_draft"),
    path("contacts/several/", several.log_several, name="log_several"),
    path("contacts/several/draft/", several.save_several_draft, name="save_several_draft"),
    path("contacts/several/<uuid:session>/undo/", several.undo_several, name="undo_several"),
    path("employers/contact/", employer_contact.log_employer_contact, name="employer_contact"),
    path("employers/contact/draft/", employer_contact.save_employer_draft, name="save_employer_draft"),
    path("contacts/<uuid:contact>/undo/", contact.undo_contact, name="undo_contact"),
]
