"""Information, consent and the ends without a draw: what is signed is kept, encrypted, and never changed."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from tests.site.casework.hostile import PDF
from tests.site.conftest import World
from tests.site.trial.walking import CONSENT, POINTS, STATEMENTS, address, fields_of, send, text_of, walk

from placewell_web.accounts import service
from placewell_web.accounts.models import User
from placewell_web.audit.models import Entry
from placewell_web.clients.documents.settings import store
from placewell_web.clients.models import Consent, Episode
from placewell_web.trial.models import Meeting, MeetingDraft, SignedConsent, StatementAnswer

pytestmark = pytest.mark.django_db
Clients = Callable[[User | None], Client]
NEEDED = [one.id for one in service.current().trial.consent_form.statements if one.needed]


def drawn() -> str:
    out = io.BytesIO()
    picture = Image.new("RGB", (300, 120), "white")
    picture.paste("black", (40, 50, 200, 56))
    picture.save(out, "PNG", pnginfo=None)
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()


def paper(content: bytes = PDF, name: str = "consent.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize("ticked", [[], POINTS[:-1], POINTS[1:]])
def test_every_point_is_explained(specialist: Client, kel: Episode, ticked: list[str]) -> None:
    walk(specialist, kel, "eligibility")
    response = send(specialist, kel, "information", explained=ticked)
    assert response.status_code == 200 and "There is a problem" in text_of(response)
    assert Meeting.unscoped.get().informed_at is None


def test_the_version_of_the_sheet_is_kept(specialist: Client, kel: Episode) -> None:
    assert walk(specialist, kel, "information").information_version == "1.0"


def test_a_typed_name_is_a_signature(specialist: Client, kel: Episode, world: World) -> None:
    walk(specialist, kel, "consent")
    signed = SignedConsent.unscoped.get()
    assert (signed.signed_on, signed.signed_name, signed.storage_name) == ("screen", "Kelly Marsh", "")
    assert signed.taken_by == world.user("specialist") and signed.form_version == "1.0"
    assert dict(StatementAnswer.objects.values_list("statement", "agreed")) == dict.fromkeys(STATEMENTS, True)
    assert set(Consent.unscoped.values_list("kind", "form_version")) == {
        ("trial", "1.0"), ("share_data", "1.0"), ("linkage", "1.0"),
    }  # fmt: skip


@pytest.mark.parametrize("on", ["paper", "screen"])
def test_what_was_signed_is_kept_encrypted(specialist: Client, kel: Episode, on: str) -> None:
    walk(specialist, kel, "information")
    given = {"file": paper()} if on == "paper" else {"signature": drawn()}
    assert send(specialist, kel, "consent", signed_on=on, **given).status_code == 303
    signed = SignedConsent.unscoped.get()
    raw = (store().folder / signed.storage_name).read_bytes()
    assert b"%PDF" not in raw and b"PNG" not in raw
    response = specialist.get(f"/trial/{kel.pk}/consent/signature/")
    assert response.status_code == 200
    assert response["Content-Type"] == ("application/pdf" if on == "paper" else "image/png")
    assert response["Content-Disposition"].startswith("attachment")
    assert Entry.objects.filter(verb="open_signed_consent").count() == 1
    if on == "screen":
        again = Image.open(io.BytesIO(response.content))
        assert again.size == (300, 120) and again.convert("L").getpixel((100, 52)) < 60


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"signed_name": ""}, "Enter the full name of the person who signs."),
        ({"signed_on": ""}, "Choose how the form is signed."),
        ({"signed_on": "paper"}, "Choose the photo or PDF of the signed form."),
        ({"statement_chance": ""}, "Say whether the person agrees"),
        ({"statement_linkage": ""}, "Say whether the person agrees"),
        ({"signature": "data:image/png;base64,!!!"}, "did not arrive whole"),
        ({"signature": "javascript:alert(1)"}, "did not arrive whole"),
        ({"signature": "data:image/png;base64," + base64.b64encode(b"<svg/>").decode()}, "is not what its name says"),
    ],
)
def test_what_is_missing_is_said_and_the_rest_is_kept(
    specialist: Client, kel: Episode, changed: dict[str, str], sentence: str
) -> None:
    walk(specialist, kel, "information")
    response = send(specialist, kel, "consent", **changed)
    assert response.status_code == 200 and sentence in text_of(response)
    assert SignedConsent.unscoped.count() == Consent.unscoped.count() == 0
    kept = fields_of(specialist.get(address(kel, "consent")))
    assert {name: said for name, said in (CONSENT | changed).items() if said and name != "signature"} == kept


@pytest.mark.parametrize(("name", "content"), [("consent.docx", PDF), ("consent.exe", b"MZ"), ("consent.pdf", b"x")])
def test_no_other_file_is_taken(specialist: Client, kel: Episode, name: str, content: bytes) -> None:
    walk(specialist, kel, "information")
    response = send(specialist, kel, "consent", signed_on="paper", file=paper(content, name))
    assert response.status_code == 200 and "There is a problem" in text_of(response)
    assert SignedConsent.unscoped.count() == 0


def test_linkage_is_a_choice_of_its_own(specialist: Client, kel: Episode) -> None:
    walk(specialist, kel, "information")
    assert send(specialist, kel, "consent", statement_linkage="no").status_code == 303
    assert set(Consent.unscoped.values_list("kind", flat=True)) == {"trial", "share_data"}
    assert not StatementAnswer.objects.get(statement="linkage").agreed


@pytest.mark.parametrize("statement", NEEDED)
def test_who_does_not_agree_to_what_is_needed_takes_no_part(specialist: Client, kel: Episode, statement: str) -> None:
    walk(specialist, kel, "information")
    response = send(specialist, kel, "consent", signed_on="", signed_name="", **{f"statement_{statement}": "no"})
    assert response.status_code == 200 and "Without this nobody takes part" in text_of(response)
    assert SignedConsent.unscoped.count() == Consent.unscoped.count() == 0
    assert specialist.get(address(kel, "baseline"))["Location"] == address(kel, "consent")


def test_a_signed_consent_is_shown_and_not_signed_again(specialist: Client, kel: Episode) -> None:
    walk(specialist, kel, "consent")
    before = SignedConsent.unscoped.values().get()
    page = specialist.get(address(kel, "consent"))
    assert "A signed consent is not changed." in text_of(page) and not fields_of(page)
    send(specialist, kel, "consent", signed_name="Someone Else", statement_linkage="no")
    assert SignedConsent.unscoped.values().get() == before


def test_two_consents_of_the_same_answers_have_two_hashes(specialist: Client, kel: Episode, world: World) -> None:
    from tests.site.trial.walking import kelly

    walk(specialist, kel, "consent")
    walk(specialist, kelly(world), "consent")
    assert len(set(SignedConsent.unscoped.values_list("hash", flat=True))) == 2


# --- The ends without a draw. ---


@pytest.mark.parametrize(
    ("upto", "ending", "said"),
    [
        ("script", "stopped", "you can be referred again"),
        ("information", "did_not_consent", "you need not say why"),
        ("health", "did_not_consent", "you need not say why"),
        ("health", "stopped", "you can be referred again"),
    ],
)
def test_an_end_is_kept_with_what_to_say(specialist: Client, kel: Episode, upto: str, ending: str, said: str) -> None:
    walk(specialist, kel, upto)
    response = specialist.post(address(kel, "stop"), {"ending": ending})
    assert response["Location"] == address(kel, "meeting")
    assert said in text_of(specialist.get(address(kel, "meeting")))
    meeting = Meeting.unscoped.get()
    assert (meeting.ending, meeting.ended_at is not None, meeting.randomised_at) == (ending, True, None)
    assert not Consent.unscoped.filter(withdrawn_on=None).exists()
    for page in ("eligibility", "consent", "review", "stop"):
        assert send(specialist, kel, page)["Location"] == address(kel, "meeting")
    assert "The trial meeting ended on 14 November 2018." in text_of(specialist.get(f"/referrals/{kel.pk}/"))


def test_not_eligible_is_an_end_only_where_the_answers_say_so(specialist: Client, kel: Episode) -> None:
    walk(specialist, kel, "eligibility")
    assert specialist.post(address(kel, "stop"), {"ending": "not_eligible"}).status_code == 200
    assert Meeting.unscoped.get().ended_at is None
    send(specialist, kel, "eligibility", in_work="yes")
    specialist.post(address(kel, "stop"), {"ending": "not_eligible"})
    page = text_of(specialist.get(address(kel, "meeting")))
    assert "Does not meet the criteria" in page and "In work (also when off sick)" in page


def test_stopping_for_today_keeps_everything(specialist: Client, kel: Episode) -> None:
    walk(specialist, kel, "consent")
    assert "Every answer is kept" in text_of(specialist.get(address(kel, "stop")))
    page = text_of(specialist.get("/trial/meetings/"))
    assert "Kelly Marsh" in page and "Next: Baseline" in page
    assert "Go on with the meeting" in text_of(specialist.get(address(kel, "meeting")))
    assert MeetingDraft.unscoped.count() == 0


def test_a_foreign_signature_does_not_exist(
    kel: Episode, specialist: Client, world: World, client_for: Clients
) -> None:
    walk(specialist, kel, "consent")
    other = client_for(world.user("specialist", "wolverhampton"))
    assert other.get(f"/trial/{kel.pk}/consent/signature/").status_code == 404
