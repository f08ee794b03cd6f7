"""An advert's address in everything people write, on a phone, on every page of casework and of employers.

No page scrolls sideways, and no short word is cut for it; nor at a desk, with the words people usually write.
"""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import DatabaseError, transaction
from tests.journeys.steps import given
from tests.journeys.steps.journey import Journey
from tests.journeys.test_every_casework_page import APPS, NO_PAGE, NO_PAGES, opened_by, paths
from tests.site.conftest import World
from tests.site.matrix_samples import ADDRESSES

from placewell_web.accounts.models import Role

pytestmark = [pytest.mark.browser, pytest.mark.screens("handheld-no-script", "wide")]
PHONE = 600
WORD = "https://jobs.example.org/" + "kitchenporterinwolverhamptoncitycentre" * 3 + "?ref=a1b2"
NOT_WORDS = {"fields", "moved", "sheet", "stopped", "email", "contact_email", "sent_to", "search_name", "file_name"}
"""Columns that hold what the software writes, or what is no sentence."""
TOO_WIDE = """() => {
  const wide = document.documentElement.clientWidth;
  const over = document.documentElement.scrollWidth - wide;
  if (over <= 0) return "";
  const found = [...document.querySelectorAll("main *")].filter((one) => one.getBoundingClientRect().right > wide + 1);
  const last = found.filter((one) => !found.some((other) => one !== other && one.contains(other)));
  const told = (one) => `${one.tagName}.${one.className}`;
  return `${over} px: ` + last.slice(0, 3).map((one) => `${told(one.parentElement)} > ${told(one)}`).join("; ");
}"""

CUT = """() => {
  const NOT_READ = ".nhsuk-u-visually-hidden, textarea, option, svg, [hidden], details:not([open])";
  const hidden = (one) => one && one.tagName !== "MAIN"
    && (getComputedStyle(one).clipPath !== "none" || one.getBoundingClientRect().width <= 2
      || hidden(one.parentElement));
  const cut = [], walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, range = document.createRange();
    if (node.parentElement.closest(NOT_READ)) continue;
    if (hidden(node.parentElement)) continue;
    for (const word of node.data.matchAll(/(?<=^|\\s)[\\p{L}\\p{N}\\p{Sc}.,:%]{1,14}(?=\\s|$)/gu)) {
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const lines = new Set([...range.getClientRects()].map((one) => Math.round(one.top)));
      if (lines.size > 1) cut.push(`${word[0]} in ${node.parentElement.outerHTML.slice(0, 60)}`);
    }
  }
  return cut.slice(0, 4).join("; ");
}"""


def say_it_everywhere() -> int:
    """Put the word into every column of free text; answers how many columns took it."""
    said = 0
    for model in (one for app in ("casework", "clients", "employers") for one in apps.get_app_config(app).get_models()):
        for field in model._meta.concrete_fields:
            kind, most = field.get_internal_type(), field.max_length
            is_text = kind in ("TextField", "CharField") and not field.choices and (most is None or most >= 120)
            if not is_text or field.name in NOT_WORDS:
                continue
            try:
                with transaction.atomic():
                    said += bool(model._base_manager.update(**{field.name: WORD[:most]}))
            except DatabaseError:  # a column with rules of its own
                continue
    return said


@pytest.mark.parametrize(("role", "least"), [(Role.SPECIALIST, 90), (Role.TEAM_LEADER, 8)])
def test_no_page_scrolls_sideways_and_no_short_word_is_cut(
    journey: Journey, world: World, role: Role, least: int
) -> None:
    opens, walks_it_too = opened_by(role), opened_by(Role.SPECIALIST)
    here = [one for one in ADDRESSES.values() if one.name.split(":")[0] in APPS and one.name not in NO_PAGES]
    mine = [one for one in here if opens(one) and (role == Role.SPECIALIST or not walks_it_too(one))]
    given.signed_in(journey, world.user(role))
    paths(world, here)
    addresses = paths(world, mine)
    if journey.page.viewport_size["width"] < PHONE:  # at a desk a table may scroll for such a word; no short one is cut
        assert say_it_everywhere() > 30
    faults, seen = [], 0
    for path in addresses:
        answer = journey.page.request.get(journey.address + path, max_redirects=0)
        if answer.status in NO_PAGE or "html" not in answer.headers["content-type"]:
            continue
        journey.page.goto(journey.address + path)
        seen += 1
        if fault := journey.page.evaluate(TOO_WIDE) or journey.page.evaluate(CUT):
            faults.append(f"{path}: {fault}")
    journey.complaints.clear()
    assert faults == [], "\n".join(faults)
    assert seen >= least
