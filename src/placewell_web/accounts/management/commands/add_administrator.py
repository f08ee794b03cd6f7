"""`placewell-site add_administrator`: a provider, its lots, and the first user, who then adds the others."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from placewell import specification
from placewell.errors import UserError
from placewell_web.accounts import actions
from placewell_web.audit import clock
from placewell_web.audit.actors import Actor


class Command(BaseCommand):
    help = (
        "Adds a provider with its lots and an administrator, and prints a link to choose a password. Example: "
        'placewell-site add_administrator --provider "Black Country Work" --lot dudley --lot sandwell_west_birmingham '
        '--name "Ruth Adeyemi" --email ruth.adeyemi@example.nhs.uk'
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--provider", required=True, help="the organisation that provides the service")
        parser.add_argument("--lot", action="append", required=True, help="a lot's code; say it again for more")
        parser.add_argument("--name", required=True, help="the administrator's full name")
        parser.add_argument("--email", required=True, help="the administrator's work email address")

    def handle(self, *args: Any, **options: Any) -> None:
        names = {lot.code: lot.name for lot in specification.load(settings.PLACEWELL_SERVICE).service.lots}
        if unknown := [code for code in options["lot"] if code not in names]:
            raise CommandError(f"No lot {', '.join(unknown)} in this service. Its lots: {', '.join(sorted(names))}.")
        try:
            user = actions.add_provider(
                provider=options["provider"],
                lots={code: names[code] for code in options["lot"]},
                name=options["name"],
                email=options["email"],
                by=Actor.system("set-up"),
                at=clock.now(),
            )
        except UserError as error:
            raise CommandError("\n".join(error.problems)) from error
        key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
        uid, token = key.split("-", 1)
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})
        self.stdout.write(f"{user.name} is administrator of {', '.join(options['lot'])}.")
        self.stdout.write(
            f"Open this within a day, once, to choose a password: https://{settings.ALLOWED_HOSTS[0]}{path}"
        )
