"""Each import contract is broken once, in a copy of the source, and the build must see it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

BREAKS = [
    # (contract, file that is added to, the line that breaks it)
    ("1. The library knows no site", "placewell/periods.py", "import django.utils.timezone"),
    ("1. The library knows no site", "placewell/dataset/__init__.py", "import sqlite3"),
    ("1. The library knows no site", "placewell/cli/__init__.py", "import placewell_web.audit"),
    ("2. The library's layers", "placewell/dataset/__init__.py", "import placewell.indicators"),
    ("2. The library's layers", "placewell/outcomes/__init__.py", "import placewell.eligibility"),
    ("2. The library's layers", "placewell/fidelity/__init__.py", "import placewell.payment"),
    ("2. The library's layers", "placewell/comparison/__init__.py", "import placewell.reports"),
    ("2. The library's layers", "placewell/interchange/__init__.py", "import placewell.reports"),
    ("2. The library's layers", "placewell/indicators/__init__.py", "import placewell.evaluation"),
    ("2. The library's layers", "placewell/reports/__init__.py", "import placewell.evaluation"),
    ("2. The library's layers", "placewell/evaluation/__init__.py", "import placewell.reports"),
    ("3. The site's apps stand in order", "placewell_web/clients/__init__.py", "import placewell_web.casework.models"),
    ("3. The site's apps stand in order", "placewell_web/clients/__init__.py", "import placewell_web.employers.models"),
    ("4. Inside every app", "placewell_web/casework/models.py", "import placewell_web.casework.actions"),
    ("4. Inside every app", "placewell_web/intake/actions/__init__.py", "import placewell_web.intake.forms"),
    ("4. Inside every app", "placewell_web/casework/forms/lists.py", "import placewell_web.casework.presenters"),
    ("6. Views, forms and presenters", "placewell_web/reporting/views.py", "import placewell_web.clients.models"),
    (
        "7. No app's views import another's",
        "placewell_web/casework/views/__init__.py",
        "import placewell_web.intake.views",
    ),
    ("8. No cycles", "placewell/dataset/__init__.py", "import placewell.cli"),
]
NEIGHBOURS = [
    # apps that are to come: they and casework may not see each other
    ("trial", "import placewell_web.casework.models"),
    ("governance", "import placewell_web.casework.models"),
]
STRAYS = [
    ("2. The library's layers", "placewell/utils.py"),
    ("3. The site's apps stand in order", "placewell_web/helpers.py"),
]


def lint(copy: Path) -> subprocess.CompletedProcess[str]:
    """Runs import-linter on the copy's packages and not on the installed ones."""
    program = (
        "import sys; sys.path.insert(0, 'src'); "
        "from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    )
    return subprocess.run([sys.executable, "-c", program], cwd=copy, capture_output=True, text=True, timeout=120)


def broken(result: subprocess.CompletedProcess[str], contract: str) -> bool:
    return any(contract in line and "BROKEN" in line for line in result.stdout.splitlines())


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    ignore = shutil.ignore_patterns("__pycache__", "static", "*.egg-info", "vendor")
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=ignore)
    shutil.copy(ROOT / ".importlinter", tmp_path)
    return tmp_path


def test_the_source_keeps_every_contract(copy: Path) -> None:
    result = lint(copy)
    assert result.returncode == 0, result.stdout
    assert "0 broken" in result.stdout


@pytest.mark.parametrize(("contract", "file", "line"), BREAKS)
def test_a_break_is_caught(copy: Path, contract: str, file: str, line: str) -> None:
    target = copy / "src" / file
    if not target.exists():  # an app keeps its views in one file or in a package of the same name
        target = (
            target.parent.with_suffix(".py") if target.name == "__init__.py" else target.with_suffix("") / "__init__.py"
        )
    source = target.read_text()
    future = "from __future__ import annotations\n"
    if future in source:
        source = source.replace(future, future + line + "\n", 1)
    else:
        source = line + "\n" + source
    target.write_text(source)
    result = lint(copy)
    assert result.returncode != 0
    assert broken(result, contract), result.stdout


@pytest.mark.parametrize(("app", "line"), NEIGHBOURS)
def test_casework_trial_and_governance_may_not_see_each_other(copy: Path, app: str, line: str) -> None:
    package = copy / "src" / "placewell_web" / app
    package.mkdir(exist_ok=True)
    (package / "__init__.py").write_text(f'"""A neighbour that looks over the fence."""\n\n{line}\n')
    result = lint(copy)
    assert result.returncode != 0
    assert broken(result, "3. The site's apps stand in order"), result.stdout


@pytest.mark.parametrize(("contract", "file"), STRAYS)
def test_a_stray_module_is_caught(copy: Path, contract: str, file: str) -> None:
    (copy / "src" / file).write_text('"""Everything and nothing."""\n')
    result = lint(copy)
    assert result.returncode != 0
    assert broken(result, contract), result.stdout
