"""Renders a return as one self-contained page that reads well on a screen, a phone and A4 paper."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from placewell.reports.wording import NOTHING

if TYPE_CHECKING:
    from jinja2 import Template

    from placewell.reports.contents import Report
    from placewell.specification import Specification

TEMPLATES = Path(__file__).parent / "templates"


def to_html(report: Report, spec: Specification) -> str:
    """The return in the service's own layout: no script, no resource from outside, A4 when printed.

    The same report and specification give the same text. Source: 002 §16.3, §16.9.
    """
    from placewell.reports.layout import page_of  # only now: JSON and CSV are the commoner answers

    return _template().render(page=page_of(report, spec))


@cache
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["lower_first"] = lambda text: text[:1].lower() + text[1:]
    environment.filters["pounds"] = lambda amount: NOTHING if amount is None else f"£{Decimal(amount):,.2f}"
    environment.filters["css_text"] = lambda text: Markup(css_text(text))  # noqa: S704  every sign is escaped
    return environment.get_template("return.html")


def css_text(text: str) -> str:
    """The text as a CSS string in quotes, for the margins of a printed page; signs other than letters are escaped."""
    return '"' + "".join(sign if sign.isascii() and sign.isalnum() else f"\\{ord(sign):06x}" for sign in text) + '"'
