"""Users and posts in words, for the account page and the administrator's pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from placewell_web.accounts.roles import Role
from placewell_web.accounts.viewer import Viewer
from placewell_web.nhsuk import words

if TYPE_CHECKING:
    from placewell_web.accounts.models import Posting, User


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
