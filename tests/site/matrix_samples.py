"""Sample objects for the policy matrix: what to put into an address that needs arguments, once for each lot.

An app with such addresses has a file `tests/site/<app>/samples.py`:

    from tests.site.matrix_samples import Made, sample

    @sample("casework:person", "casework:log_contact")
    def episode(made: Made) -> dict[str, object]:
        return {"episode": made.episode.pk}

The function is called for the viewer's own lot and for the other one; `made.once("job", make_job)` keeps what it made.
`hidden_from` names roles that may open the address but not the sample object of their own lot (they get 404 too).
EMPTY names addresses without arguments that have nothing to show yet for a new user (404 is right there).
`shared=True` says that the object belongs to nobody in particular (a page of the specification), so nobody gets 404.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from tests.site.conftest import NOW, World

from placewell_web.clients.models import Episode, Person

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


EMPTY = {"accounts:not_sent", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_download_recovery_codes"}
REGISTRY: dict[str, Sample] = {}


def sample(*names: str, hidden_from: tuple[str, ...] = (), shared: bool = False) -> Callable[[Arguments], Arguments]:
    """Register the arguments of one or more addresses."""

    def register(make: Arguments) -> Arguments:
        for name in names:
            REGISTRY[name] = Sample(make, frozenset(str(role) for role in hidden_from), shared)
        return make

    return register


def load() -> dict[str, Sample]:
    """Read the samples of every app that has some."""
    for app in ("accounts", "audit", "clients", "employers", "intake", "casework", "reporting", "exchange"):
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
