"""Words that a service loads: checked whole, one at a time, shown from then on, and taken away when a licence ends."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.site.conftest import World, sign_in

from placewell_web.audit.models import Entry
from placewell_web.casework.models import QuestionnaireWording
from placewell_web.casework.queries.questionnaires import wording_of

pytestmark = pytest.mark.django_db

ITEMS = "\n".join(f'{n} = "Made-up question {n}"' for n in range(1, 6))
WSAS = f"""instrument = "wsas"
language = "en"
licence = "Made up for a test"
copyright = "© a test"
[items]
{ITEMS}
"""


@pytest.fixture
def administrator(client: Client, world: World) -> Client:
    sign_in(client, world.user("administrator"))
    return client


def load(administrator: Client, text: str | bytes, name: str = "words.toml") -> str:
    content = text.encode() if isinstance(text, str) else text
    sent = {"file": SimpleUploadedFile(name, content)}
    return administrator.post(reverse("casework:wordings"), sent, follow=True).content.decode()


def test_loaded_words_are_shown_until_they_are_taken_away(administrator: Client) -> None:
    assert wording_of("wsas") is None
    assert "are loaded" in load(administrator, WSAS)
    found = wording_of("wsas")
    assert found is not None
    assert found.question("1") == "Made-up question 1"
    loaded = QuestionnaireWording.objects.get()
    for _ in range(2):
        administrator.post(reverse("casework:remove_wording", args=[loaded.pk]))
    assert wording_of("wsas") is None
    assert [entry.verb for entry in Entry.objects.filter(target_kind="questionnairewording")] == [
        "load_wording",
        "remove_wording",
    ]
    assert "Made-up question" not in " ".join(str(entry.detail) for entry in Entry.objects.all())


def test_newer_words_take_the_place_of_older_ones_and_the_same_change_nothing(administrator: Client) -> None:
    for text in (WSAS, WSAS, WSAS.replace("Made-up", "Newer")):
        load(administrator, text)
    found = wording_of("wsas")
    assert found is not None
    assert found.question("5") == "Newer question 5"
    assert QuestionnaireWording.objects.count() == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (WSAS.replace('licence = "Made up for a test"', ""), "by what right the words are shown"),
        (WSAS.replace('5 = "Made-up question 5"', ""), "items.5: is missing"),
        (WSAS.replace("wsas", "sf36"), "no questionnaire sf36"),
        ("instrument = ", "is not TOML"),
        (b"\xff\xfe", "is not UTF-8 text"),
        ("", "The file is empty"),
        ("x" * 200_001, "larger than 200 KB"),
    ],
)
def test_words_that_are_not_whole_are_not_taken(administrator: Client, text: str | bytes, said: str) -> None:
    assert said in load(administrator, text)
    assert not QuestionnaireWording.objects.exists()


def test_the_name_and_the_words_are_escaped(administrator: Client) -> None:
    page = load(administrator, "x", "<b>.toml")
    assert "<b>.toml" not in page


def test_words_that_no_longer_fit_fall_back_to_ours(administrator: Client, world: World) -> None:
    by = world.user("administrator")
    QuestionnaireWording.objects.create(
        instrument="satisfaction", text="instrument = 'gone'", loaded_by=by, loaded_at="2019-06-14T12:00:00Z"
    )
    found = wording_of("satisfaction")
    assert found is not None
    assert found.label("overall", "poor") == "Poor"


def test_every_questionnaire_is_listed_with_whose_words_they_are(administrator: Client) -> None:
    page = administrator.get(reverse("casework:wordings")).content.decode()
    assert "© I. M. Marks" in page
    assert page.count("Asked in our own words") == 3
