"""The decorators that guard every address: sign-in, second step, role, and words for whoever is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from tests.site.conftest import World

from placewell_web.accounts import policy
from placewell_web.accounts.errors import EditConflict, Refused
from placewell_web.accounts.models import Role, User
from placewell_web.config.middleware import Refusals

pytestmark = pytest.mark.django_db
Clients = Callable[[User | None], Client]


def view(request: HttpRequest) -> HttpResponse:
    return HttpResponse("inside")


@pytest.mark.parametrize(
    ("decorator", "kind", "roles"),
    [
        (policy.public, "public", set()),
        (policy.signed_in, "signed_in", set()),
        (policy.setting_up, "signed_in", set()),
        (policy.closed, "closed", set()),
        (policy.staff(Role.MANAGER, "team_leader"), "staff", {"manager", "team_leader"}),
        (policy.staff(), "staff", set(Role.values)),
    ],
)
def test_what_each_decorator_declares(decorator: Callable[..., object], kind: str, roles: set[str]) -> None:
    declared = decorator(view).policy
    assert (declared.kind, set(declared.roles)) == (kind, roles)


@pytest.mark.parametrize("role", [None, *Role.values])
def test_the_users_page_is_the_administrators(world: World, client_for: Clients, role: str | None) -> None:
    response = client_for(world.user(role) if role else None).get("/users/")
    if role is None:
        assert response["Location"] == "/accounts/login/?next=/users/"
    elif role == Role.ADMINISTRATOR:
        assert response.status_code == 200
    else:
        words = response.content.decode()
        assert response.status_code == 403
        assert "It is for: administrator." in words
        assert Role(role).label.lower() in words


def test_a_user_without_a_post_is_told_so(world: World, client_for: Clients) -> None:
    response = client_for(world.without_post).get("/users/")
    assert response.status_code == 403
    assert "hold no post today" in response.content.decode()


@pytest.mark.parametrize(
    ("path", "goes_to_second_factor"),
    [
        ("/users/", True),
        ("/accounts/", True),
        ("/accounts/start/", True),
        ("/accounts/second-factor/", False),
        ("/accounts/2fa/", False),
        ("/accounts/2fa/totp/activate/", False),
        ("/accounts/2fa/recovery-codes/", True),
        ("/health/", False),
    ],
)
def test_without_a_second_step_only_its_set_up_opens(
    world: World, client_for: Clients, settings: object, path: str, goes_to_second_factor: bool
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    response = client_for(world.user(Role.ADMINISTRATOR)).get(path)
    if goes_to_second_factor:
        assert (response.status_code, response["Location"]) == (302, "/accounts/second-factor/")
    else:
        assert response.status_code == 200


@pytest.mark.parametrize("kind", [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])
def test_with_a_second_step_the_page_opens(world: World, client_for: Clients, settings: object, kind: str) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    user = world.user(Role.ADMINISTRATOR)
    Authenticator.objects.create(user=user, type=kind, data={"secret": "x"})
    assert client_for(user).get("/users/").status_code == 200


def test_recovery_codes_alone_are_no_second_step(world: World, client_for: Clients, settings: object) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    user = world.user(Role.ADMINISTRATOR)
    Authenticator.objects.create(user=user, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x"})
    assert client_for(user).get("/users/")["Location"] == "/accounts/second-factor/"


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (Refused("Her own specialist verified it. Another person can do it."), 403, "Another person can do it."),
        (EditConflict("The plan", {"Goal": "theirs"}, {"Goal": "mine <b>"}), 409, "mine &lt;b&gt;"),
        (EditConflict("The plan", {"Goal": "theirs"}, {"Goal": "mine"}, "/people/"), 409, "theirs"),
    ],
)
def test_refusals_become_pages(rf: RequestFactory, error: Exception, status: int, words: str) -> None:
    response = Refusals(view).process_exception(rf.get("/"), error)
    assert response is not None
    assert response.status_code == status
    assert words in response.content.decode()


def test_other_errors_are_left_alone(rf: RequestFactory) -> None:
    assert Refusals(view).process_exception(rf.get("/"), ValueError("not ours")) is None


@pytest.mark.parametrize("address", ["/", "/refer/", "/accounts/login/", "/today/", "/no-such-page/"])
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"])
def test_a_page_is_read_or_sent_and_nothing_else(
    client: Client, django_assert_num_queries: Callable[..., object], method: str, address: str
) -> None:
    with django_assert_num_queries(0):
        response = client.generic(method, address)
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, POST")
