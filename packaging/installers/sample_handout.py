"""Make hand-out folders as an invented county would: `sample_handout.py FOLDER INSTALLER...`, run by the proof.

The first township's folder, whose task package has something in it, is printed.
"""

import sys
from pathlib import Path

from models.demo.office import fill
from models.exchange import handout
from models.services.unit_of_work import Workspace
from models.storage.data_folder import DataFolder
from models.storage.engine import Store


def main(target: Path, installers: list[Path]) -> Path:
    """Fill a demo county below ``target`` and let it write its townships' folders; returns the first with a task."""
    folder = DataFolder(target / "county")
    folder.prepare()
    workspace = Workspace(Store(folder), operator="演示人员")
    try:
        fill(workspace)
        made = handout.make(workspace, target / "stick", installers)
    finally:
        workspace.store.close()
    return next(one.path for one in made if one.task)


if __name__ == "__main__":
    print(main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]]))
