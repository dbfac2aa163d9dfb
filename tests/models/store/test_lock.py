import subprocess
import sys

import pytest

from models.errors import Refusal
from models.store.lock import FolderLock

HOLD = """
import sys
from pathlib import Path
from models.store.folder import DataFolder
from models.store.lock import FolderLock
FolderLock(DataFolder(Path(sys.argv[1]))).acquire()
print("held", flush=True)
sys.stdin.read()
"""


def test_one_process_at_a_time_and_a_dead_one_holds_nothing(folder):
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder.root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(Refusal, match="正在使用"):
            FolderLock(folder).acquire()
        other.kill()
    FolderLock(folder).acquire()


def test_it_is_given_back(folder):
    first, second = FolderLock(folder), FolderLock(folder)
    first.acquire()
    with pytest.raises(Refusal):
        second.acquire()
    first.release()
    second.acquire()
    second.release()
