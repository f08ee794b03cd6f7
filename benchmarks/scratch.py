"""A database for one measurement, on the server of DATABASE_URL or in a file of its own, thrown away afterwards."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def scratch_database() -> Iterator[str]:
    """An empty database under the tests' settings; answers what kind it is."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.site.settings"
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import setup_test_environment, teardown_test_environment

    setup_test_environment()
    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0)
    try:
        yield connection.vendor
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)
        teardown_test_environment()
