import gc

import pytest

from models.storage.garbage_collection import uncollected


def test_the_collector_rests_inside_and_works_after():
    with uncollected():
        assert not gc.isenabled()
        with uncollected():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_works_again_after_a_failure():
    @uncollected()
    def fail() -> None:
        raise RuntimeError

    for _ in range(2):
        with pytest.raises(RuntimeError):
            fail()
    assert gc.isenabled()
