"""Every address of the site declares who may open it."""

from __future__ import annotations

from placewell_web.config.addresses import all_views


def test_every_address_declares_a_policy() -> None:
    bare = [view.name for view in all_views() if getattr(view.callback, "policy", None) is None]
    assert bare == [], f"Views without a policy decorator of accounts.policy: {', '.join(bare)}"


def test_no_two_addresses_share_a_name() -> None:
    names = [view.name for view in all_views()]
    assert sorted(set(names)) == sorted(names)
