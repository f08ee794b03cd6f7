"""A change of the audit table leaves it guarded: SQLite drops triggers without a word, and migrate puts them back."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction
from tests.site.audit.test_record import write

from placewell_web.audit import triggers
from placewell_web.audit.checks import triggers_in_place
from placewell_web.audit.models import Entry


@pytest.mark.django_db(transaction=True)
def test_a_table_made_anew_has_its_triggers_after_migrate() -> None:
    """SQLite drops triggers without a word when a column changes; PostgreSQL keeps them. Both have them in the end."""
    longer = models.CharField(max_length=500)
    longer.set_attributes_from_name("actor_name")
    now = Entry._meta.get_field("actor_name")
    with connection.schema_editor() as editor:
        editor.alter_field(Entry, now, longer, strict=True)
    lost = set(triggers.expected(connection)) if connection.vendor == "sqlite" else set()
    assert triggers.missing(connection) == lost
    assert len(triggers_in_place(databases=["default"])) == bool(lost)
    call_command("migrate", verbosity=0)
    assert triggers.missing(connection) == set()
    with connection.schema_editor() as editor:
        editor.alter_field(Entry, longer, now, strict=True)
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        write("c9")
    with pytest.raises(DatabaseError, match="an audit entry"), transaction.atomic():
        connection.cursor().execute("UPDATE audit_entry SET lot = 'x'")
