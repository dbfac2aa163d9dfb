"""One writer a data folder: the operating system's own lock, which dies with its process."""

from filelock import FileLock, Timeout

from models.errors import Refusal
from models.store.folder import DataFolder


class FolderLock:
    """Held by the window, or by a writing command, for as long as it runs."""

    def __init__(self, folder: DataFolder) -> None:
        self._lock = FileLock(folder.root / ".lock")

    def acquire(self) -> None:
        """Take the lock at once.

        Raises:
            Refusal: another window or command holds it.
        """
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise Refusal("督查通正在使用这个数据文件夹，请先关闭已打开的窗口。") from None

    def release(self) -> None:
        """Let the next one in."""
        self._lock.release()
