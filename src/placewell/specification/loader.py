"""Finds a specification by its service or folder and loads it, or says everything that is wrong with it."""

from functools import lru_cache
from pathlib import Path

from placewell.specification import kept
from placewell.specification.model import Specification
from placewell.specification.problems import SpecificationError

CATALOGUE = Path(__file__).parent.parent / "catalogue"


def service_ids() -> tuple[str, ...]:
    """The ids of the services of the catalogue, in alphabetical order."""
    return tuple(sorted(path.parent.name for path in CATALOGUE.glob("*/service.toml")))


def load(id_or_folder: str | Path) -> Specification:
    """Load a specification by the id of a service of the catalogue, or from a folder of TOML files.

    Raises SpecificationError, whose `problems` name file, key path, what is wrong and what to do, all at once.
    """
    folder = folder_of(id_or_folder)
    stamp = tuple((path.name, path.stat().st_mtime_ns) for path in sorted(folder.glob("*.toml")))
    return _loaded(folder, stamp)


def folder_of(id_or_folder: str | Path) -> Path:
    """The folder that holds a specification. Raises SpecificationError when there is none."""
    if str(id_or_folder) in service_ids():
        return CATALOGUE / str(id_or_folder)
    folder = Path(id_or_folder)
    if folder.is_dir():
        return folder
    known = ", ".join(service_ids())
    raise SpecificationError(
        f"{id_or_folder}: no service of the catalogue has this id, and no folder this name. Services: {known}."
    )


@lru_cache(maxsize=32)
def _loaded(folder: Path, stamp: tuple[tuple[str, int], ...]) -> Specification:
    """A service of the catalogue comes validated from beside its files, as long as nothing there has changed."""
    is_shipped = folder.parent == CATALOGUE
    ready = kept.read(folder) if is_shipped else None
    if ready is not None:
        return ready
    from placewell.specification.reading import read_specification  # only now: it builds every model's validator

    specification = read_specification(folder)
    if is_shipped:
        kept.write(folder, specification)
    return specification
