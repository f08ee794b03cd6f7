"""Writes docs/reference/who-may-open-what.md: every address of the site and the policy its view declares."""

import os
import sys

import django
from publishing import publish

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "placewell_web.config.settings")
os.environ.setdefault("PLACEWELL_DEMO", "1")
django.setup()

from placewell_web.accounts.models import Role  # noqa: E402
from placewell_web.config.addresses import Address, all_views  # noqa: E402

OPENING = """# Who may open what

Made by `make docs` from the addresses and the policy each view declares: do not edit.
A view without a policy fails the build, and the site does not start with one. Every address answers to GET, HEAD and
POST at most.

Beyond the post, records about people are those of the viewer's own teams (specialists) or lots (team leaders and
managers); any other answers 404, as if it did not exist. A specialist may open the record of a colleague's client in
the same team, so that people can stand in for each other; the audit marks each such view (`own_caseload: false`).
A commissioner, the programme team, the evaluator and an administrator open no page about a person, and no exact figure.
Outside the demo a second step comes first on every page that is not for anyone, except on those that set it up.

"""


def row(address: Address) -> str:
    """An address, its name, and a mark for each role."""
    policy = address.policy
    anyone = policy.kind == "public"
    marks = ["yes" if anyone else ""]
    marks += [
        "yes" if anyone or policy.kind == "signed_in" or str(role) in policy.roles else "" for role in Role.values
    ]
    return f"| `{address.shown}` | {address.name} | {' | '.join(marks)} |"


def matrix() -> str:
    """The table; addresses closed to everyone are left out."""
    heads = " | ".join(role.label for role in Role)
    lines = [f"| address | name | anyone | {heads} |", f"|---|---|---|{'---|' * len(Role)}"]
    open_ones = (address for address in all_views() if address.policy.kind != "closed")
    lines += [row(address) for address in sorted(open_ones, key=lambda one: one.shown)]
    return OPENING + "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(publish("who-may-open-what.md", matrix(), sys.argv[1:]))
