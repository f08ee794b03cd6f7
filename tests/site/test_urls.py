"""Every address of the site declares who may open it; one that does not is named, and the site does not start."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest
from django.core.checks import run_checks
from django.http import HttpRequest, HttpResponse
from django.urls import clear_url_caches, include, path, re_path

from placewell_web.accounts.policy import public
from placewell_web.config.addresses import all_views, bare_views


def bare(request: HttpRequest) -> HttpResponse:
    """A view on which someone forgot the decorator."""
    return HttpResponse("people's records")


def test_every_address_declares_a_policy() -> None:
    assert len(all_views()) > 80
    assert [view.name for view in bare_views()] == []


def test_no_two_addresses_share_a_name() -> None:
    names = [view.name for view in all_views()]
    assert sorted(set(names)) == sorted(names)


@pytest.fixture
def _stray(settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """The site's addresses, with a bare view among them and another inside an included part."""
    stray = ModuleType("stray_addresses")
    inner = ([path("people/<int:number>/", bare, name="inner")], "part")
    stray.urlpatterns = [
        path("", include("placewell_web.config.urls")),
        path("stray/", bare, name="stray"),
        path("part/", include(inner)),
        path("fine/", public(bare), name="fine"),
    ]
    monkeypatch.setitem(sys.modules, "stray_addresses", stray)
    settings.ROOT_URLCONF = "stray_addresses"
    clear_url_caches()


@pytest.mark.usefixtures("_stray")
def test_an_address_without_a_policy_is_caught() -> None:
    assert [(view.name, view.shown) for view in bare_views()] == [
        ("stray", "/stray/"),
        ("part:inner", "/part/people/<int:number>/"),
    ]
    found = [error for error in run_checks(tags=["urls"]) if error.id == "placewell.E031"]
    assert [error.msg for error in found] == [
        "/stray/ (stray) does not say who may open it.",
        "/part/people/<int:number>/ (part:inner) does not say who may open it.",
    ]
    assert all("accounts.policy" in error.hint for error in found)


def test_a_regular_expression_is_shown_as_people_write_it(settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("expressions")
    module.urlpatterns = [re_path(r"^reset/(?P<uid>[0-9A-Za-z]+)-(?P<key>.+)/$", public(bare), name="reset")]
    monkeypatch.setitem(sys.modules, "expressions", module)
    settings.ROOT_URLCONF = "expressions"
    (view,) = all_views()
    assert (view.shown, view.arguments) == ("/reset/<uid>-<key>/", ("uid", "key"))
