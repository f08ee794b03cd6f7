"""The application a server runs; it refuses to start where a start-up check fails."""

from __future__ import annotations

import io
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "placewell_web.config.settings")

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

from placewell.vocabulary import warm_searches

application = get_wsgi_application()
call_command("check", databases=["default"], stdout=io.StringIO())  # silent where all is well; errors are raised
warm_searches()  # here and not in ready(): a command that searches nothing does not wait for it
