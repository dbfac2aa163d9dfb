"""The fields around a paper's text: number, dates, signature, colophon."""

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from gui.core import theme
from gui.core.plain_text import Label
from gui.documents.draft_session import Draft
from gui.forms.form import Form
from gui.forms.sections import Section
from gui.widgets.styled import CalmCombo
from models.errors import Refusal
from models.paper import editing
from models.paper.elements import Paper
from models.paper.kinds import FORMATS
from models.paper.titles import issue_of, with_issue
from models.records.fields import Field

FIELDS = {
    "number": Field("发文字号", "line", limit=200, help="如：云防指办〔2022〕7号"),
    "issue": Field("期号", "number", help="印在标题末尾，如：（第7期）；不编的空着"),
    "subtitle": Field("副标题", "line", limit=200, help="印在标题下面"),
    "organs": Field("发文机关标志", "line", limit=200, help="联合行文时几个机关之间用顿号，牵头机关在前"),
    "mark_suffix": Field("标志后缀", "line", help="一般为“文件”，也可不加"),
    "signers": Field("签发人", "line", help="上行文填写，几人之间用顿号；填写后发文字号移到左边"),
    "secrecy": Field("密级和保密期限", "line"),
    "urgency": Field("紧急程度", "line"),
    "copy_number": Field("份号", "line", help="六位数字"),
    "signing_organs": Field("署名", "line", limit=200, help="几个机关之间用顿号"),
    "date": Field("成文日期", "day"),
    "sealed": Field("加盖印章", "flag"),
    "note": Field("附注", "line", limit=200, help="印在成文日期下面的括号里"),
    "approver": Field("批准人", "line", limit=60, help="点名通报、问责建议由谁批准；只登记，不印出"),
    "approved_on": Field("批准日期", "day"),
    "copy_to": Field("抄送", "text", help="几个单位之间用逗号，每行一类"),
    "printer": Field("印发机关", "line", limit=200),
    "print_date": Field("印发日期", "day"),
    "blank_before_colophon": Field("版记印在偶数页", "flag"),
}
SECTIONS = (
    Section(
        "版头", ("number", "organs", "mark_suffix", "issue", "subtitle", "signers", "urgency", "secrecy", "copy_number")
    ),
    Section("署名", ("signing_organs", "date", "sealed", "note")),
    Section("批准", ("approver", "approved_on")),
    Section("版记", ("copy_to", "printer", "print_date", "blank_before_colophon")),
)
LISTS = frozenset({"organs", "signers", "signing_organs"})
SECRET = ("秘密", "机密", "绝密")


class HeadEditor(QScrollArea):
    """Shows and changes what stands around the text; a moment after typing the pages follow."""

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent, widgetResizable=True)
        self._draft = draft
        self._shown: dict[str, Any] = {}
        self._later = QTimer(self, singleShot=True, interval=300)
        self._later.timeout.connect(self._take)
        self.format = CalmCombo()
        for key, name in FORMATS.items():
            self.format.addItem(name, key)
        self.format.activated.connect(lambda _n: self._take())
        self.form = Form(draft.context, FIELDS, list(SECTIONS))
        self.form.edited.connect(self._later.start)
        self._secret = Label("涉密内容不能在这台电脑上处理，登记簿里只留文号和日期。请删去标题和正文，另行办理。")
        self._secret.setProperty("class", "urgent")
        self._secret.setWordWrap(True)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.MEDIUM, theme.MEDIUM, theme.MEDIUM, theme.MEDIUM)
        column.setSpacing(theme.SMALL)
        for part in (self.format, self._secret, self.form):
            column.addWidget(part)
        column.addStretch(1)
        self.setWidget(inside)
        draft.changed.connect(self._reload)
        self._reload()

    def go_to(self, part: str) -> None:
        """Put the cursor into the first field of header, signature or colophon."""
        first = {"header": "number", "signature": "signing_organs", "colophon": "copy_to"}
        self.form.go_to(first[part])

    def _reload(self) -> None:
        values = _values(self._draft.paper)
        if values != self._shown:
            self._shown = values
            self.form.show_values(values)
        self.format.setCurrentIndex(list(FORMATS).index(self._draft.paper.format))
        self.format.setEnabled(not self._draft.read_only)
        self.form.set_read_only(self._draft.read_only)
        self._secret.setVisible(self._draft.paper.header.secrecy.startswith(SECRET))

    def _take(self) -> None:
        values, problems = self.form.values()
        self.form.complain(problems)
        wrong = {problem.field for problem in problems}
        changed = {n: v for n, v in values.items() if n not in wrong and v != self._shown.get(n)}
        paper = self._draft.paper
        if self.format.currentData() != paper.format:
            changed["format"] = self.format.currentData()
        for name, value in changed.items():
            try:
                paper = _with(paper, name, value)
            except Refusal as refusal:
                self._draft.context.status(refusal.sentence)
        self._shown = _values(paper)
        self._draft.edit("修改版头版记", paper, "header", typed=True)


def _values(paper: Paper) -> dict[str, Any]:
    header, signature, colophon = paper.header, paper.signature, paper.colophon
    return {
        "number": header.number,
        "issue": issue_of(paper.title),
        "subtitle": paper.subtitle,
        "organs": "、".join(header.organs),
        "mark_suffix": header.mark_suffix,
        "signers": "、".join(header.signers),
        "secrecy": header.secrecy,
        "urgency": header.urgency,
        "copy_number": header.copy_number,
        "signing_organs": "、".join(signature.organs) if signature else "",
        "date": signature.date if signature else None,
        "sealed": bool(signature and signature.sealed),
        "note": paper.note,
        "approver": paper.approver,
        "approved_on": paper.approved_on,
        "copy_to": "\n".join(colophon.copy_to) if colophon else "",
        "printer": colophon.printer if colophon else "",
        "print_date": colophon.print_date if colophon else None,
        "blank_before_colophon": paper.blank_before_colophon,
    }


def _with(paper: Paper, name: str, value: Any) -> Paper:
    if name == "issue":
        return editing.with_fields(paper, {"title": with_issue(paper.title, value)})
    return editing.with_fields(paper, {name: _typed(name, value)})


def _typed(name: str, value: Any) -> Any:
    if name in LISTS:
        return tuple(part.strip() for part in str(value).replace("，", "、").split("、") if part.strip())
    return tuple(line.strip() for line in value.split("\n") if line.strip()) if name == "copy_to" else value
