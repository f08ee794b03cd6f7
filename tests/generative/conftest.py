"""How many random histories to try: 3,000 unless `--generative=N` (given with this folder) or PLACEWELL_GENERATIVE."""

import os

import pytest

from placewell.specification import load

HISTORIES = 3000
PEOPLE_AT_ONCE = 150


def pytest_addoption(parser):
    parser.addoption("--generative", type=int, default=None, help="how many random histories to hold the engine to")


def pytest_generate_tests(metafunc):
    """One test for each batch of people; its number is the seed."""
    if "batch" in metafunc.fixturenames:
        asked = metafunc.config.getoption("--generative", None) or os.environ.get("PLACEWELL_GENERATIVE")
        batches = -(-int(asked or HISTORIES) // PEOPLE_AT_ONCE)
        metafunc.parametrize("batch", range(batches))


@pytest.fixture(scope="session")
def spec():
    return load("thrive_into_work")
