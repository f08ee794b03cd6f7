"""One user at work: signs in, then takes steps with a pause after each, and writes down how long every answer took."""

from __future__ import annotations

import random
import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

import requests

HIDDEN = re.compile(r'<input type="hidden" name="([a-z_]+)" (?:id="[^"]*" )?value="([^"]*)"')
PERSON = re.compile(r"/people/([0-9a-f-]{36})/")
REFERRAL = re.compile(r"/referrals/([0-9a-f-]{36})/")


@dataclass
class Took:
    """The answers of all users: step → seconds; and what went wrong, in words."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self) -> None:
        """Forget what was noted so far: the workers are warm."""
        with self.lock:
            self.seconds.clear()

    def note(self, step: str, took: float) -> None:
        with self.lock:
            self.seconds.setdefault(step, []).append(took)

    def fault(self, words: str) -> None:
        with self.lock:
            self.wrong.append(words)


class Walker:
    """A user in a session of their own."""

    def __init__(self, site: str, email: str, password: str, role: str, took: Took, seed: int) -> None:
        self.site, self.role, self.took = site, role, took
        self.dice = random.Random(seed)
        self.web = requests.Session()
        self.people: list[str] = []
        self._sign_in(email, password)

    def walk(self, until: float, pause: float) -> None:
        """Step after step until the moment."""
        steps = self._leader() if self.role == "team_leader" else self._specialist()
        for step in steps:
            step()
            time.sleep(pause * self.dice.uniform(0.5, 1.5))
            if time.monotonic() > until:
                return

    def _specialist(self) -> Iterator[Callable[[], object]]:
        while True:
            yield lambda: self._get("today", "/today/")
            yield self._caseload
            yield lambda: self._get("search, three letters", f"/people/search/?q={self._letters()}")
            yield lambda: self._get("person", f"/people/{self._person()}/")
            yield self._log_contact
            yield self._employer_contact
            yield lambda: self._get("job form", f"/people/{self._person()}/jobs/new/")
            for step, address in self.also():
                yield lambda step=step, address=address: self._get(step, address)  # type: ignore[misc]

    def _leader(self) -> Iterator[Callable[[], object]]:
        while True:
            yield lambda: self._get("team board", "/team/")
            yield self._referral
            yield lambda: self._get("search, three letters", f"/people/search/?q={self._letters()}")

    def also(self) -> tuple[tuple[str, str], ...]:
        """Addresses that answer while someone types."""
        typed = self.dice.choice(("clea", "ware", "shop as", "care wo", "baris", "driv"))
        return (
            ("job role as you type", f"/codes/occupations/?q={typed}"),
            ("industry as you type", f"/codes/industries/?q={typed}"),
        )

    def _caseload(self) -> None:
        text = self._get("caseload", "/caseload/")
        self.people = sorted(set(PERSON.findall(text))) or self.people

    def _person(self) -> UUID:
        if not self.people:
            self._caseload()
        return UUID(self.dice.choice(self.people))

    def _letters(self) -> str:
        return "".join(self.dice.choice(part) for part in ("bcdfglmnprst", "aeiou", "lmnrst"))

    def _log_contact(self) -> None:
        address = f"/people/{self._person()}/contact/"
        hidden = dict(HIDDEN.findall(self._get("contact form", address)))
        said = {"with_whom": "client", "kind": "call", "attendance": "attended", "minutes": "15", "next": "week"}
        day = {"on-day": "14", "on-month": "6", "on-year": "2019"}
        note = "Rang to ask how the first week of applications had gone; two more sent, one answer."
        self._post("save a contact", address, hidden | said | day | {"note": note, "save": "1"})

    def _employer_contact(self) -> None:
        address = "/employers/contact/"
        hidden = dict(HIDDEN.findall(self._get("employer contact form", address)))
        said = {"employer": f"Load Test Stores {self.dice.randrange(400)}", "purpose": "lead", "face_to_face": "on"}
        day = {"on-day": "14", "on-month": "6", "on-year": "2019"}
        self._post("save an employer contact", address, hidden | said | day)

    def _referral(self) -> None:
        found = REFERRAL.findall(self._get("referrals", "/referrals/"))
        if found:
            self._get("referral, with likenesses", f"/referrals/{self.dice.choice(found)}/")

    def _sign_in(self, email: str, password: str) -> None:
        address = f"{self.site}/accounts/login/"
        hidden = dict(HIDDEN.findall(self.web.get(address, timeout=60).text))
        answer = self.web.post(
            address, data=hidden | {"login": email, "password": password}, headers={"Referer": address}, timeout=60
        )
        if "/accounts/login" in answer.url:
            raise SystemExit(f"{email} could not sign in: {answer.status_code}.")

    def _get(self, step: str, path: str) -> str:
        began = time.perf_counter()
        answer = self.web.get(self.site + path, timeout=60)
        self._noted(step, path, began, answer)
        return answer.text

    def _post(self, step: str, path: str, data: dict[str, str]) -> None:
        began = time.perf_counter()
        headers = {"Referer": self.site + path}
        answer = self.web.post(self.site + path, data=data, headers=headers, timeout=60, allow_redirects=False)
        self._noted(step, path, began, answer)
        if answer.status_code != 302:
            self.took.fault(f"{step}: {answer.status_code} where a saved form was due")
            return
        self._get(f"page after: {step}", answer.headers["Location"])  # as a browser does

    def _noted(self, step: str, path: str, began: float, answer: requests.Response) -> None:
        self.took.note(step, time.perf_counter() - began)
        if answer.status_code >= 400 or "/accounts/login" in answer.url:
            self.took.fault(f"{step}: {answer.status_code}")
