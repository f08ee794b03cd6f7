"""The tables that figures are made of: what a service's outcomes name is among them, as far as the site keeps it."""

import pytest

from placewell.specification import load, service_ids
from placewell_web.casework.dataset_rows import SOURCES
from placewell_web.reporting.queries.kept import FIGURE_TABLES, figure_tables

MORE = {
    "dorset_work_matters": (),
    "ips_grow": ("activities",),
    "nottingham_health_employment": (),
    "thrive_into_work": ("supervisions",),
    "workwise": ("activities",),
}


@pytest.mark.parametrize("service", service_ids())
def test_the_tables_of_a_service(service):
    assert figure_tables(load(service)) == (*FIGURE_TABLES, *MORE[service])


@pytest.mark.parametrize("service", service_ids())
def test_no_table_that_an_outcome_names_is_left_out(service):
    named = {outcome.table for outcome in load(service).outcomes.outcomes if hasattr(outcome, "table")}
    assert named & set(SOURCES) <= set(figure_tables(load(service)))
