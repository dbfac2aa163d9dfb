"""Results remembered a thread each: a raw font of Qt's may be used only in the thread that made it."""

import threading
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
MOST = 4096
"""Results kept a function and thread before all are let go."""


def per_thread(function: Callable[P, T]) -> Callable[P, T]:
    """Remember a function's results by its arguments, in the calling thread only."""
    kept = threading.local()

    @wraps(function)
    def remembered(*args: P.args, **kwargs: P.kwargs) -> T:
        results: dict[Any, T] = kept.__dict__.setdefault("results", {})
        key = (args, tuple(sorted(kwargs.items())))
        if key not in results:
            if len(results) >= MOST:
                results.clear()
            results[key] = function(*args, **kwargs)
        return results[key]

    return remembered
