"""Applications, and contacts with employers for a person or for none."""

from __future__ import annotations

from django.db import models

from placewell_web.accounts.models import User
from placewell_web.casework.models.records import Record
from placewell_web.clients.models import Episode
from placewell_web.employers.models import Employer


class Application(Record):
    """A job application (table `applications`)."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="applications")
    on = models.DateField()
    made_by = models.CharField(max_length=20)
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    role_title = models.CharField(max_length=120, blank=True)


class EmployerContact(Record):
    """A contact with an employer, for one person or for none (table `employer_contacts`)."""

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="contacts")
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, null=True, blank=True, related_name="employer_contacts"
    )
    specialist = models.ForeignKey(User, on_delete=models.PROTECT, related_name="employer_contacts")
    on = models.DateField()
    face_to_face = models.BooleanField(default=False)
    purpose = models.CharField(max_length=30)
    locality = models.CharField(max_length=60, blank=True)
    note = models.TextField(blank=True)
    form_token = models.UUIDField(null=True, blank=True, help_text="one form saves once, for each person or for none")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form_token", "episode"], name="one_employer_contact_a_form"),
        ]
