"""Run apart, with PLACEWELL_SERVICE set: loads a small demo, opens the pages that a few people can reach, sends a form.

Prints what fails, a line each; the first line says how many pages were opened, and where a form sent by "self" went.
"""

import os
import re

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "placewell_web.config.settings"
django.setup()

from django.conf import settings  # noqa: E402  Django is set up only now
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from placewell_web.accounts.models import User  # noqa: E402
from placewell_web.accounts.queries import demo_people  # noqa: E402
from placewell_web.audit import clock  # noqa: E402
from placewell_web.exchange.demo import load  # noqa: E402
from placewell_web.intake.models import Referral  # noqa: E402

PEOPLE, PAGES = 40, 32
NUMBERS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+")
ROLES = ("Employment specialist", "Team leader", "Service manager")
FORBIDDEN = 403


def opened(client, start):
    """Each kind of page once, from these addresses on along their links; yields the address and what went wrong."""
    todo, kinds = list(start), set()
    while todo and len(kinds) < PAGES:
        address = todo.pop(0)
        kind = NUMBERS.sub("#", address.partition("?")[0])
        if kind in kinds or "logout" in kind:
            continue
        kinds.add(kind)
        try:
            answer = client.get(address)
        except Exception as error:
            yield address, f"{type(error).__name__}: {error}"
            continue
        yield address, "" if answer.status_code < 400 or answer.status_code == FORBIDDEN else str(answer.status_code)
        if answer.get("Content-Type", "").startswith("text/html"):
            links = re.findall(r'href="(/[^"#]*)', answer.content.decode())
            todo += [link.replace("&amp;", "&") for link in links if not link.startswith("/static/")]


def answers_to(page):
    """Something for every box of a form's page: the first button, the words of WORDS, a birthday."""
    given = {}
    for box in re.findall(r"<(?:input|textarea)[^>]*>", page):
        found = dict(re.findall(r'(name|type|value)="([^"]*)"', box))
        name = found.get("name", "")
        if found.get("type") == "radio":
            given.setdefault(name, found["value"])
        elif found.get("type") == "hidden":
            given[name] = found.get("value", "")
        else:
            given[name] = next((word for end, word in WORDS.items() if name.endswith(end)), "")
    return given


WORDS = {
    "day": "27",
    "month": "3",
    "year": "1985",
    "name": "Newcome",
    "phone": "01632 960001",
    "email": "ann@example.org",
}


def sent(client):
    """Where a referral by oneself comes to, once every question of the form is answered."""
    page = client.post("/refer/who/", {"who": "self"}, follow=True)
    for _ in range(30):
        address = page.request["PATH_INFO"]
        if not address.startswith("/refer/") or address in ("/refer/", "/refer/sent/"):
            break
        page = client.post(f"{address}?{page.request['QUERY_STRING']}", answers_to(page.content.decode()), follow=True)
    last = Referral.objects.order_by("received_at").last()
    return f"{page.request['PATH_INFO']} {last.episode.lot_id if address == '/refer/sent/' else ''}".strip()


def main():
    load.PEOPLE = PEOPLE
    call_command("prepare_demo", stdout=open(os.devnull, "w"))  # noqa: SIM115  it lives as long as this program
    seen = [("nobody signed in", *one) for one in opened(Client(), ["/", "/refer/"])]
    for person in demo_people(clock.now().date()):
        if person.role in ROLES:
            client = Client()
            client.force_login(User.objects.get(email=person.email), backend=settings.AUTHENTICATION_BACKENDS[-1])
            seen += [(person.role, *one) for one in opened(client, ["/", "/caseload/"])]
    print(len(seen), *sorted({who for who, *_ in seen}), sent(Client()), sep="; ")
    for who, address, wrong in seen:
        if wrong:
            print(f"{who}: {address}: {wrong}")


main()
