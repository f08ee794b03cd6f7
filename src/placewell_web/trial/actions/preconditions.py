"""What must be true of the presser, the meeting and the day before an arm is drawn; each refusal says what to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from placewell.periods import in_words
from placewell.specification import Specification
from placewell.specification.trial import TrialFile
from placewell_web.accounts.errors import Refused
from placewell_web.accounts.models import Training
from placewell_web.accounts.roles import Role
from placewell_web.accounts.viewer import Viewer
from placewell_web.clients.models import Consent
from placewell_web.intake.models import PossibleDuplicate, Screening
from placewell_web.trial.models import Meeting, SignedConsent, StatementAnswer
from placewell_web.trial.queries import participants

STEPS = (
    ("script_at", "read the script"),
    ("eligible_at", "answer the eligibility questions"),
    ("informed_at", "give the information"),
    ("consented_at", "take the consent"),
    ("baseline_at", "complete the baseline"),
)


def trial_of(specification: Specification) -> TrialFile:
    """The service's trial. Raises Refused where it has none."""
    if specification.trial is None:
        raise Refused("This service has no trial, so nobody is randomised.")
    return specification.trial


def check_all(viewer: Viewer, meeting: Meeting, specification: Specification, at: datetime) -> None:
    """Raises Refused with every reason there is, so that nothing is found out one by one. Source: trial.md §5.0."""
    trial = trial_of(specification)
    local = timezone.localtime(at)
    reasons = [
        *_presser(viewer, trial, local.date()),
        *_window(specification, trial, local),
        *_episode(meeting),
        *_steps(meeting),
        *_screening(screening_of(meeting)),
        *_consent(meeting, trial),
        *_duplicates(viewer, meeting, trial),
    ]
    if reasons:
        raise Refused(*reasons)


def _presser(viewer: Viewer, trial: TrialFile, today: date) -> Iterator[str]:
    if not viewer.has_role(Role.SPECIALIST):
        yield "Only an employment specialist randomises, at the first meeting. Ask the person's specialist."
    if not trial.trained_in:
        return
    valid = Q(expires_on__isnull=True) | Q(expires_on__gt=today)
    taken = Training.objects.filter(valid, user_id=viewer.user_id, course__in=trial.trained_in, completed_on__lte=today)
    if not taken.exists():
        yield (
            "You have not completed the training for the trial, or it has expired. "
            "Complete it under Training, or ask a trained colleague to meet the person."
        )


def _window(specification: Specification, trial: TrialFile, local: datetime) -> Iterator[str]:
    phase = specification.service.phase_on(local.date())
    if local.date() < trial.opens_on:
        yield f"The trial opens on {in_words(trial.opens_on)}: nobody is randomised before."
    elif local.replace(tzinfo=None) > trial.closes_at:
        closed = f"{in_words(trial.closes_at.date())} at {trial.closes_at:%H:%M}"
        yield f"The trial closed on {closed}: nobody is randomised any more."
    elif phase is None or not phase.randomised:
        yield "Nobody is randomised in the phase the programme is in today."


def _episode(meeting: Meeting) -> Iterator[str]:
    episode = meeting.episode
    if episode.closed_on or episode.declined_on:
        yield "This referral has ended, so the person cannot be randomised under it."
    if episode.lot_id is None:
        yield "This referral has no area yet. A team leader or manager says which it belongs to."
    if meeting.ended_at is not None:
        yield "This meeting has ended. Begin a new referral if the person comes again."


def _steps(meeting: Meeting) -> Iterator[str]:
    missing = next((what for field, what in STEPS if getattr(meeting, field) is None), None)
    if missing:
        yield f"The meeting is not complete: {missing} first."


def screening_of(meeting: Meeting) -> Screening | None:
    """The answers in force: the last screening of the episode."""
    return meeting.episode.screenings.order_by("-decided_at", "-id").first()


def _screening(screening: Screening | None) -> Iterator[str]:
    if screening is None:
        yield "Nobody has answered the eligibility questions."
    elif screening.overall != "eligible" and not _set_aside(screening):
        yield (
            "The answers do not show that the person is eligible. "
            "Answer again if a fact was wrong, or ask a second person, with a reason, to set this aside."
        )


def _set_aside(screening: Screening) -> bool:
    by = screening.override_by_id
    return bool(screening.override_reason) and by is not None and by != screening.decided_by_id


def _consent(meeting: Meeting, trial: TrialFile) -> Iterator[str]:
    needed = {each.id: each.consent for each in trial.consent_form.statements if each.needed}
    signed = SignedConsent.unscoped.filter(meeting=meeting).first()
    if signed is None:
        yield "The consent form has not been signed."
        return
    agreed = StatementAnswer.objects.filter(consent=signed, agreed=True, statement__in=needed)
    if agreed.count() < len(needed):
        yield "The person did not agree to every statement that taking part needs."
    standing = Consent.unscoped.filter(episode=meeting.episode, withdrawn_on__isnull=True)
    if not set(needed.values()) <= set(standing.values_list("kind", flat=True)):
        yield "The person has withdrawn a consent that taking part needs, so they are not randomised."


def _duplicates(viewer: Viewer, meeting: Meeting, trial: TrialFile) -> Iterator[str]:
    """Nobody is drawn while two records may be one person, wherever the other is. Source: trust.md T12."""
    stands = participants.standing(viewer, meeting.episode)
    if stands.state == participants.RANDOMISED:
        labels = {arm.id: arm.label for arm in trial.arms}
        yield (
            f"This person is in a group already: {labels.get(stands.arm, stands.arm)}. It holds under every record, "
            "and nobody is drawn twice. Open the first meeting again from the person's page: it shows the group."
        )
    elif stands.elsewhere:
        yield (
            "This may be someone who is in the trial in another area. "
            "Someone who works in both areas decides first whether the two records are one person."
        )
    elif stands.state == participants.REVIEW or _suspected(meeting.episode.person_id):
        yield (
            "This may be someone who is known already. "
            "A team leader or manager decides first whether the two records are one person."
        )


def _suspected(person: UUID) -> bool:
    """Whether a question about another record, of any area, names this person."""
    undecided = PossibleDuplicate.objects.filter(decided_at__isnull=True)
    return undecided.filter(Q(episode__person=person) | Q(other=person)).exists()
