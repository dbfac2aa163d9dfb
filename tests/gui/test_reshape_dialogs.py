"""Splitting and merging from the window."""

import pytest
from sqlalchemy import select

from gui.dialogs.split_merge import MergeDialog, SplitDialog, merge
from models.records import Finding


@pytest.fixture
def pending(demo):
    with demo.workspace.reading() as session:
        query = select(Finding).where(Finding.status == "待交办", Finding.count == 1).order_by(Finding.unit_id)
        return list(session.scalars(query))


def test_split(qtbot, demo, pending):
    dialog = SplitDialog(demo, pending[0])
    qtbot.addWidget(dialog)
    dialog.accept()
    assert "第 2 个" in dialog._said.text()
    qtbot.keyClicks(dialog.rows[1][0], "Second part")
    dialog.accept()
    with demo.workspace.reading() as session:
        new = session.scalars(select(Finding).where(Finding.split_from_id == pending[0].id)).one()
    assert new.fact == "Second part"


def test_merge(qtbot, demo, pending):
    unit = next(f.unit_id for f in pending if sum(g.unit_id == f.unit_id for g in pending) > 1)
    same = [f for f in pending if f.unit_id == unit][:2]
    dialog = MergeDialog(demo, same)
    qtbot.addWidget(dialog)
    dialog.accept()
    with demo.workspace.reading() as session:
        kept, gone = session.get(Finding, same[0].id), session.get(Finding, same[1].id)
    if gone.merged_into_id is None:
        assert "只能合并" in dialog._said.text()
    else:
        assert kept.count == 2
        assert gone.status == "作废"


def test_one_alone_is_told(demo):
    said = []
    demo.status = said.append
    assert not merge(demo, [1], None)
    assert "两个以上" in said[0]
