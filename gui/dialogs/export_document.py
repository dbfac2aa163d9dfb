"""Exporting an official document: worded and previewed before it is written."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from exporters.draft_stamp import DRAFT
from exporters.returned.sent_copies import Sent, export
from gui.core import error_reporting, theme
from gui.core.context import Context
from gui.core.plain_text import Label
from gui.core.save_file import ask_file
from gui.core.screen_fit import fit
from gui.dialogs.export_choices import Choices
from gui.dialogs.export_done import Finished
from gui.dialogs.export_fields import CONDITIONS, FIELDS, Range
from gui.dialogs.left_out import LeftOutLine, Ticks, ask
from gui.dialogs.requirement_picker import RequirementPicker
from gui.dialogs.wording import WordingEditor
from gui.documents.page_view import PageView
from gui.documents.version_switch import PUBLIC, name_of
from gui.forms.form import Form
from gui.forms.sections import Section
from gui.lists.filters import button
from gui.widgets.styled import CalmCombo, label
from models.domain.text.naming import file_name, free_name
from models.errors import Refusal
from models.queries.selection.choices import Selection

if TYPE_CHECKING:
    from exporters.composing import Composed, Options
    from models.paper.elements import Paper


class ExportDocument(QDialog):
    """Options on the left, the wording or the pages on the right, the file at the foot."""

    def __init__(
        self, context: Context, kind: str, records: Mapping[str, Any], chosen: str, parent: QWidget | None,
        *, offered: Sequence[Range] = (),
    ) -> None:  # fmt: skip
        super().__init__(parent)
        from exporters.composing import kind_of

        self._context, self._kind, self._records = context, kind_of(kind), records
        self._offered = offered
        self._ticks, self._selection = Ticks(), Selection()
        self._target: Path | None = None
        self._composed = self._public = False
        self._whole: Paper
        self._later = QTimer(self, singleShot=True, interval=400)
        self._later.timeout.connect(self.compose)
        self.setWindowTitle(f"导出{self._kind.name}")
        fit(self, 1260, 690)
        self._options = QVBoxLayout()
        self._build_options(chosen)
        self.wording = WordingEditor()
        self.pages = PageView()
        self.views = QTabWidget()
        self.views.addTab(self.wording, "文字（可修改）")
        self.views.addTab(self.pages, "版面预览")
        self.views.currentChanged.connect(self._view_changed)
        self._build()

    def _build_options(self, chosen: str) -> None:
        title = Label(self._kind.name)
        title.setProperty("class", "title")
        hidden = set[str]() if len(self._offered) > 1 else self._without
        names = tuple(name for name in FIELDS if name in self._kind.options and name not in hidden)
        self.form = Form(self._context, FIELDS, [Section("公文", names)])
        for name in ("number", "theme", "addressees"):
            self.form.widen(name)
        self._proposed = self._propose_number()
        self.form.edited.connect(self._later.start)
        self._choices = Choices(self._context, self._kind, self._later.start)
        self.requirements = RequirementPicker(self._context, self._kind.key)
        self.requirements.setVisible("requirements" in self._kind.slots)
        self.requirements.edited.connect(self._later.start)
        for part in (title, self._range(chosen), self.form):
            self._options.addWidget(part)
        self._options.addLayout(self._choices)
        self._options.addWidget(self.requirements)
        self.stamped = QCheckBox("盖“草稿”戳（送签时去掉）")
        self.stamped.setChecked(True)
        self.stamped.toggled.connect(lambda: self._view_changed(self.views.currentIndex()))
        self._options.addWidget(self.stamped)
        self._options.addStretch(1)
        self._ask_conditions()

    def _range(self, chosen: str) -> QWidget:
        """What the records are looked for in: told where there is no choice, else chosen."""
        if len(self._offered) < 2:
            return label(f"写入{chosen}。", "muted")
        self.range = CalmCombo()
        self.range.setAccessibleName("写入范围")
        for one in self._offered:
            self.range.addItem(f"写入{one.name}" if one.records else one.name, one.records)
        self.range.currentIndexChanged.connect(self._range_chosen)
        return self.range

    def _range_chosen(self, at: int) -> None:
        self._records = self._offered[at].records
        self._ask_conditions()
        self._later.start()

    def _ask_conditions(self) -> None:
        """Days and units are asked for where no list's rows are chosen."""
        for name in CONDITIONS & self.form.cells.keys():
            self.form.show_field(name, shown=name not in self._without)

    def _propose_number(self) -> str:
        """The next 发文字号 stands in its field, to be taken, changed or cleared."""
        from models.services.documents import next_number

        if "number" not in self.form.cells:
            return ""
        with self._context.workspace.reading() as session:
            number = next_number(session, self._kind.key, self._context.workspace.today.year)
        self.form["number"].show_value(number)
        return number

    @property
    def _without(self) -> set[str]:
        # The records are chosen in the list already: asking again for days and units would only confuse.
        if not self._records:
            return set()
        return set(CONDITIONS - {"unit_ids"} if self._kind.to_one_unit else CONDITIONS)

    def _build(self) -> None:
        left = QFrame()
        left.setProperty("class", "paper")
        left.setLayout(self._options)
        self._options.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        self._options.setSpacing(theme.MEDIUM)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setWidget(left)
        scroll.setFixedWidth(520)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(scroll)
        middle.addWidget(self.views, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(middle, 1)
        layout.addWidget(self._foot())
        self._doing[-1].setDefault(True)  # in the dialog by now: before, Qt would take the first button

    def _foot(self) -> QWidget:
        foot = QFrame()
        rows = QVBoxLayout(foot)
        rows.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, theme.SMALL)
        rows.setSpacing(theme.SMALL)
        self._said = Label()
        self._said.setWordWrap(True)
        self._said.setProperty("class", "muted")
        rows.addWidget(self._said)
        self.left_out = LeftOutLine()
        self.left_out.asked.connect(self.choose_left_out)
        rows.addWidget(self.left_out)
        line = QHBoxLayout()
        line.setSpacing(theme.SMALL)
        line.addStretch(1)
        rows.addLayout(line)
        self._doing = [
            button("换个位置…", self._choose_target),
            button("编辑、检查、印发…", self.open_editor),
            button("导出 PDF", lambda: self.write("pdf")),
            button("打印…", self.print_),
            button("导出 Word", lambda: self.write("docx"), "primary"),
        ]
        for one in self._doing:
            line.addWidget(one)
        line.addWidget(button("取消", self.reject))
        return foot

    def showEvent(self, event: QShowEvent) -> None:
        """Compose as soon as the dialog is there."""
        super().showEvent(event)
        if not self._composed:
            self.compose()

    # ---- composing

    def options(self) -> "Options":
        """What was chosen.

        Raises:
            Refusal: a field does not read.
        """
        from exporters.composing import Options

        values, problems = self.form.values()
        if problems:
            self.form.complain(problems)
            raise Refusal(*problems)
        given: dict[str, Any] = {
            name: value for name, value in values.items() if value not in (None, "", []) and name not in self._without
        }
        for name in ("addressees", "signers"):
            if name in given:
                given[name] = tuple(part for part in given[name].replace("，", "、").split("、") if part)
        given |= self._choices.given()
        if (picks := self.requirements.picks()) is not None:
            given["requirement_ids"] = picks
        ticks = self._ticks
        more = {"ticks": ticks.reasons, "approver": ticks.approver, "leave_out": ticks.leave_out}
        return Options(**{**given, **self._records, **more})

    def choose_left_out(self, first: str = "") -> None:
        """List what is left out, those of one reason first; what the clerk ticks is written in."""
        ticks = ask(self._context, self._kind.key, self._selection, self._ticks, self, first=first)
        if ticks is not None:
            self._ticks = ticks
        self.compose()

    def compose(self) -> None:
        """Compose in the background and show the wording."""
        try:
            options = self.options()
        except Refusal:
            return
        from exporters.composing import composed

        workspace, kind = self._context.workspace, self._kind.key
        self._composed = True

        def work(_progress: object) -> "Composed":
            with workspace.reading() as session:
                return composed(session, kind, options)

        self._context.runner.run("正在起草…", work, self._show, self._refused)

    def _refused(self, error: BaseException) -> None:
        if not isinstance(error, Refusal):
            error_reporting.tell(error)
            return
        from exporters.composing import NothingToWrite

        self._show_left_out(error.selection if isinstance(error, NothingToWrite) else Selection())
        self._said.setText(error.sentence)
        self._said.setProperty("class", "wrong")
        self._restyle()
        self._usable(False)

    def _show_left_out(self, selection: Selection) -> None:
        self._selection = selection
        self.left_out.show_selection(selection)

    def _show(self, made: "Composed") -> None:
        from models.paper import masking

        paper = made.paper
        self._show_left_out(made.selection)
        public = self.options().version == "public"
        if public != self._public:
            self.wording.follow(paper, public=public)
        self._whole, self._public = paper, public
        self.pages.set_stamp(name_of(public=public))
        self.requirements.show_picks(made.requirement_ids)
        self.wording.show_paper(masking.public(paper) if public else paper)
        self._usable(True)
        self._said.setProperty("class", "muted")
        self._restyle()
        self._say_target()
        if self.views.currentIndex() == 1:
            self._paint_pages()

    def _restyle(self) -> None:
        self._said.style().unpolish(self._said)
        self._said.style().polish(self._said)

    def _usable(self, usable: bool) -> None:
        for one in self._doing:
            one.setEnabled(usable)

    # ---- the pages

    @property
    def stamp(self) -> str:
        """What every page is stamped with: nothing here is issued."""
        return DRAFT if self.stamped.isChecked() else ""

    def _photo(self, sha256: str) -> Path:
        from models.storage.attachments import path_of

        return path_of(self._context.folder, sha256)

    def _view_changed(self, index: int) -> None:
        if index == 1 and self._composed:
            self._paint_pages()

    def _paint_pages(self) -> None:
        from exporters.pages import lay_out

        self.pages.show_layout(lay_out(self.wording.paper(), self._photo, stamp=self.stamp))

    def open_editor(self) -> None:
        """Go on in the editor, where the document is changed beside its pages, checked, printed and issued."""
        import msgspec

        from exporters.composing import settled
        from gui.documents.window import open_paper
        from models.paper import editing, masking

        options, paper = settled(self.options(), self._selection), self.wording.paper()
        if "requirements" in self._kind.slots:  # what stands in it now is what the next of the kind proposes
            options = msgspec.structs.replace(options, requirement_ids=self.requirements.ticked())
        if options.number == self._proposed:
            # A draft is numbered when it is issued: till then the number is free for another.
            options = msgspec.structs.replace(options, number="")
            paper = editing.with_fields(paper, {"number": ""})
        if self._public:
            paper = masking.internal(paper, self._whole)  # a draft keeps the names, and the choice beside them
        parent = self.parentWidget()
        self.accept()
        open_paper(self._context, paper, msgspec.to_builtins(options), parent.window() if parent else None)

    # ---- the file

    def _folder(self) -> Path:
        return self._context.state.folder("export")

    def target(self, suffix: str) -> Path:
        """Where the file goes: the place that was picked, or the proposed name in the folder used last."""
        if self._target is not None:
            return self._target.with_suffix(f".{suffix}")
        paper, folder = self.wording.paper(), self._folder()
        mark = f"（{PUBLIC}）" if self._public else ""
        name = file_name(paper.title + mark, number=paper.header.number, suffix=suffix)
        return folder / free_name(name, [one.name for one in folder.iterdir()])

    def _say_target(self) -> None:
        self._said.setText(f"保存到：{self.target('docx')}")

    def _choose_target(self) -> None:
        target = ask_file(self, "保存到", self.target("docx"), (".docx", ".pdf"), self._context.folder)
        if target is not None:
            self._target = target
            self._context.state.use_folder("export", self._target.parent)
            self._say_target()

    def write(self, suffix: str) -> None:
        """Write the file in the background, then say where it is."""
        from exporters.composing import settled, to_data  # composing takes long to load
        from models.paper import masking  # likewise

        paper, target, stamp = self.wording.paper(), self.target(suffix), self.stamp
        options = to_data(settled(self.options(), self._selection))
        whole = masking.internal(paper, self._whole) if self._public else paper
        sent, folder = Sent(whole=whole, public=self._public, options=options), self._context.folder

        def work(_progress: object) -> Path:
            export(folder, paper, target, sent, stamp=stamp)
            return target

        self._usable(False)
        self._context.runner.run(f"正在写出 {target.name}…", work, self._written, self._unwritten)

    def _unwritten(self, error: BaseException) -> None:
        self._usable(True)
        error_reporting.tell(error)

    def _written(self, target: Path) -> None:
        self._usable(True)
        self._context.state.use_folder("export", target.parent)
        self._context.status(f"已导出{name_of(public=self._public)}：{target.name}{self._named(target)}")
        if Finished(target, self.print_, self).exec():
            self.accept()

    def _named(self, target: Path) -> str:
        """What is said of a public version's file whose name says whom it masks."""
        from models.paper.masking import named_in

        names = named_in(self._whole, target.name) if self._public else []
        return f"。文件名里有{'、'.join(names)}的全名，公开前请改文件名。" if names else ""

    def print_(self) -> None:
        """Print the pages as the preview shows them."""
        from exporters.pages import lay_out
        from gui.documents.printing import print_layouts

        paper = self.wording.paper()
        print_layouts([lay_out(paper, self._photo, stamp=self.stamp)], paper.title.replace("\n", ""), self)
