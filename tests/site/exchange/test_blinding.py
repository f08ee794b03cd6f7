"""A provider's export does not tell who was given the other group, and every figure of it is what it was."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl
import pytest
from django.test import Client

from placewell.dataset import Dataset
from placewell.payment.ledger import ledger
from placewell.periods import Period
from placewell.reports import report_object
from placewell.specification import load
from placewell_web.accounts.models import User
from placewell_web.accounts.service import current
from placewell_web.accounts.viewer import Viewer
from placewell_web.casework.dataset_rows import read_episodes
from placewell_web.clients.models import Allocation, Consent, Episode
from placewell_web.exchange import queries
from placewell_web.exchange.blinding import blinded

pytestmark = pytest.mark.usefixtures("frozen")
OF_THE_TRIAL = {"trial", "share_data", "linkage"}


def whole(viewer: Viewer) -> Dataset:
    return read_episodes(Episode.scoped.visible_to(viewer), lots=viewer.lots)


def control() -> set[str]:
    return {str(pk) for pk in Allocation.unscoped.filter(arm="control").values_list("episode_id", flat=True)}


def test_no_row_names_the_other_group_or_a_consent_of_the_trial(small_demo: None, viewer: Viewer) -> None:
    Consent.unscoped.create(episode_id=next(iter(control())), kind="trial", given_on=date(2018, 11, 1))
    before, after = whole(viewer), queries.data_set(viewer)
    assert "control" in set(before["allocations"]["arm"])
    assert set(after["allocations"]["arm"]) <= {"ips"}
    assert "trial" in set(before["consents"]["kind"])
    assert not OF_THE_TRIAL & set(after["consents"]["kind"])
    for name in ("responses", "benefits"):
        assert not control() & set(after[name]["episode_id"])
    untouched = set(before.frames) - {"allocations", "consents", "responses", "benefits"}
    assert all(before[name].equals(after[name]) for name in untouched)
    assert after["allocations"].height == (before["allocations"]["arm"] == "ips").sum()


PERIODS = [("Y2Q3", date(2019, 4, 1), date(2019, 7, 1)), ("trial", date(2017, 10, 1), date(2019, 4, 1))]


@pytest.mark.parametrize(("label", "start", "end"), PERIODS)
@pytest.mark.parametrize("lot", [None, "dudley"])
def test_every_figure_of_the_export_is_what_it_was(
    small_demo: None, viewer: Viewer, label: str, start: date, end: date, lot: str | None
) -> None:
    before, after = whole(viewer), queries.data_set(viewer)
    assert not before["allocations"].equals(after["allocations"])
    period, as_at = Period(label, start, end), date(2019, 6, 14)
    first, second = (report_object(current(), one, period, as_at, lot) for one in (before, after))
    assert first.pop("data") != second.pop("data")
    assert first == second


def test_what_is_paid_is_what_it_was(small_demo: None, viewer: Viewer) -> None:
    before, after = whole(viewer), queries.data_set(viewer)
    as_at = date(2019, 6, 14)
    assert ledger(current(), before, as_at).equals(ledger(current(), after, as_at))


def test_who_has_entered_since_keeps_their_row_as_what_is_paid_hangs_on_it(small_demo: None, viewer: Viewer) -> None:
    first = Episode.unscoped.get(pk=next(iter(control())))
    Episode.unscoped.create(
        person=first.person, service_id=first.service_id, lot=first.lot, referred_on=date(2019, 4, 2),
        accepted_on=date(2019, 4, 3), created_at=first.created_at,
    )  # fmt: skip
    kept = queries.data_set(viewer)["allocations"].filter(pl.col("arm") == "control")
    assert kept["episode_id"].to_list() == [str(first.pk)]


def test_the_downloaded_file_has_none_of_it(
    manager: User, viewer: Viewer, client_for: Callable[[User], Client]
) -> None:
    content = client_for(manager).post("/exports/", {"file_type": "csv"}).content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        allocations = archive.read("allocations.csv").decode()
    assert "control" not in allocations
    assert "ips" in allocations


def test_a_service_without_a_trial_gives_everything(small_demo: None, viewer: Viewer) -> None:
    data: Any = whole(viewer)
    assert blinded(load("workwise"), data) is data
