"""Who may do what with a person's record; each refusal says why, and who can do it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.timezone import localdate

from placewell.periods import in_words
from placewell_web.accounts import service
from placewell_web.accounts.errors import Refused
from placewell_web.accounts.roles import Role
from placewell_web.casework.models import Evidence
from placewell_web.clients.models import Episode, Handover
from placewell_web.clients.queries import goes_on_in, has_died
from placewell_web.clients.wording import goes_on_in_words

if TYPE_CHECKING:
    from placewell_web.accounts.viewer import Viewer

DECIDERS = (Role.TEAM_LEADER, Role.MANAGER)
CASEWORKERS = (Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER)


def check_can_work_with(viewer: Viewer, episode: Episode) -> None:
    """Contacts, jobs and proof: whoever works with the person, also after closure, as outcomes outlive it."""
    if not viewer.has_role(*CASEWORKERS):
        raise Refused("Only those who work with a person record what happens: a specialist, team leader or manager.")
    if episode.accepted_on is None:
        raise Refused(
            "This referral has not been accepted yet, so there is nothing to record against it.",
            "A team leader or manager can accept it from Referrals.",
        )
    if not receives_support(episode):
        raise Refused(
            "Chance put this person into the comparison group, so the service gives no support under this referral.",
            "If support was given, report it as a mistake on the page of the result: the evaluator must know.",
        )


def receives_support(episode: Episode) -> bool:
    """Whether the trial, where it has decided, gave this episode the group that has support (002 §11.1)."""
    given = getattr(episode, "allocation", None)
    return given is None or given.arm == service.current().outcomes.entry.arm


def can_work_with(viewer: Viewer, episode: Episode) -> bool:
    return _allowed(check_can_work_with, viewer, episode)


def check_lives(episode: Episode) -> None:
    """After a death nothing is sent, asked or booked; what happened before is still recorded, and its proof."""
    if has_died(episode):
        raise Refused(f"{episode.person.called} has died, so nothing is asked, sent or booked any more.")


def check_can_describe(viewer: Viewer, episode: Episode) -> None:
    """Who the person is, what they agreed to, what to know first: from the referral on, and put right at any time."""
    if not viewer.has_role(*CASEWORKERS):
        raise Refused("Only those who work with a person change what is kept about them.")


def can_describe(viewer: Viewer, episode: Episode) -> bool:
    return _allowed(check_can_describe, viewer, episode)


def check_can_plan(viewer: Viewer, episode: Episode) -> None:
    """Profiles, plans and closure: only while the episode is open."""
    check_can_work_with(viewer, episode)
    if episode.closed_on is not None:
        raise Refused(
            f"Support ended on {in_words(episode.closed_on)}, so plans and profiles can no longer change.",
            "A team leader or manager can open it again on the day it was closed; after that, a new referral starts.",
        )


def can_plan(viewer: Viewer, episode: Episode) -> bool:
    return _allowed(check_can_plan, viewer, episode)


def check_can_extend(viewer: Viewer, episode: Episode) -> None:
    """Support beyond a limit is for exceptional cases, so a leader agrees to it (002 §9.10 x)."""
    check_can_plan(viewer, episode)
    if not viewer.has_role(*DECIDERS):
        raise Refused(
            "Support beyond the limit is for exceptional cases: a team leader or manager records it.",
            f"Ask a team leader or manager for {episode.lot or 'this service'}, and say why.",
        )


def can_extend(viewer: Viewer, episode: Episode) -> bool:
    return _allowed(check_can_extend, viewer, episode)


def check_can_lead(viewer: Viewer, lot: str | None) -> None:
    """Cover, handover and supervision are arranged by those who answer for the lot (002 App. 7 Org 4-5)."""
    if not viewer.has_role(*DECIDERS):
        raise Refused("Only a team leader or manager arranges this. Ask yours.")
    if lot is not None and lot not in viewer.lots:
        raise Refused("This is another area's. A team leader or manager there can do it.")


def check_can_undo_handover(viewer: Viewer, handover: Handover, today: date) -> None:
    """A handover made by mistake is put right by a leader on the same day."""
    check_can_lead(viewer, None)
    if handover.undone_at is not None:
        raise Refused("This handover has been taken back already.")
    if localdate(handover.made_at) != today:
        raise Refused(
            "A handover can only be taken back on the day it was made.",
            "Hand the people over again, to whoever should have them.",
        )


def can_undo_handover(viewer: Viewer, handover: Handover, today: date) -> bool:
    return _allowed(check_can_undo_handover, viewer, handover, today)


def check_can_reopen(viewer: Viewer, episode: Episode, today: date) -> None:
    """A closure made by mistake is put right by a leader on the same day."""
    if episode.closed_on is None:
        raise Refused("This episode is open.")
    if not viewer.has_role(*DECIDERS):
        raise Refused("Only a team leader or manager can open an episode again. Ask yours today.")
    if episode.closed_on != today:
        raise Refused(
            f"It was closed on {in_words(episode.closed_on)} and can only be opened again on that day.",
            "Start a new referral for the person instead.",
        )
    if episode.followed_by.filter(closed_on=None, declined_on=None).exists():
        raise Refused("A new referral follows this one already.", "Go on with that one.")


def can_reopen(viewer: Viewer, episode: Episode, today: date) -> bool:
    return _allowed(check_can_reopen, viewer, episode, today)


def check_can_ask_employer(viewer: Viewer, episode: Episode, today: date) -> None:
    """Nobody asks an employer about a person who has not agreed to that (002 §9.10 vii, App. 7 Sv 2)."""
    check_can_work_with(viewer, episode)
    check_lives(episode)
    if not may_ask_employer(episode, today):
        raise Refused(
            f"{episode.person.called} has not agreed that we contact an employer, so the employer cannot be asked.",
            "Talk with them first. When they agree, record the consent under About, then ask again.",
        )


def may_ask_employer(episode: Episode, today: date) -> bool:
    """Whether the person's consent to contact employers holds today."""
    holds = Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=today)
    return bool(episode.consents.filter(holds, kind="contact_employer", given_on__lte=today).exists())


def check_can_refer_again(viewer: Viewer, episode: Episode) -> None:
    """Someone whose support has ended is referred again by anyone who works with people."""
    check_can_describe(viewer, episode)
    check_lives(episode)
    if episode.closed_on is None and episode.declined_on is None:
        raise Refused("Support has not ended, so there is nothing to refer again.")
    _check_goes_on_nowhere(episode)


def can_refer_again(viewer: Viewer, episode: Episode) -> bool:
    return _allowed(check_can_refer_again, viewer, episode)


def check_can_ask_again(viewer: Viewer, episode: Episode) -> None:
    """Support in work is taken up again where the contract allows it, for someone who has worked (002 §9.10 ix)."""
    check_can_work_with(viewer, episode)
    check_lives(episode)
    support = service.current().pathway.support
    if support is None or not support.re_access:
        raise Refused("The contract of this service names no way to take support in work up again.")
    if episode.closed_on is None and not _in_work_ended(episode):
        raise Refused("Support in work has not ended, so there is nothing to take up again.")
    if not episode.jobs.exists():
        raise Refused("No job is recorded, so there is no support in work to take up again.")
    _check_goes_on_nowhere(episode)


def _check_goes_on_nowhere(episode: Episode) -> None:
    """Nobody has two referrals at once: while one follows, the record of before starts no other."""
    if (later := goes_on_in(episode)) is not None:
        raise Refused(goes_on_in_words(episode, later), "Go on with that one.")


def _in_work_ended(episode: Episode) -> bool:
    last = episode.support_decisions.filter(limit="in_work").order_by("on", "created_at").last()
    return last is not None and last.decision == "ended"


def can_ask_again(viewer: Viewer, episode: Episode) -> bool:
    return _allowed(check_can_ask_again, viewer, episode)


def check_can_move(viewer: Viewer, episode: Episode) -> None:
    """A leader closes here and refers on to another area of the service."""
    check_can_plan(viewer, episode)
    check_can_lead(viewer, episode.lot_id)
    if "moved_lot" not in {reason.id for reason in service.current().pathway.closure_reasons}:
        raise Refused("This service has no other area to move to.")


def can_move(viewer: Viewer, episode: Episode) -> bool:
    return _allowed(check_can_move, viewer, episode)


def check_can_decide(viewer: Viewer, evidence: Evidence) -> None:
    """Proof is verified by someone other than the person's own specialist and whoever uploaded it (002 §16.9)."""
    who = f"Another team leader or manager for {evidence.episode.lot or 'this service'} can decide it."
    if not viewer.has_role(*DECIDERS):
        raise Refused("Proof is verified by a team leader or manager, never by a specialist.", who)
    if evidence.episode.specialist_id == viewer.user_id:
        raise Refused("You are this person's own specialist, so you cannot verify their proof.", who)
    if evidence.uploaded_by_id == viewer.user_id:
        raise Refused("You uploaded this proof, so you cannot verify it yourself.", who)
    if evidence.link is not None and evidence.link.made_by_id == viewer.user_id:
        raise Refused("It came by a link that you gave, so you cannot verify it yourself.", who)


def can_decide(viewer: Viewer, evidence: Evidence) -> bool:
    return _allowed(check_can_decide, viewer, evidence)


def check_can_review_week(viewer: Viewer, specialist_id: object) -> None:
    """A leader goes through the week with the specialist; nobody reviews their own (002 App. 7 Sv 6)."""
    if not viewer.has_role(*DECIDERS):
        raise Refused("A weekly sheet is reviewed by a team leader or manager.")
    if specialist_id == viewer.user_id:
        raise Refused("This is your own week: another team leader or manager reviews it.")


def can_review_week(viewer: Viewer, specialist_id: object) -> bool:
    return _allowed(check_can_review_week, viewer, specialist_id)


def _allowed(check: object, *arguments: object) -> bool:
    assert callable(check)
    try:
        check(*arguments)
    except Refused:
        return False
    return True
