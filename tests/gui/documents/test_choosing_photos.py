"""Pictures that the findings of a paper have already are put into it as they lie, beside those chosen as files."""

import pytest
from PySide6.QtGui import QImage
from sqlalchemy import select

from exporters.composing import Options, compose
from gui.documents import picture_picker, picture_row
from gui.documents.draft_session import Draft
from gui.documents.picture_picker import PhotoChoice, held
from gui.documents.window import DocumentWindow
from models.paper.elements import Photos
from models.records import Attachment, Feedback, Finding
from models.services import attachments


@pytest.fixture
def picture(tmp_path):
    """Makes a picture file of its own colour."""

    def made(name, colour):
        image = QImage(80, 60, QImage.Format.Format_RGB32)
        image.fill(colour)
        image.save(str(tmp_path / name))
        return tmp_path / name

    return made


@pytest.fixture
def answered(demo, picture):
    """A finding with a picture before, one of no role, and one after that its feedback brought."""
    with demo.workspace.reading() as session:
        feedback = session.scalars(select(Feedback).where(Feedback.finding_id.is_not(None))).first()
        finding = session.get_one(Finding, feedback.finding_id)
    attachments.attach(demo.workspace, feedback, picture("c.jpg", 0x336699), role="整改后")
    attachments.attach(demo.workspace, finding, picture("b.jpg", 0x669933))
    attachments.attach(demo.workspace, finding, picture("a.jpg", 0x993366), role="整改前")
    return finding


@pytest.fixture
def window(qtbot, demo, answered):
    with demo.workspace.reading() as session:
        paper = compose(session, "findings_bulletin", Options(finding_ids=(answered.id,), include=True))
    shown = DocumentWindow(demo, Draft(demo, paper, {}))
    qtbot.addWidget(shown, before_close_func=lambda one: setattr(one.draft, "state", "已印发"))
    with qtbot.waitSignal(shown.draft.laidOut):
        shown.show()
    shown.parts.choose(f"blocks.{len(paper.blocks) - 1}")
    return shown


def answering(monkeypatch, deed):
    monkeypatch.setattr(PhotoChoice, "exec", lambda dialog: (deed(dialog), dialog.result())[1])


def choose(*rows):
    def deed(dialog):
        for row in rows:
            dialog.list.item(row).setSelected(True)
        assert dialog._put.isEnabled()
        dialog.accept()

    return deed


def last(window) -> Photos:
    return window.draft.paper.blocks[-1]


def test_pictures_come_finding_by_finding_before_first(demo, window, answered):
    found = held(demo, window.draft.paper)
    assert [one.attachment.name for one in found] == ["a.jpg", "b.jpg", "c.jpg"]
    assert [one.shot.photo.caption for one in found] == ["整改前", "", "整改后"]
    assert len({one.shot.row for one in found}) == 1
    assert found[0].words.startswith("整改前")


def test_the_pictures_of_a_finding_stand_side_by_side_under_its_words(window, demo, monkeypatch):
    answering(monkeypatch, choose(0, 2))
    window.parts._add_photos()
    assert [photo.caption for photo in last(window).photos] == ["整改前", "整改后"]
    assert "：" in last(window).caption
    assert all(window.draft.photo(photo.sha256).is_file() for photo in last(window).photos)
    with demo.workspace.reading() as session:
        roles = session.scalars(select(Attachment.role)).all()
    assert "公文照片" not in roles
    assert window.draft.document_id is None


def test_one_more_is_put_into_the_row_and_one_exchanged(window, monkeypatch):
    answering(monkeypatch, choose(0))
    window.parts._add_photos()
    answering(monkeypatch, choose(2))
    window.parts._fetch(3)
    assert [photo.caption for photo in last(window).photos] == ["整改前", "整改后"]
    answering(monkeypatch, choose(1))
    window.parts.photos.choose(1)
    window.parts._fetch(0)
    assert [photo.caption for photo in last(window).photos] == ["整改前", "整改后"]
    assert len({photo.sha256 for photo in last(window).photos}) == 2


def test_files_are_a_button_away(window, picture, monkeypatch):
    answering(monkeypatch, lambda dialog: dialog._to_files())
    monkeypatch.setattr(picture_row.QFileDialog, "getOpenFileNames", lambda *_: ([str(picture("d.png", 0x112233))], ""))
    window.parts._add_photos()
    assert len(last(window).photos) == 1
    assert last(window).caption == ""


def test_given_up_nothing_changes(window, monkeypatch):
    before = window.draft.paper
    answering(monkeypatch, lambda dialog: dialog.reject())
    window.parts._add_photos()
    assert window.draft.paper == before


def test_without_pictures_of_findings_the_files_are_asked_for_at_once(window, demo, monkeypatch):
    monkeypatch.setattr(picture_picker, "held", lambda *_: [])
    monkeypatch.setattr(picture_row.QFileDialog, "getOpenFileNames", lambda *_: ([], ""))
    before = window.draft.paper
    window.parts._add_photos()
    assert window.draft.paper == before
