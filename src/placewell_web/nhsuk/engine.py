"""The one template engine: Jinja2, which escapes everything and refuses a name it does not know."""

from __future__ import annotations

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import json_script
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, FileSystemLoader, StrictUndefined

from placewell.spc import CHART_TEMPLATES
from placewell.vocabulary import label
from placewell_web.nhsuk import code_search, fields, words

FILTERS = {
    "day": words.day,
    "short_day": words.short_day,
    "week_day": words.week_day,
    "clock_time": words.clock_time,
    "moment": words.moment,
    "money": words.money,
    "hours": words.hours,
    "initials": words.initials,
    "mid_sentence": words.mid_sentence,
    "phone": words.phone,
    "label": lambda code, list_name: label(list_name, code),
}


VENDOR = ("nhsuk/components/", "nhsuk/macros/")


class PlacewellEnvironment(Environment):
    """Strict for our templates; the NHS.UK macros, written to test for what was not given, are read leniently."""

    lenient: Environment | None = None

    def _load_template(self, name: str, globals: Any) -> Any:
        if self.lenient is not None and name.startswith(VENDOR):
            return self.lenient.get_template(name)
        return super()._load_template(name, globals)


def environment(**options: Any) -> Environment:
    options["undefined"] = StrictUndefined
    options["trim_blocks"] = options["lstrip_blocks"] = True
    options["loader"] = ChoiceLoader([options["loader"], FileSystemLoader(CHART_TEMPLATES)])
    env = PlacewellEnvironment(**options)
    env.lenient = Environment(**{**options, "undefined": ChainableUndefined})  # noqa: S701  Django passes autoescape=True
    env.filters.update(FILTERS)
    env.globals.update(
        static=static,
        json_block=json_block,
        url=address,
        count=words.count,
        widget_kind=widget_kind,
        wrong_boxes=fields.wrong_boxes,
        code_typed=code_search.as_typed,
    )
    return env


def address(name: str, **kwargs: Any) -> str:
    """The address of a named page: `url('casework:person', episode=row.id)`."""
    return reverse(name, kwargs=kwargs)


def json_block(identifier: str, data: Any) -> Any:
    """Data for a script, as a block of JSON in which nothing can end the block."""
    return json_script(data, identifier)


def widget_kind(bound: Any) -> str:
    """How a field is drawn: the name of its widget's class, in small letters."""
    return type(bound.field.widget).__name__.lower()
