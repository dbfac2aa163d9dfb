"""The garbage collector, kept out of the way of work that makes many things that all stay."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for reference cycles inside; also a decorator.

    Thousands of records are made and all are still needed: the collector walks them again and
    again, a sixth of the whole work, and finds nothing. What few cycles there are wait until after.
    """
    working = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if working:
            gc.enable()
