"""What casework writes by email: a link and who asks, without a word about anyone's health."""

from __future__ import annotations

from django.core.mail import EmailMessage

from placewell_web.casework.presenters.links import Message


def letter(message: Message, to: str) -> EmailMessage:
    """The message of a personal link, as an email."""
    return EmailMessage(subject=message.subject, body=message.text, to=[to])
