"""Every clause of a specification is looked at, wherever in its files it stands."""

import pytest

from placewell.specification import load
from placewell.specification.model import FILES
from placewell.specification.references import reference_problems


def clauses(content, path=()):
    """Where a file's plain content names a clause."""
    if isinstance(content, dict):
        if "clause" in content:
            yield (*path, "clause")
        for key, value in content.items():
            yield from clauses(value, (*path, key))
    elif isinstance(content, tuple | list):
        for index, value in enumerate(content):
            yield from clauses(value, (*path, index))


@pytest.mark.parametrize(
    "service", ["dorset_work_matters", "workwise", "thrive_into_work", "ips_grow", "nottingham_health_employment"]
)
def test_every_clause_is_held_against_the_documents(service):
    spec = load(service)
    files = {name: getattr(spec, name) for name in FILES if getattr(spec, name) is not None}
    without_documents = files | {"service": files["service"].model_copy(update={"documents": ()})}
    named = {
        (name, key)
        for name, model in without_documents.items()
        for key in clauses(model.model_dump(by_alias=True, mode="python"))
    }
    found = {
        (one.file, one.key) for one in reference_problems(without_documents) if "the id of a document" in one.message
    }
    assert len(named) > 100
    assert found == named
