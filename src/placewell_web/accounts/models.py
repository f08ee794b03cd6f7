"""Users, the organisations, lots and teams they work in, and the posts they hold by dates."""

import uuid

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.utils.crypto import salted_hmac

from placewell_web.accounts.roles import Role as Role


class Organisation(models.Model):
    """A provider, partner, commissioner, programme team or evaluator."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=20)  # provider | commissioner | programme | evaluator

    def __str__(self) -> str:
        return self.name


class Lot(models.Model):
    """One geography of the contract; its code is the specification's (002 §19)."""

    code = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=100)
    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="lots")

    def __str__(self) -> str:
        return self.name


class GpPractice(models.Model):
    """A GP practice and the lot its registered patients belong to, until the day it closed (requirement A6)."""

    code = models.CharField(max_length=10, primary_key=True)
    name = models.CharField(max_length=200)
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="practices")
    closed_on = models.DateField(null=True, blank=True, help_text="the first day on which nobody is with it any more")

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=100, unique=True)
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="teams")

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, name: str, password: str | None = None) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), name=name)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """Someone who signs in. What they may do comes from the posts they hold today."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    session_generation = models.PositiveIntegerField(default=1, help_text="raised to end every session of the user")

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    def __str__(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must still match: it changes with the password and with `session_generation`."""
        words = f"{self.password}:{self.session_generation}"
        return salted_hmac("placewell.accounts.session", words, secret=secret, algorithm="sha256").hexdigest()


class Posting(models.Model):
    """A post held from a day to a last day: role, where, and how much of full time (table `postings`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="postings")
    role = models.CharField(max_length=20, choices=Role.choices)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="postings")
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, null=True, blank=True, related_name="postings")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="postings")
    fte = models.DecimalField(max_digits=3, decimal_places=2, default=1)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")), name="posting_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(fte__gt=0) & Q(fte__lte=1), name="posting_fte_between_0_and_1"),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.role}"


class Cover(models.Model):
    """A colleague stands in for a specialist from a day to a last day, in one lot; it ends by itself."""

    id = models.UUIDField(primary_key=True, editable=False, help_text="the token of the form that arranged it")
    specialist = models.ForeignKey(User, on_delete=models.PROTECT, related_name="covered")
    colleague = models.ForeignKey(User, on_delete=models.PROTECT, related_name="covering")
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    to_on = models.DateField()
    reason = models.CharField(max_length=200, blank=True)
    arranged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    arranged_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["colleague", "to_on"], name="cover_by_colleague")]
        constraints = [
            models.CheckConstraint(condition=Q(to_on__gte=F("from_on")), name="cover_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(specialist=F("colleague")), name="nobody_covers_themselves"),
        ]

    def __str__(self) -> str:
        return f"{self.colleague_id} for {self.specialist_id}"


class Training(models.Model):
    """A course a member of staff has taken, and the day by which it must be taken again (table `training`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="training")
    course = models.CharField(max_length=40)
    completed_on = models.DateField()
    expires_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user", "course"], name="training_by_user")]
        constraints = [
            models.UniqueConstraint(fields=["user", "course", "completed_on"], name="training_once_a_day"),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gt=F("completed_on")),
                name="training_expires_after_it_is_completed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.course}"
