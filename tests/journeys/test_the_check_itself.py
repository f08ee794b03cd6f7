"""The check of every page can fail: what it looks at is the page as it stands, and each kind of fault is found."""

import re

import pytest
from tests.journeys.steps import keys
from tests.journeys.steps.checker import in_places
from tests.journeys.steps.focus import unseen
from tests.journeys.steps.stops import stop

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


A, B = "0b2f3c4d-0000-4000-8000-00000000000a", "0b2f3c4d-0000-4000-8000-00000000000b"


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (f'<a href="/{A}/">Jas</a>', f'<a href="/{B}/">Jas</a>', True),
        (f'<a href="/{A}/">Jas</a>', f'<a href="/{A}/">Kim</a>', False),
        (f'<p id="{A}"><p id="{B}">', f'<p id="{A}"><p id="{A}">', False),
        (f'<input value="{"a" * 64}">', f'<input value="{"b" * 64}">', True),
        (f'<input value="{"a" * 63}">', f'<input value="{"b" * 63}">', False),
        ('<p class="pale">', "<p>", False),
    ],
)
def test_pages_are_alike_in_all_but_what_is_drawn(one, other, alike):
    assert (in_places(one) == in_places(other)) == alike


@pytest.mark.django_db(transaction=True)
@pytest.mark.screens("wide")
def test_a_fault_is_found_as_often_as_it_is_there(journey):
    for body, sound in (("<button></button>", False), ("", True), ("<button></button>", False), ("", True)):
        assert (violations(journey, body) == []) == sound


UNFOCUSED = [
    ("", ""),
    ("a:focus { outline: none }", "looks as if it had no focus"),
    ("a:focus { outline: 3px solid transparent }", "looks as if it had no focus"),
    ("a:focus { outline: none; background: yellow }", ""),
    ("a { opacity: 0 }", "cannot be seen"),
    ("a { display: inline-block; width: 1px; height: 1px; overflow: hidden }", "cannot be seen"),
    (
        "div { position: relative } p { position: absolute; inset: 0; margin: 0 }",
        "lies under something or off the screen",
    ),
    ("div { height: 0; overflow: hidden }", "lies under something or off the screen"),
]


def links(journey, style, more=""):
    journey.page.goto("about:blank")  # the site itself allows no style in a page
    body = f'<style>{style}</style><button>First</button> <div><a href="#there">Second</a> <p>A bar</p></div> {more}'
    journey.page.set_content(SOUND.format(body))


@pytest.mark.django_db(transaction=True)
@pytest.mark.screens("wide")
def test_a_focus_that_nobody_sees_is_found(journey):
    for style, fault in UNFOCUSED:
        links(journey, style)
        keys.press(journey, "Tab")
        assert stop(journey.page).fault() == "", style
        keys.press(journey, "Tab")
        assert stop(journey.page).fault() == (f"a “Second” {fault}" if fault else ""), style


@pytest.mark.django_db(transaction=True)
@pytest.mark.screens("wide-no-script")
def test_what_only_a_mouse_can_reach_is_not_met(journey):
    links(journey, "", '<b role="button">Third</b>')
    with pytest.raises(AssertionError, match=re.escape("button “Third” is not met on") + ".*First → Second"):
        keys.tab_to(journey, "button", "Third")
    links(journey, "a:focus { outline: none }", "<button>Third</button>")
    with pytest.raises(AssertionError, match=r"on the way to button “Third” .* a “Second” looks as if it had no focus"):
        keys.tab_to(journey, "button", "Third")


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
