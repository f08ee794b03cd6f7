"""`make run` as a person meets it: a few calm lines, one sentence for what is wrong, a clean end, and nothing lost."""

from __future__ import annotations

import importlib.util
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from tests.site.migrated import copy_to

ROOT = Path(__file__).parents[3]
SCRIPT = ROOT / "scripts" / "serve_demo.py"


@pytest.fixture
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("serve_demo", SCRIPT)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def start(folder: Path, port: int | str, **environment: str) -> subprocess.Popen[str]:
    clean = {key: value for key, value in os.environ.items() if key in ("PATH", "HOME", "LANG")}
    return subprocess.Popen(
        [ROOT / "scripts" / "run_demo.sh", str(port)],
        env=clean | {"PLACEWELL_VAR": str(folder)} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def answers(port: int, path: str, running: subprocess.Popen[str]) -> int:
    """The status of a page, as soon as the server is there."""
    while running.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as page:
                return int(page.status)
        except URLError:
            time.sleep(0.2)
    return 0


@pytest.fixture
def running() -> Iterator[list[subprocess.Popen[str]]]:
    started: list[subprocess.Popen[str]] = []
    yield started
    for one in started:
        if one.poll() is None:
            one.terminate()
            one.wait()


@pytest.mark.slow
def test_a_run_is_calm_ends_on_ctrl_c_and_a_second_keeps_what_was_there(
    tmp_path: Path, port: int, running: list[subprocess.Popen[str]]
) -> None:
    said = []
    for _ in range(2):
        running.append(start(tmp_path, port))
        assert [answers(port, path, running[-1]) for path in ("/", "/refer/", "/accounts/login/")] == [200, 200, 200]
        os.killpg(running[-1].pid, signal.SIGINT)  # as a terminal sends it: to everyone in front
        said.append(running[-1].communicate()[0])
        assert running[-1].returncode == 0
    first, second = said
    assert "Making the demo's people" in first
    assert "Making the demo's people" not in second
    for text in said:
        assert f"http://127.0.0.1:{port}/refer/" in text
        assert "placewell-demo-2019" in text
        assert text.endswith("\nStopped.\n")
        assert not [word for word in ("WARN", "Warning", "Traceback", '{"', "System check") if word in text]
        assert len(text.splitlines()) < 20


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"DEMO_DAY": "14/06/2019"}, "DEMO_DAY is a day written like 2019-06-14, not '14/06/2019'."),
        ({"DEMO_DAY": "2016-01-01"}, "DEMO_DAY lies before the contract begins"),
        ({"DATABASE_URL": "postgres://a:b@localhost/real"}, "placewell.E024"),
        ({"DATABASE_URL": "sqlite:////srv/placewell/real.sqlite3"}, "placewell.E024"),
        ({"SECRET_KEY": "s" * 64}, "placewell.E021"),
        ({"ALLOWED_HOSTS": "placewell.example.org"}, "placewell.E023"),
    ],
)
def test_what_the_demo_refuses(tmp_path: Path, port: int, environment: dict[str, str], words: str) -> None:
    run = start(tmp_path, port, **environment)
    said = run.communicate()[0]
    assert run.returncode == 1
    assert words in said
    assert "Traceback" not in said
    assert len(said.splitlines()) < 8


def test_a_day_has_a_folder_of_its_own(tmp_path: Path, port: int) -> None:
    assert start(tmp_path, port, DEMO_DAY="2016-01-01").communicate()[0]
    assert (tmp_path / "on-2016-01-01" / "demo").is_dir()
    assert not (tmp_path / "demo").exists()


def test_another_day_or_service_needs_another_folder(tmp_path: Path, migrated_copy: Path) -> None:
    """What lies in the folder was made for its day and of its service; a demo of two would contradict itself."""
    copy_to(tmp_path / "demo" / "placewell.sqlite3", migrated_copy)
    environment = {**os.environ, "PLACEWELL_DEMO": "1", "PLACEWELL_VAR": str(tmp_path), "DEMO_DAY": "2019-06-14"}
    environment["DJANGO_SETTINGS_MODULE"] = "placewell_web.config.settings"
    environment.pop("DATABASE_URL", None)
    prepare = [Path(sys.executable).with_name("placewell-site"), "prepare_demo"]
    made = subprocess.run(prepare, env=environment | {"DEMO_DAY": "2018-01-15"}, capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    other = subprocess.run(prepare, env=environment, capture_output=True, text=True)
    assert other.returncode == 1
    assert "was made for 15 January 2018" in other.stderr
    assert "Traceback" not in other.stderr
    dorset = environment | {"PLACEWELL_SERVICE": "dorset_work_matters"}
    third = subprocess.run(prepare, env=dorset, capture_output=True, text=True)
    assert third.returncode == 1
    assert "was made of thrive_into_work. For dorset_work_matters name another folder" in third.stderr
    assert "Traceback" not in third.stderr


@pytest.mark.parametrize("text", ["abc", "", "0", "65536", "-1", "8000.5", "٨٠٠٠"])
def test_a_port_is_a_number(script: ModuleType, text: str) -> None:
    with pytest.raises(SystemExit, match="PORT is a number from 1 to 65535"):
        script.checked_port(text)


def test_a_port_in_use_is_one_sentence(script: ModuleType, port: int) -> None:
    assert script.checked_port(str(port)) == port
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        used = door.getsockname()[1]
        with pytest.raises(SystemExit, match=f"Port {used} is in use. Stop what runs there, or choose another: PORT="):
            script.checked_port(str(used))


def test_a_signal_is_passed_on_once(script: ModuleType) -> None:
    """Also where it comes between two programs: the next one does not start."""
    demo = script.Demo()
    demo.stop(signal.SIGINT, None)
    assert demo.run("false") == 0
    demo = script.Demo()
    signal.signal(signal.SIGALRM, demo.stop)
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    assert demo.run("sleep", "60") == -signal.SIGTERM
    demo.stop(signal.SIGINT, None)
    assert demo.is_stopping
