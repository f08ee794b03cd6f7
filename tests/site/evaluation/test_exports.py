"""What leaves: declared columns under trial numbers, a manifest that names the taker, an audit entry before it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.test import Client
from tests.site.conftest import World
from tests.site.evaluation.factories import Trial

from placewell.evaluation.exported_tables import tables_for
from placewell.evaluation.exports import verified
from placewell.evaluation.linkage import HEADER
from placewell_web.accounts.models import Role, User
from placewell_web.accounts.service import current
from placewell_web.audit.models import Entry
from placewell_web.clients.actions.entries import day_of
from placewell_web.clients.models import Benefit, Episode, Person
from placewell_web.evaluation import queries, sealing
from placewell_web.evaluation.queries import Scope
from placewell_web.trial.actions.baseline_items import items_of
from placewell_web.trial.allocator.sealing import new_pair
from placewell_web.trial.models import Meeting, Participant

pytestmark = pytest.mark.django_db
PAGE = "/evaluation/exports/"
EVERYWHERE = Scope(None, "all areas", date(2019, 6, 14))


def take(client: Client, file: str, **more: str) -> Any:
    return client.post(PAGE, {"file": file, "read": "on"} | more)


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.fixture
def key(tmp_path: Path, settings: Any) -> X25519PrivateKey:
    """The evaluator's key pair: the site knows the public half."""
    secret, public = new_pair()
    (tmp_path / "evaluator.pem").write_bytes(public)
    settings.EVALUATOR_KEY = str(tmp_path / "evaluator.pem")
    found = load_pem_private_key(secret, None)
    assert isinstance(found, X25519PrivateKey)
    return found


@pytest.mark.parametrize(("file", "arms"), [("blinded", False), ("unblinded", True)])
def test_each_header_is_the_declared_list(trial: Trial, unblinded: Client, file: str, arms: bool) -> None:
    files = unpacked(take(unblinded, file).content)
    for table in tables_for(arms=arms):
        header = files[f"{table.name}.csv"].decode("utf-8-sig").splitlines()[0].split(",")
        assert tuple(header) == table.header(arms=arms)
    assert set(files) == {f"{table.name}.csv" for table in tables_for(arms=arms)} | {"manifest.json"}


def test_the_manifest_has_rows_hashes_and_the_taker(trial: Trial, unblinded: Client) -> None:
    files = unpacked(take(unblinded, "unblinded").content)
    manifest = json.loads(files["manifest.json"])
    assert list(verified(files, manifest)) == []
    for one in manifest["files"]:
        assert one["rows"] == len(rows(files[one["file"]]))
        assert one["sha256"] == hashlib.sha256(files[one["file"]]).hexdigest()
    assert manifest["taken_by"] == trial.world.user(Role.UNBLINDED).name
    assert manifest["taken_at"].startswith("2019-06-14T12:04")
    assert manifest["ledger_head"] == trial.entries[-1].hash
    assert "fewer than 5 people" in manifest["k_anonymity"]


def test_the_audit_has_each_file_with_its_hash_before_it_leaves(
    trial: Trial, unblinded: Client, key: X25519PrivateKey
) -> None:
    for file, verb in (
        ("blinded", "take_trial_data"),
        ("unblinded", "take_trial_data"),
        ("linkage", "take_linkage_file"),
    ):
        content = take(unblinded, file).content
        entry = Entry.objects.order_by("-sequence").first()
        assert entry is not None
        assert (entry.verb, entry.target_id) == (verb, hashlib.sha256(content).hexdigest())
        assert entry.actor_name == trial.world.user(Role.UNBLINDED).name
    page = unblinded.get(PAGE).content.decode()
    assert page.count("Data set</td>") == 2
    assert page.count("Linkage file</td>") == 1


def test_arms_are_in_the_unblinded_file_alone(trial: Trial, blinded: Client, unblinded: Client) -> None:
    told = rows(unpacked(take(unblinded, "unblinded").content)["participants.csv"])
    assert {one["arm"] for one in told} == {"ips", "control"}
    without = unpacked(take(blinded, "blinded").content)
    assert "arm" not in rows(without["participants.csv"])[0]
    assert not [name for name, content in without.items() if b"control" in content or b",ips" in content]


@pytest.mark.parametrize(
    ("file", "read", "sentence"),
    [
        ("unblinded", "on", "Choose one of the answers in the list."),
        ("linkage", "on", "Choose one of the answers in the list."),  # no key is set
        ("", "on", "Choose the file."),
        ("blinded", "", "Say that you have read the report before you take a file."),
    ],
)
def test_the_blinded_take_no_arms_and_nobody_takes_without_reading(
    trial: Trial, blinded: Client, file: str, read: str, sentence: str
) -> None:
    response = blinded.post(PAGE, {"file": file, "read": read})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Entry.objects.filter(verb__startswith="take_").exists()


def test_the_report_stands_before_the_files(trial: Trial, blinded: Client) -> None:
    page = blinded.get(PAGE).content.decode()
    report, files = page.index("who could be recognised"), page.index("Take a file")
    assert report < files
    assert "12 people in a combination of fewer than 5" in page


def test_an_export_asks_who_is_there_again(trial: Trial, client_for: Callable[[User | None], Client]) -> None:
    """A session signed in long ago is sent to give the password anew; nothing leaves."""
    client = client_for(trial.world.user(Role.EVALUATOR))
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": 0}]
    session.save()
    for response in (client.get(PAGE), take(client, "blinded")):
        assert response.status_code == 302
        assert response["Location"].startswith("/accounts/reauthenticate/")
    assert not Entry.objects.filter(verb__startswith="take_").exists()


def test_the_bundle_asks_who_is_there_again_too(trial: Trial, client_for: Callable[[User | None], Client]) -> None:
    """It tells every arm: a laptop left open does not hand it out."""
    client = client_for(trial.world.user(Role.UNBLINDED))
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": 0}]
    session.save()
    response = client.get("/evaluation/integrity/bundle.json")
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/reauthenticate/")
    assert not Entry.objects.filter(verb="take_bundle").exists()


def test_nothing_is_kept_by_a_cache(trial: Trial, unblinded: Client, key: X25519PrivateKey) -> None:
    taken = [take(unblinded, file) for file in ("blinded", "unblinded", "linkage")]
    pages = ("flow/diagram.svg", "integrity/bundle.json", "integrity/anchor.json", "flow/people/")
    for response in (*taken, *(unblinded.get(f"/evaluation/{page}") for page in pages)):
        assert response["Cache-Control"] == "no-store, private"
    assert all(one["Content-Disposition"].startswith("attachment") for one in taken)


def test_the_linkage_file_opens_for_the_evaluator_alone(trial: Trial, blinded: Client, key: X25519PrivateKey) -> None:
    trial.withdrew(Participant.unscoped.get(number="TIW 001-K01"), "linkage", date(2019, 3, 1))
    queries.forget()
    files = unpacked(take(blinded, "linkage").content)
    manifest = json.loads(files["manifest.json"])
    closed = files["linkage.csv.hpke"]
    assert hashlib.sha256(closed).hexdigest() == manifest["sha256_sealed"]
    assert manifest["taken_by"] == trial.world.user(Role.EVALUATOR).name
    surnames = [one.person.surname for one in Participant.unscoped.select_related("person")]
    assert not [name for name in surnames if name.encode() in closed or name in json.dumps(manifest)]
    told = rows(sealing.opened(closed, manifest["info"], key))
    assert tuple(told[0]) == HEADER
    assert len(told) == manifest["rows"] == 11
    assert "TIW 001-K01" not in {one["trial_number"] for one in told}
    person = Participant.unscoped.get(number=told[0]["trial_number"]).person
    assert (told[0]["surname"], told[0]["nhs_number"]) == (person.surname, person.nhs_number)
    for wrong in ((closed, "another purpose", key), (closed, manifest["info"], X25519PrivateKey.generate())):
        with pytest.raises(InvalidTag):
            sealing.opened(*wrong)


def test_without_the_evaluator_s_key_no_linkage_file_is_made(
    trial: Trial, blinded: Client, settings: Any, tmp_path: Path
) -> None:
    assert "PLACEWELL_EVALUATOR_KEY" in blinded.get(PAGE).content.decode()
    (tmp_path / "none.pem").write_text("this is no key")
    for file in (tmp_path / "none.pem", tmp_path / "missing.pem"):
        settings.EVALUATOR_KEY = str(file)
        response = take(blinded, "linkage")
        assert response.status_code == 403
        assert "can be sealed to nobody" in response.content.decode()
    assert not Entry.objects.filter(verb="take_linkage_file").exists()


def test_an_export_of_one_area_holds_its_people_alone(trial: Trial, blinded: Client) -> None:
    content = blinded.post(f"{PAGE}?area=wolverhampton", {"file": "blinded", "read": "on"}).content
    told = rows(unpacked(content)["participants.csv"])
    assert {one["lot"] for one in told} == {"wolverhampton"}
    assert len(told) == 4


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.EVALUATOR, Role.UNBLINDED)])
def test_nobody_else_takes_anything(world: World, role: Role, as_role: Callable[[str], Client]) -> None:
    assert take(as_role(role), "blinded").status_code == 403


def test_what_casework_learns_of_one_arm_leaves_no_trace(trial: Trial, blinded: Client, unblinded: Client) -> None:
    """Everybody's items kept; then the record of everyone in the service is filled in, and not one file changes."""
    for meeting in Meeting.unscoped.filter(baseline_at__isnull=False):
        meeting.baseline_items = items_of(current(), meeting.episode_id, day_of(meeting.baseline_at))
        meeting.save(update_fields=["baseline_items"])
    queries.forget()
    viewer = trial.world.viewer(Role.UNBLINDED)
    before = [left(blinded, "blinded"), left(unblinded, "unblinded"), queries.balance(viewer, EVERYWHERE)]
    said = json.loads(before[0]["manifest.json"])
    assert (said["items_at_baseline"], said["items_as_they_stand"]) == (12, 0)
    served = Episode.unscoped.filter(allocation__arm="ips")
    Person.unscoped.filter(episodes__in=served).update(
        ethnicity="B", education="level_3", region="london", gender="X", birth_date=date(1950, 1, 1)
    )
    for episode in served:
        Benefit.unscoped.create(episode=episode, benefit="pip", received=True, on=episode.allocation.allocated_on)
    served.update(primary_condition="asthma", time_since_last_worked="never", employment_at_entry="unemployed")
    queries.forget()
    after = [left(blinded, "blinded"), left(unblinded, "unblinded"), queries.balance(viewer, EVERYWHERE)]
    assert after == before


def left(client: Client, file: str) -> dict[str, bytes]:
    """The files as they leave; of the manifest what is not of the moment."""
    return unpacked(take(client, file).content)


def test_of_whom_nothing_was_kept_is_told_as_it_stands(trial: Trial, blinded: Client) -> None:
    meeting = Meeting.unscoped.filter(baseline_at__isnull=False).order_by("started_at").first()
    assert meeting is not None
    meeting.baseline_items = items_of(current(), meeting.episode_id, day_of(meeting.baseline_at))
    meeting.save(update_fields=["baseline_items"])
    Person.unscoped.update(education="level_3")
    queries.forget()
    files = unpacked(take(blinded, "blinded").content)
    said = json.loads(files["manifest.json"])
    assert (said["items_at_baseline"], said["items_as_they_stand"]) == (1, 11)
    assert sorted(row["education"] for row in rows(files["participants.csv"])) == ["", *["level_3"] * 11]
