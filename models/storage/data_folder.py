"""The data folder: one office's database, attachments, backups and logs."""

from dataclasses import dataclass
from pathlib import Path

from models.errors import Refusal

APP = "duchatong"


@dataclass(frozen=True, slots=True)
class DataFolder:
    """Where everything of one office lies; made on first use."""

    root: Path

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.root / "duchatong.db"

    @property
    def attachments(self) -> Path:
        """Files by the hash of their bytes."""
        return self.root / "attachments"

    @property
    def backups(self) -> Path:
        """Automatic backups, thinned by age."""
        return self.root / "backups"

    @property
    def logs(self) -> Path:
        """Fault reports and the program's log."""
        return self.root / "logs"

    def prepare(self) -> None:
        """Make the folders that are missing.

        Raises:
            Refusal: the folder cannot be made or written to.
        """
        try:
            for folder in (self.root, self.attachments, self.backups, self.logs):
                folder.mkdir(parents=True, exist_ok=True)
            probe = self.root / ".write-probe"
            probe.touch()
            probe.unlink()
        except OSError as error:
            raise Refusal(f"数据文件夹不能写入，请检查磁盘或换一个位置：{self.root}。") from error


def default_folder() -> DataFolder:
    """The user's own data folder, as the platform has it."""
    import platformdirs

    return DataFolder(Path(platformdirs.user_data_dir(APP, appauthor=False)))
