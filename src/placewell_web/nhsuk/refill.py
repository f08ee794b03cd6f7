"""Puts into a page's form what had been typed into it before: works on the finished HTML, so for every form alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

Fields = Sequence[tuple[str, str]]
Attributes = dict[str, str | None]
BUTTONS = frozenset({"submit", "button", "image", "reset"})
UNTOUCHED = BUTTONS | {"file", "password"}
REST = "<p>These have no place on the page as it is now. Copy what you need:</p>"
TICKS = frozenset({"checkbox", "radio"})


@dataclass(frozen=True)
class Refilled:
    """The page with the words in it, whether any found its place, and the words whose box is not on the page."""

    html: str
    is_filled: bool
    left: tuple[tuple[str, str], ...]


@dataclass
class _Form:
    """A form of the page: where it and its buttons send to, and what it asks."""

    targets: set[str]
    names: set[str] = field(default_factory=set)
    fixed: set[tuple[str, str]] = field(default_factory=set)


def refill(html: str, *, page: str, path: str, fields: Fields, fresh: Iterable[str], notice: str) -> Refilled | None:
    """The page at `page` with `fields` in its form that sends to `path`; None where there is no such form.

    Hidden fields go back to what was sent, so that a save that came meanwhile is seen; those in `fresh` stay new.
    `notice` is HTML of ours, put at the top of the main part; `{left}` in it is where the rest of the words go.
    """
    reader = _Reader(page)
    reader.feed(html)
    reader.close()
    asked = {name for name, _ in fields}
    fitting = [
        (len(set(fields) & form.fixed), len(asked & form.names), -number)
        for number, form in enumerate(reader.forms)
        if path in form.targets and (asked & form.names or form.fixed & set(fields))
    ]
    if not fitting:
        return None
    writer = _Writer(-max(fitting)[2], fields, frozenset(fresh))
    writer.feed(html)
    writer.close()
    return Refilled(writer.page(notice), writer.is_filled, writer.left())


def _kind(tag: str, given: Attributes) -> str:
    """`text`, `checkbox`, `textarea`, `select` …: what a field is."""
    return (given.get("type") or "text").lower() if tag == "input" else tag


class _Reader(HTMLParser):
    """Collects the forms of a page that send something."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.address, self.forms, self.is_inside = page, list[_Form](), False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.forms.append(_Form({self._target(given.get("action"))}))
            self.is_inside = True
        elif self.is_inside and tag in ("input", "textarea", "select", "button"):
            self._field(self.forms[-1], tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.is_inside = False

    def _field(self, form: _Form, tag: str, given: Attributes) -> None:
        name, kind = given.get("name"), _kind(tag, given)
        if given.get("formaction"):
            form.targets.add(self._target(given["formaction"]))
        if name and (kind == "hidden" or tag == "button"):
            form.fixed.add((name, given.get("value") or ""))
        elif name and kind not in UNTOUCHED:
            form.names.add(name)

    def _target(self, action: str | None) -> str:
        return urlsplit(urljoin(self.address, action or "")).path


class _Writer(HTMLParser):
    """Writes the page again as it came, but for the fields of one form."""

    def __init__(self, number: int, fields: Fields, fresh: frozenset[str]) -> None:
        super().__init__(convert_charrefs=False)
        self.number, self.fresh = number, fresh
        self.sent: dict[str, list[str]] = {}
        for name, value in fields:
            self.sent.setdefault(name, []).append(value)
        self.placed: Counter[tuple[str, str]] = Counter()
        self.next: Counter[str] = Counter()
        self.out: list[str] = []
        self.forms_seen, self.is_inside, self.is_skipping, self.is_filled = -1, False, False, False
        self.select: list[str] | None = None
        self.main: int | None = None

    def page(self, notice: str) -> str:
        """The page, with the notice where its main part begins."""
        if self.is_filled and self.main is not None:
            rows = "".join(f"<dt>{escape(_label(name))}</dt><dd>{escape(value)}</dd>" for name, value in self.left())
            self.out.insert(self.main, notice.replace("{left}", f"{REST}<dl>{rows}</dl>" if rows else ""))
        return "".join(self.out)

    def left(self) -> tuple[tuple[str, str], ...]:
        rest, found = Counter(self.placed), []
        for name, values in self.sent.items():
            for value in values:
                if rest[name, value] > 0:
                    rest[name, value] -= 1
                elif value.strip():
                    found.append((name, value))
        return tuple(found)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if self.is_skipping:
            return
        if tag == "form":
            self.forms_seen += 1
            self.is_inside = self.forms_seen == self.number
        if self.is_inside and tag in ("input", "textarea", "select", "option", "button"):
            self._field(tag, given)
        else:
            self.out.append(self.get_starttag_text() or "")
        if tag == "main":
            self.main = len(self.out)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.is_inside = False
        if tag == "select":
            self.select = None
        if tag == "textarea":
            self.is_skipping = False
        self.handle_data(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self.is_skipping:
            self.out.append(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self.handle_data(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.handle_data(f"<!{decl}>")

    def _field(self, tag: str, given: Attributes) -> None:
        name, kind = given.get("name") or "", _kind(tag, given)
        if tag == "option":
            self._option(given)
            return
        if tag == "select":
            self.select = self.sent.get(name, []) if name in self.sent else None
            self._selected = name
        elif kind in TICKS and name:
            self._tick(name, given)
        elif name in self.sent and (tag == "button" or kind in UNTOUCHED):
            self.placed[name, given.get("value") or ""] += 1
        elif name in self.sent and name not in self.fresh:
            self._type(name, kind, given)
            return
        self.out.append(_tag(tag, given))

    def _type(self, name: str, kind: str, given: Attributes) -> None:
        values, number = self.sent[name], self.next[name]
        self.next[name] += 1
        if number >= len(values):
            self.out.append(_tag("textarea" if kind == "textarea" else "input", given))
            return
        self.placed[name, values[number]] += 1
        self.is_filled = self.is_filled or kind != "hidden"
        if kind == "textarea":
            self.out.append(f"{_tag(kind, given)}\n{escape(values[number])}")
            self.is_skipping = True
        else:
            self.out.append(_tag("input", given | {"value": values[number]}))

    def _tick(self, name: str, given: Attributes) -> None:
        value = given.get("value") or ("on" if "value" not in given else "")
        given.pop("checked", None)
        if value in self.sent.get(name, []):
            given["checked"] = None
            self._place(name, value)

    def _option(self, given: Attributes) -> None:
        if self.select is not None and "value" in given:
            given.pop("selected", None)
            if (given["value"] or "") in self.select:
                given["selected"] = None
                self._place(self._selected, given["value"] or "")
        self.out.append(_tag("option", given))

    def _place(self, name: str, value: str) -> None:
        self.placed[name, value] += 1
        self.is_filled = True


def _tag(name: str, given: Mapping[str, str | None]) -> str:
    parts = (one if value is None else f'{one}="{escape(value)}"' for one, value in given.items())
    return f"<{' '.join([name, *parts])}>"


def _label(name: str) -> str:
    return name.replace("_", " ").replace("-", " ").capitalize()
