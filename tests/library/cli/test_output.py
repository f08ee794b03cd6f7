"""Answers arrive whole or not at all."""

import os
from argparse import ArgumentParser

import pytest

from placewell.cli import output
from placewell.cli.output import add_output, chosen_format, deliver, refuse_on_a_screen, same_place
from placewell.cli.usage import UsageError
from placewell.errors import UserError


@pytest.mark.parametrize(("content", "written"), [("über\n", "über\n".encode()), (b"\x00\xff", b"\x00\xff")])
def test_content_is_written_as_it_is(tmp_path, content, written):
    deliver(content, tmp_path / "answer")
    assert (tmp_path / "answer").read_bytes() == written
    assert [file.name for file in tmp_path.iterdir()] == ["answer"]


def test_content_is_printed_without_a_file(capsysbinary):
    deliver("über\n", None)
    assert capsysbinary.readouterr().out == "über\n".encode()


def test_what_was_there_is_replaced(tmp_path):
    file = tmp_path / "answer"
    file.write_text("old and longer")
    deliver("new", file)
    assert file.read_text() == "new"


def test_a_written_file_has_ordinary_permissions(tmp_path):
    before = os.umask(0o022)
    try:
        deliver("x", tmp_path / "answer")
    finally:
        os.umask(before)
    assert (tmp_path / "answer").stat().st_mode & 0o777 == 0o644


def test_a_failure_leaves_the_old_file_and_nothing_beside_it(tmp_path, monkeypatch):
    file = tmp_path / "answer"
    file.write_text("old")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(output.Path, "replace", full)
    with pytest.raises(UserError, match="No space left on device"):
        deliver("new", file)
    assert {each.name: each.read_text() for each in tmp_path.iterdir()} == {"answer": "old"}


@pytest.mark.parametrize("place", ["missing/answer", "."])
def test_a_place_that_cannot_be_written_is_bad_input(tmp_path, place):
    with pytest.raises(UserError):
        deliver("x", tmp_path / place)
    assert list(tmp_path.iterdir()) == []


def test_formats():
    parser = ArgumentParser()
    add_output(parser, ("json", "csv"), later=("xlsx",))
    assert parser.parse_args([]).format == "json"
    assert "xlsx: not available yet" in parser.format_help()
    assert chosen_format("csv", ("json", "csv")) == "csv"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("xlsx", "--format xlsx is not available yet; available: json, csv."),
        ("docx", "--format docx is not a format of this command; available: json, csv."),
    ],
)
def test_formats_that_are_not_there_are_usage_errors(given, words):
    with pytest.raises(UsageError) as caught:
        chosen_format(given, ("json", "csv"), ("xlsx",))
    assert caught.value.problems == (words,)


def test_whether_errors_go_where_answers_go(tmp_path, monkeypatch):
    with (tmp_path / "a").open("w") as one, (tmp_path / "b").open("w") as other:
        monkeypatch.setattr(output.sys, "stdout", one)
        monkeypatch.setattr(output.sys, "stderr", one)
        assert same_place()
        monkeypatch.setattr(output.sys, "stderr", other)
        assert not same_place()


def test_streams_without_a_file_are_not_the_same_place(monkeypatch):
    monkeypatch.setattr(
        output.sys, "stdout", type("Stream", (), {"fileno": lambda self: (_ for _ in ()).throw(OSError())})()
    )
    assert not same_place()


@pytest.mark.parametrize(("screen", "out", "refused"), [(True, None, True), (True, "f", False), (False, None, False)])
def test_what_is_no_text_goes_anywhere_but_to_a_screen(monkeypatch, tmp_path, screen, out, refused):
    monkeypatch.setattr(output.sys, "stdout", type("Stream", (), {"isatty": lambda self: screen})())
    place = out and tmp_path / out
    if refused:
        with pytest.raises(UsageError, match="name a file with --out FILE"):
            refuse_on_a_screen("xlsx", place)
    else:
        refuse_on_a_screen("xlsx", place)
