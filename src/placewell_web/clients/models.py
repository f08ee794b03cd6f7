"""People and their episodes: what the service knows of a person, and each referral through to its closure."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from placewell_web.accounts.models import GpPractice, Lot, Role, Team, User

if TYPE_CHECKING:
    from placewell_web.accounts.viewer import Viewer


class EpisodeScope(models.QuerySet["Episode"]):
    """Which episodes a viewer may see: a specialist's team, a leader's or manager's lots, nobody else any.

    Whoever covers for a colleague sees that colleague's people of the own lots, while the cover lasts.
    A referral that named no lot is nobody's yet: every leader and manager sees it until one of them takes it in.
    """

    def visible_to(self, viewer: Viewer) -> EpisodeScope:
        seen = Q(pk__in=())
        if viewer.has_role(Role.MANAGER, Role.TEAM_LEADER):
            seen |= Q(lot_id__in=viewer.lots) | Q(lot_id__isnull=True)
        if viewer.has_role(Role.SPECIALIST):
            seen |= Q(team_id__in=viewer.teams) | Q(specialist_id=viewer.user_id)
            seen |= Q(specialist_id__in=viewer.covers, lot_id__in=viewer.lots)
        return self.filter(seen)


class PersonScope(models.QuerySet["Person"]):
    def visible_to(self, viewer: Viewer) -> PersonScope:
        return self.filter(pk__in=Episode.scoped.visible_to(viewer).values("person_id"), merged_into__isnull=True)


class Person(models.Model):
    """A person referred at least once. `scoped` is the way in; `unscoped` is for actions that hold a record already."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=12, unique=True, help_text="short number staff can say aloud, TW-10482")
    first_name = models.CharField(max_length=100)
    surname = models.CharField(max_length=100)
    preferred_name = models.CharField(max_length=100, blank=True)
    pronouns = models.CharField(max_length=40, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    nhs_number = models.CharField(max_length=10, blank=True)
    phone = models.CharField(max_length=20, blank=True, help_text="E.164")
    email = models.EmailField(blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    search_name = models.CharField(max_length=320, db_index=True, help_text="folded names, for search and duplicates")
    gender = models.CharField(max_length=20, blank=True)
    ethnicity = models.CharField(max_length=20, blank=True)
    religion = models.CharField(max_length=20, blank=True)
    sexual_orientation = models.CharField(max_length=20, blank=True)
    education = models.CharField(max_length=20, blank=True)
    region = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=60, blank=True)
    needs_interpreter = models.BooleanField(null=True)
    communication_needs = models.CharField(max_length=500, blank=True, help_text="large print, easy read, BSL ...")
    contact_preference = models.CharField(max_length=20, blank=True)
    contact_time = models.CharField(max_length=60, blank=True)
    safe_to_leave_message = models.BooleanField(null=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    unscoped = models.Manager()
    scoped = PersonScope.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["nhs_number"], name="person_nhs_number"),
            models.Index(fields=["birth_date"], name="person_birth_date"),
            models.Index(fields=["phone"], name="person_phone"),
            models.Index(fields=["postcode"], name="person_postcode"),
            models.Index(fields=["merged_into", "search_name", "preferred_name", "id"], name="person_by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.surname}"

    @classmethod
    def kept_records(cls, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
        """For each id the record that holds its episodes now: itself, or the one it was joined to, however often.

        Ids only, of any lot: what of these a viewer may see is asked with them through `scoped`.
        """
        kept = {one: one for one in ids}
        while kept:
            joined = cls.unscoped.filter(pk__in=set(kept.values()), merged_into__isnull=False)
            onward = dict(joined.values_list("pk", "merged_into_id"))
            if not onward:
                break
            kept = {one: onward.get(now, now) for one, now in kept.items()}
        return kept

    @classmethod
    def records_of(cls, person_id: uuid.UUID) -> set[uuid.UUID]:
        """Every record of one person: the one that is kept, and all that were joined to it, however often."""
        found = newest = {cls.kept_records([person_id])[person_id]}
        while newest:
            newest = set(cls.unscoped.filter(merged_into__in=newest).values_list("pk", flat=True)) - found
            found = found | newest
        return found

    @property
    def called(self) -> str:
        """The name the person likes to be called by."""
        return self.preferred_name or self.first_name


class MergeScope(models.QuerySet["Merge"]):
    def visible_to(self, viewer: Viewer) -> MergeScope:
        return self.filter(kept_id__in=Person.scoped.visible_to(viewer).values("pk"))


class Merge(models.Model):
    """Two records found to be one person: which was kept, what moved, and what to put back if it was wrong."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    gone = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    moved = models.TextField(help_text="canonical JSON: ids of the episodes and alerts that moved, fields filled in")
    merged_at = models.DateTimeField()
    merged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    unscoped = models.Manager()
    scoped = MergeScope.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="merge_undone_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gone_id} into {self.kept_id}"


class Alert(models.Model):
    """Something everyone who meets the person must know first: a risk, a communication need."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="alerts")
    kind = models.CharField(max_length=20)  # risk | communication | contact
    title = models.CharField(max_length=120)
    text = models.CharField(max_length=500, blank=True)
    reviewed_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    unscoped = models.Manager()

    def __str__(self) -> str:
        return self.title


class Episode(models.Model):
    """One referral, to its closure (table `episodes`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="episodes")
    service_id = models.CharField(max_length=60)
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, null=True, blank=True, related_name="episodes")
    locality = models.CharField(max_length=60, blank=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="episodes")
    gp_practice = models.ForeignKey(GpPractice, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    referred_on = models.DateField()
    source = models.CharField(max_length=40, blank=True)
    route = models.CharField(max_length=20, blank=True)
    prompted_by = models.CharField(max_length=40, blank=True)
    referrer_name = models.CharField(max_length=150, blank=True)
    referrer_role = models.CharField(max_length=100, blank=True)
    referrer_organisation = models.CharField(max_length=200, blank=True)
    referrer_contact = models.CharField(max_length=200, blank=True)
    accepted_on = models.DateField(null=True, blank=True)
    declined_on = models.DateField(null=True, blank=True)
    decline_reason = models.CharField(max_length=40, blank=True)
    opted_in_on = models.DateField(null=True, blank=True)
    specialist = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="episodes")
    primary_condition = models.CharField(max_length=40, blank=True)
    has_long_term_condition = models.BooleanField(null=True)
    has_common_mental_health_problem = models.BooleanField(null=True)
    has_autism = models.BooleanField(null=True)
    has_learning_disability = models.BooleanField(null=True)
    employment_at_entry = models.CharField(max_length=30, blank=True)
    time_since_last_worked = models.CharField(max_length=30, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closure_reason = models.CharField(max_length=40, blank=True)
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by")
    follows_how = models.CharField(max_length=20, blank=True, help_text="referred_again | support_again | moved_lot")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    unscoped = models.Manager()
    scoped = EpisodeScope.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["specialist", "closed_on"], name="episode_caseload"),
            models.Index(fields=["lot", "referred_on"], name="episode_by_lot"),
            models.Index(fields=["team"], name="episode_by_team"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_on__isnull=True) | Q(declined_on__isnull=True), name="episode_accepted_or_declined"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("referred_on")),
                name="episode_closed_after_referral",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} referred {self.referred_on}"


class HandoverScope(models.QuerySet["Handover"]):
    def visible_to(self, viewer: Viewer) -> HandoverScope:
        seen = Assignment.unscoped.filter(episode__in=Episode.scoped.visible_to(viewer))
        return self.filter(pk__in=seen.exclude(handover=None).values("handover_id"))


class Handover(models.Model):
    """A caseload given to colleagues in one go, as when a specialist leaves; its id is the token of the form."""

    id = models.UUIDField(primary_key=True, editable=False)
    specialist = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    on = models.DateField(help_text="the first day with the colleagues")
    reason = models.CharField(max_length=300)
    moved = models.TextField(default="[]", help_text="canonical JSON: ids of the appointments that went along")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    unscoped = models.Manager()
    scoped = HandoverScope.as_manager()

    def __str__(self) -> str:
        return f"from {self.specialist_id} on {self.on}"


class AssignmentScope(models.QuerySet["Assignment"]):
    def visible_to(self, viewer: Viewer) -> AssignmentScope:
        return self.filter(episode__in=Episode.scoped.visible_to(viewer))


class Assignment(models.Model):
    """Who supported a person, and when: from a day to the first day on which it was someone else.

    `from_on` is not known of whoever was named before the site kept it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="assignments")
    specialist = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True, help_text="the first day with someone else")
    reason = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True, help_text="what the next specialist must know")
    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, null=True, blank=True, related_name="assignments")
    created_at = models.DateTimeField()

    unscoped = models.Manager()
    scoped = AssignmentScope.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["episode"], condition=Q(until_on=None), name="one_specialist_at_a_time"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(from_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="assignment_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.specialist_id} from {self.from_on}"


class Consent(models.Model):
    """A consent given, and the day from which it no longer holds (table `consents`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="consents")
    kind = models.CharField(max_length=30)
    form_version = models.CharField(max_length=40, blank=True)
    given_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)

    unscoped = models.Manager()

    def __str__(self) -> str:
        return f"{self.kind} {self.given_on}"


class Allocation(models.Model):
    """The arm of a person randomised in the trial phase (table `allocations`).

    Drawing an arm is the trial app's, whose ledger proves it; this row says what it means for who has entered.
    """

    episode = models.OneToOneField(Episode, on_delete=models.PROTECT, primary_key=True, related_name="allocation")
    arm = models.CharField(max_length=10)
    allocated_on = models.DateField()

    unscoped = models.Manager()

    def __str__(self) -> str:
        return f"allocated {self.allocated_on}"

    @classmethod
    def first_of(cls, people: Iterable[uuid.UUID]) -> Allocation | None:
        """The earliest allocation of these records, of any lot; None where nobody was allocated."""
        held = cls.unscoped.filter(episode__person__in=list(people))
        return held.order_by("allocated_on", "episode__created_at", "pk").first()


class Response(models.Model):
    """The answer to one question of a questionnaire (table `responses`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField()
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="responses")
    form_id = models.UUIDField(help_text="one answered form: response_id in the data set")
    instrument = models.CharField(max_length=30)
    occasion = models.CharField(max_length=30)
    completed_on = models.DateField()
    item = models.CharField(max_length=30)
    answer = models.CharField(max_length=200, blank=True)

    unscoped = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["form_id", "item"], name="one_answer_to_an_item")]

    def __str__(self) -> str:
        return f"{self.instrument} {self.item}"


class Benefit(models.Model):
    """A benefit the person received, or did not, on a day (table `benefits`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="benefits")
    on = models.DateField()
    benefit = models.CharField(max_length=40)
    received = models.BooleanField()

    unscoped = models.Manager()

    def __str__(self) -> str:
        return self.benefit
