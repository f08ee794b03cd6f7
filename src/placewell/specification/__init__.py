"""A service's specification: typed, frozen, dated, and refused with every problem at once when something is wrong."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from placewell.specification.loader import folder_of, load, service_ids
    from placewell.specification.model import Specification
    from placewell.specification.problems import SpecificationError

__all__ = ["Specification", "SpecificationError", "folder_of", "load", "service_ids"]

_HOMES = {
    "folder_of": "loader",
    "load": "loader",
    "service_ids": "loader",
    "Specification": "model",
    "SpecificationError": "problems",
}


def __getattr__(name: str) -> Any:
    """Import a part when it is asked for: a command that needs none does not pay for the models."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
