"""The application a server runs; it refuses to start where a start-up check fails."""

from __future__ import annotations

import gc
import io
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "placewell_web.config.settings")

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.urls import reverse

from placewell.vocabulary import warm_searches
from placewell_web.accounts import service

application = get_wsgi_application()
call_command("check", databases=["default"], stdout=io.StringIO())  # silent where all is well; errors are raised
warm_searches()  # here and not in ready(): a command that searches nothing does not wait for it
service.current()
reverse("casework:today")  # loads every page there is

gc.collect()
gc.freeze()  # what is loaded by now stays for good: looking through all of it again stopped a page for 150 ms
gc.set_threshold(20_000, 10, 10)  # a page makes many objects and no cycles to speak of
sys.setswitchinterval(0.001)  # a page asks the database and Polars fifty times, and waits for its turn after each
