"""Users and posts in words, for the account page and the administrator's pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from placewell.specification.trial import TrialFile
from placewell.vocabulary import label
from placewell_web.accounts.roles import Role
from placewell_web.accounts.viewer import Viewer
from placewell_web.nhsuk import words

if TYPE_CHECKING:
    from placewell_web.accounts.models import Posting, Training, User


@dataclass(frozen=True)
class Row:
    """A line of a summary list."""

    label: str
    text: str


@dataclass(frozen=True)
class PostRow:
    """A post: what, where, since and until when, and whether it is held on the day."""

    id: UUID
    what: str
    where: str
    when: str
    held: bool
    ended: bool


@dataclass(frozen=True)
class UserRow:
    """A user with the posts of the day."""

    id: UUID
    name: str
    email: str
    posts: tuple[str, ...]
    second_factor: bool
    active: bool


def account_rows(viewer: Viewer, email: str) -> list[Row]:
    posts = ", ".join(viewer.role_labels) or "None today. Ask your administrator."
    rows = [Row("Name", viewer.name), Row("Email address", email), Row("Posts", posts)]
    return [*rows, Row("Organisation", viewer.organisation_name)] if viewer.organisation_name else rows


def post_row(post: Posting, today: date) -> PostRow:
    where = ", ".join(str(part) for part in (post.team, post.lot) if part) or str(post.organisation)
    until = f" to {words.day(post.to_on)}" if post.to_on else ""
    share = "" if post.fte == 1 else f", {words.hours(post.fte)} of full time"
    ended = post.to_on is not None and post.to_on < today
    held = post.from_on <= today and not ended
    when = (
        f"Since {words.day(post.from_on)}{until}" if post.from_on <= today else f"From {words.day(post.from_on)}{until}"
    )
    return PostRow(post.pk, f"{Role(post.role).label}{share}", where, when, held, ended)


def user_row(user: User, today: date) -> UserRow:
    posts = [post_row(post, today) for post in user.postings.all()]
    held = tuple(f"{post.what}, {post.where}" for post in posts if post.held)
    second = bool(getattr(user, "second_factor", False))
    return UserRow(user.pk, user.name, user.email, held, second, user.is_active)


@dataclass(frozen=True)
class CourseRow:
    """A course somebody took: when, until when it holds, and whether it still does."""

    id: UUID
    course: str
    completed: str
    expires: str
    holds: bool
    recorded_by: str


@dataclass(frozen=True)
class StaffRow:
    """A member of staff, what they hold today, and whether the trial's courses among it let them randomise."""

    id: UUID
    name: str
    posts: tuple[str, ...]
    courses: tuple[CourseRow, ...]
    randomises: bool | None  # nothing to say: no trial runs, or another post
    own: bool


def course_row(training: Training, today: date) -> CourseRow:
    by = training.recorded_by.name if training.recorded_by else ""
    expires = words.day(training.expires_on) if training.expires_on else ""
    holds = training.expires_on is None or training.expires_on > today
    name = label("course", training.course)
    return CourseRow(training.pk, name, words.day(training.completed_on), expires, holds, by)


def staff_row(user: User, today: date, trial: TrialFile | None, viewer: Viewer) -> StaffRow:
    """`trial`: the one that runs today; only specialists randomise, with every course it asks for. Source: 002 §11.10.

    Of a course taken twice the row of the later day alone is in the list.
    """
    latest: dict[str, Training] = {}
    for taken in user.training.all():
        latest.setdefault(taken.course, taken)
    posts = list(user.postings.all())
    courses = tuple(course_row(taken, today) for taken in latest.values())
    randomises = None
    if trial is not None and any(post.role == Role.SPECIALIST for post in posts):
        held = {name for name, taken in latest.items() if taken.expires_on is None or taken.expires_on > today}
        randomises = not trial.trained_in or any(course in held for course in trial.trained_in)
    shown = tuple(dict.fromkeys(row.what + ", " + row.where for row in (post_row(post, today) for post in posts)))
    return StaffRow(user.pk, user.name, shown, courses, randomises, user.pk == viewer.user_id)
