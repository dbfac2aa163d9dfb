"""The data folders of released schemas kept in ``tests/data``, and what each of them must still say when opened.

``python tests/models/storage/stored.py`` makes the one of today's schema, by the program's own commands.
"""

import datetime as dt
import json
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from sqlalchemy import func, select  # noqa: E402
from sqlalchemy.orm import Session  # noqa: E402

from models.records import RECORDS, Attachment, Change, Document, Finding  # noqa: E402
from models.records.history import UPGRADE  # noqa: E402
from models.services import attachments, documents, form_drafts  # noqa: E402
from models.services.unit_of_work import Workspace  # noqa: E402
from models.storage import schema  # noqa: E402
from models.storage.attachments import sound  # noqa: E402
from models.storage.data_folder import DataFolder  # noqa: E402
from models.storage.engine import Store  # noqa: E402

DATA = ROOT / "tests" / "data"
TITLE_LIMIT = "told.json"
FORM = "finding"
ADDED = frozenset({"opening_figures"})
"""Tables that 1.0.0 had not: empty ones are not told of."""


def kept() -> list[Path]:
    """The stored folders, the oldest schema first."""
    return sorted(DATA.glob("schema_*.zip"))


def unpack(stored: Path, root: Path) -> tuple[DataFolder, dict[str, Any]]:
    """The data folder as it was left, and what it held."""
    with zipfile.ZipFile(stored) as archive:
        archive.extractall(root)
    told = json.loads((root / TITLE_LIMIT).read_text("utf-8"))
    (root / TITLE_LIMIT).unlink()
    return DataFolder(root), told


def tell(workspace: Workspace) -> dict[str, Any]:
    """What a folder holds, in words that outlive its columns: every record's identity, version and title."""
    draft = form_drafts.load(workspace, FORM, None)
    with workspace.reading() as session:
        return {**_tell(session, workspace.store.folder), "draft": draft and dict(draft.values)}


def without_updates(workspace: Workspace, held: dict[str, Any]) -> dict[str, Any]:
    """What ``tell`` says, less what the program's own updates changed: their rows in the log take it back."""
    with workspace.reading() as session:
        updates = session.scalars(select(Change).where(Change.who == UPGRADE)).all()
        places = {id_: n for n, id_ in enumerate(session.scalars(select(Finding.id).order_by(Finding.id)))}
    findings = [list(row) for row in held["findings"]]
    versions: dict[str, int] = {}
    for change in reversed(updates):
        assert change.before is not None
        versions[change.record_uuid] = change.before["version"]
        if change.table == Finding.__tablename__ and "status" in change.before:
            findings[places[change.record_id]][0] = change.before["status"]
    records = {
        table: [[uuid, versions.get(uuid, version), title] for uuid, version, title in rows]
        for table, rows in held["records"].items()
    }
    return {**held, "records": records, "findings": findings, "changes": held["changes"] - len(updates)}


def _tell(session: Session, folder: DataFolder) -> dict[str, Any]:
    issued = session.scalars(select(Document).where(Document.content.is_not(None)).order_by(Document.id))
    return {
        "records": {table: rows for table, rows in _records(session) if rows or table not in ADDED},
        "findings": [
            [f.status, f.fact, str(f.found_on)] for f in session.scalars(select(Finding).order_by(Finding.id))
        ],
        "changes": session.scalar(select(func.count()).select_from(Change)),
        "papers": [documents.paper_of(document).title for document in issued],
        "files": {a.sha256: sound(folder, a.sha256) for a in session.scalars(select(Attachment))},
    }


def _records(session: Session) -> Iterator[tuple[str, list[Any]]]:
    for table, cls in RECORDS.items():
        yield table, [[r.uuid, r.version, r.title] for r in session.scalars(select(cls).order_by(cls.id))]


def make(target: Path) -> None:
    """The demo office with an issued document, a package sent, a file and a draft."""
    from main import main

    with tempfile.TemporaryDirectory() as scratch:
        folder = DataFolder(Path(scratch) / "数据")
        run = ("--data", str(folder.root))
        for words in (
            ("demo",),
            ("issue", "findings_bulletin"),
            ("package", "task", "--unit", "柳河镇", "--out", f"{scratch}/包"),
        ):
            assert main([*run, *words]) == 0
        workspace = Workspace(Store(folder), "王晓燕", clock=lambda: dt.datetime(2022, 3, 16, 9, 30))
        with workspace.reading() as session:
            finding = session.get_one(Finding, 1)
        attachments.attach(workspace, finding, "现场照片".encode(), "照片.txt")
        form_drafts.save(workspace, FORM, None, None, {"fact": "没有写完的问题"})
        told = tell(workspace)
        workspace.store.close()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_LZMA) as archive:
            archive.writestr(TITLE_LIMIT, json.dumps(told, ensure_ascii=False))
            for path in (folder.database, *(p for p in folder.attachments.rglob("*") if p.is_file())):
                archive.write(path, path.relative_to(folder.root))


if __name__ == "__main__":
    make(DATA / f"schema_{schema.HEAD}.zip")
