"""Nobody who recruits, leads, manages, steers or pays finds arm counts, a sequence or a balance on any page or export.

Forty people are drawn by the real ledger; every address and export is asked for, by every role but the evaluator's.
The programme team, who is no provider, sees how many were randomised against the plan, and nothing by group.
Source: disclosure.md R9; trust.md T8; issue 4, shown by 7.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.site.conftest import World, sign_in
from tests.site.matrix_samples import ADDRESSES, Made, load, user_of
from tests.site.trial.ready import DRAWN_AT, actor_of, ready_meetings, train

from placewell_web.accounts.models import Role
from placewell_web.clients.models import Episode
from placewell_web.trial.actions.allocation import randomise
from placewell_web.trial.models import LedgerEntry, Meeting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_trial")]
WHO = (Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER, Role.PROGRAMME, Role.COMMISSIONER)
QUESTIONS = {
    "casework:search": ("?q=Ready",),
    "casework:caseload": ("?show=all",),
    "reporting:quarter": ("?period=Y2Q1&lot=dudley",),
    "intake:inbox": ("?show=ready",),
}
"""What a curious reader would add to an address, besides the address as it stands."""

PEOPLE = 40

NEVER = re.compile(
    r"\bstrat(?:um|a)\b|\bslots?\b|block siz|\bbig.stick\b|\bimbalance\b|\bnext arm\b|allocation sequence"
    r"|balance (?:of|by|between) (?:the )?(?:arms|groups)|\bprevious_hash\b",
    re.IGNORECASE,
)
ABOUT = (
    r"(?:randomi[sz]|allocat|comparison group|control(?: group| arm)?\b|\bIPS (?:group|arm)|each (?:arm|group)"
    r"|trial number)"
)
TAGS = re.compile(r"<(script|style|svg|head)\b.*?</\1>|<[^>]+>", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Counts:
    """How many were drawn in all and to each group: what must stand beside no word of the trial."""

    drawn: int
    ips: int
    control: int

    def found_in(self, text: str, *, pace: bool = False) -> list[str]:
        """What of a text tells a count or the order: a word that never stands there, or a count beside the trial.

        `pace`: how many were drawn in all may stand there, by group still nothing.
        """
        counts = (self.ips, self.control) if pace else (self.drawn, self.ips, self.control)
        number = rf"\b(?:{'|'.join(map(str, counts))})\b"
        beside = re.compile(rf"{ABOUT}[^.<>]{{0,40}}{number}|{number}[^.<>]{{0,40}}{ABOUT}", re.IGNORECASE)
        return [match.group(0) for match in (*NEVER.finditer(text), *beside.finditer(text))]


@pytest.fixture
def counts(world: World) -> Counts:
    """Forty people of one lot, drawn two days ago; their accepted referrals are open."""
    train(world)
    viewer, by = world.viewer(Role.SPECIALIST), actor_of(world)
    arms = []
    for meeting in ready_meetings(world, PEOPLE):
        Episode.unscoped.filter(pk=meeting.episode_id).update(accepted_on=DRAWN_AT.date())
        arms.append(randomise(by=by, at=DRAWN_AT, viewer=viewer, meeting_id=meeting.pk).arm)
    return Counts(PEOPLE, arms.count("ips"), arms.count("control"))


@pytest.fixture(autouse=True)
def _an_hour_later() -> Iterator[None]:
    with time_machine.travel(DRAWN_AT.replace(hour=12), tick=False):
        yield


def signed_in(world: World, who: str) -> Client:
    client = Client(raise_request_exception=False)
    sign_in(client, user_of(world, str(who)))
    return client


def pages(world: World, who: str) -> Iterator[tuple[str, HttpResponse]]:
    """Every address that the role may ask for, its own objects in it, with what a curious reader would add."""
    client = signed_in(world, who)
    for address in ADDRESSES.values():
        if ":" not in address.name or (address.policy.kind == "staff" and who not in address.policy.roles):
            continue  # signing in and one's password know of no trial; what is another's answers with a refusal
        sample = load().get(address.name)
        made = Made(world, world.own.code)  # of its own for each address: samples make what the others do not expect
        url = reverse(address.name, kwargs=sample.arguments(made) if address.arguments and sample else {})
        for question in ("", *QUESTIONS.get(address.name, ())):
            if "_auth_user_id" not in client.session:
                client = signed_in(world, who)
            yield url + question, client.get(url + question)


def said(response: HttpResponse) -> str:
    """What a reader sees, titles and labels too; of a packed file everything in it."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return "\n".join(archive.read(name).decode(errors="replace") for name in archive.namelist())
    text = body.decode(errors="replace")
    labels = " . ".join(re.findall(r'(?:title|aria-label|alt)="([^"]*)"', text))
    return re.sub(r"\s+", " ", f"{TAGS.sub(' ', text)} . {labels}")


@pytest.mark.parametrize("who", WHO)
def test_no_page_tells_a_count_or_the_order(world: World, counts: Counts, who: str) -> None:
    """Nor does a list name three of the comparison group beside its words, so that one could count on."""
    names, asked = surnames_of_control(), 0
    for url, response in pages(world, str(who)):
        assert response.status_code < 500, url
        asked += response.status_code == 200
        text = said(response)
        pace = who == Role.PROGRAMME and url == reverse("evaluation:recruitment")
        assert counts.found_in(text, pace=pace) == [], f"{who} at {url}"
        named = {name for name in names if re.search(rf"\b{name}\b", text)}
        assert len(named) < 3 or not re.search("comparison group|randomis", text), f"{who} at {url}"
    assert asked > (10 if who in (Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER) else 0)


def surnames_of_control() -> set[str]:
    control = LedgerEntry.objects.filter(arm="control").values_list("person", flat=True)
    held = Meeting.unscoped.filter(participant__number__in=control)
    return set(held.values_list("episode__person__surname", flat=True))


@pytest.mark.parametrize("file_type", ["csv", "parquet"])
def test_the_export_tells_no_count(world: World, counts: Counts, file_type: str) -> None:
    response = signed_in(world, Role.MANAGER).post(reverse("exchange:exports"), {"file_type": file_type})
    assert response.status_code == 200
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        packed = {name: archive.read(name) for name in archive.namelist()}
    assert b"control" not in packed[f"allocations.{file_type}"]
    assert f'"allocations": {counts.control}' not in packed["manifest.json"].decode()
    if file_type == "csv":
        assert len(packed["allocations.csv"].splitlines()) - 1 == counts.ips  # who has entered: their caseload
        assert "trial" not in packed["consents.csv"].decode()


LEAKS = [
    "Randomised in Dudley: {drawn}",
    "{control} people are in the comparison group",
    "Control group ({control})",
    "Stratum dudley, slot 14",
    "Imbalance 3",
    "allocated so far {ips}",
]


def test_planted_leaks_are_found(world: World, counts: Counts, monkeypatch: pytest.MonkeyPatch) -> None:
    """The crawl is awake: a sentence in a label of one page of the leader's is heard there alone."""
    words = " . ".join(LEAKS).format(drawn=counts.drawn, ips=counts.ips, control=counts.control)
    real = Client.get

    def planted(self: Client, path: str, *arguments: object, **more: object) -> HttpResponse:
        response = real(self, path, *arguments, **more)
        if path == reverse("trial:notices"):
            response.content = response.content.replace(b"</main>", f'<p title="{words}"></p></main>'.encode())
        return response

    monkeypatch.setattr(Client, "get", planted)
    heard = {url for url, one in pages(world, Role.TEAM_LEADER) if counts.found_in(said(one))}
    assert heard == {reverse("trial:notices")}


@pytest.mark.parametrize("leak", LEAKS)
def test_each_leak_is_one(leak: str) -> None:
    counts = Counts(40, 21, 19)
    assert counts.found_in(leak.format(drawn=40, ips=21, control=19)) != []
    by_pace = counts.found_in(leak.format(drawn=40, ips=21, control=19), pace=True)
    assert (by_pace == []) == (leak == "Randomised in Dudley: {drawn}")
    assert counts.found_in("Owen is in the comparison group. 19 November 2018. Chance decided at 10:40.") == []
