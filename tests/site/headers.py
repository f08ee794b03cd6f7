"""What the headers of a response, and the page in it, must leave closed: asked of every answer of the matrix."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.http import HttpResponse

SAME = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
NO_STORE = "no-store, private"
INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*(?:nonce=|application/json))|javascript:", re.I)


def faults_of(response: HttpResponse) -> Iterator[str]:
    """What a response's headers and page leave open, in words."""
    for name, wanted in SAME.items():
        if response.get(name) != wanted:
            yield f"{name} is {response.get(name)!r}"
    csp = response.get("Content-Security-Policy", "")
    if "default-src 'none'" not in csp or "unsafe" in csp or not ("frame-ancestors 'none'" in csp or "sandbox" in csp):
        yield f"Content-Security-Policy is {csp!r}"
    permissions = response.get("Permissions-Policy", "")
    if not all(f"{power}=()" in permissions for power in ("camera", "microphone", "geolocation", "usb", "payment")):
        yield f"Permissions-Policy is {permissions!r}"
    if response.get("Cache-Control") != NO_STORE:
        yield f"Cache-Control is {response.get('Cache-Control')!r}"
    is_page = response.get("Content-Type", "").startswith("text/html")
    is_file = response.get("Content-Disposition", "").startswith("attachment")  # stands alone, no page of the site
    if is_page and not is_file and (inline := INLINE.search(response.content.decode())):
        yield f"the page has something inline: {inline[0]!r}"
