"""A form that came when its session was over: what was typed is kept until the same person has signed in again.

Every form of a signed-in person carries a signed proof of whose page it is (`form_fields`), so that the words wait for
them alone, also where nothing is left of the session. They wait in the session of the browser that sent them, an hour
at most; nothing is saved by itself, and a password, a drawn signature or a file is never kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from django.core import signing
from django.http import HttpRequest
from django.template.backends.utils import csrf_input
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString

KEY = "unsent"
FIELD, SALT = "writer", "placewell.accounts.writer"
PROOF_LASTS = 7 * 24 * 60 * 60  # a form left open over a long weekend
KEPT_SECONDS = 60 * 60
LIMIT = 300_000  # characters
LONGEST_ADDRESS = 2_000
FRESH = frozenset({"csrfmiddlewaretoken", FIELD, "draft_key"})
SECRETS = frozenset({"password", "password1", "password2", "oldpassword", "credential", "signature"})
NOT_A_PAGE = ("/accounts/login/", "/accounts/2fa/", "/accounts/not-sent/")


@dataclass(frozen=True)
class Unsent:
    """Where it was going, the page it was typed on, every field in order, and whether a file went with it."""

    path: str
    page: str
    fields: tuple[tuple[str, str], ...]
    with_file: bool = False
    is_shown: bool = False

    @property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """The fields someone typed: worth showing to copy."""
        return tuple((name, value) for name, value in self.fields if len(value) > 40 or len(value.split()) > 1)


def form_fields(request: HttpRequest) -> SafeString:
    """The hidden fields of every form that sends: the token and, for who is signed in, whose page it is."""
    proof = signing.dumps(str(request.user.pk), salt=SALT)
    return format_html('{}<input type="hidden" name="{}" value="{}">', csrf_input(request), FIELD, proof)


form_fields_lazy = lazy(form_fields, SafeString, str)


def writer_of(request: HttpRequest) -> str | None:
    """Whose page a form was sent from, by its proof; None where there is none, or it is changed or too old."""
    try:
        return str(UUID(signing.loads(request.POST.get(FIELD, ""), salt=SALT, max_age=PROOF_LASTS)))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def page_of(request: HttpRequest) -> str:
    """The address of the page a form was sent from, as the browser says it; else the one it was sent to."""
    said = request.headers.get("Referer", "")
    if len(said) <= LONGEST_ADDRESS and _is_here(request, said):
        parts = urlsplit(said)
        if not parts.path.startswith(NOT_A_PAGE):
            return f"{parts.path}?{parts.query}" if parts.query else parts.path
    return request.get_full_path()


def comes_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this very site sent the form."""
    return _is_here(request, request.headers.get("Origin") or request.headers.get("Referer", ""))


def is_page(request: HttpRequest) -> bool:
    """Whether a person waits for a page, not a script for an answer."""
    return request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate" and "HX-Request" not in request.headers


def read(request: HttpRequest) -> Unsent:
    """What a form sent, as it would be kept."""
    left_out = SECRETS | FRESH
    fields = tuple((name, value) for name, values in request.POST.lists() if name not in left_out for value in values)
    return Unsent(request.get_full_path(), page_of(request), fields, bool(request.FILES))


def keep(request: HttpRequest) -> bool:
    """Put what a form sent into the session for its writer; False where that is nobody, nothing or too much."""
    if request.method != "POST" or not is_page(request) or hasattr(request, "kept_as_draft"):
        return False
    owner, sent = writer_of(request) or request.session.get("ended_user"), read(request)
    size = sum(len(name) + len(value) for name, value in sent.fields)
    if not owner or not any(value.strip() for _, value in sent.fields) or size > LIMIT:
        return False
    if not request.user.is_authenticated:
        request.session["ended_user"] = owner
    request.session[KEY] = {
        "path": sent.path,
        "page": sent.page,
        "owner": owner,
        "fields": sent.fields,
        "with_file": sent.with_file,
        "at": timezone.now().timestamp(),
    }
    return True


def take(request: HttpRequest) -> Unsent | None:
    """What waits for the person who is signed in now; for anyone else, and after an hour, it is thrown away."""
    kept = request.session.get(KEY)
    if kept is None:
        return None
    if UUID(kept["owner"]) != request.user.pk or timezone.now().timestamp() - kept["at"] > KEPT_SECONDS:
        forget(request)
        return None
    fields = tuple((name, value) for name, value in kept["fields"])
    return Unsent(kept["path"], kept["page"], fields, kept["with_file"], kept.get("is_shown", False))


def mark_shown(request: HttpRequest) -> None:
    """The words were shown on a page of their own: the page they were typed on is not left for it again."""
    request.session[KEY] = {**request.session[KEY], "is_shown": True}


def forget(request: HttpRequest) -> None:
    request.session.pop(KEY, None)


def _is_here(request: HttpRequest, address: str) -> bool:
    parts = urlsplit(address)
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return safe and bool(parts.scheme and parts.netloc)
