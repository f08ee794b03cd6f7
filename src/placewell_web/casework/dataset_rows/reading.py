"""Reads the site's tables as a data set: everything in one query a table, or a caseload's rows in one query."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import blake2b
from typing import Any, cast

import polars as pl
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Aggregate, F, Func, Q, QuerySet, TextField, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast

from placewell.dataset import TABLES, Dataset
from placewell_web.casework.dataset_rows.sources import SOURCES, Source
from placewell_web.clients.models import Episode

CASELOAD_TABLES = (
    "people",
    "episodes",
    "allocations",
    "contacts",
    "profiles",
    "plans",
    "applications",
    "employer_contacts",
    "jobs",
    "job_hours",
    "job_pay",
    "job_problems",
    "benefits_advice",
    "disclosures",
    "evidence",
    "support_decisions",
)
"""The tables that clocks, milestones and the active caseload look at."""

_ASKED_EPISODES = "SELECT episode_id FROM asked"
_CHOSEN_EPISODES = "SELECT episode_id FROM chosen"
_CHOSEN_PEOPLE = "SELECT person_id FROM chosen"

_ASKED = Source("asked", Episode, {"episode_id": "pk"}, episode="pk")

BETWEEN, AFTER = "\x1f", "\x1e"  # the separators of units and records: JSON holds neither bare

_reading: ContextVar[bool] = ContextVar("reading", default=False)

Rows = list[Sequence[str | None]]
"""Rows of text in the order of a source's columns."""

OwnedRows = tuple[str, str]
"""The rows of one episode, or of one person, as JSON arrays of texts, led by its key."""


def read_all(tables: Iterable[str] = SOURCES) -> Dataset:
    """The whole data set, every lot and episode, as at one moment: one query a table, inside one read transaction."""
    with one_moment():
        return Dataset({name: _frame(SOURCES[name], _rows(SOURCES[name], None)) for name in tables})


def read_episodes(episodes: QuerySet[Episode], tables: Iterable[str] = SOURCES, lots: Iterable[str] = ()) -> Dataset:
    """The rows of these episodes and of the people in them, as at one moment: one query a table.

    `lots`: also what belongs to no episode there: the lots' staff, their activities, their contacts with employers.
    """
    there = tuple(sorted(lots))
    with one_moment():
        return Dataset(
            {
                name: _frame(SOURCES[name], _rows(SOURCES[name], episodes, there))
                for name in tables
                if SOURCES[name].episode or there
            }
        )


@dataclass(frozen=True)
class PersonRows:
    """The whole history of one person by table: rows as JSON arrays of texts. Two with one `digest` say the same."""

    texts: Mapping[str, str]

    @cached_property
    def digest(self) -> bytes:
        """What the rows say, in 16 bytes; another order of rows is another digest."""
        said = "\n".join(f"{name} {text}" for name, text in sorted(self.texts.items()))
        return blake2b(said.encode(), digest_size=16).digest()

    @cached_property
    def rows(self) -> Mapping[str, Rows]:
        """The rows by table."""
        return {name: _read(text) for name, text in self.texts.items()}

    def ids(self, table: str, column: str) -> list[str]:
        """The ids in a column, as people and addresses write them."""
        place = list(SOURCES[table].columns).index(column)
        return [_with_dashes(value) for row in _read(self.texts[table]) if (value := row[place])]

    def plus(self, table: str, *more: Mapping[str, object]) -> PersonRows:
        """With more rows of a table; what a row does not say is absent."""
        names = tuple(SOURCES[table].columns)
        added = (json.dumps([_as_text(row.get(name)) for name in names]) for row in more)
        return PersonRows({**self.texts, table: _joined(self.texts.get(table, ""), *added)})


@dataclass(frozen=True)
class CaseloadRows:
    """The whole histories of the people of some episodes, the ids of those episodes, and rows beside the data set."""

    people: tuple[PersonRows, ...]
    episode_ids: frozenset[str]
    beside: dict[str, list[dict[str, str | None]]]

    @property
    def whole(self) -> Dataset:
        """The histories as one data set."""
        return dataset_of(self.people)


def read_caseload(
    episodes: QuerySet[Episode], tables: tuple[str, ...] = CASELOAD_TABLES, beside: tuple[Source, ...] = ()
) -> CaseloadRows:
    """The rows of the people of these episodes, in one query whatever the number of episodes or tables.

    Of each person every episode is read, not only those asked for: whether and when someone entered, and what they have
    earned, can hang on an earlier one (002 §9.11, §21.4). Which rows a page may show is told by `episode_ids`.
    `beside`: what a page shows and the data set has no column for, read in the same query, as rows of text.
    """
    sources = {name: SOURCES[name] for name in tables} | {source.table: source for source in (_ASKED, *beside)}
    found = _rows_of_caseload(episodes, tuple(sources.values()))
    ids = frozenset(row["episode_id"] or "" for row in _plain(_ASKED, found[_ASKED.table]))
    shown = {source.table: list(_plain(source, found[source.table])) for source in beside}
    return CaseloadRows(_by_person({name: found[name] for name in tables}), ids, shown)


def dataset_of(people: Iterable[PersonRows]) -> Dataset:
    """The rows of these people as a data set."""
    rows: dict[str, list[Sequence[str | None]]] = {}
    for person in people:
        for name, own in person.rows.items():
            rows.setdefault(name, []).extend(own)
    tables = rows or {name: [] for name in CASELOAD_TABLES}
    return Dataset({name: _frame(SOURCES[name], found) for name, found in tables.items()})


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything read inside is as at one moment. On SQLite a deferred transaction, so that nobody waits to write."""
    if connection.in_atomic_block or _reading.get():
        yield
        return
    begin = "BEGIN DEFERRED" if connection.vendor == "sqlite" else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute(begin)
        token = _reading.set(True)
        try:
            yield
        finally:
            _reading.reset(token)
            cursor.execute("ROLLBACK")


def _rows(source: Source, episodes: QuerySet[Episode] | None, lots: tuple[str, ...] = ()) -> Rows:
    query = source.model._default_manager.filter(source.where).order_by()
    if episodes is not None:
        wanted = query.filter(_within(source, episodes, lots))
        query = query.filter(pk__in=wanted.values("pk")) if source.lot else wanted  # a lot is reached by many posts
    columns = {f"c{i}": _text(source, name) for i, name in enumerate(source.columns)}
    try:
        sql, parameters = query.annotate(**columns).values_list(*columns).query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:  # everything is text already: Django has nothing to turn
        cursor.execute(sql, parameters)
        return cast("Rows", cursor.fetchall())


def _within(source: Source, episodes: QuerySet[Episode], lots: tuple[str, ...]) -> Q:
    """The rows of the episodes, and with lots those of no episode there."""
    of_no_episode = Q(**{f"{source.lot}__in": lots}) if source.lot else Q(pk__in=[])
    if source.episode is None:
        return of_no_episode
    key = "person_id" if source.of_person else "pk"
    of_episodes = Q(**{f"{source.episode}__in": episodes.order_by().values(key)})
    return of_episodes | (of_no_episode & Q(**{f"{source.episode}__isnull": True})) if source.lot else of_episodes


def _rows_of_caseload(episodes: QuerySet[Episode], sources: tuple[Source, ...]) -> dict[str, list[OwnedRows]]:
    found: dict[str, list[OwnedRows]] = {source.table: [] for source in sources}
    try:
        asked, asked_parameters = episodes.order_by().values("pk", "person_id").query.sql_with_params()
    except EmptyResultSet:
        return found
    together, parameters = _together(sources)
    named = f"WITH asked(episode_id, person_id) AS ({asked}), {_of_their_people()}"
    statement = f"{named} SELECT {_in_one_text()} FROM ({together}) AS found"  # noqa: S608  every part is ours
    with connection.cursor() as cursor:
        cursor.execute(statement, (*asked_parameters, BETWEEN, BETWEEN, AFTER, *parameters))
        (everything,) = cursor.fetchone()
    for line in everything.split(AFTER) if everything else ():
        table, owner, text = line.split(BETWEEN)
        found[table].append((owner, text))
    return found


def _in_one_text() -> str:
    """All rows of the answer as one: SQLite lets other threads run in between, and each row waits for them to stop."""
    together = {"sqlite": "GROUP_CONCAT", "postgresql": "STRING_AGG"}[connection.vendor]
    return f"{together}(c || %s || CAST(o AS text) || %s || r, %s)"


def _by_person(found: Mapping[str, list[OwnedRows]]) -> tuple[PersonRows, ...]:
    """Everybody's rows: they come with the key of their episode, those of people with their own."""
    whose = list(SOURCES["episodes"].columns).index("person_id")
    person_of = {episode: _read(text)[0][whose] for episode, text in found["episodes"]}
    texts: dict[str | None, dict[str, str]] = {id: dict.fromkeys(found, "") for id in person_of.values()}
    for name, owned in found.items():
        of_person = SOURCES[name].of_person
        for owner, text in owned:
            own = texts[owner if of_person else person_of[owner]]
            own[name] = _joined(own[name], text)
    return tuple(PersonRows(each) for each in texts.values())


def _joined(*texts: str) -> str:
    return ",".join(text for text in texts if text)


def _read(text: str) -> Rows:
    return cast("Rows", json.loads(f"[{text}]"))


def _of_their_people() -> str:
    """Every episode of the people of the episodes asked for, as a named part of the statement."""
    episode = connection.ops.quote_name(Episode._meta.db_table)
    people = "SELECT person_id FROM asked"
    return f"chosen(episode_id, person_id) AS (SELECT id, person_id FROM {episode} WHERE person_id IN ({people}))"  # noqa: S608


@cache
def _together(sources: tuple[Source, ...]) -> tuple[str, tuple[object, ...]]:
    """The tables under one another as one statement over `chosen`; built once, which takes longer than running it."""
    parts = [_chosen_rows(source) for source in sources]
    sql, parameters = parts[0].union(*parts[1:], all=True).query.sql_with_params()
    return sql, tuple(parameters)


def _chosen_rows(source: Source) -> QuerySet[Any, Any]:
    """The source's rows of each chosen episode (or person): the table, its key, the rows as JSON arrays of texts.

    One text for all rows is a third of the work of so many values, and says by itself whether one has changed.
    """
    episodes = _ASKED_EPISODES if source is _ASKED else _CHOSEN_EPISODES
    chosen = RawSQL(_CHOSEN_PEOPLE if source.of_person else episodes, ())  # noqa: S611  constants
    rows = source.model._default_manager.filter(source.where, **{f"{source.episode}__in": chosen}).order_by()
    array = _Array(*(_text(source, name) for name in source.columns))
    by_key = rows.values(o=F(str(source.episode))).annotate(r=_Together(array))
    return by_key.annotate(c=Value(source.table, output_field=TextField())).values_list("c", "o", "r")


class _Array(Func):
    """A JSON array. Django's own asks SQLite, once for each connection, whether it knows JSON: a query that varies."""

    function = "JSON_ARRAY"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSON_BUILD_ARRAY", **context)


class _Together(Aggregate):
    """The arrays of a group, with commas between them, in the same order each time (SQLite: that of the index)."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        text = '(%(expressions)s)::text COLLATE "C"'
        template = f"STRING_AGG({text}, ',' ORDER BY {text})"
        return self.as_sql(compiler, connection, template=template, **context)


def _text(source: Source, column: str) -> Cast:
    return Cast(F(source.columns[column]), TextField())


def _frame(source: Source, rows: Rows) -> pl.DataFrame:
    """Rows of text as the table's frame: every declared column, typed, ids with dashes, null for an empty text."""
    if not rows:
        return TABLES[source.table].empty
    names = list(source.columns)
    text = {
        name: pl.Series(name, column, pl.String) for name, column in zip(names, zip(*rows, strict=True), strict=False)
    }
    return pl.DataFrame(text).select(_columns(source.table))


@cache
def _columns(table: str) -> list[pl.Expr]:
    source = SOURCES[table]
    return [_column(source, name, type).alias(name) for name, type in TABLES[table].schema.items()]


def _column(source: Source, name: str, type: pl.DataType) -> pl.Expr:
    if name in source.derived:
        return source.derived[name]
    return _typed(source, name, type) if name in source.columns else pl.lit(None, type)


def _typed(source: Source, name: str, type: pl.DataType) -> pl.Expr:
    text = pl.col(name)
    if source.is_id(name):
        return _dashed(text)
    if type == pl.Boolean:
        return text.replace_strict(_FLAGS, default=None, return_dtype=pl.Boolean)
    if type == pl.String:
        return pl.when(text != "").then(text)
    return text.str.to_date("%Y-%m-%d") if type == pl.Date else text.cast(type)


def _plain(source: Source, owned: Iterable[OwnedRows]) -> Iterator[dict[str, str | None]]:
    columns = [(name, source.is_id(name)) for name in source.columns]
    for row in _read(_joined(*(text for _, text in owned))):
        yield {
            name: _with_dashes(value) if is_id and value else value
            for (name, is_id), value in zip(columns, row, strict=True)
        }


def _with_dashes(id: str) -> str:
    """A UUID as people and addresses write it; SQLite keeps it without its dashes."""
    return id if "-" in id else f"{id[:8]}-{id[8:12]}-{id[12:16]}-{id[16:20]}-{id[20:]}"


def _as_text(value: object) -> str | None:
    return None if value is None else str(value).lower() if isinstance(value, bool) else str(value)


_FLAGS: Mapping[str, bool] = {"0": False, "1": True, "false": False, "true": True}


def _dashed(text: pl.Expr) -> pl.Expr:
    """A column of UUIDs so."""
    bare = text.str.replace_all("-", "", literal=True)
    parts = (bare.str.slice(start, length) for start, length in ((0, 8), (8, 4), (12, 4), (16, 4), (20, 12)))
    return pl.concat_str(list(parts), separator="-")
