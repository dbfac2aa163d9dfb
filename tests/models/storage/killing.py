"""kill -9 at a random moment: a child that tells what it confirmed, and what it left on the disk."""

import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from contextlib import closing

from models.storage.connection import connect
from models.storage.data_folder import DataFolder


def killed(work: Callable[[int], None], wait: float) -> list[int]:
    """Run ``work`` in a child that reports what it confirmed, kill it, return the confirmed numbers."""
    reading, writing = os.pipe()
    child = multiprocessing.get_context("fork").Process(target=work, args=(writing,))
    child.start()
    os.close(writing)
    time.sleep(wait)
    assert child.pid is not None
    os.kill(child.pid, signal.SIGKILL)
    child.join()
    with os.fdopen(reading, "rb") as pipe:
        told = pipe.read()
    return [int(line) for line in told.split(b"\n")[:-1]]


def confirm(pipe: int, number: int) -> None:
    os.write(pipe, b"%d\n" % number)


def rows(folder: DataFolder, sql: str) -> list[tuple]:
    with closing(connect(folder.database)) as connection:
        return connection.execute(sql).fetchall()
