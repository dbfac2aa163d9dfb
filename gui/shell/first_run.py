"""The first page a new data folder shows: whose office this is, or the demo office to try things in."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui.core import error_reporting, theme
from gui.core.context import Context
from gui.core.drops import LineInput
from gui.core.operation import Operation
from gui.core.plain_text import Label, set_tip
from gui.forms.form import LABEL_WIDTH, Form
from gui.forms.sections import Section
from gui.lists.filters import button
from gui.shell.toolbar import remember_operator
from gui.widgets.notice import Notice
from models.domain.text.guess import county_of
from models.errors import Problem, Refusal
from models.records import Office, fields_of
from models.records.fields import Field

if TYPE_CHECKING:
    from gui.shell.main_window import MainWindow
    from models.exchange.handout import FirstRun as FirstRunAnswers

ASKED = ("name", "short_name", "county_name", "mark", "number_code", "printer", "contact", "phone")
REQUIRED = ("name", "county_name", "mark", "number_code")
FIRST = {"campaign": Field("专项名称", "line", limit=40, help="如疫情防控、防汛，以后可在“资料”里增加")}


class FirstRun(QWidget):
    """``founded`` once the office is there; ``restoring`` carries a backup that is to be it."""

    founded = Signal()
    restoring = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._answers: FirstRunAnswers | None = None
        self._beside: list[Path] = []
        declared = {n: replace(f, required=n in REQUIRED) for n, f in fields_of(Office).items()}
        declared["county_name"] = replace(declared["county_name"], label="县区名称")  # so that all labels are as wide
        self.form = Form(context, declared, [Section("本机构", ASKED)])
        self.first = Form(context, FIRST, [Section("当前专项", ("campaign",))])
        self.first["campaign"].show_value("疫情防控")
        self.operator = LineInput(placeholderText="您的姓名，记入操作日志")
        self.operator.setMaxLength(30)
        self.notice = Notice()
        self._build()
        self.form["name"].edited.connect(self._propose)
        self.form.finished.connect(self.operator.setFocus)
        self.operator.returnPressed.connect(self.start)
        self.form.focus_first()

    def _build(self) -> None:
        card = QFrame()
        card.setProperty("class", "card")
        card.setFixedWidth(760)
        column = QVBoxLayout(card)
        column.setContentsMargins(theme.HUGE, theme.HUGE, theme.HUGE, theme.HUGE)
        column.setSpacing(theme.MEDIUM)
        title = Label("欢迎使用督查通")
        title.setProperty("class", "title")
        hint = Label("先填写本机构的名称和文号代字，用于公文的红头、文号和版记，以后可在“设置”里修改。")
        hint.setProperty("class", "muted")
        hint.setWordWrap(True)
        for part in (title, hint, self._roles(), self.notice, self.form, self.first):
            column.addWidget(part)
        line = QHBoxLayout()
        line.setSpacing(theme.SMALL)
        named = Label("操作人")
        named.setProperty("class", "field")
        named.setMinimumWidth(LABEL_WIDTH)
        named.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(named)
        line.addWidget(self.operator, 1)
        column.addLayout(line)
        column.addLayout(self._buttons())
        middle = QWidget()
        around = QVBoxLayout(middle)
        around.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        around.addStretch(1)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setWidget(middle)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)

    def _roles(self) -> QWidget:
        box = QWidget()
        line = QHBoxLayout(box)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.LARGE)
        self._group = QButtonGroup(self)
        self.county = QRadioButton("县（区）指挥部办公室：交办、核查、通报")
        self.unit = QRadioButton("乡镇、街道或部门：接收交办、上报整改")
        self.county.setChecked(True)
        for one in (self.county, self.unit):
            self._group.addButton(one)
            line.addWidget(one)
        line.addStretch(1)
        return box

    def _buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(theme.SMALL)
        self._demo = button("先看看演示数据", self.open_demo)
        set_tip(self._demo, "虚构的一个县，可以随意试用，之后一键换成自己的数据")
        self._start = button("开始使用", self.start, "primary")
        self._start.setAutoDefault(True)  # Enter presses it, as in a dialog
        self._back = button("换电脑：从备份恢复…", self.restore)
        set_tip(self._back, "选择旧电脑上“备份到 U 盘”存出的文件")
        line.addWidget(self._demo)
        line.addWidget(self._back)
        self._given = button("读取县里给的文件…", self.read_answers)
        set_tip(self._given, "县里给的文件夹里的“首次运行.json”")
        line.addWidget(self._given)
        line.addStretch(1)
        line.addWidget(self._start)
        return line

    def _propose(self) -> None:
        """Fill from the full name what usually follows from it."""
        name = str(self.form["name"].value() or "").strip()
        county = county_of(name)
        for field, proposed in (("county_name", county), ("mark", name), ("printer", name)):
            now = str(self.form[field].value() or "")
            if proposed and (not now or now in name or name.startswith(now)):
                self.form[field].show_value(proposed)

    def values(self) -> dict[str, Any]:
        """The office as it was filled in.

        Raises:
            Refusal: something is missing.
        """
        values, problems = self.form.read(ASKED)
        missing = [n for n in REQUIRED if not values.get(n) and (n != "county_name" or self.county.isChecked())]
        labels = {name: field.label for name, field in fields_of(Office).items()}
        problems += [Problem(n, f"请先填写“{labels[n]}”。") for n in missing]
        if problems:
            raise Refusal(*problems)
        values["short_name"] = values.get("short_name") or values["name"]
        return {**values, "role": "county" if self.county.isChecked() else "unit"}

    def take(self, path: Path) -> None:
        """Read the county's 首次运行.json and show what it says; a file that cannot be read is told of."""
        from gui.shell import first_run_files
        from models.exchange.handout import first_run_answers

        def show(answers: "FirstRunAnswers") -> None:
            self._prefill(answers)
            self._beside = first_run_files.packages(path)

        Operation(lambda: first_run_answers(path), self).on_success(show).say_failure(self.refuse).run()

    def _prefill(self, answers: "FirstRunAnswers") -> None:
        """Show what the county wrote for this unit; one click founds it, already paired."""
        self._answers = answers
        self.unit.setChecked(True)
        self.form.show_values({name: value for name, value in answers.office.items() if name in self.form.cells})
        self.first["campaign"].show_value(answers.campaign)
        self.operator.setText(answers.office.get("contact") or "")
        self.notice.say(f"“{answers.county.name}”已为本单位填好下面的内容，核对后按“开始使用”。")
        QTimer.singleShot(0, self, self._start.setFocus)

    @property
    def untouched(self) -> bool:
        """Whether nothing was filled in yet."""
        return not self.form["name"].value()

    def packages(self) -> list[Path]:
        """The task packages that came with the answers this office was founded from."""
        return self._beside if self._is_given else []

    @property
    def _is_given(self) -> bool:
        return self._answers is not None and self.unit.isChecked()

    def read_answers(self) -> None:
        """Ask for the county's 首次运行.json."""
        name, _ = QFileDialog.getOpenFileName(self, "选择县里给的首次运行文件", str(Path.home()), "首次运行 (*.json)")
        if name:
            self.take(Path(name))

    def refuse(self, sentence: str) -> None:
        """Say why something was not done."""
        self.notice.say(sentence, grave=True)

    def _found(self, campaign: str) -> None:
        from models.services.office_setup import found_office

        workspace, values = self._context.workspace, self.values()
        if self._answers is None or not self._is_given:
            found_office(workspace, values, campaign)
            return
        import msgspec

        from models.exchange import handout

        office = {**self._answers.office, **{name: str(value) for name, value in values.items() if value is not None}}
        handout.found(workspace, msgspec.structs.replace(self._answers, office=office, campaign=campaign))

    def start(self) -> None:
        """Found the office."""
        campaign = str(self.first["campaign"].value() or "").strip() or "疫情防控"

        def found() -> None:
            if self.operator.text().strip():
                remember_operator(self._context, self.operator.text().strip())
            self._found(campaign)

        if Operation(found, self).show_failure(self.form, self.notice).run():
            self.founded.emit()

    def restore(self) -> None:
        """Ask for a backup of the old PC's."""
        from gui.dialogs.recovery import choose_backup

        path = choose_backup(self, Path.home())
        if path is not None:
            self.restoring.emit(path)

    def open_demo(self) -> None:
        """Fill the folder with the demo office."""
        from models.demo.office import fill

        workspace = self._context.workspace
        for one in (self._demo, self._start):
            one.setEnabled(False)
        self.notice.say("正在放入演示数据，请稍候…")
        remember_operator(self._context, self.operator.text().strip() or "演示人员")
        self._context.runner.run(
            "正在放入演示数据…", lambda _p: fill(workspace), lambda _s: self.founded.emit(), self._failed
        )

    def _failed(self, error: BaseException) -> None:
        for one in (self._demo, self._start):
            one.setEnabled(True)
        self.notice.clear()
        error_reporting.tell(error)


def leave_demo(context: Context, window: "MainWindow") -> None:
    """Empty the folder of its demo office and start anew at the first page. Only ever a demo office is emptied."""
    office = context.workspace.office()
    if office is None or not office.demo:
        return
    folder = context.folder
    for tab in window.built():
        tab.model.close()
    context.runner.wait()
    context.workspace.store.close()
    # First its snapshots: without a database they would be offered as this office's newest backup.
    for kept in (folder.backups, folder.attachments):
        shutil.rmtree(kept)
    for suffix in ("", "-wal", "-shm"):
        folder.database.with_name(folder.database.name + suffix).unlink(missing_ok=True)
    folder.prepare()
    (folder.root / "ui.json").unlink(missing_ok=True)
    window.restart.emit()
