import subprocess
import sys

import pytest

from models.errors import Refusal
from models.storage.lock import FolderLock

HOLD = """
import sys
from pathlib import Path
from models.storage.data_folder import DataFolder
from models.storage.lock import FolderLock
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


def test_whoever_gets_the_lock_clears_away_what_was_left_half_written(folder):
    halves = [
        folder.attachments / "tmpabc_123",
        folder.backups / "2022-03-16_170203_每日.db.part",
        folder.backups / "2022-03-16_170203_每日.db.part-journal",
        folder.root / ".restore-12ab34cd.db",
        folder.root / ".restore-12ab34cd.db-wal",
        folder.root / "duchatong.new-wal",
        folder.root / "ui.tmp",
    ]
    whole = [
        folder.attachments / "ab" / "tmp-like",
        folder.backups / "2022-03-16_170203_每日.db",
        folder.root / "duchatong.damaged-20220316-170203.db",
        folder.root / "ui.json",
        folder.logs / "tmp.log",
    ]
    for path in (*halves, *whole):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    holder, other = FolderLock(folder), FolderLock(folder)
    holder.acquire()
    assert not any(path.exists() for path in halves)
    assert all(path.exists() for path in whole)
    halves[0].write_bytes(b"being written")
    with pytest.raises(Refusal):
        other.acquire()
    assert halves[0].exists()
    holder.release()
    other.acquire()
    assert not halves[0].exists()
    other.release()
