"""Settings as a process sees them: production by default, the demo when told, and refused where they are mixed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import placewell.catalogue

CATALOGUE = Path(placewell.catalogue.__file__).parent
KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
TRIAL = {"PLACEWELL_TRIAL_IDENTITY_KEY": KEY, "PLACEWELL_ALLOCATOR_SOCKET": "/run/placewell-allocator/socket"}
PRODUCTION = {"SECRET_KEY": "s" * 64, "ALLOWED_HOSTS": "placewell.example.org", "PLACEWELL_EVIDENCE_KEY": KEY} | TRIAL
READ = """
import json, django
from django.conf import settings
django.setup()
names = ["DEMO", "HTTPS", "DEBUG", "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE",
         "SECURE_SSL_REDIRECT", "SECOND_FACTOR_REQUIRED", "SECURE_HSTS_SECONDS", "WHITENOISE_USE_FINDERS"]
print(json.dumps({name: getattr(settings, name) for name in names}))
"""


def run(tmp_path: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {key: value for key, value in os.environ.items() if key in ("PATH", "HOME", "LANG", "PYTHONPATH")}
    clean |= {"DJANGO_SETTINGS_MODULE": "placewell_web.config.settings", "PLACEWELL_VAR": str(tmp_path), **environment}
    return subprocess.run([sys.executable, *words], env=clean, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        (
            PRODUCTION,
            {"DEMO": False, "HTTPS": True, "SESSION_COOKIE_NAME": "__Host-placewell", "CSRF_COOKIE_NAME": "__Host-csrf"}
            | {"SESSION_COOKIE_SECURE": True, "SECURE_SSL_REDIRECT": True, "SECOND_FACTOR_REQUIRED": True}
            | {"SECURE_HSTS_SECONDS": 31_536_000, "WHITENOISE_USE_FINDERS": False},
        ),
        (
            {"PLACEWELL_DEMO": "1"},
            {"DEMO": True, "HTTPS": False, "SESSION_COOKIE_NAME": "placewell", "SECOND_FACTOR_REQUIRED": False}
            | {"SECURE_SSL_REDIRECT": False, "WHITENOISE_USE_FINDERS": True, "DEBUG": False},
        ),
        ({}, {"DEMO": False, "HTTPS": True, "DEBUG": False, "SECOND_FACTOR_REQUIRED": True}),
    ],
)
def test_what_the_environment_makes(tmp_path: Path, environment: dict[str, str], expected: dict[str, object]) -> None:
    done = run(tmp_path, "-c", READ, **environment)
    assert done.returncode == 0, done.stderr
    assert expected.items() <= json.loads(done.stdout).items()


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({}, "placewell.E002"),
        ({**PRODUCTION, "DEBUG": "1"}, "placewell.E001"),
        ({**PRODUCTION, "PLACEWELL_HTTPS": "0"}, "placewell.E003"),
        ({**PRODUCTION, "PLACEWELL_DEMO": "1"}, "placewell.E021"),
        (PRODUCTION, ""),
        ({key: value for key, value in PRODUCTION.items() if key not in TRIAL}, ""),  # its trial was over in 2019
        ({"PLACEWELL_DEMO": "1"}, ""),
    ],
)
def test_a_server_does_not_start_unsafe(tmp_path: Path, environment: dict[str, str], says: str) -> None:
    """`wsgi.py` runs the checks before it gives a server the application."""
    done = run(tmp_path, "-c", "import placewell_web.config.wsgi", **environment)
    assert (done.returncode == 0) is (says == ""), done.stderr
    assert says in done.stderr
    if says:
        assert "HINT" in done.stderr


def test_a_server_has_every_page_loaded_and_set_apart_before_the_first_is_asked_for(tmp_path: Path) -> None:
    look = (
        "import gc, sys, placewell_web.config.wsgi; "
        "print('placewell_web.casework.views.today' in sys.modules, gc.get_freeze_count() > 100_000)"
    )
    done = run(tmp_path, "-c", look, PLACEWELL_DEMO="1")
    assert done.stdout.split() == ["True", "True"], done.stderr


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({"PLACEWELL_TRIAL_CUSTODY": "0"}, "placewell.trial.E002"),
        ({"PLACEWELL_TRIAL_IDENTITY_KEY": ""}, "placewell.trial.E001"),
        ({"PLACEWELL_ALLOCATOR_SOCKET": ""}, "placewell.trial.E003"),
        ({}, ""),
    ],
)
def test_a_server_of_a_running_trial_needs_its_keys(tmp_path: Path, environment: dict[str, str], says: str) -> None:
    running = shutil.copytree(CATALOGUE / "thrive_into_work", tmp_path / "thrive_into_work")
    text = (
        (running / "trial.toml")
        .read_text()
        .replace("closes_at = 2019-03-31T23:59:00", "closes_at = 2099-03-31T23:59:00")
    )
    (running / "trial.toml").write_text(text)
    given = {**PRODUCTION, "PLACEWELL_SERVICE": str(running), **environment}
    done = run(tmp_path, "-c", "import placewell_web.config.wsgi", **given)
    assert (done.returncode == 0) is (says == ""), done.stderr
    assert says in done.stderr
