"""Sample objects for the policy matrix: what to put into an address that needs arguments, once for each lot.

An app with such addresses has a file `tests/site/<app>/samples.py`:

    from tests.site.matrix_samples import Made, sample

    @sample("casework:person", "casework:log_contact")
    def episode(made: Made) -> dict[str, object]:
        return {"episode": made.episode.pk}

The function is called for the viewer's own lot and for the other one; `made.once("job", make_job)` keeps what it made.
What a record about a person is to a specialist is by team: one of another team of the same lot gets 404.
`lot_wide=True` says that the object is the whole lot's (an employer), so that other teams of the lot see it too.
`hidden_from` names those who may open the address but not the sample object of their own lot (they get 404 too).
EMPTY names addresses without arguments that have nothing to show yet for a new user (404 is right there).
`shared=True` says that the object belongs to nobody in particular (a page of the specification), so nobody gets 404.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.urls import reverse
from tests.site.conftest import NOW, World, make_user

from placewell_web.accounts.models import Role, Team, User
from placewell_web.clients.models import Episode, Person
from placewell_web.config.addresses import Address, all_views

Arguments = Callable[["Made"], dict[str, Any]]


@dataclass
class Made:
    """What exists in one lot for the matrix: a person with an episode, with that lot's specialist."""

    world: World
    lot: str
    kept: dict[str, Any] = field(default_factory=dict)

    def once(self, name: str, make: Callable[[Made], Any]) -> Any:
        if name not in self.kept:
            self.kept[name] = make(self)
        return self.kept[name]

    @property
    def episode(self) -> Episode:
        return self.once("episode", _episode)


@dataclass(frozen=True)
class Sample:
    arguments: Arguments
    hidden_from: frozenset[str]
    shared: bool
    lot_wide: bool


ANONYMOUS, WITHOUT_POST = "anonymous", "user without post"
COLLEAGUE, OTHER_TEAM = "specialist, a colleague of the team", "specialist of another team of the lot"
WHO = (ANONYMOUS, WITHOUT_POST, *(str(role) for role in Role), COLLEAGUE, OTHER_TEAM)
ADDRESSES = {address.name: address for address in all_views()}
EMPTY = {"accounts:not_sent", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_download_recovery_codes"}
REGISTRY: dict[str, Sample] = {}


def sample(
    *names: str, hidden_from: tuple[str, ...] = (), shared: bool = False, lot_wide: bool = False
) -> Callable[[Arguments], Arguments]:
    """Register the arguments of one or more addresses."""

    def register(make: Arguments) -> Arguments:
        for name in names:
            REGISTRY[name] = Sample(make, frozenset(str(role) for role in hidden_from), shared, lot_wide)
        return make

    return register


def role_of(who: str) -> str:
    """The role by which a policy judges someone of WHO."""
    return str(Role.SPECIALIST) if who in (COLLEAGUE, OTHER_TEAM) else who


def user_of(world: World, who: str) -> User | None:
    """The user who stands for someone of WHO; nobody for the anonymous."""
    if who == ANONYMOUS:
        return None
    if who == WITHOUT_POST:
        return world.without_post
    if who not in (COLLEAGUE, OTHER_TEAM):
        return world.user(who)
    if who not in world.extra:
        team = world.teams["dudley"]
        if who == OTHER_TEAM:
            team = Team.objects.create(name="Dudley north", lot=world.own)
        world.extra[who] = make_user(f"{len(world.extra)}@example.org", who, Role.SPECIALIST, world.own, team)
    found = world.extra[who]
    assert isinstance(found, User)
    return found


def sample_of(address: Address) -> Sample | None:
    """The sample of an address with arguments; a missing one is an error that says what to add."""
    if not address.arguments:
        return None
    found = load().get(address.name)
    assert found is not None, (
        f"{address.name} needs {', '.join(address.arguments)}, and no sample says what to put there: add "
        f'@sample("{address.name}") to tests/site/{address.name.split(":")[0]}/samples.py (see matrix_samples.py).'
    )
    return found


def url_of(address: Address, made: Made) -> str:
    """The address with the sample object of one lot in it."""
    found = sample_of(address)
    return reverse(address.name, kwargs=found.arguments(made) if found else {})


def load() -> dict[str, Sample]:
    """Read the samples of every app that has some."""
    for app in ("accounts", "audit", "clients", "employers", "intake", "casework", "trial", "reporting", "exchange"):
        if find_spec(f"tests.site.{app}") and find_spec(f"tests.site.{app}.samples"):
            import_module(f"tests.site.{app}.samples")
    return REGISTRY


def _episode(made: Made) -> Episode:
    world = made.world
    number = f"TW-{10000 + len(Person.unscoped.all())}"
    person = Person.unscoped.create(
        number=number,
        first_name="Jaswinder",
        surname=f"Of {made.lot}",
        search_name=f"jaswinder of {made.lot}",
        created_at=NOW,
    )
    return Episode.unscoped.create(
        person=person,
        service_id="thrive_into_work",
        lot_id=made.lot,
        team=world.teams[made.lot],
        specialist=world.user("specialist", made.lot),
        gp_practice=world.practices[made.lot],
        referred_on=NOW.date().replace(month=5, day=1),
        accepted_on=NOW.date().replace(month=5, day=3),
        source="gp",
        created_at=NOW,
    )
