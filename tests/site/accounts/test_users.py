"""The administrator's pages and actions: whole, within the administrator's lots, and written in the audit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from tests.site.conftest import NOW, World

from placewell_web.accounts import actions, queries
from placewell_web.accounts.errors import Refused
from placewell_web.accounts.models import Posting, Role, User
from placewell_web.audit.models import Entry

pytestmark = pytest.mark.django_db
Clients = Callable[[User | None], Client]
DAY = NOW.date()


@pytest.fixture(autouse=True)
def _still(frozen: object) -> None:
    """Every test here is on Friday 14 June 2019."""


@pytest.fixture
def admin(world: World, client_for: Clients) -> Client:
    return client_for(world.user(Role.ADMINISTRATOR))


def new_user(world: World, **changes: str) -> dict[str, str]:
    fields = {
        "name": "Owen Price",
        "email": "Owen.Price@example.org",
        "role": "specialist",
        "lot": "dudley",
        "team": str(world.teams["dudley"].pk),
        "fte": "0.6",
        "from_on-day": "14",
        "from_on-month": "6",
        "from_on-year": "2019",
    }
    return {**fields, **changes}


def test_adding_a_user(world: World, admin: Client) -> None:
    response = admin.post("/users/add/", new_user(world), follow=True)
    user = User.objects.get(email="owen.price@example.org")
    post = user.postings.get()
    assert (post.role, post.lot_id, post.team, post.fte) == (
        "specialist",
        "dudley",
        world.teams["dudley"],
        Decimal("0.6"),
    )
    assert (post.organisation, post.from_on, post.to_on) == (world.own.provider, DAY, None)
    assert not user.has_usable_password()
    assert [message.to for message in mail.outbox] == [["owen.price@example.org"]]
    assert "/accounts/password/reset/key/" in mail.outbox[0].body
    page = response.content.decode()
    assert "Owen Price is added" in page
    assert "Employment specialist, 0.6 of full time" in page
    assert list(Entry.objects.values_list("verb", flat=True)) == ["add_user", "give_post"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "Enter the person&#39;s full name"),
        ({"email": "not an address"}, "Enter an email address"),
        ({"email": "SPECIALIST.dudley@example.org"}, "has an account already"),
        ({"role": ""}, "Choose the post"),
        ({"role": "owner"}, "Choose one of the answers"),
        ({"lot": "wolverhampton"}, "Choose one of the answers"),
        ({"team": ""}, "works in a team"),
        ({"role": "manager"}, "works in a team"),
        ({"fte": "1.2"}, "Share of full time must be more than 0"),
        ({"fte": "0"}, "Share of full time must be more than 0"),
        ({"from_on-month": "13"}, "must be a real date"),
        ({"from_on-year": ""}, "must include a year"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_added(
    world: World, admin: Client, changes: dict[str, str], words: str
) -> None:
    before = (User.objects.count(), Posting.objects.count())
    response = admin.post("/users/add/", new_user(world, **changes))
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert "There is a problem" in page
    assert (User.objects.count(), Posting.objects.count(), len(mail.outbox)) == (*before, 0)
    assert not Entry.objects.exists()


def test_giving_and_ending_a_post(world: World, admin: Client) -> None:
    user = world.user(Role.SPECIALIST)
    fields = new_user(world, role="team_leader", fte="0.4")
    assert admin.post(f"/users/{user.pk}/posts/add/", fields).status_code == 302
    post = user.postings.get(role="team_leader")
    last = {"last_day-day": "30", "last_day-month": "june", "last_day-year": "2019"}
    assert admin.post(f"/users/posts/{post.pk}/end/", last).status_code == 302
    post.refresh_from_db()
    assert post.to_on == date(2019, 6, 30)
    page = admin.get(f"/users/{user.pk}/").content.decode()
    assert "Since 14 June 2019 to 30 June 2019" in page
    assert [entry.verb for entry in Entry.objects.all()] == ["give_post", "end_post"]


@pytest.mark.parametrize(
    ("day", "month", "words"),
    [
        ("1", "1", "cannot be before the post began"),
        ("31", "6", "real date"),
        ("", "", "must include a day and a month"),
    ],
)
def test_a_post_ends_on_a_real_day_after_it_began(
    world: World, admin: Client, day: str, month: str, words: str
) -> None:
    post = world.user(Role.SPECIALIST).postings.get()
    fields = {"last_day-day": day, "last_day-month": month, "last_day-year": "2017"}
    page = admin.post(f"/users/posts/{post.pk}/end/", fields).content.decode()
    assert words in page
    post.refresh_from_db()
    assert post.to_on is None


@pytest.mark.parametrize(("what", "active"), [("off", False), ("on", True), ("sessions", True), ("second-step", True)])
def test_switching_asks_first(world: World, admin: Client, what: str, active: bool) -> None:
    user = world.user(Role.SPECIALIST)
    path, generation = f"/users/{user.pk}/switch/{what}/", user.session_generation
    assert "?" in admin.get(path).content.decode()
    user.refresh_from_db()
    assert user.session_generation == generation
    assert admin.post(path).status_code == 302
    user.refresh_from_db()
    assert (user.is_active, user.session_generation) == (active, generation + 1)


def test_no_other_switch(world: World, admin: Client) -> None:
    assert admin.post(f"/users/{world.user(Role.SPECIALIST).pk}/switch/delete/").status_code == 404


def test_a_lost_phone(world: World, admin: Client, client_for: Clients, settings: object) -> None:
    """The second step goes with its recovery codes, the sessions end, and a new one must be set up before any page."""
    user = world.user(Role.SPECIALIST)
    assert "Remove the second step" not in admin.get(f"/users/{user.pk}/").content.decode()
    for kind in (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES):
        Authenticator.objects.create(user=user, type=kind, data={"secret": "x"})
    assert "Remove the second step" in admin.get(f"/users/{user.pk}/").content.decode()
    theirs = client_for(user)
    page = admin.post(f"/users/{user.pk}/switch/second-step/", follow=True).content.decode()
    assert "sets up a new second step" in page
    assert theirs.get("/accounts/").status_code == 302
    assert not Authenticator.objects.filter(user=user).exists()
    entry = Entry.objects.filter(verb="remove_second_step").get()
    assert (entry.target_id, entry.detail) == (str(user.pk), '{"kinds":["recovery_codes","totp"]}')
    user.refresh_from_db()
    settings.SECOND_FACTOR_REQUIRED = True
    assert client_for(user).get("/accounts/")["Location"] == "/accounts/second-factor/"


@pytest.mark.parametrize("what", ["off", "sessions", "second-step"])
def test_nobody_locks_themselves_out(world: World, admin: Client, what: str) -> None:
    own = world.user(Role.ADMINISTRATOR)
    response = admin.post(f"/users/{own.pk}/switch/{what}/")
    assert response.status_code == 403
    assert "Another administrator can do it" in response.content.decode()
    last = {"last_day-day": "30", "last_day-month": "6", "last_day-year": "2019"}
    page = admin.post(f"/users/posts/{own.postings.get().pk}/end/", last).content.decode()
    assert "Another administrator can do it" in page
    own.refresh_from_db()
    assert own.is_active
    assert own.postings.get().to_on is None


def test_the_list_holds_the_own_lots_only(world: World, admin: Client) -> None:
    page = admin.get("/users/").content.decode()
    assert "specialist.dudley@example.org" in page
    assert "none@example.org" in page
    assert "wolverhampton@example.org" not in page


@pytest.mark.parametrize("role", [role for role in Role.values if role != Role.ADMINISTRATOR])
def test_actions_refuse_whoever_is_no_administrator(world: World, role: str, now: datetime) -> None:
    who = {"viewer": world.viewer(role), "by": world.actor(role), "at": now}
    user, post = world.user(Role.MANAGER), world.user(Role.SPECIALIST).postings.get()
    for attempt in (
        lambda: actions.switch_off(user=user, **who),
        lambda: actions.end_sessions(user=user, **who),
        lambda: actions.end_post(post=post, last_day=DAY, **who),
        lambda: actions.give_post(
            user=user, role="manager", lot="dudley", team=None, fte=Decimal(1), from_on=DAY, **who
        ),
    ):
        with pytest.raises(Refused, match="administrator"):
            attempt()
    assert not Entry.objects.exists()


def test_actions_refuse_another_providers_lot(world: World, now: datetime) -> None:
    who = {"viewer": world.viewer(Role.ADMINISTRATOR), "by": world.actor(Role.ADMINISTRATOR), "at": now}
    with pytest.raises(Refused, match="not yours"):
        actions.add_user(
            name="X",
            email="x@example.org",
            role="manager",
            lot="wolverhampton",
            team=None,
            fte=Decimal(1),
            from_on=DAY,
            **who,
        )
    with pytest.raises(Refused, match="not a team of that lot"):
        actions.give_post(
            user=world.without_post,
            role="specialist",
            lot="dudley",
            team=world.teams["wolverhampton"],
            fte=Decimal(1),
            from_on=DAY,
            **who,
        )


VIEWS = [
    # role, days from today the post begins and ends → roles, lots, teams?
    (("specialist", -10, None), {"specialist"}, {"dudley"}, True),
    (("specialist", 0, 0), {"specialist"}, {"dudley"}, True),
    (("specialist", 1, None), set(), set(), False),
    (("specialist", -10, -1), set(), set(), False),
    (("manager", -10, None), {"manager"}, {"dudley"}, False),
]


@pytest.mark.parametrize(("post", "roles", "lots", "in_team"), VIEWS)
def test_a_viewer_is_what_the_posts_of_the_day_say(
    world: World, post: tuple[str, int, int | None], roles: set[str], lots: set[str], in_team: bool
) -> None:
    role, begins, ends = post
    Posting.objects.create(
        user=world.without_post,
        role=role,
        organisation=world.own.provider,
        lot=world.own,
        team=world.teams["dudley"] if role == "specialist" else None,
        from_on=DAY + timedelta(days=begins),
        to_on=None if ends is None else DAY + timedelta(days=ends),
    )
    viewer = queries.viewer_of(world.without_post, DAY)
    assert (viewer.roles, viewer.lots, bool(viewer.teams)) == (roles, lots, in_team)


def test_a_post_without_a_lot_sees_the_lots_of_the_organisation(world: World) -> None:
    Posting.objects.create(
        user=world.without_post, role="manager", organisation=world.other.provider, from_on=date(2018, 1, 1)
    )
    assert queries.viewer_of(world.without_post, DAY).lots == {"wolverhampton"}


def test_a_switched_off_user_sees_nothing(world: World) -> None:
    user = world.user(Role.MANAGER)
    user.is_active = False
    assert queries.viewer_of(user, DAY).roles == frozenset()
