"""Progress: silent while quick, a line when slow, and only on standard error."""

import io
import time

import pytest

from placewell.cli import progress
from placewell.cli.progress import step


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        return True


def test_a_quick_step_says_nothing():
    stream = io.StringIO()
    with step("Reading", to=stream):
        pass
    assert stream.getvalue() == ""


def test_a_slow_step_says_once_that_it_runs_and_once_how_long_it_took():
    stream = io.StringIO()
    with step("Reading", patience=0.01, to=stream):
        time.sleep(0.05)
    assert stream.getvalue() == "Reading ...\nReading: 0 s\n"


def test_a_long_step_fills_no_log(monkeypatch):
    monkeypatch.setattr(progress, "SECONDS_BETWEEN_LINES", 0.01)
    stream = io.StringIO()
    with step("Reading", patience=0.01, to=stream):
        time.sleep(0.1)
    assert stream.getvalue() == "Reading ...\nReading: 0 s\n"


def test_a_long_step_counts_its_seconds_on_a_terminal(monkeypatch):
    monkeypatch.setattr(progress, "SECONDS_BETWEEN_LINES", 0.01)
    stream = Terminal()
    with step("Reading", patience=0.01, to=stream):
        time.sleep(0.1)
    assert stream.getvalue().count("\rReading ... 0 s") > 1


def test_on_a_terminal_one_line_is_rewritten_and_cleared():
    stream = Terminal()
    with step("Reading", patience=0.01, to=stream):
        time.sleep(0.05)
    assert stream.getvalue() == "\rReading ... 0 s\r\033[K"


def test_a_failing_step_stops_its_progress():
    stream = io.StringIO()
    with pytest.raises(ValueError, match="broken"), step("Reading", patience=0.01, to=stream):
        time.sleep(0.05)
        raise ValueError("broken")
    assert stream.getvalue().endswith("s\n")


def test_the_standard_is_two_seconds_on_standard_error(monkeypatch):
    stream = io.StringIO()
    monkeypatch.setattr(progress.sys, "stderr", stream)
    with step("Reading"):
        pass
    assert progress.PATIENCE_SECONDS == 2.0
    assert stream.getvalue() == ""
