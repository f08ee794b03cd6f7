"""What is written to people by email: a receipt and a link to come back with, without a word about anyone's health."""

from __future__ import annotations

import smtplib
from collections.abc import Mapping
from typing import Any

import structlog
from django.conf import settings
from django.core.mail import EmailMessage

from placewell.specification import Specification
from placewell.specification.referral import Audience

log = structlog.get_logger("placewell.letters")

RECEIPT_PROFESSIONAL = """Thank you for your referral to {service}.

Its reference is {reference}.

The local team aims to contact the person within {days} days. This message does not name them, to protect them.
If you need to change something, call {phone} ({hours}) and give the reference. Please do not reply
with details of anyone's health.
"""

RECEIPT_SELF = """Thank you for getting in touch with {service}.

Your reference is {reference}.

Our local team aims to contact you within {days} days.
If you need to change something, call {phone} ({hours}) and give the reference.
"""

LINK = """You asked us to keep a form that you began for {service}.

Come back to it with this link:
{link}

Anyone who has the link can see what you wrote, so keep it to yourself. It works for {days} days.
"""


def receipt(
    specification: Specification, audience: Audience, answers: Mapping[str, Any], reference: str
) -> EmailMessage | None:
    """The receipt for whoever sent the referral; none without an address, or where email is not how to reach them."""
    if audience == "professional":
        to, words = answers.get("referrer_contact", ""), RECEIPT_PROFESSIONAL
    else:
        to = answers.get("email", "") if answers.get("contact_preference") == "email" else ""
        words = RECEIPT_SELF
    if not to:
        return None
    text = words.format(
        service=specification.service.name,
        reference=reference,
        days=days_to_first_contact(specification),
        phone=settings.SERVICE_PHONE,
        hours=settings.SERVICE_HOURS,
    )
    return EmailMessage(subject=f"Your referral: {reference}", body=text, to=[to])


def link(specification: Specification, to: str, address: str, days: int) -> EmailMessage:
    """The link to come back with."""
    text = LINK.format(service=specification.service.name, link=address, days=days)
    return EmailMessage(subject=f"Your link to {specification.service.name}", body=text, to=[to])


def post(letter: EmailMessage | None) -> bool:
    """Send a letter; a mail server that is down stops nobody's referral, and the log says so without an address."""
    if letter is None:
        return False
    try:
        return bool(letter.send())
    except (OSError, smtplib.SMTPException, ValueError) as error:
        log.warning("letter_not_sent", error=type(error).__name__)
        return False


def days_to_first_contact(specification: Specification) -> int:
    """The days within which the team aims to make the first contact."""
    clock = next((clock for clock in specification.pathway.clocks if clock.kind == "first_contact"), None)
    return clock.days if clock and clock.days else 10
