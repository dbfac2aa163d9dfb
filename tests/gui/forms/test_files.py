"""The files of a record: what cannot be kept is told, what could run is never opened, copies do not stay."""

import os
import subprocess
import sys
from pathlib import Path

import pictures
import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMessageBox

from gui.core import error_reporting, file_opening
from gui.forms.attachments import FilesView
from gui.widgets.picture_viewer import Viewer
from models.errors import Refusal
from models.records import Attachment, Finding, Office
from models.services import attachments, undo

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def finding(workspace, office):
    id_ = office.finding()
    with workspace.reading() as session:
        return session.get_one(Finding, id_)


@pytest.fixture
def view(context, finding, workspace, qtbot):
    made = FilesView(context, lambda: finding)

    def read(_done):
        with workspace.reading() as session:
            made.show_files(attachments.of(session, [finding]))

    made.changed.connect(read)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def told(monkeypatch):
    said = []
    monkeypatch.setattr(
        error_reporting, "refuse", lambda refusal, *_: said.append([p.sentence for p in refusal.problems])
    )
    return said


@pytest.mark.parametrize("shrink", [False, True])
def test_a_broken_picture_is_told_among_six_good_ones(view, context, told, qtbot, tmp_path, monkeypatch, shrink):
    monkeypatch.setattr(type(context.workspace), "office", lambda _desk: Office(shrink_photos=shrink))
    contents = {f"{n}.jpg": pictures.encoded("JPG", 3000, 100 + n) for n in range(6)}
    contents |= {"坏.jpg": contents["0.jpg"][:2000], "扫描.tif": pictures.encoded("TIFF", 3000, 100)}
    paths = [tmp_path / name for name in contents]
    for path in paths:
        path.write_bytes(contents[path.name])
    assert view.add(paths)
    qtbot.rest(context)
    assert [one.name for one in view.files] == [f"{n}.jpg" for n in range(6)]
    (sentences,) = told
    assert ["坏.jpg" in sentences[0], "扫描.tif" in sentences[1]] == [True, True]


def test_several_files_are_one_deed(view, finding, context, qtbot, workspace):
    view.add([pictures.png(), pictures.png(seed=1)])
    qtbot.rest(context)
    assert len(view.files) == 2
    with workspace.reading() as session:
        operation, hindrance = undo.offered(session)[0]
    assert (operation.deed, hindrance) == ("添加 2 个附件", "")
    undo.undo(workspace, operation.operation)
    with workspace.reading() as session:
        assert attachments.of(session, [finding]) == []


def test_thumbnails_and_the_viewer_show_pictures_read_beside_the_screen(view, context, qtbot):
    view.add([pictures.phone_jpeg()])
    qtbot.rest(context)
    face = view._thumbs[0]._face
    qtbot.waitUntil(lambda: face.pixmap().height() > face.pixmap().width())
    viewer = Viewer(context, view.files, 0)
    qtbot.addWidget(viewer)
    qtbot.waitUntil(lambda: not viewer._whole.isNull())


@pytest.fixture
def asked(monkeypatch):
    """Answers every question with its first button."""
    said = []

    def answer(box):
        said.append(box.text())

    monkeypatch.setattr(QMessageBox, "exec", answer)
    monkeypatch.setattr(QMessageBox, "clickedButton", lambda box: box.buttons()[0])
    return said


def test_a_file_is_opened_after_a_question_from_a_private_copy(view, context, qtbot, monkeypatch, asked, tmp_path):
    file = tmp_path / "说明.txt"
    file.write_text("佐证", encoding="utf-8")
    view.add([file])
    qtbot.rest(context)
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile())) or True)
    view.open(view.files[0])
    assert asked == ["用本机程序打开“说明.txt”？"]
    (copy,) = opened
    assert copy.read_text("utf-8") == "佐证"
    assert copy.parent == file_opening.private_folder()
    if os.name != "nt":
        assert copy.parent.stat().st_mode & 0o777 == 0o700
    monkeypatch.setattr(QMessageBox, "clickedButton", lambda box: box.buttons()[1])
    view.open(view.files[0])
    assert len(opened) == 1


@pytest.mark.parametrize(
    ("name", "content"), [("现场照片.jpg.exe", b"x"), ("说明.desktop", b"x"), ("说明.pdf", b"MZ\x90")]
)
def test_a_program_of_an_old_folder_is_never_opened(
    view, finding, context, workspace, told, monkeypatch, name, content
):
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: pytest.fail("opened"))
    kept = attachments.Prepared(content, "旧.txt", "text/plain", "0" * 64)
    attachments.attach_all(workspace, finding, [kept])
    with workspace.writing("旧数据") as work:
        work.set(work.get(Attachment, 1), name=name)
    with workspace.reading() as session:
        view.show_files(attachments.of(session, [finding]))
    view.open(view.files[0])
    assert "不打开" in told[0][0]


def test_saving_a_program_elsewhere_is_asked_about(view, finding, context, workspace, monkeypatch, asked, tmp_path):
    kept = attachments.Prepared(b"MZ", "旧.txt", "text/plain", "0" * 64)
    attachments.attach_all(workspace, finding, [kept])
    with workspace.reading() as session:
        (one,) = attachments.of(session, [finding])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "旧.txt"), ""))
    file_opening.save_as(context, one, view)
    assert "仍要另存" in asked[0]
    assert (tmp_path / "旧.txt").read_bytes() == b"MZ"


def test_a_file_that_is_gone_is_told(finding, context, workspace, tmp_path):
    gone = Attachment(name="丢.pdf", sha256="0" * 64)
    with pytest.raises(Refusal, match="备份"):
        file_opening.copy(context, gone, tmp_path / "x")


CHILD = """
import os, sys
from gui.core import file_opening
folder = file_opening.private_folder()
(folder / "副本.txt").write_text("x", encoding="utf-8")
print(folder)
sys.stdout.flush()
if sys.argv[1] == "die":
    os._exit(1)
"""


@pytest.mark.parametrize("way", ["end", "die"])
def test_copies_are_gone_with_the_program_or_at_the_next_start(way, tmp_path):
    places = {**os.environ, "TMPDIR": str(tmp_path), "TEMP": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    run = [sys.executable, "-c", CHILD, way]
    first = subprocess.run(run, cwd=ROOT, env=places, capture_output=True, text=True, encoding="utf-8", check=False)
    folder = Path(first.stdout.strip())
    assert folder.parent == tmp_path
    assert folder.exists() is (way == "die")
    subprocess.run([*run[:3], "end"], cwd=ROOT, env=places, check=True, capture_output=True)
    assert not list(tmp_path.iterdir())
