"""The check of every page can fail: what it looks at is the page as it stands, and each kind of fault is found."""

import pytest
from tests.journeys.steps.focus import unseen

pytestmark = [pytest.mark.browser, pytest.mark.screens("wide", "phone-no-script")]

SOUND = '<html lang="en"><title>A page</title><main><h1>A page</h1>{}</main></html>'
FAULTS = [
    ('<img src="/favicon.ico">', "image-alt"),
    ('<p style="color: #ccc; background: #fff">Pale words</p>', "color-contrast"),
    ('<input name="surname">', "label"),
    ("<button></button>", "button-name"),
    ('<noscript><p style="color: #ccc; background: #fff">Pale</p></noscript>', "color-contrast, without scripts"),
]


def violations(journey, body):
    journey.page.goto(journey.address + "/robots.txt")
    journey.page.set_content(SOUND.format(body))
    return journey.violations()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("body", "wanted"), FAULTS)
def test_a_fault_is_found(journey, body, wanted):
    rule, _, without = wanted.partition(", ")
    found = [one.split(":")[0] for one in violations(journey, body)]
    assert found == ([] if without and journey.screen.script else [rule])


@pytest.mark.django_db(transaction=True)
def test_a_sound_page_has_none(journey):
    assert violations(journey, '<label>Name <input value="x"></label>') == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.screens("wide")
def test_the_copy_is_the_page_as_it_stands(journey):
    body = '<label><input type="checkbox"> A</label><label>B <input></label><label>C <textarea></textarea></label>'
    violations(journey, body + "<label>D <select><option>1</option><option>2</option></select></label>")
    page = journey.page
    page.check("[type=checkbox]"), page.fill("input:not([type])", "typed"), page.fill("textarea", "long")
    page.select_option("select", "2")
    copy = journey.copy()
    for piece in ('checked=""', 'value="typed"', ">long</textarea>", '<option selected="">2'):
        assert piece in copy


BAR = '<div class="cw-save" style="position: sticky; bottom: 0; height: 200px; background: #fff"></div>'
TALL = '<div style="height: 3000px"></div>'
CLIPPED = "clip-path: inset(50%); height: 1px; overflow: hidden; position: absolute; width: 1px"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("body", "found"),
    [
        (f"{TALL}<a href='/'>Under</a>{TALL}{BAR}", ["A Under"]),
        (f"<style>html {{ scroll-padding-bottom: 220px }}</style>{TALL}<a href='/'>Over</a>{TALL}{BAR}", []),
        (f"{TALL}<label>Box <input name='box'></label>{TALL}{BAR}", ["INPUT box"]),
        (f"<div style='{CLIPPED}'><a href='/'>Cut</a></div>", ["A Cut"]),
        (f"<div style='{CLIPPED}'><a href='/' style='visibility: hidden'>Out</a></div>", []),
        (f"<div style='{CLIPPED}'><a href='/' tabindex='-1'>Out</a></div>", []),
        ("<label>Wide <input type='radio' name='one' style='opacity: 0'></label>", []),
    ],
)
def test_focus_that_is_hidden_is_found(journey, body, found):
    journey.page.goto("about:blank")  # where no policy forbids the styles above
    journey.page.set_content(SOUND.format(body))
    assert unseen(journey) == found
