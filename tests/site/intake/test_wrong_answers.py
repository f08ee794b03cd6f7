"""Every wrong answer to the public form is said in words at the box, and what was typed is shown again."""

from __future__ import annotations

import html

import pytest
from django.test import Client
from tests.site.intake.conftest import PROFESSIONAL, SELF

from placewell_web.accounts.service import current
from placewell_web.intake.models import ReferralDraft
from placewell_web.intake.questions import boxes_for, pages_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world", "frozen")]


def born(day: str, month: str, year: str) -> dict[str, str]:
    return {"birth_date-day": day, "birth_date-month": month, "birth_date-year": year}


WRONG = [
    ("self", "name", {"first_name": "", "surname": "Rehman"}, "Enter your first name"),
    ("self", "name", {"first_name": " \t\u200b\u202e ", "surname": "R"}, "Enter your first name"),
    ("self", "name", {"first_name": "x" * 10_000, "surname": "R"}, "First name must be 100 characters or fewer."),
    ("self", "birth_date", {}, "Enter your date of birth"),
    ("self", "birth_date", born("31", "2", "1984"), "Date of birth must be a real date, like 27 3 1984."),
    ("self", "birth_date", born("29", "2", "1985"), "Date of birth must be a real date, like 27 3 1984."),
    ("self", "birth_date", born("9", "", "1991"), "Date of birth must include a month."),
    ("self", "birth_date", born("9", "8", "91"), "Date of birth must have a year of 4 numbers, like 1984."),
    ("self", "birth_date", born("15", "6", "2019"), "Date of birth must be on or before 14 June 2019."),
    ("self", "birth_date", born("31", "12", "1898"), "Date of birth must be on or after 1 January 1899."),
    ("self", "birth_date", born("\U0001f600", "x", "١٩٩١"), "Date of birth must be a real date, like 27 3 1984."),
    ("self", "gp", {}, "Choose an answer: area of your GP practice"),
    ("self", "gp", {"lot": "birmingham"}, "Choose one of the answers in the list."),
    ("self", "gp", {"lot": "dudley", "gp_practice": "x" * 201}, "must be 200 characters or fewer. It has 201."),
    ("self", "last_worked", {"last_worked": "yesterday"}, "Choose one of the answers in the list."),
    ("self", "condition", {"has_condition": ""}, "Choose an answer: do you have one?"),
    (
        "self",
        "condition",
        {"has_condition": "yes", "condition_words": "x" * 1001},
        "must be 1,000 characters or fewer.",
    ),
    ("self", "contact", {"phone": "12"}, "Enter a phone number, like 01632 960 001 or 07700 900 982."),
    ("self", "contact", {"phone": "call me"}, "Enter a phone number, like 01632 960 001 or 07700 900 982."),
    ("self", "contact", {"email": "sam@"}, "Enter an email address, like name@example.org."),
    ("self", "contact", {"postcode": "B1"}, "Enter a full UK postcode, like DY1 1HF."),
    ("self", "contact", {"safe_to_leave_message": ""}, "Choose yes or no: is it safe to leave a message?"),
    ("self", "contact", {"contact_preference": "phone", "phone": ""}, "Enter the phone number, or choose another way"),
    ("self", "needs", {"formats": ["easy_read", "gold"]}, "Choose only answers in the list."),
    ("self", "needs", {"prompted_by": "pop_up"}, "Choose one of the answers in the list."),
    ("professional", "referrer", {"referrer_name": ""}, "Enter your name"),
    ("professional", "referrer", {"referrer_organisation": ""}, "Enter your practice or organisation"),
    ("professional", "referrer", {"referrer_contact": "nhs"}, "Enter an email address, like name@example.org."),
    ("professional", "referrer", {"person_agrees": ""}, "Choose yes or no: have they agreed that you refer them?"),
    ("professional", "referrer", {"source": "self"}, "Choose one of the answers in the list."),
    ("professional", "person", {"surname": ""}, "Enter their last name"),
    ("professional", "person", {"nhs_number": "999 000 0019"}, "Check them: these do not fit together."),
    ("professional", "person", {"nhs_number": "12"}, "Enter the 10 digits of the NHS number."),
]


@pytest.mark.parametrize(("who", "page", "wrong", "said"), WRONG)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(who: str, page: str, wrong: dict, said: str) -> None:
    client = Client()
    client.post("/refer/who/", {"who": who})
    right = (SELF if who == "self" else PROFESSIONAL)[page]
    data = wrong if page in ("name", "birth_date", "gp", "condition") and who == "self" else {**right, **wrong}
    response = client.post(f"/refer/question/{page}/", data)
    text = html.unescape(response.content.decode())
    assert response.status_code == 200
    assert text.count(said) >= 2, "at the top and at the box"
    texts = [one for one in data.values() if isinstance(one, str) and 2 < len(one) < 60 and one.isascii()]
    for typed in texts if "in the list" not in said else ():  # a code that no button has cannot be shown
        assert f'value="{typed}"' in text or f">{typed}</textarea>" in text
    assert ReferralDraft.objects.get().answers == "{}"


RIGHT = [
    ("name", {"first_name": "\U0001f600", "surname": "李"}),
    ("name", {"first_name": "محمد", "surname": "O’Brien-Müller"}),
    ("birth_date", born("14", "6", "2019")),
    ("birth_date", born("1", "1", "1899")),
    ("birth_date", born("9", "Aug", "1991")),
    ("contact", {**SELF["contact"], "phone": "+48 601 234 567"}),
    ("contact", {**SELF["contact"], "phone": "(07700) 900-418"}),
    ("contact", {**SELF["contact"], "contact_preference": "letter", "phone": ""}),
    ("gp", {"lot": "elsewhere"}),
    ("needs", {}),
]


@pytest.mark.parametrize(("page", "data"), RIGHT)
def test_what_is_unusual_is_taken(page: str, data: dict) -> None:
    client = Client()
    client.post("/refer/who/", {"who": "self"})
    assert client.post(f"/refer/question/{page}/", data).status_code == 302


@pytest.mark.parametrize(("who", "led"), [("self", "leaflet poster web_site word_of_mouth other")])
def test_a_person_is_asked_only_what_may_have_led_them_here(who: str, led: str) -> None:
    assert [code for code, _ in boxes_for(current(), who)["prompted_by"].options] == led.split()


def test_a_professional_may_name_a_reminder_or_what_was_said() -> None:
    codes = [code for code, _ in boxes_for(current(), "professional")["prompted_by"].options]
    assert codes[:2] == ["clinician", "pop_up"]
    assert "poster" not in codes


@pytest.mark.parametrize("who", ["self", "professional"])
def test_a_browser_fills_in_only_its_own_user(who: str) -> None:
    client = Client()
    client.post("/refer/who/", {"who": who})
    pages = {page.id: client.get(f"/refer/question/{page.id}/").content.decode() for page in pages_for(current(), who)}
    own = 'autocomplete="tel"' in pages["contact"], "bday-day" in "".join(pages.values())
    assert own == ((True, True) if who == "self" else (False, False))
    if who == "professional":
        assert 'autocomplete="organization"' in pages["referrer"]
        assert 'autocomplete="off"' in pages["person"]


APP_6 = {  # the items of 002 Appendix 6 that belong to a referral: number, where the form keeps them
    "ii source": "source",
    "iii health condition": "has_condition",
    "vi first name": "first_name",
    "vii surname": "surname",
    "viii date of birth": "birth_date",
    "ix email": "email",
    "x phone": "phone",
    "xvi time since last worked": "last_worked",
    "App. 1 how prompted": "prompted_by",
    "App. 1 interested in work": "wants_paid_work",
    "Fig. 1 practice": "gp_practice",
    "§12.1 language": "language",
    "§12.1 interpreter": "needs_interpreter",
    "§12.1 formats": "formats",
}


@pytest.mark.parametrize("item", APP_6)
def test_the_form_asks_what_the_contract_wants_at_referral(item: str) -> None:
    asked = {who: boxes_for(current(), who) for who in ("self", "professional")}
    assert APP_6[item] in asked["professional"]
    assert APP_6[item] in asked["self"] or item == "ii source"
