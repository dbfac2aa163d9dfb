from collections.abc import Iterator
from pathlib import Path

import pytest
from office import Clock
from offices import County


@pytest.fixture(scope="session")
def founded(pristine: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A county with three townships, founded once a run."""
    root = tmp_path_factory.mktemp("founded")
    County(root, pristine, Clock(), townships=3).close()
    return root


@pytest.fixture
def county(tmp_path: Path, founded: Path, clock: Clock) -> Iterator[County]:
    """A county with two townships that knows a third."""
    made = County(tmp_path, founded, clock, townships=2)
    yield made
    made.close()
