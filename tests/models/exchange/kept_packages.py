"""Packages of every released format kept in ``tests/data``, with the offices that must still take them in.

``python tests/models/exchange/kept_packages.py`` makes those of today's format, by the program's own actions. Each
leg is a data folder as it was before its packages arrived, and what it said after they had been taken in.
"""

import json
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import pictures  # noqa: E402
from office import Clock  # noqa: E402
from offices import County, Seat  # noqa: E402
from sqlalchemy import select  # noqa: E402

from models.exchange import build, container, merge, plan  # noqa: E402
from models.records import (  # noqa: E402
    Attachment,
    Campaign,
    Extension,
    Feedback,
    Finding,
    Peer,
    Plan,
    Receipt,
    Record,
    Site,
    Unit,
    Verification,
)
from models.services import attachments, records, unit_answers  # noqa: E402
from models.services.unit_of_work import Workspace  # noqa: E402
from models.storage.attachments import sound  # noqa: E402
from models.storage.data_folder import DataFolder  # noqa: E402
from models.storage.engine import Store  # noqa: E402

DATA = ROOT / "tests" / "data"
TITLE_LIMIT = "told.json"
PASSPHRASE = "三月十六"
LEGS: dict[str, tuple[tuple[str, str], ...]] = {
    "township": (("first task", ""),),
    "county": (("return", ""),),
    "township later": (("second task", PASSPHRASE), ("receipt", "")),
}
"""By data folder, the packages it takes in and the extra passphrase of each."""
SAID: dict[type[Record], tuple[str, ...]] = {
    Campaign: ("name",),
    Unit: ("name", "short_name", "kind"),
    Site: ("name", "kind"),
    Finding: ("uuid", "serial", "status", "local_status", "fact", "deadline", "original_deadline", "returned_reason"),
    Plan: ("uuid", "measures", "due_text"),
    Feedback: ("uuid", "round", "outcome", "measures", "finished_on", "person", "submitted_by", "arrived"),
    Verification: ("round", "conclusion", "reason"),
    Extension: ("old_deadline", "new_deadline", "reason"),
    Attachment: ("uuid", "owner_table", "sha256", "name", "size"),
    Receipt: ("kind",),
}
"""What a folder is asked after a package came in."""


def kept() -> list[Path]:
    """The stored formats, the oldest first."""
    return sorted(DATA.glob("packages_*.zip"))


def unpack(stored: Path, root: Path) -> dict[str, Any]:
    """Lay the folders and packages out; returns what each leg must say."""
    with zipfile.ZipFile(stored) as archive:
        archive.extractall(root)
    return json.loads((root / TITLE_LIMIT).read_text("utf-8"))


def taken_in(root: Path, leg: str) -> dict[str, Any]:
    """Take a leg's packages in, in their order; returns what its office says then."""
    workspace = Workspace(Store(DataFolder(root / leg)), "王晓燕", clock=Clock())
    counts = []
    for name, passphrase in LEGS[leg]:
        taken = merge.apply(workspace, plan.read(workspace, root / f"{name}.dct", passphrase=passphrase))
        assert taken.flagged == []
        counts.append(taken.counts)
    with workspace.reading() as session:
        said = {
            cls.__tablename__: [[str(getattr(one, name)) for name in names] for one in _live(session, cls)]
            for cls, names in SAID.items()
        }
        files = [sound(workspace.store.folder, one.sha256) for one in _live(session, Attachment)]
    workspace.store.close()
    return {"counts": counts, "files": files, **said}


def _live(session: Any, cls: type[Any]) -> list[Any]:
    return list(session.scalars(select(cls).where(cls.deleted_at.is_(None)).order_by(cls.id)))


def make(target: Path) -> None:
    """One round: two problems out with a photo, answered with a photo and a plan, one returned and one extended."""
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        Store(DataFolder(root / "pristine")).close()
        county = County(root / "offices", root / "pristine", Clock())
        with zipfile.ZipFile(target, "w", zipfile.ZIP_LZMA) as archive:
            _tell_story(county, archive)
        county.close()
        unpack_root = root / "again"
        with zipfile.ZipFile(target) as archive:
            archive.extractall(unpack_root)
        told = {leg: taken_in(unpack_root, leg) for leg in LEGS}
        with zipfile.ZipFile(target, "a", zipfile.ZIP_LZMA) as archive:
            archive.writestr(TITLE_LIMIT, json.dumps(told, ensure_ascii=False))


def _tell_story(county: County, archive: zipfile.ZipFile) -> None:
    office, (unit,) = county.office, county.units
    _keep(archive, "township", unit)
    site = records.create(
        office.workspace, Site, {"name": "柳河卫生院", "kind": "卫生院", "unit_id": county.unit_ids[0]}
    )
    first = county.hand_over(site_id=site.id, campaign_id=1)
    second = county.hand_over(fact="登记簿有空页。", campaign_id=1)
    attachments.attach(office.workspace, first, pictures.png(40, 40), "整改前.png")
    archive.write(county.task(photos=True), "first task.dct")
    unit.take_in(next(county.stick.iterdir()))
    county.write(serial=first.serial, evidence=pictures.png(40, 40, seed=1))
    county.write(serial=second.serial, outcome="正在推进", measures="正在补登。")
    unit_answers.write_plan(unit.workspace, unit.all(Finding)[1].id, {"measures": "逐日补登", "due_text": "月底前"})
    _keep(archive, "county", office)
    answer = county.answer()
    archive.write(answer, "return.dct")
    _keep(archive, "township later", unit)
    office.take_in(answer)
    county.step(first.id, "return_", verifier="王晓燕", method="现场核查")
    later = second.deadline.replace(month=4)
    county.step(second.id, "extend", applicant="何平", approver="陈志远", reason="登记簿未到货", new_deadline=later)
    archive.write(county.task(photos=True, passphrase=PASSPHRASE), "second task.dct")
    peer = office.one(Peer)
    archive.write(build.receipt(office.workspace, peer.id, county.stick).path, "receipt.dct")


def _keep(archive: zipfile.ZipFile, leg: str, seat: Seat) -> None:
    """The office's data folder as it is now."""
    archive.write(seat.keep(), f"{leg}/{seat.folder.database.name}")
    for path in seat.folder.attachments.rglob("*"):
        if path.is_file():
            archive.write(path, f"{leg}/{path.relative_to(seat.folder.root).as_posix()}")


if __name__ == "__main__":
    make(DATA / f"packages_{container.FORMAT}.zip")
