"""A service's specification: typed, frozen, dated, and refused with every problem at once when something is wrong."""

from placewell.specification.loader import folder_of, load, service_ids
from placewell.specification.model import Specification
from placewell.specification.problems import SpecificationError

__all__ = ["Specification", "SpecificationError", "folder_of", "load", "service_ids"]
