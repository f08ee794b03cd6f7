"""Every table of the data set, declared once, parents before children. Source: semantics.md §1."""

from collections.abc import Mapping
from types import MappingProxyType

from placewell.dataset.columns import Table
from placewell.dataset.tables import casework, people, service, work

_PEOPLE_FIRST = people.TABLES + work.TABLES[:1] + casework.TABLES + work.TABLES[1:] + service.TABLES

TABLES: Mapping[str, Table] = MappingProxyType({table.name: table for table in _PEOPLE_FIRST})
