"""What a visitor sees in the end."""

from __future__ import annotations

from tests.journeys.steps.journey import Journey


def sees(journey: Journey, *texts: str) -> None:
    """Each of these texts stands on the page."""
    page = " ".join(journey.page.locator("body").inner_text().split())
    for text in texts:
        assert text in page, f"“{text}” is not on {journey.page.url}: {page[:3000]}"


def does_not_see(journey: Journey, *texts: str) -> None:
    page = " ".join(journey.page.locator("body").inner_text().split())
    for text in texts:
        assert text not in page, f"“{text}” is on {journey.page.url}"


def heading_is(journey: Journey, words: str) -> None:
    found = " ".join(journey.page.locator("h1").inner_text().split())
    assert found == words, f"“{found}” is the heading of {journey.page.url}, not “{words}”"


def is_told_of_errors(journey: Journey, *sentences: str) -> None:
    """The error summary stands at the top, the title says so, and each link leads to its box."""
    summary = journey.page.locator(".nhsuk-error-summary")
    assert summary.count() == 1
    assert journey.page.title().startswith("Error: ")
    for sentence in sentences:
        link = summary.get_by_role("link", name=sentence)
        assert link.count() == 1, f"“{sentence}” is not in: {summary.inner_text()}"
        target = link.get_attribute("href") or ""
        assert journey.page.locator(target).count() == 1, f"“{sentence}” leads to {target}, which is not there"
