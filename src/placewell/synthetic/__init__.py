"""Made-up people with plausible histories in a service, from a seed: for demonstrations, tests and trying out."""

from placewell.synthetic.faults import Fault, plant
from placewell.synthetic.making import make

__all__ = ["Fault", "make", "plant"]
