"""What had been typed, put back into the HTML of a page's form."""

from __future__ import annotations

import pytest

from placewell_web.nhsuk.refill import Refilled, refill

PAGE = "/people/7/alerts/?from=today"
PATH = "/people/7/alerts/"


def filled(inner: str, *fields: tuple[str, str], path: str = PATH, action: str = "") -> Refilled | None:
    html = f'<!DOCTYPE html><main id="m"><form method="post"{action}>{inner}</form></main>'
    return refill(html, page=PAGE, path=path, fields=fields, fresh={"token"}, notice="<b>Back</b>{left}")


@pytest.mark.parametrize(
    ("inner", "fields", "wanted"),
    [
        ('<input name="a" value="old">', [("a", "new")], '<input name="a" value="new">'),
        ('<input name="a">', [("a", '"<script>&')], '<input name="a" value="&quot;&lt;script&gt;&amp;">'),
        ('<input name="a" value="old" />', [("a", "")], '<input name="a" value="">'),
        (
            '<textarea name="a" rows="3">old &amp; <i></textarea><p>&amp; on</p>',
            [("a", "</textarea>\n\nx")],
            '<textarea name="a" rows="3">\n&lt;/textarea&gt;\n\nx</textarea><p>&amp; on</p>',
        ),
        (
            '<input name="a"><input name="a">',
            [("a", "1"), ("a", "2")],
            '<input name="a" value="1"><input name="a" value="2">',
        ),
        (
            '<input type="radio" name="a" value="1" checked><input type="radio" name="a" value="2"><input name="b">',
            [("a", "2"), ("b", "x")],
            '<input type="radio" name="a" value="1"><input type="radio" name="a" value="2" checked>'
            '<input name="b" value="x">',
        ),
        (
            '<input type="checkbox" name="on" checked><input name="b">',
            [("b", "x")],
            '<input type="checkbox" name="on"><input name="b" value="x">',
        ),
        (
            '<select name="a"><option value="1" selected>One</option><option value="2">Two</option></select>',
            [("a", "2")],
            '<select name="a"><option value="1">One</option><option value="2" selected>Two</option></select>',
        ),
        (
            '<input type="hidden" name="token" value="fresh"><input type="hidden" name="v" value="5"><input name="b">',
            [("token", "stale"), ("v", "4"), ("b", "x")],
            '<input type="hidden" name="token" value="fresh"><input type="hidden" name="v" value="4">'
            '<input name="b" value="x">',
        ),
        (
            '<input type="password" name="p"><input type="file" name="f"><input name="b">',
            [("p", "secret"), ("f", "c:/x"), ("b", "x")],
            '<input type="password" name="p"><input type="file" name="f"><input name="b" value="x">',
        ),
        (
            '<input name="c" value="k"><input name="b">',
            [("b", "x")],
            '<input name="c" value="k"><input name="b" value="x">',
        ),
    ],
)
def test_fields(inner: str, fields: list[tuple[str, str]], wanted: str) -> None:
    found = filled(inner, *fields)
    assert found is not None
    assert (
        found.html == f'<!DOCTYPE html><main id="m"><b>Back</b>{_left(found)}<form method="post">{wanted}</form></main>'
    )


def _left(found: Refilled) -> str:
    return found.html.split("<b>Back</b>")[1].split("<form")[0]


def test_what_has_no_box_is_shown_to_copy() -> None:
    found = filled('<input name="a">', ("a", "here"), ("step-2-what", "<b>"), ("empty", " "))
    assert found is not None
    assert found.left == (("step-2-what", "<b>"),)
    assert "<dt>Step 2 what</dt><dd>&lt;b&gt;</dd>" in found.html


def test_a_button_alone_says_nothing() -> None:
    found = filled(
        '<input type="hidden" name="id" value="3"><button name="go" value="1">Go</button>', ("id", "3"), ("go", "1")
    )
    assert found is not None
    assert (found.is_filled, found.left) == (False, ())
    assert "Back" not in found.html


@pytest.mark.parametrize(
    ("path", "action", "is_found"),
    [
        (PATH, "", True),
        (PATH, ' action="#note"', True),
        (PATH, ' action="?x=1"', True),
        ("/people/7/jobs/", ' action="/people/7/jobs/"', True),
        ("/people/7/jobs/", ' action="../jobs/"', True),
        ("/people/7/jobs/", "", False),
        (PATH, ' action="/people/8/alerts/"', False),
    ],
)
def test_only_the_form_that_sends_there(path: str, action: str, is_found: bool) -> None:
    assert (filled('<input name="a">', ("a", "x"), path=path, action=action) is not None) is is_found


def test_of_several_forms_the_one_whose_hidden_fields_agree() -> None:
    rows = "".join(
        f'<form method="post"><input type="hidden" name="id" value="{one}"><input name="a"></form>' for one in "123"
    )
    found = refill(rows, page=PAGE, path=PATH, fields=[("id", "2"), ("a", "x")], fresh=(), notice="")
    assert found is not None
    assert found.html.index('value="2"') < found.html.index('value="x"') < found.html.index('value="3"')
    assert found.html.count('value="x"') == 1


def test_the_rest_of_the_page_stays_as_it_came() -> None:
    rest = '<svg viewBox="0 0 1 1"/><!-- a --><script nonce="x">if (a < b && c) {}</script>&nbsp;&#8217;<INPUT name=q>'
    html = f"{rest}<form><input name=a></form>{rest}"
    found = refill(html, page=PAGE, path=PATH, fields=[("a", "x")], fresh=(), notice="")
    assert found is not None
    assert found.html == f'{rest}<form><input name="a" value="x"></form>{rest}'
