"""One writer a data folder: the operating system's own lock, which dies with its process."""

import os
import sys

from models.errors import Refusal
from models.storage import leftovers
from models.storage.data_folder import DataFolder


class FolderLock:
    """Held by the window, or by a writing command, for as long as it runs."""

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder
        self._path = folder.root / ".lock"
        self._file: int | None = None

    def acquire(self) -> None:
        """Take the lock at once, and clear away what a killed holder left half written.

        Raises:
            Refusal: another window or command holds it.
        """
        try:
            file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise Refusal(f"数据文件夹不能写入，请检查磁盘或换一个位置：{self._folder.root}。") from error
        try:
            _lock(file)
        except OSError:
            os.close(file)
            raise Refusal("督查通正在使用这个数据文件夹，请先关闭已打开的窗口。") from None
        self._file = file
        leftovers.clear(self._folder)

    def release(self) -> None:
        """Let the next one in."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _lock(file: int) -> None:
    """The lock that closing the file, or the process's end, gives back.

    Raises:
        OSError: another process holds it.
    """
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
