"""Documents that were composed and issued, and the files that belong to records."""

import datetime as dt
from typing import Any

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from models.domain.documents.states import GIVEN
from models.paper.kinds import NAMES
from models.records import fields as f
from models.records.base import Record
from models.records.fields import FieldOrder


class Document(Record):
    """发文. ``content`` is the paper as JSON (models.paper): live in a draft, frozen once issued."""

    __tablename__ = "document"
    noun = "发文"
    field_order = FieldOrder(
        columns=(
            "number kind issue title dated_on state addressees signer copy_to approver approved_on secrecy urgency"
            " gap_reason voided_on void_reason campaign_id"
        ),
        sheet=(
            "kind number issue title addressees copy_to signer dated_on state secrecy urgency gap_reason campaign_id"
            " approver approved_on"
        ),
    )

    kind: Mapped[str] = f.line(
        "文种",
        required=True,
        limit=40,
        index=True,
        sheet=f.SheetColumn(words=tuple(NAMES.values())),
        codes="document_kind",
        column=f.SHOWN,
    )
    campaign_id: Mapped[int | None] = f.ref("专项", "campaign")
    state: Mapped[str] = f.line(
        "状态",
        limit=10,
        index=True,
        hidden=True,
        sheet=f.SheetColumn(words=GIVEN),
        column=f.ListColumn(shown=True, width=80),
    )
    number: Mapped[str] = f.line(
        "发文字号",
        limit=60,
        index=True,
        sheet=f.SheetColumn(help="如“云防指办〔2022〕7号”"),
        column=f.ListColumn(shown=True, width=176),
    )
    number_year: Mapped[int | None] = f.number("年份", hidden=True, sheet=f.PROGRAM, column=f.PROGRAM)
    number_serial: Mapped[int | None] = f.number("序号", hidden=True, sheet=f.PROGRAM, column=f.PROGRAM)
    issue: Mapped[int | None] = f.number("期号", column=f.ListColumn(shown=True, width=56))
    issue_year: Mapped[int | None] = f.number("期号年份", hidden=True, sheet=f.PROGRAM, column=f.PROGRAM)
    title: Mapped[str] = f.line("标题", limit=300, column=f.ListColumn(shown=True, width=280))
    addressees: Mapped[str] = f.text("主送", limit=2000, column=f.SHOWN)
    copy_to: Mapped[str] = f.text("抄送", limit=2000)
    signer: Mapped[str] = f.line("签发人", limit=60, editor="person", column=f.SHOWN)
    approver: Mapped[str] = f.line("批准人", limit=60, editor="person", help="点名通报、问责建议由谁批准")
    approved_on: Mapped[dt.date | None] = f.day("批准日期")
    dated_on: Mapped[dt.date | None] = f.day("成文日期", index=True, column=f.SHOWN)
    secrecy: Mapped[str] = f.choice("密级", "secrecy")
    urgency: Mapped[str] = f.choice("紧急程度", "urgency")
    copy_number: Mapped[str] = f.line(
        "份号", limit=10, sheet=f.Absent("a copy has a number, the entry in the register has none"), column=f.IN_FORM
    )
    content: Mapped[bytes | None] = mapped_column(LargeBinary, default=None)
    options: Mapped[dict[str, Any]] = f.data("起草选项", sheet=f.PROGRAM, column=f.PROGRAM)
    issued_at: Mapped[dt.datetime | None] = mapped_column(default=None)
    hashes: Mapped[dict[str, Any]] = f.data("文件校验值", sheet=f.PROGRAM, column=f.PROGRAM)
    gap_reason: Mapped[str] = f.line("文号不连续原因", limit=200)
    void_reason: Mapped[str] = f.line(
        "撤回或作废原因", limit=200, hidden=True, sheet=f.Absent("told in the ledger by what became of the document")
    )
    voided_on: Mapped[dt.date | None] = f.day(
        "撤回或作废日期", hidden=True, sheet=f.Absent("told in the ledger by what became of the document")
    )
    historical: Mapped[bool] = f.flag("补录", hidden=True, sheet=f.PROGRAM, column=f.PROGRAM)


class DocumentRecord(Record):
    """Which records a document covers, so that their history says by which document."""

    __tablename__ = "document_record"
    noun = "发文所涉记录"

    document_id: Mapped[int | None] = f.ref("发文", "document", required=True)
    table: Mapped[str] = f.line("表", limit=40)
    record_uuid: Mapped[str] = f.line("记录", limit=32, index=True)


class Attachment(Record):
    """附件: a file kept by the hash of its bytes; belongs to one record."""

    __tablename__ = "attachment"
    noun = "附件"

    owner_table: Mapped[str] = f.line("所属表", limit=40, hidden=True, travels_since=1, travels_always=True)
    owner_uuid: Mapped[str] = f.line(
        "所属记录", limit=32, index=True, hidden=True, travels_since=1, travels_always=True
    )
    sha256: Mapped[str] = f.line("校验值", limit=64, index=True, hidden=True, travels_since=1, travels_always=True)
    original_sha256: Mapped[str] = f.line("原件校验值", limit=64, hidden=True, travels_since=1)
    name: Mapped[str] = f.line("文件名", required=True, limit=200, travels_since=1, travels_always=True)
    media_type: Mapped[str] = f.line("类型", limit=80, hidden=True, travels_since=1)
    size: Mapped[int] = f.number("大小（字节）", default=0, hidden=True, travels_since=1)
    taken_on: Mapped[dt.date | None] = f.day("取证日期", past=True, travels_since=1)
    role: Mapped[str] = f.line(
        "用途", limit=20, help="整改前、整改后、佐证、签章扫描件", travels_since=1, suggests="attachment_role"
    )
    description: Mapped[str] = f.line("说明", limit=200, travels_since=1)
