"""Every form of every staff page: the session is gone, the form is sent, its writer signs in, and the words are there.

The forms are those of the pages themselves, found through the URL resolver, as tests/site/test_policy_matrix.py does.
An address whose form is on no page of the sample is sent words directly: they wait on a page of their own.
"""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from tests.site.conftest import World, sign_in
from tests.site.matrix_samples import ADDRESSES, Made, url_of

from placewell_web.accounts.models import Role
from placewell_web.accounts.policy import KEEPING

pytestmark = pytest.mark.django_db

HERE = "http://testserver"
BACK = "What you had typed is back: check it and save"
TYPED = "text", "search", "email", "tel", "url", "textarea"
ITS_OWN_DRAFT = {
    "casework:log_contact": "kept as a draft of the contact (casework/test_nothing_lost.py)",
    "casework:save_draft": "the page sends it by itself",
    "casework:log_several": "kept as a draft (casework/test_several.py)",
    "casework:save_several_draft": "the page sends it by itself",
    "casework:employer_contact": "kept as a draft (casework/test_employer_contact.py)",
    "casework:save_employer_draft": "the page sends it by itself",
    "casework:profile": "kept as a draft of the document (casework/test_kept_documents.py)",
    "casework:assessment": "kept as a draft of the document (casework/test_kept_documents.py)",
    "casework:plan": "kept as a draft of the document (casework/test_kept_documents.py)",
    "casework:plan_of_kind": "kept as a draft of the document (casework/test_kept_documents.py)",
    "casework:save_document": "the page sends it by itself",
    "trial:save_draft": "the page sends it by itself",
    "accounts:not_sent": "is where the words wait",
}
"""Addresses that keep words by other means, with where that is tested."""
FORMS = sorted(
    name
    for name, address in ADDRESSES.items()
    if address.policy.kind in KEEPING and address.policy.second_factor and name not in ITS_OWN_DRAFT
)


class Page(HTMLParser):
    """The forms of a page that are sent by POST: their addresses and what is asked, hidden fields with their values."""

    def __init__(self, address: str, html: str) -> None:
        super().__init__()
        self.address, self.forms, self.form = address, list[dict[str, object]](), None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            is_post = (given.get("method") or "").lower() == "post"
            action = urlsplit(urljoin(self.address, given.get("action") or "")).path
            self.form = {"action": action, "fields": {}, "typed": {}} if is_post else None
            self.forms += [self.form] if is_post else []
        name = given.get("name")
        if self.form is None or not name or "disabled" in given or "readonly" in given:
            return
        kind = "textarea" if tag == "textarea" else (given.get("type") or "text") if tag == "input" else tag
        if kind == "hidden":
            self.form["fields"].setdefault(name, given.get("value") or "")
        elif kind in TYPED:
            words = f'"Words" <of> {name} & more\nin lines' if kind == "textarea" else f'"Words" <of> {name}'
            self.form["typed"].setdefault(name, words)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None


def shown(words: str) -> str:
    """How words stand in HTML."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def opened(world: World, name: str, made: Made) -> tuple[Client, object, str, str]:
    """Who may open the address, and its page; empty where none of them has one."""
    url, policy = url_of(ADDRESSES[name], made), ADDRESSES[name].policy
    roles = [role for role in Role.values if role in policy.roles or policy.kind == "signed_in"]
    for role in roles:
        client, user = Client(), world.user(role)
        sign_in(client, user)
        response = client.get(url)
        if response.status_code == 200 and response.get("Content-Type", "").startswith("text/html"):
            return client, user, url, response.content.decode()
    return client, user, url, ""


def writer(client: Client) -> str:
    """The proof that a page of this person carries."""
    page = client.get("/accounts/logout/").content.decode()
    return page.split('name="writer" value="')[1].split('"')[0]


def sent_without_session(url: str, page: str, fields: dict[str, str]) -> tuple[Client, str]:
    """A browser whose session is gone sends the form: to the page it is led back to after signing in."""
    client = Client()
    response = client.post(url, fields, headers={"Referer": HERE + page, "Origin": HERE})
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/?next=/")
    return client, page


@pytest.mark.parametrize("name", FORMS)
def test_what_was_typed_comes_back_to_its_writer_alone(name: str, world: World) -> None:
    client, user, url, html = opened(world, name, Made(world, world.own.code))
    forms = [form for form in Page(url, html).forms if form["typed"]]
    forms = [form for form in forms if not any(map(str(form["action"]).endswith, ("/draft/", "/keep/")))]
    if not forms:
        fields = {"writer": writer(client), "words": "Some words, typed in vain"}
        nobody, _ = sent_without_session(url, url, fields)
        sign_in(nobody, user)
        listed = nobody.get("/accounts/not-sent/").content.decode()
        assert "Some words, typed in vain" in listed
        return
    for form in forms:
        assert "writer" in form["fields"], "a form without its fields: {{ csrf_input }} is missing"
        nobody, page = sent_without_session(str(form["action"]), url, {**form["fields"], **form["typed"]})
        sign_in(nobody, user)
        again = nobody.get(page).content.decode()
        assert BACK in again, form["action"]
        lost = [field for field, words in form["typed"].items() if shown(words) not in again]
        assert lost == [], form["action"]
        stranger, _ = sent_without_session(str(form["action"]), url, {**form["fields"], **form["typed"]})
        sign_in(stranger, next(one for one in world.users.values() if one.pk != user.pk))
        assert "&lt;of&gt;" not in stranger.get(page, follow=True).content.decode()
        assert stranger.get("/accounts/not-sent/").status_code == 404


def test_exceptions_are_addresses() -> None:
    assert sorted(ITS_OWN_DRAFT.keys() - ADDRESSES.keys()) == []
