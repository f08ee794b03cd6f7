"""What the page on production tells whoever sets up the proxy: no log keeps an address that is itself a secret."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import reverse

PAGE = (Path(__file__).parents[3] / "docs/how-to/run-in-production.md").read_text()
SAMPLE = PAGE.partition("```nginx\n")[2].partition("```")[0]
SECRETS = (reverse("casework:link", args=["SECRET"]), reverse("casework:answer_survey", args=["SECRET"]))
(QUIET,) = re.findall(r"location ~ (\S+) \{\s+access_log off;\s+error_log /dev/null crit;", SAMPLE)


@pytest.mark.parametrize("address", SECRETS)
def test_an_address_that_is_a_secret_is_named_and_kept_out_of_both_logs(address: str) -> None:
    assert f"`{address.removesuffix('SECRET/')}`" in PAGE
    assert re.search(QUIET, address)


@pytest.mark.parametrize("address", ["/", "/refer/", "/surveys/", "/login/", "/links/1/take-back/"])
def test_the_rest_is_logged(address: str) -> None:
    assert not re.search(QUIET, address)


def test_the_kept_log_has_no_referrer_and_no_query() -> None:
    (kept,) = re.findall(r"log_format placewell '([^']+)'", SAMPLE)
    assert not {"$http_referer", "$request", "$request_uri", "$args"} & set(re.findall(r"\$\w+", kept))
    assert re.findall(r"access_log /\S+ (\S+);", SAMPLE) == ["placewell"]


def test_the_proxy_says_whose_request_it_is() -> None:
    for header in ("Host", "X-Forwarded-Proto", "X-Forwarded-For"):
        assert f"proxy_set_header {header} " in SAMPLE
