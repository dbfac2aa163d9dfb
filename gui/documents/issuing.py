"""Issuing a draft: the number, the check, and what will be marked."""

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from gui.core import icons, theme
from gui.core.context import Context
from gui.core.drops import LineInput
from gui.core.operation import Operation
from gui.core.plain_text import Label, add_row
from gui.documents.draft_session import Draft
from gui.lists.filters import button
from models.paper import editing
from models.paper.checks.notices import Notice
from models.paper.kinds import BULLETINS
from models.paper.titles import issue_of, with_issue
from models.queries.facts import documents as register
from models.records import Document
from models.services import documents


class IssueDialog(QDialog):
    """Proposes the next number, shows what the check says, and issues with one button."""

    def __init__(self, context: Context, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._draft = context, draft
        self._before = draft.paper
        self.setWindowTitle("印发")
        self.setMinimumWidth(560)
        self.number, self.issue_number, self.reason = LineInput(), LineInput(), LineInput()
        self.reason.setPlaceholderText("文号不连续或重复时填写，如：第8号留给联合行文")
        self.notices = QListWidget()
        self.notices.setWordWrap(True)
        self._said = Label()
        self._said.setWordWrap(True)
        self._propose()
        self._build()
        self._look()

    def _propose(self) -> None:
        paper = self._draft.paper
        year = paper.signature.date.year if paper.signature else self._context.workspace.today.year
        with self._context.workspace.reading() as session:
            found = documents.propose(session, paper.kind, year)
            numbered = documents.numbered(session, paper)
        self.number.setText(numbered.header.number)
        self.issue_number.setText(str(issue_of(numbered.title) or ""))
        self.issue_number.setPlaceholderText(f"不编期号；要编的，下一期是第 {found.issue} 期")

    def _build(self) -> None:
        form = QFormLayout()
        form.setSpacing(theme.SMALL)
        add_row(form, "发文字号", self.number)
        if self._draft.paper.kind in BULLETINS:
            add_row(form, "期号", self.issue_number)
        add_row(form, "原因", self.reason)
        for field in (self.number, self.issue_number, self.reason):
            field.editingFinished.connect(self._look)
        line = QHBoxLayout()
        line.addStretch(1)
        self.go = button("印发", self.issue, "primary")
        line.addWidget(self.go)
        line.addWidget(button("先不印发", self.reject))
        known = "；所列问题和案件记为“已通报”" if self._draft.paper.kind in BULLETINS else ""
        told = Label(f"印发后正文定稿，不能再改，文号不再重用{known}。")
        told.setProperty("class", "muted")
        told.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.HUGE, theme.HUGE, theme.HUGE, theme.LARGE)
        layout.setSpacing(theme.MEDIUM)
        layout.addWidget(told)
        layout.addLayout(form)
        for part in (self._said, self.notices):
            layout.addWidget(part)
        layout.addLayout(line)

    def _apply_numbers(self) -> None:
        paper, digits = self._draft.paper, self.issue_number.text().strip()
        issue = int(digits) if digits.isdecimal() else None
        change = {"number": self.number.text().strip(), "title": with_issue(paper.title, issue)}
        self._draft.edit("定文号", editing.with_fields(paper, change))
        if self._draft.dirty:
            self._draft.save()

    def _look(self) -> None:
        """Save the draft with its number and check it; once it is issued a field that loses the cursor asks nothing."""
        if self._draft.read_only:
            return
        self.notices.clear()

        def look() -> Sequence[Notice]:
            self._apply_numbers()
            return self._draft.notices(self.reason.text().strip())

        check = Operation(look, self).on_success(self._show_notices)
        check.on_failure(lambda refusal: self._say(refusal.sentence, stop=True)).run()

    def _show_notices(self, found: Sequence[Notice]) -> None:
        for notice in found:
            colour = theme.ACCENT if notice.severity == "error" else theme.AMBER
            self.notices.addItem(notice.sentence)
            self.notices.item(self.notices.count() - 1).setIcon(icons.icon("alert-triangle", colour))
        errors = sum(notice.severity == "error" for notice in found)
        self.notices.setVisible(bool(found))
        if errors:
            self._say(f"有 {errors} 处必须先改正。", stop=True)
        else:
            self._say("下面几处请再看一眼，确认无误即可印发。" if found else "检查没有发现问题。", stop=False)

    def _say(self, sentence: str, *, stop: bool) -> None:
        self._said.setText(sentence)
        self.go.setEnabled(not stop)

    def issue(self) -> None:
        """Issue it; what stands against it is said here."""
        assert self._draft.document_id is not None

        def deed() -> None:
            documents.issue(
                self._context.workspace,
                self._draft.document_id or 0,
                self._draft.version,
                gap_reason=self.reason.text().strip(),
                despite_warnings=True,
            )

        if Operation(deed, self).say_failure(self._refused).run():
            self._draft.reread()
            self._context.status(f"已印发：{self.number.text().strip()}{self._not_executed()}")
            self.accept()

    def _not_executed(self) -> str:
        """Of the cases made known, those that stay at 决定 because they were not carried out yet."""
        with self._context.workspace.reading() as session:
            document = session.get_one(Document, self._draft.document_id)
            codes = [case.code for case in register.not_executed(session, document)]
        return f"。案件{'、'.join(codes)}尚未宣布执行，阶段仍为“决定”。" if codes else ""

    def reject(self) -> None:
        """Not issued: a number that was only proposed does not stay in the draft."""
        if not self._draft.read_only:
            self._draft.edit("先不印发", self._before)
            self._draft.save()
        super().reject()

    def _refused(self, sentence: str) -> None:
        self._say(sentence, stop=True)
