"""Made-up people, made once for all tests of this folder."""

from datetime import date

import pytest

from placewell.specification import load
from placewell.synthetic import make

DEMO_DAY = date(2019, 6, 14)


@pytest.fixture(scope="session")
def spec():
    return load("thrive_into_work")


@pytest.fixture(scope="session")
def demo(spec):
    return make(spec, 600, 2019, through=DEMO_DAY)


@pytest.fixture(scope="session")
def whole(spec):
    return make(spec, 1500, 7)
