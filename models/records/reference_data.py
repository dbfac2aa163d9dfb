"""What the office keeps for itself: phrases, dictionaries, calendar, number series, drafts."""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Mapped

from models.records import fields as f
from models.records.base import Record


class Phrase(Record):
    """常用语: a phrase block of one document kind, such as its lead or its closing."""

    __tablename__ = "phrase"
    noun = "常用语"

    document_kind: Mapped[str] = f.line("文种", limit=40, index=True, codes="document_kind", column=f.SHOWN)
    slot: Mapped[str] = f.line("位置", limit=20, codes="slot", column=f.SHOWN)
    name: Mapped[str] = f.line("名称", limit=40, column=f.SHOWN)
    text: Mapped[str] = f.text(
        "内容",
        required=True,
        help="{开始日期}、{问题数} 这样的名称，起草时换成实际内容",
        column=f.ListColumn(shown=True, width=360),
    )
    default: Mapped[bool] = f.flag("默认使用", column=f.SHOWN)
    position: Mapped[int | None] = f.number("排序号", column=f.IN_FORM)


class Term(Record):
    """字典项: one choice of one dictionary."""

    __tablename__ = "term"
    noun = "字典项"

    dictionary: Mapped[str] = f.line("字典", limit=40, index=True, codes="dictionary", column=f.SHOWN)
    name: Mapped[str] = f.line("名称", required=True, limit=100, column=f.ListColumn(shown=True, width=200))
    group: Mapped[str] = f.line("分组", limit=40, column=f.SHOWN)
    position: Mapped[int | None] = f.number("排序号", column=f.SHOWN)
    retired: Mapped[bool] = f.flag("停用", column=f.SHOWN)


class Holiday(Record):
    """节假日: a day off, or a day worked to make up for one."""

    __tablename__ = "holiday"
    noun = "节假日"

    on: Mapped[dt.date | None] = f.day("日期", required=True, index=True, column=f.SHOWN)
    name: Mapped[str] = f.line("名称", limit=40, column=f.SHOWN)
    works: Mapped[bool] = f.flag("调休上班", column=f.ListColumn(shown=True, width=96))


class Sequence(Record):
    """编号: the last number used of one series in one year."""

    __tablename__ = "sequence"
    noun = "编号"

    series: Mapped[str] = f.line("系列", limit=60, index=True)
    year: Mapped[int] = f.number("年份")
    last: Mapped[int] = f.number("最后号", default=0)


class Draft(Record):
    """草稿: a form that was typed into and not yet saved. Not logged."""

    __tablename__ = "draft"
    noun = "草稿"

    form: Mapped[str] = f.line("表单", limit=80, index=True)
    record_id: Mapped[int | None] = f.number("记录")
    seen_version: Mapped[int | None] = f.number("所见版本")
    values: Mapped[dict[str, Any]] = f.data("内容")
