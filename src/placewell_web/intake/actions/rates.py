"""How often the public form may be sent: a token bucket for each address and one for everyone, in the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.crypto import salted_hmac

from placewell_web.intake.models import RateBucket

EVERYONE = "everyone"


class TooMany(Exception):
    """The bucket is empty; `seconds` until there is something in it again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"try again in {seconds} seconds")
        self.seconds = seconds


@dataclass(frozen=True)
class Rate:
    """A bucket's size, and how many a second flow back into it."""

    size: float
    a_second: float


PAGES = Rate(120, 1.0)  # pages sent by one address: a surgery has many people behind one
SENDS = Rate(20, 1 / 30)  # referrals sent by one address
ALL_SENDS = Rate(200, 0.5)  # referrals sent by everyone together


def allow(*, at: datetime, address: str, sends: bool = False) -> None:
    """Take one from the address's bucket, and for a sending from everyone's; raises TooMany when one is empty."""
    _take(at, "pages", address, PAGES)
    if sends:
        _take(at, "sends", address, SENDS)
        _take(at, "sends", EVERYONE, ALL_SENDS)


def _take(at: datetime, kind: str, address: str, rate: Rate) -> None:
    key = salted_hmac(f"placewell.rates.{kind}", address).hexdigest()  # the address itself is not kept
    with transaction.atomic():
        RateBucket.objects.get_or_create(key=key, defaults={"tokens": rate.size, "filled_at": at})
        bucket = RateBucket.objects.select_for_update().get(key=key)
        gone = max(0.0, (at - bucket.filled_at).total_seconds())
        tokens = min(rate.size, bucket.tokens + gone * rate.a_second)
        enough = tokens >= 1
        bucket.tokens, bucket.filled_at = tokens - enough, at
        bucket.save(update_fields=["tokens", "filled_at"])
    if not enough:
        raise TooMany(int((1 - tokens) / rate.a_second) + 1)
