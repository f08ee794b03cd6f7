"""The demo's organisations, lots, teams, practices and staff, drawn from the data set's own ids."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

from placewell.dataset import Dataset
from placewell.specification import Specification
from placewell_web.accounts.models import GpPractice, Lot, Organisation, Posting, Role, Team, User
from placewell_web.exchange.demo.words import PRACTICE_KINDS, PRACTICE_PLACES, STAFF_NAMES

PROVIDERS = {"thrive_into_work": "Black Country and Birmingham Works"}
"""A made-up provider where the document names none."""


def site_id(table: str, data_id: str) -> UUID:
    """The site's random-looking id for an id of the made-up data set, the same on every load."""
    return uuid5(NAMESPACE_URL, f"placewell-demo/{table}/{data_id}")


@dataclass(frozen=True)
class Places:
    lots: dict[str, Lot]
    teams: dict[str, Team]
    practices: dict[str, GpPractice]
    staff: dict[str, User]


def load_places(specification: Specification, dataset: Dataset, first_day: date) -> Places:
    """Makes all that people's records point at; one provider holds every lot, a team in each (002 §19.4)."""
    service = specification.service
    provider = Organisation(name=PROVIDERS.get(service.id, service.provider), kind="provider")
    others = [
        Organisation(name=service.commissioner, kind="commissioner"),
        Organisation(name=f"{service.name} programme team", kind="programme"),
        Organisation(name="National evaluator", kind="evaluator"),
    ]
    Organisation.objects.bulk_create([provider, *others])
    lots = {lot.code: Lot(code=lot.code, name=lot.name, provider=provider) for lot in service.lots}
    Lot.objects.bulk_create(lots.values())
    teams = _teams(dataset, lots, {team.id: team.name for team in service.teams})
    practices = _practices(dataset, lots)
    staff = _staff(dataset, teams)
    _people_of_every_role(provider, others, lots, first_day)
    return Places(lots, teams, practices, staff)


def _teams(dataset: Dataset, lots: dict[str, Lot], named: dict[str, str]) -> dict[str, Team]:
    pairs = dataset["episodes"].select("team_id", "lot").drop_nulls().unique().sort("team_id", "lot").rows()
    teams: dict[str, Team] = {}
    count: dict[str, int] = {}
    for team_id, lot in pairs:
        if team_id in teams or lot not in lots:
            continue
        count[lot] = count.get(lot, 0) + 1
        suffix = "" if count[lot] == 1 else f" {count[lot]}"
        name = named.get(team_id, f"{lots[lot].name} team{suffix}")
        teams[team_id] = Team(id=site_id("teams", team_id), name=name, lot=lots[lot])
    Team.objects.bulk_create(teams.values())
    return teams


def _practices(dataset: Dataset, lots: dict[str, Lot]) -> dict[str, GpPractice]:
    pairs = dataset["episodes"].select("gp_practice", "lot").drop_nulls().unique().sort("lot", "gp_practice").rows()
    practices: dict[str, GpPractice] = {}
    for code, lot in pairs:
        if code not in practices and lot in lots:
            practices[code] = GpPractice(code=code, name=_practice_name(len(practices)), lot=lots[lot])
    GpPractice.objects.bulk_create(practices.values())
    return practices


def _practice_name(number: int) -> str:
    """A name of its own for each of the first few dozen; a number is added after that."""
    rounds, place = divmod(number, len(PRACTICE_PLACES))
    name = f"{PRACTICE_PLACES[place]} {PRACTICE_KINDS[(place - rounds) % len(PRACTICE_KINDS)]}"
    return name if rounds < len(PRACTICE_KINDS) else f"{name} {rounds // len(PRACTICE_KINDS) + 1}"


def _staff(dataset: Dataset, teams: dict[str, Team]) -> dict[str, User]:
    """The specialists and leaders whom the records name; they cannot sign in until they are given a password."""
    posts = dataset["postings"].sort("specialist_id", "from_on").rows(named=True)
    staff: dict[str, User] = {}
    for post in posts:
        staff_id = post["specialist_id"]
        if staff_id not in staff:
            name = STAFF_NAMES[len(staff) % len(STAFF_NAMES)]
            if len(staff) >= len(STAFF_NAMES):
                name = f"{name} {len(staff) // len(STAFF_NAMES) + 1}"
            staff[staff_id] = User(
                id=site_id("staff", staff_id), email=_address(name), name=name, password=UNUSABLE_PASSWORD_PREFIX
            )
    User.objects.bulk_create(staff.values())
    Posting.objects.bulk_create(
        Posting(
            user=staff[post["specialist_id"]],
            role=post["role"],
            organisation=lot.provider,
            lot=lot,
            team=teams.get(post["team_id"]),
            fte=post["fte"] or 1,
            from_on=post["from_on"],
            to_on=post["to_on"],
        )
        for post in posts
        for lot in _lots_of(post, teams)
    )
    return staff


def _lots_of(post: dict[str, Any], teams: dict[str, Team]) -> list[Lot]:
    """The lot of a post's team; a leader of several teams has a post in the lot of each."""
    if post["team_id"] is not None or post["role"] != Role.TEAM_LEADER:
        return [teams[post["team_id"]].lot] if post["team_id"] in teams else []
    return list({team.lot_id: team.lot for team in teams.values()}.values())


def _address(name: str) -> str:
    return name.lower().replace(" ", ".").replace("'", "") + "@demo.example"


def _people_of_every_role(
    provider: Organisation, others: list[Organisation], lots: dict[str, Lot], first_day: date
) -> None:
    """One person for each role that the records do not name, so that every page can be seen."""
    commissioner, programme, evaluator = others
    posts: list[tuple[str, str, Organisation, Lot | None]] = [
        *(("Amara Okafor", Role.MANAGER, provider, lot) for lot in lots.values()),
        ("Ingrid Cole", Role.PROGRAMME, programme, None),
        ("Daniel Frost", Role.COMMISSIONER, commissioner, None),
        ("Esther Klein", Role.EVALUATOR, evaluator, None),
        ("Tomas Berg", Role.UNBLINDED, evaluator, None),
        ("Ada Marsh", Role.ADMINISTRATOR, provider, None),
    ]
    users = {name: User(email=_address(name), name=name, password=UNUSABLE_PASSWORD_PREFIX) for name, *_ in posts}
    User.objects.bulk_create(users.values())
    Posting.objects.bulk_create(
        Posting(user=users[name], role=role, organisation=organisation, lot=lot, from_on=first_day)
        for name, role, organisation, lot in posts
    )
