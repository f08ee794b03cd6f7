"""The rules of the layers that live in strings and at run time, where import-linter cannot look."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

ROOT = Path(__file__).parents[2]
SITE = ROOT / "src" / "placewell_web"
LIBRARY = ROOT / "src" / "placewell"
ORDER = [
    "audit",
    "accounts",
    "clients",
    "employers",
    "intake",
    "casework",
    "trial",
    "reporting",
    "evaluation",
    "exchange",
]

# The modules that may read records about people without a viewer, and why.
MAY_READ_UNSCOPED = {
    "models": "the declaration itself",
    "actions": "holds a record that a query has already checked",
    "demo": "fills an empty database",
    "dataset_rows": "the export, behind its own permission",
    "evaluator_rows": "the trial's records under trial numbers, for queries that check who asks",
}


def foreign_keys() -> list[tuple[str, str, str]]:
    return [
        (model._meta.app_label, f"{model.__name__}.{field.name}", field.related_model._meta.app_label)
        for label in ORDER
        if apps.is_installed(f"placewell_web.{label}")
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
    ]


def points_up(source: str, target: str) -> bool:
    return target in ORDER and ORDER.index(target) > ORDER.index(source)


def test_foreign_keys_point_down_the_same_order() -> None:
    found = foreign_keys()
    assert len(found) > 30
    assert [(field, target) for source, field, target in found if points_up(source, target)] == []


def test_a_foreign_key_that_points_up_would_be_seen() -> None:
    assert points_up("clients", "casework")
    assert not points_up("casework", "clients")


def test_audit_holds_no_foreign_keys() -> None:
    assert [field for source, field, _ in foreign_keys() if source == "audit"] == []


def test_importing_the_library_loads_no_django_and_no_database() -> None:
    program = (
        "import sys, pkgutil, importlib, placewell\n"
        "for m in pkgutil.walk_packages(placewell.__path__, 'placewell.'): importlib.import_module(m.name)\n"
        "banned = {'django', 'psycopg', 'sqlite3', 'allauth', 'placewell_web'}\n"
        "print(sorted({n.split('.')[0] for n in sys.modules} & banned))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        ("from datetime import date\n\nDAY = date.today()\n", "DTZ"),
        ("from datetime import datetime\n\nNOW = datetime.now()\n", "DTZ"),
        ("import time\n\nNOW = time.time()\n", "TID251"),
        ("import random\n\nDIE = random.random()\n", "TID251"),
        ("import os\n\nHOME = os.environ['HOME']\n", "TID251"),
        ("import csv\n\nWRITER = csv\n", "TID251"),
        ("from django.db.models import signals\n\nX = signals\n", "TID251"),
        ("from django.forms import ModelForm\n\nX = ModelForm\n", "TID251"),
        ("from django.apps import apps\n\nX = apps.get_model('a', 'B')\n", "TID251"),
        ("from django.utils.safestring import mark_safe\n\nX = mark_safe('<b>')\n", "TID251"),
    ],
)
def test_the_lint_bans_clock_dice_environment_and_short_cuts(code: str, rule: str) -> None:
    ruff = Path(sys.executable).with_name("ruff")
    done = subprocess.run(
        [
            ruff,
            "check",
            "--no-cache",
            "--output-format",
            "concise",
            "--stdin-filename",
            "src/placewell/outcomes/stray.py",
            "-",
        ],
        input=f'"""A stray."""\n\n{code}',
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
    )
    assert done.returncode == 1
    assert rule in done.stdout


def names_in(path: Path, attribute: str) -> list[int]:
    return [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr == attribute
    ]


def module_kind(path: Path) -> str:
    parts = path.relative_to(SITE).with_suffix("").parts
    return parts[1] if len(parts) > 1 else parts[0]


def test_records_about_people_are_read_through_a_viewer() -> None:
    stray = [
        f"{path.relative_to(SITE)}:{line}"
        for path in sorted(SITE.rglob("*.py"))
        if "migrations" not in path.parts and module_kind(path) not in MAY_READ_UNSCOPED
        for line in names_in(path, "unscoped")
    ]
    assert stray == []


def test_only_forms_and_parsers_read_what_a_browser_sent() -> None:
    stray = [
        f"{path.relative_to(SITE)}:{line}"
        for path in sorted(SITE.rglob("*.py"))
        if module_kind(path) in {"actions", "queries", "permissions", "presenters", "models"}
        for name in ("GET", "POST", "FILES")
        for line in names_in(path, name)
    ]
    assert stray == []


def test_nothing_but_the_trial_may_touch_the_allocation_ledger() -> None:
    """Contract 5: the actions of the trial and its allocator alone."""
    assert ledger_imports(SITE) == []


def test_a_stray_use_of_the_ledger_would_be_seen(tmp_path: Path) -> None:
    (tmp_path / "casework").mkdir()
    (tmp_path / "casework" / "views.py").write_text("from placewell.randomisation import ledger\n")
    (tmp_path / "trial" / "actions").mkdir(parents=True)
    (tmp_path / "trial" / "actions" / "draw.py").write_text("import placewell.randomisation\n")
    (tmp_path / "trial" / "allocator").mkdir()
    (tmp_path / "trial" / "allocator" / "folder.py").write_text("import placewell.randomisation\n")
    (tmp_path / "trial" / "queries.py").write_text("import placewell.randomisation\n")
    assert ledger_imports(tmp_path) == ["casework/views.py", "trial/queries.py"]


def test_the_allocator_s_process_knows_no_django() -> None:
    program = (
        "import sys, placewell_web.trial.allocator.__main__\n"
        "print(sorted({n.split('.')[0] for n in sys.modules} & {'django', 'psycopg', 'sqlite3', 'allauth'}))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"


def ledger_imports(site: Path) -> list[str]:
    found = []
    for path in sorted(site.rglob("*.py")):
        if path.relative_to(site).with_suffix("").parts[:2] in {("trial", "actions"), ("trial", "allocator")}:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            modules = (
                [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else []
            )
            if any(module.startswith("placewell.randomisation") for module in modules):
                found.append(str(path.relative_to(site)))
    return found
