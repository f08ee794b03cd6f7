"""What a form sent: its fields, its files, and which button was pressed."""

from __future__ import annotations

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
