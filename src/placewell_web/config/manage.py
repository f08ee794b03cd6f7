"""The site's command line, `placewell-site`: migrate, runserver, verify_audit and the rest."""

from __future__ import annotations

import os
import sys

STOPPED = 130  # what a shell expects of a command stopped by Ctrl-C


def main(argv: list[str] | None = None) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "placewell_web.config.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(["placewell-site", *(sys.argv[1:] if argv is None else argv)])
    except ImproperlyConfigured as error:
        sys.exit(f"placewell-site: {error}")
    except KeyboardInterrupt:
        sys.exit(STOPPED)


if __name__ == "__main__":
    main()
