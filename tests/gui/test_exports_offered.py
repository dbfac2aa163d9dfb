"""Every ledger is offered by the list it belongs to, and a period's summary asks for its period."""

from exporters.workbooks import kind_of
from gui.dialogs.export import ExportDocument, export_document
from gui.tabs import specs
from gui.tabs.tab import RecordTab

OFFERED = {
    "督查组名册", "月排班表", "问题整改台账", "问责台账", "分单位统计表", "阶段统计", "发文登记簿",
}  # fmt: skip


def test_every_ledger_can_be_reached():
    every = (specs.FINDINGS, specs.CASES, specs.FEEDBACK, *specs.TEAMS, *specs.KEPT)
    found = {label.removesuffix(" (Excel)") for spec in every for label, _do in spec.exports if "Excel" in label}
    assert found >= OFFERED
    assert {kind_of(name).name for name in OFFERED} == OFFERED


def test_a_summary_asks_for_its_period(qtbot, demo, monkeypatch):
    shown = []

    def remember(dialog):
        shown.append(dialog)

    monkeypatch.setattr(ExportDocument, "exec", remember)
    tab = RecordTab(demo, specs.FINDINGS)
    qtbot.addWidget(tab)
    export_document(demo, "period_summary", "finding", [], tab)
    (dialog,) = shown
    qtbot.addWidget(dialog)
    assert {"from_", "until"} <= set(dialog.form.cells)
    dialog.compose()
    demo.runner.wait()
    qtbot.waitUntil(lambda: "督查" in dialog.wording.paper().title)
    tab.model.close()
