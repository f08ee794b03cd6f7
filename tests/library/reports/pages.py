"""Reads the tables of a page back: the words of each cell, by the table's heading or class."""

from html.parser import HTMLParser

VOID = {"meta", "path", "circle", "br"}


class Tables(HTMLParser):
    """`found`: the rows of every table, under the id of its heading, or its class where it has none."""

    def __init__(self, html):
        super().__init__()
        self.found, self.rows, self.cell, self.second = {}, None, None, 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "table":
            self.rows = self.found.setdefault(given.get("aria-labelledby") or given["class"].split()[0], [])
        elif tag == "tr" and self.rows is not None:
            self.rows.append([])
        elif tag in ("th", "td") and self.rows is not None:
            self.cell = []
        elif tag == "span" and self.cell is not None:
            self.second += "second" in given.get("class", "") or self.second > 0

    def handle_endtag(self, tag):
        if tag == "table":
            self.rows = None
        elif tag in ("th", "td") and self.cell is not None:
            self.rows[-1].append(" ".join("".join(self.cell).split()))
            self.cell = None
        elif tag == "span" and self.second:
            self.second -= 1

    def handle_data(self, data):
        if self.cell is not None and not self.second:
            self.cell.append(data)


def tables(html):
    """The main words of every cell, without the smaller ones beside them."""
    return Tables(html).found
