"""What a form sent: its fields, its files, which button was pressed, and from where."""

from __future__ import annotations

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict


def posted(request: HttpRequest) -> QueryDict:
    """What a form sent."""
    return request.POST


def pressed(request: HttpRequest, name: str) -> bool:
    """Whether this button was the one pressed."""
    return name in request.POST


def sent_files(request: HttpRequest) -> MultiValueDict[str, UploadedFile]:
    """The files a form sent."""
    return request.FILES


def sender(request: HttpRequest) -> str:
    """Who sends: behind the site's own proxy, the address that the proxy wrote down last."""
    forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
    return forwarded if settings.BEHIND_PROXY and forwarded else str(request.META.get("REMOTE_ADDR", ""))
