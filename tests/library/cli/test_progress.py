"""Progress: silent while quick, a line when slow, and only on standard error."""

import io
from threading import Event

import pytest

from placewell.cli import progress
from placewell.cli.progress import step

LONG = 30.0


class Log(io.StringIO):
    """A stream that can be waited for: `heard` is set once it has been written to `lines` times."""

    def __init__(self, lines=1):
        super().__init__()
        self.heard, self.left = Event(), lines

    def write(self, text):
        written = super().write(text)
        self.left -= 1
        if self.left <= 0:
            self.heard.set()
        return written


class Terminal(Log):
    """A stream that says it is a terminal."""

    def isatty(self):
        return True


@pytest.fixture(autouse=True)
def _a_stopped_clock(monkeypatch):
    monkeypatch.setattr(progress, "monotonic", lambda: 0.0)


def slow(stream):
    """A step that takes until its progress was heard."""
    with step("Reading", patience=0, to=stream):
        assert stream.heard.wait(LONG)
    return stream.getvalue()


def test_a_quick_step_says_nothing():
    stream = Log()
    with step("Reading", patience=LONG, to=stream):
        pass
    assert stream.getvalue() == ""


def test_a_slow_step_says_once_that_it_runs_and_once_how_long_it_took():
    assert slow(Log()) == "Reading ...\nReading: 0 s\n"


def test_on_a_terminal_one_line_is_rewritten_and_cleared():
    assert slow(Terminal()) == "\rReading ... 0 s\r\033[K"


def test_on_a_terminal_a_long_step_counts_its_seconds(monkeypatch):
    monkeypatch.setattr(progress, "SECONDS_BETWEEN_LINES", 0.001)
    assert slow(Terminal(lines=3)).count("\rReading ... ") >= 3


def test_a_long_step_fills_no_log(monkeypatch):
    ticks = Event()

    class Patient(Event):
        """The end of a step, asked for three times before it comes."""

        asked = 0

        def wait(self, timeout=None):
            Patient.asked += 1
            if Patient.asked > 3:
                ticks.set()
                return super().wait(LONG)
            return False

    monkeypatch.setattr(progress, "Event", Patient)
    stream = io.StringIO()
    with step("Reading", to=stream):
        assert ticks.wait(LONG)
    assert stream.getvalue() == "Reading ...\nReading: 0 s\n"


def test_a_failing_step_stops_its_progress():
    stream = Log()
    with pytest.raises(ValueError, match="broken"), step("Reading", patience=0, to=stream):
        assert stream.heard.wait(LONG)
        raise ValueError("broken")
    assert stream.getvalue().endswith("s\n")


def test_the_standard_is_two_seconds_on_standard_error(monkeypatch):
    stream = Log()
    monkeypatch.setattr(progress.sys, "stderr", stream)
    with step("Reading"):
        pass
    assert progress.PATIENCE_SECONDS == 2.0
    assert stream.getvalue() == ""
