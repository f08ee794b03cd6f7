"""The register of GP practices: kept by page within the administrator's lots, loaded from a file all or nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from tests.site.conftest import NOW, World
from tests.site.intake.conftest import SELF

from placewell_web.accounts import practices as register
from placewell_web.accounts import queries
from placewell_web.accounts.errors import Refused
from placewell_web.accounts.models import GpPractice, Role, User
from placewell_web.audit.models import Entry
from placewell_web.clients.models import Episode

pytestmark = pytest.mark.django_db
Clients = Callable[[User | None], Client]
TODAY = NOW.date()
NEW = {"code": "m8 3007", "name": "Priory Lane Surgery", "lot": "dudley"}


@pytest.fixture(autouse=True)
def _still(frozen: object) -> None:
    """Friday 14 June 2019."""


@pytest.fixture
def admin(world: World, client_for: Clients) -> Client:
    return client_for(world.user(Role.ADMINISTRATOR))


def closing(day: date) -> dict[str, str]:
    return {f"closed_on-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


def referred_with(named: str) -> Episode:
    """Someone refers themself on the website and names a practice, but is not sure of the area."""
    elsewhere = {"lot": "elsewhere", "gp_practice": named}
    sender = Client()
    sender.post("/refer/who/", {"who": "self"})
    for page, answers in SELF.items():
        sender.post(f"/refer/question/{page}/", answers | (elsewhere if page == "gp" else {}))
    sender.post("/refer/check/")
    return Episode.unscoped.latest("created_at")


def test_a_practice_is_added_renamed_closed_and_opened_again(world: World, admin: Client) -> None:
    page = admin.post("/practices/add/", NEW, follow=True).content.decode()
    assert "Priory Lane Surgery is added." in page
    kept = GpPractice.objects.get(code="M83007")
    assert (kept.name, kept.lot_id, kept.closed_on) == ("Priory Lane Surgery", "dudley", None)

    assert admin.post("/practices/M83007/", {"name": "Priory Lane Health Centre"}).status_code == 302
    page = admin.post("/practices/M83007/close/", closing(TODAY), follow=True).content.decode()
    assert "Priory Lane Health Centre is closed from 14 June 2019." in page
    assert "since 14 June 2019" in page
    page = admin.post("/practices/M83007/open/", follow=True).content.decode()
    assert "Priory Lane Health Centre is open again." in page
    kept.refresh_from_db()
    assert kept.closed_on is None
    assert list(Entry.objects.values_list("verb", "target_id", "lot")) == [
        (verb, "M83007", "dudley") for verb in ("add_practice", "rename_practice", "close_practice", "open_practice")
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"code": ""}, "Enter the code of the practice"),
        ({"code": "83007"}, "must be a letter, then letters and figures"),
        ({"code": "M8-3007"}, "must be a letter, then letters and figures"),
        ({"code": "M81001"}, "M81001 is in the register already: Dudley Surgery, Dudley."),
        ({"code": "m82001"}, "M82001 is in the register already: Wolverhampton Surgery, Wolverhampton."),
        ({"name": " "}, "Enter the name of the practice"),
        ({"name": "x" * 201}, "must be 200 characters or fewer"),
        ({"lot": "wolverhampton"}, "Choose one of the answers"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(admin: Client, changes: dict[str, str], words: str) -> None:
    answer = admin.post("/practices/add/", NEW | changes)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert GpPractice.objects.count() == 2
    assert not Entry.objects.exists()


def test_the_list_holds_the_administrators_lots_and_says_where_there_is_none(world: World, admin: Client) -> None:
    page = admin.get("/practices/").content.decode()
    assert "1 practice in your lots" in page
    assert "Dudley Surgery" in page
    assert "Wolverhampton" not in page
    world.practices["dudley"].delete()
    assert "No practice yet. Referrals to this lot work without one" in admin.get("/practices/").content.decode()


@pytest.mark.parametrize(
    ("closed", "state"),
    [(None, "Open"), (TODAY + timedelta(days=9), "until it closes on 23 June 2019"), (TODAY, "since 14 June 2019")],
)
def test_the_list_says_whether_a_practice_is_open(world: World, admin: Client, closed: date | None, state: str) -> None:
    GpPractice.objects.update(closed_on=closed)
    assert state in admin.get("/practices/").content.decode()
    assert (world.practices["dudley"] in queries.open_practices(TODAY)) is (closed is None or closed > TODAY)


def test_what_another_administrator_did_meanwhile_is_not_overwritten(world: World) -> None:
    who = {"viewer": world.viewer(Role.ADMINISTRATOR), "by": world.actor(Role.ADMINISTRATOR), "at": NOW}
    mine = GpPractice.objects.get(code="M81001")
    theirs = GpPractice.objects.get(code="M81001")
    register.rename_practice(practice=theirs, name="Their name", **who)
    with pytest.raises(Refused, match="meanwhile"):
        register.close_practice(practice=mine, closed_on=TODAY, **who)
    mine.refresh_from_db()
    assert (mine.name, mine.closed_on) == ("Their name", None)
    register.rename_practice(practice=mine, name="Their name", **who)
    register.close_practice(practice=mine, closed_on=TODAY, **who)
    mine.refresh_from_db()
    with pytest.raises(Refused, match="closed already"):
        register.close_practice(practice=mine, closed_on=TODAY, **who)
    mine.closed_on = None
    with pytest.raises(Refused, match="is open"):
        register.open_practice(practice=mine, **who)
    assert [entry.verb for entry in Entry.objects.all()] == ["rename_practice", "close_practice"]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_an_administrator_of_the_lot_keeps_it(world: World, role: str) -> None:
    new = {"code": "M83007", "name": "Priory Lane", "at": NOW, "by": world.actor(role)}
    with pytest.raises(Refused, match="Only an administrator"):
        register.add_practice(viewer=world.viewer(role), lot="dudley", **new)
    with pytest.raises(Refused, match="not yours"):
        register.add_practice(viewer=world.viewer(Role.ADMINISTRATOR), lot="wolverhampton", **new)
    assert list(queries.practices_of(world.viewer(role))) == []


@pytest.mark.parametrize(
    ("closed", "named", "lot", "practice"),
    [
        (None, "Dudley Surgery", "dudley", "M81001"),
        (None, "m81001", "dudley", "M81001"),
        (TODAY + timedelta(days=1), "Dudley Surgery", "dudley", "M81001"),
        (TODAY, "Dudley Surgery", None, None),
        (None, "A practice nobody knows", None, None),
    ],
)
def test_an_open_practice_gives_a_referral_its_lot(
    world: World, closed: date | None, named: str, lot: str | None, practice: str | None
) -> None:
    GpPractice.objects.filter(code="M81001").update(closed_on=closed)
    episode = referred_with(named)
    assert (episode.lot_id, episode.gp_practice_id) == (lot, practice)


class TestLoaded:
    """A file of practices by `placewell-site load_practices`."""

    @pytest.fixture(autouse=True)
    def _place(self, world: World, tmp_path: Path) -> None:
        self.file = tmp_path / "practices.csv"

    def load(self, text: str | bytes) -> str:
        self.file.write_bytes(text if isinstance(text, bytes) else text.encode())
        out = StringIO()
        call_command("load_practices", str(self.file), stdout=out)
        return out.getvalue().strip()

    def test_new_ones_are_added_and_names_that_differ_are_changed(self) -> None:
        text = (
            "lot,code,name,postcode\ndudley,m83007,Priory  Lane Surgery,DY1 1HF\n"
            'Wolverhampton,M83009,"Tettenhall, the Green",\ndudley,M81001,Dudley Surgery and Pharmacy,\n'
        )
        assert self.load(text) == "2 practices added, 1 renamed, 0 as before."
        assert list(GpPractice.objects.order_by("code").values_list("code", "name", "lot_id")) == [
            ("M81001", "Dudley Surgery and Pharmacy", "dudley"),
            ("M82001", "Wolverhampton Surgery", "wolverhampton"),
            ("M83007", "Priory Lane Surgery", "dudley"),
            ("M83009", "Tettenhall, the Green", "wolverhampton"),
        ]
        assert [entry.verb for entry in Entry.objects.all()] == ["add_practice", "add_practice", "rename_practice"]
        assert {(entry.actor_kind, entry.actor_name) for entry in Entry.objects.all()} == {
            ("system", "Placewell (load-practices)")
        }
        assert self.load(text) == "0 practices added, 0 renamed, 3 as before."
        assert Entry.objects.count() == 3

    @pytest.mark.parametrize(
        ("text", "problems"),
        [
            ("code,name\nM83007,Priory\n", ["practices.csv: expected a column named lot."]),
            ("code,name,lot\n", ["practices.csv: expected at least one row under the header."]),
            ("code,code,lot\nM1A,M1A,dudley\n", ["practices.csv, column code: expected each column once only."]),
            ("code,name,lot\nM83007,Pri\x00ory,dudley\n".encode("utf-16"), ["practices.csv: expected text in UTF-8"]),
            (b"code,name,lot\nM83007,Pri\xffory,dudley\n", ["practices.csv, row 2: expected text in UTF-8"]),
            (
                "code,name,lot\nM83007,Priory,dudley\n83009,,atlantis\nm83007,Priory again,dudley\n",
                [
                    "practices.csv, row 3, column code: expected a letter, then letters and figures",
                    "like M81001; it is “83009”.",
                    "practices.csv, row 3, column name: expected the practice's name, of at most 200 characters",
                    "practices.csv, row 3, column lot: expected one of dudley, wolverhampton; it is “atlantis”.",
                    "practices.csv, row 4, column code: expected each code once; M83007 stands in row 2 already.",
                ],
            ),
            (
                "code,name,lot\nM83007,Priory,dudley\nM82001,Wolverhampton Surgery,dudley\n",
                ["row 3, column lot: expected wolverhampton, where the register has M82001; a practice does not move."],
            ),
        ],
    )
    def test_one_wrong_row_and_nothing_is_loaded(self, text: str | bytes, problems: list[str]) -> None:
        with pytest.raises(CommandError) as said:
            self.load(text)
        for problem in (*problems, "Nothing was loaded."):
            assert problem in str(said.value)
        assert GpPractice.objects.count() == 2
        assert not Entry.objects.exists()

    def test_a_file_that_is_not_there_is_named(self) -> None:
        with pytest.raises(CommandError, match=r"nowhere\.csv: there is no such file"):
            call_command("load_practices", str(self.file.with_name("nowhere.csv")))


def test_without_a_lot_the_command_says_how_to_begin(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="add_administrator"):
        call_command("load_practices", str(tmp_path / "any.csv"))
