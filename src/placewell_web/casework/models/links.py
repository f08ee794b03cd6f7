"""Personal links: what lets someone without an account answer one thing about one person, for a while."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from placewell_web.accounts.models import User
from placewell_web.casework.models.records import Record
from placewell_web.clients.models import Episode


class PersonalLink(Record):
    """A secret address given to a client or an employer for one purpose. Only the hash of its secret is kept.

    `about` is the id of what it is for (a job, a plan, a questionnaire that was asked), by the purpose; `outcome` the
    milestone to be proved, of proof and employment. A one-time link is closed when it has been answered; a client's
    plan stays open until the link expires or is taken back.
    """

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="links")
    purpose = models.CharField(max_length=30)
    about = models.UUIDField(null=True, blank=True)
    outcome = models.CharField(max_length=40, blank=True)
    given_to = models.CharField(max_length=20, help_text="client | employer")
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    expires_at = models.DateTimeField()
    sent_to = models.EmailField(blank=True, help_text="where it was emailed; empty: it was shown to be copied")
    sent_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True, help_text="first opened")
    answered_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["episode", "purpose"], name="link_by_episode")]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="link_expires_after_it_is_made"),
        ]

    @classmethod
    def behind(cls, token_hash: str, at: datetime) -> PersonalLink | None:
        """The link of that secret's hash while it works: whoever holds the secret needs no viewer."""
        found = cls.unscoped.filter(token_hash=token_hash, revoked_at__isnull=True, expires_at__gt=at)
        return found.select_related("episode__person", "episode__lot", "episode__specialist", "made_by").first()

    @property
    def own_episode(self) -> models.QuerySet[Episode]:
        """The one episode that a link is about, as a query."""
        return Episode.unscoped.filter(pk=self.episode_id)
