from collections.abc import Iterator
from pathlib import Path

import pytest
from office import Clock
from offices import County


@pytest.fixture
def county(tmp_path: Path, pristine: Path, clock: Clock) -> Iterator[County]:
    """A county with two townships."""
    made = County(tmp_path, pristine, clock, townships=2)
    yield made
    made.close()
