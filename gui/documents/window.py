"""A document beside its pages: edited, checked, printed, exported, issued."""

import gc
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QMenu,
    QMessageBox,
    QSplitter,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from exporters.pages import Layout, lay_out
from exporters.returned.sent_copies import Sent, export
from gui.core import error_reporting, icons, theme
from gui.core.context import Context
from gui.core.operation import Operation
from gui.core.plain_text import Label, MessageBox, set_tip
from gui.core.save_file import ask_file
from gui.core.screen_fit import fit, scrolled
from gui.dialogs.export_done import Finished
from gui.documents import left_out, register
from gui.documents.block_editor import PartsEditor
from gui.documents.block_list import parts_of_keys
from gui.documents.check_list import NoticeList
from gui.documents.draft_session import Draft
from gui.documents.figure_clicks import key_of
from gui.documents.figure_sources import show_sources
from gui.documents.header_fields import HeadEditor
from gui.documents.issuing import IssueDialog
from gui.documents.page_view import PageView
from gui.documents.version_switch import PUBLIC, VersionBar, name_of
from gui.lists.filters import button
from gui.widgets.styled import tool
from models.domain.documents.states import DocumentState
from models.domain.text.naming import file_name, free_name
from models.errors import Refusal
from models.paper.checks.before_issue import Notice
from models.paper.elements import Figure
from models.paper.figures import figures_of
from models.paper.kinds import is_blank
from models.paper.masking import named_in
from models.queries.selection.choices import Selection
from models.services import documents

REST = 400
"""Milliseconds without new pages after which their fonts are looked at."""
LEFT = 480
"""Width the parts have at first, px; on a small screen they leave two fifths to the pages."""


class DocumentWindow(QDialog):
    """Parts and fields on the left, pages on the right, deeds above."""

    def __init__(self, context: Context, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.context, self.draft = context, draft
        draft.setParent(self)
        self._layout: Layout | None = None
        self._sought = ""
        self._found: list[Notice] = []
        self._resting = QTimer(self, singleShot=True, interval=REST)
        self._resting.timeout.connect(self._tell_fonts)
        self.pages = PageView()
        self.parts = PartsEditor(draft)
        self._parts_page = scrolled(self.parts)
        self.head = HeadEditor(draft)
        self.notices = NoticeList(draft)
        fit(self, 1280, 720)
        self._build()
        self._connect()
        self._tell()
        self.parts.list.setFocus()
        error_reporting.later(draft, draft.lay_out)

    # ---- building

    def _build(self) -> None:
        self.tabs = QTabWidget()
        for page, name in ((self._parts_page, "正文"), (self.head, "版头和版记"), (self.notices, "检查")):
            self.tabs.addTab(page, name)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.tabs)
        split.addWidget(self._seen())
        left = min(LEFT, self.width() * 3 // 5)
        split.setSizes([left, self.width() - left])
        split.setChildrenCollapsible(False)
        split.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bar())
        layout.addWidget(split, 1)
        layout.addWidget(self._foot())

    def _seen(self) -> QWidget:
        """The pages under the switch of the two versions."""
        seen = QFrame()
        self.versions = VersionBar(self.draft)
        column = QVBoxLayout(seen)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.versions)
        column.addWidget(self.pages, 1)
        return seen

    def _bar(self) -> QWidget:
        bar = QFrame()
        bar.setProperty("class", "panel-head")
        line = QHBoxLayout(bar)
        line.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.MEDIUM, theme.SMALL)
        line.setSpacing(theme.SMALL)
        self.save_button = button("保存草稿", self.save)
        set_tip(self.save_button, "Ctrl+S")
        self.undo_button = self._tool("arrow-back-up", "撤销上一步修改（Ctrl+Z）", self.undo)
        self.refresh_button = button("按最新记录更新", self.recompose)
        self.check_button = button("检查", self.check)
        self.left_button = button("未写入…", self.choose_left_out)
        self.sources_button = button("数字出处…", self.show_sources)
        for one in (self.save_button, self.undo_button, self.refresh_button, self.left_button, self.check_button):
            line.addWidget(one)
        line.addWidget(self.sources_button)
        line.addStretch(1)
        self._state = Label()
        line.addWidget(self._state)
        line.addStretch(1)
        for one in (
            self._menu("导出", {"Word 文档": lambda: self.export("docx"), "PDF": lambda: self.export("pdf")}),
            button("打印…", self.print_),
        ):  # fmt: skip
            line.addWidget(one)
        self.issue_button = button("印发…", self.issue, "primary")
        line.addWidget(self.issue_button)
        self.more = self._menu("更多", {
            name: partial(self._after_issue, deed)
            for name, deed in (
                ("查看签章扫描件", register.show_scan), ("附上或更换签章扫描件…", register.attach_scan),
                ("撤回…", register.withdraw), ("作废…", register.void),
            )
        })  # fmt: skip
        line.addWidget(self.more)
        return bar

    def _tool(self, icon: str, tip: str, do: Callable[[], object]) -> QToolButton:
        one = tool("", "flat", tip)
        one.setIcon(icons.icon(icon))
        one.setIconSize(QSize(18, 18))
        one.setAccessibleName(tip)
        one.clicked.connect(do)
        return one

    def _menu(self, label: str, deeds: dict[str, Callable[[], object]]) -> QToolButton:
        one = QToolButton()
        one.setText(f"{label} ▾")
        one.setProperty("class", "button")
        one.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(one)
        for name, do in deeds.items():
            menu.addAction(name).triggered.connect(lambda _checked=False, do=do: do())
        one.setMenu(menu)
        return one

    def _foot(self) -> QWidget:
        foot = QFrame()
        foot.setProperty("class", "panel-foot")
        line = QHBoxLayout(foot)
        line.setContentsMargins(theme.MEDIUM, theme.TINY, theme.MEDIUM, theme.TINY)
        self._said, self._page, self._fonts = Label(), Label(), Label()
        self._fonts.setProperty("class", "muted")
        line.addWidget(self._said, 1)
        line.addWidget(self._fonts)
        line.addWidget(self._page)
        line.addWidget(self._tool("minus", "缩小", lambda: self.pages.zoom_by(-1)))
        line.addWidget(self._tool("plus", "放大", lambda: self.pages.zoom_by(1)))
        return foot

    def _connect(self) -> None:
        self.draft.laidOut.connect(self._show_pages)
        self.draft.changed.connect(self._tell)
        self.draft.recounted.connect(lambda told: self.say(f"已随之改数：{told}。"))
        self.draft.kept.connect(lambda: self.say(f"已自动保存 {self.context.workspace.now:%H:%M}"))
        self.pages.partClicked.connect(self._clicked)
        for one in (self.pages.figureClicked, self.parts.figureAsked):
            one.connect(self.show_sources)
        self.parts.chosen.connect(self._seek)
        self.notices.chosen.connect(self._go_to)
        self.notices.editWanted.connect(self._edit_at)
        self.notices.recordWanted.connect(self.open_record)
        self.notices.mended.connect(self.check)
        self.pages.pageChanged.connect(lambda at, of: self._page.setText(f"第 {at} 页，共 {of} 页"))
        for keys, do in (
            ("Ctrl+S", self.save), ("Ctrl+Z", self.undo), ("Ctrl+Y", self.redo), ("Ctrl+P", self.print_),
        ):  # fmt: skip
            QShortcut(QKeySequence(keys), self).activated.connect(do)

    # ---- showing

    def _seek(self, part: str) -> None:
        """Bring a part into sight; one that was just put in or moved has its place once the pages follow."""
        if self.draft.waits:
            self._sought = part
        else:
            self.pages.select(part)

    def _show_pages(self, layout: Layout) -> None:
        if self._layout is None:
            # Looking through everything a long document holds takes the collector longer than a key may wait.
            gc.freeze()
        self._layout = layout
        self.pages.show_layout(layout)
        self._mark()
        if self._sought:
            self.pages.select(self._sought)
            self._sought = ""
        self._resting.start()

    def _tell_fonts(self) -> None:
        """What the pages wanted and this computer lacks; looking through a long document waits for a rest."""
        layout = self._layout
        assert layout is not None
        missing = [f"{wanted} 用 {used} 代替" for wanted, used in layout.missing_fonts.items()]
        rare = "".join(layout.missing_characters)
        told = [f"本机缺 {len(missing)} 种字体" if missing else "", f"生僻字：{rare[:8]}" if rare else ""]
        self._fonts.setText("；".join(filter(None, told)))
        set_tip(self._fonts, "\n".join([*missing, "Word 文档仍按规定字体写出。"] if missing else []))

    def _tell(self) -> None:
        draft = self.draft
        version = name_of(public=draft.public)
        self.pages.set_stamp(version)
        title = draft.paper.title.replace("\n", "")
        self.setWindowTitle(f"{'*' if draft.dirty else ''}{title}（{version}） - 督查通")
        state = draft.state if draft.document_id else "未保存"
        self._state.setText(f"{state}　{draft.paper.header.number}" if draft.read_only else state)
        self.tabs.setTabVisible(self.tabs.indexOf(self.notices), not draft.read_only)
        editing = (self.save_button, self.refresh_button, self.left_button, self.check_button)
        for one in (*editing, self.issue_button, self.undo_button):
            one.setVisible(not draft.read_only)
        for one in (self.refresh_button, self.left_button):  # a free paper is made of no records
            one.setVisible(not draft.read_only and not is_blank(draft.paper.kind))
        self.more.setVisible(draft.read_only)
        self.save_button.setEnabled(draft.dirty)

    def _clicked(self, part: str) -> None:
        if part in ("header", "signature", "colophon"):
            self.tabs.setCurrentWidget(self.head)
        else:
            self.tabs.setCurrentWidget(self._parts_page)
            self.parts.choose(part)

    def _go_to(self, part: str, record: str) -> None:
        self.pages.select(part)
        self.parts.choose(part)
        self.parts.grid.choose_record(record)

    def _edit_at(self, part: str) -> None:
        """Put the cursor where a finding of the check can be put right."""
        if part in ("header", "signature", "colophon"):
            self.tabs.setCurrentWidget(self.head)
            self.head.go_to(part)
        else:
            self.tabs.setCurrentWidget(self._parts_page)
            self.parts.choose(part)
            self.parts.enter()

    def say(self, sentence: str) -> None:
        """A sentence at the foot."""
        self._said.setText(sentence)

    # ---- deeds

    def save(self) -> bool:
        """Keep the draft; what stands against it is said at the foot."""
        save = Operation(self.draft.save, self).on_success(lambda _: self.say("草稿已保存。"))
        return save.say_failure(self.say).run()

    def undo(self) -> None:
        """Take the last edit back."""
        label = self.draft.undo()
        self.say(f"已撤销：{label}" if label else "没有可以撤销的修改。")

    def redo(self) -> None:
        """Do it again."""
        self.draft.redo()

    def choose_left_out(self) -> None:
        """List what the draft leaves out, to tick it in."""
        left_out.choose(self.draft, self.say, self.recompose, self)

    def show_sources(self, figure: Figure | None = None) -> None:
        """List where the numbers come from, the one that was clicked or the chosen part's first."""
        paper = self.draft.paper
        of_part = figures_of(paper, key_of(paper, self.parts.part))
        show_sources(self.context, paper, figure or next(iter(of_part), None), self)

    def recompose(self) -> None:
        """Take what the records say now; hand edits stay."""

        def done(mismatches: tuple[Any, ...], selection: Selection) -> None:
            kept = f"，有 {len(mismatches)} 处手工修改与记录不一致，见“检查”" if mismatches else ""
            left = f"{selection.summary}。" if selection.summary else ""
            self.say(f"已按最新记录更新{kept}。{left}")
            self.notices.show_notices((), mismatches)
            self._found = []
            self._mark()

        self.draft.recompose(done, self.say)

    def check(self) -> None:
        """Save, then show what the check before issue finds."""
        if self.draft.dirty and not self.save():
            return
        # A draft has no number until the dialog of issuing proposes one.
        found = [notice for notice in self.draft.notices() if notice.code != "number_missing"]
        self.notices.show_notices(found, self.draft.mismatches)
        self._found = found
        self._mark()
        self.tabs.setCurrentWidget(self.notices)

    def _mark(self) -> None:
        """Mark in the pages what the check found, where it stands now."""
        parts = parts_of_keys(self.draft.paper, {notice.key for notice in self._found})
        told: dict[str, str] = {}
        for notice in self._found:
            part = parts[notice.key]
            told[part] = "\n".join(filter(None, (told.get(part, ""), notice.sentence)))
        self.pages.set_notices(told)

    def issue(self) -> None:
        """Ask for the number, check and issue."""
        if self.draft.dirty and not self.save():
            return
        if IssueDialog(self.context, self.draft, self).exec():
            self.notices.show_notices((), ())
            self._found = []
            self._mark()
            self.say(f"已印发：{self.draft.paper.header.number}")
        self._tell()

    def print_(self) -> None:
        """Print the pages of the text as it stands, with what the preview does not show yet."""
        from gui.documents.printing import print_layouts

        layout = lay_out(self.draft.paper, self.draft.photo, stamp=self.draft.stamp)
        version = name_of(public=self.draft.public)
        if print_layouts([layout], f"{self.draft.paper.title}（{version}）".replace("\n", ""), self):
            self.say(f"{version}已送打印机。")

    def export(self, suffix: str) -> None:
        """Write the version that is looked at; an issued one notes the file's hash."""
        paper = self.draft.paper
        folder = self.context.state.folder("export")
        mark = f"（{PUBLIC}）" if self.draft.public else ""
        name = file_name(paper.title + mark, number=paper.header.number, suffix=suffix)
        taken = [one.name for one in folder.iterdir()]
        proposed = folder / free_name(name, taken)
        target = ask_file(self, "保存到", proposed, (f".{suffix}",), self.context.folder)
        if target is not None:
            self.write(target)

    def write(self, target: Path) -> None:
        """Write one file in the background, then say where it is."""
        draft, paper, masked = self.draft, self.draft.paper, self.draft.public
        stamp, at, folder = draft.stamp, draft.issued_at, self.context.folder
        sent = Sent(whole=draft.whole, public=masked, document=draft.uuid, options=draft.options)

        def work(_progress: object) -> Path:
            export(folder, paper, target, sent, stamp=stamp, at=at)
            return target

        self.context.runner.run(f"正在写出 {target.name}…", work, lambda path: self._written(path, masked=masked))

    def _written(self, target: Path, *, masked: bool) -> None:
        self.context.state.use_folder("export", target.parent)
        names = named_in(self.draft.whole, target.name) if masked else []
        told = f"。文件名里有{'、'.join(names)}的全名，公开前请改文件名。" if names else ""
        self.say(f"已导出{name_of(public=masked)}：{target.name}{told}")
        if self.draft.state == DocumentState.ISSUED and self.draft.document_id:
            import hashlib

            sha256 = hashlib.sha256(target.read_bytes()).hexdigest()
            documents.note_export(self.context.workspace, self.draft.document_id, target.name, sha256, masked=masked)
            self.draft.reread()
        Finished(target, self.print_, self).exec()

    def _after_issue(self, deed: Callable[[Context, int, QWidget], str]) -> None:
        """A deed on the issued document; the window then shows how it stands."""
        document_id = self.draft.document_id
        if document_id is not None:
            work = Operation(lambda: deed(self.context, document_id, self), self)
            work.on_success(self.say).say_failure(self.say).run()
            self.draft.reread()

    def open_record(self, ref: str) -> None:
        """Open the record a notice speaks of ("table:uuid")."""
        from gui.dialogs.edit_record import open_ref

        open_ref(self.context, ref, self)

    def reject(self) -> None:
        """Nothing typed is lost: Esc and the cross ask what becomes of an unsaved draft."""
        if self.draft.dirty and not self._may_leave():
            return
        gc.unfreeze()
        super().reject()

    def _may_leave(self) -> bool:
        box = MessageBox(self, QMessageBox.Icon.Question, "这份文稿还有修改没有保存。")
        save = box.addButton("保存草稿", QMessageBox.ButtonRole.AcceptRole)
        without = box.addButton("不保存", QMessageBox.ButtonRole.DestructiveRole)
        stay = box.addButton("继续编辑", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(save)
        box.setEscapeButton(stay)
        box.exec()
        return box.clickedButton() is without or (box.clickedButton() is save and self.save())


def open_document(context: Context, document_id: int, parent: QWidget | None) -> DocumentWindow | None:
    """Open a draft or an issued document; None where it holds no text, which is then said."""
    try:
        draft = Draft.of_document(context, document_id)
    except Refusal as refusal:
        context.status(refusal.sentence)
        return None
    return _shown(DocumentWindow(context, draft, parent))


def open_paper(context: Context, paper: Any, options: dict[str, Any], parent: QWidget | None) -> DocumentWindow:
    """Open a freshly composed paper."""
    return _shown(DocumentWindow(context, Draft(context, paper, options), parent))


def print_documents(context: Context, ids: list[int], parent: QWidget | None) -> None:
    """Print several documents at once, each from a front side on; what holds no text is left out and said."""
    from gui.documents.printing import print_layouts

    layouts, without = [], 0
    for id_ in ids:
        try:
            draft = Draft.of_document(context, id_)
        except Refusal:
            without += 1
        else:
            layouts.append(lay_out(draft.paper, draft.photo, stamp=draft.stamp))
    if layouts:
        print_layouts(layouts, f"{len(layouts)} 份公文", parent)
    if without:
        context.status(f"有 {without} 条发文没有正文，没有打印。")


def _shown(window: DocumentWindow) -> DocumentWindow:
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    window.show()
    return window
