"""Totals of the time before the office began with the program."""

import datetime as dt

from sqlalchemy.orm import Mapped

from models.domain.openings import FIGURES
from models.records import fields as f
from models.records.base import Record
from models.records.fields import FieldOrder

_PERIOD = f.FormSection("哪一段、哪个单位")
_FIGURES = f.FormSection("数字（约数写“30余”，没有统计的不填）")
_DOUBLE = f.FormSection("与已录入的记录")
_LIMIT = 12


def _figure(name: str, *, shown: bool = False) -> Mapped[str]:
    column = f.ListColumn(shown=shown, width=96)
    made: Mapped[str] = f.line(FIGURES[name], limit=_LIMIT, section=_FIGURES, help="如 41 或 30余", column=column)
    return made


class OpeningFigures(Record):
    """期初数: added to the totals of summaries, statistics and 首页, which say so; in no list and no filter."""

    __tablename__ = "opening_figures"
    noun = "期初数"
    field_order = FieldOrder()

    campaign_id: Mapped[int | None] = f.ref("专项", "campaign", section=_PERIOD, column=f.SHOWN)
    unit_id: Mapped[int | None] = f.ref(
        "单位", "unit", help="不填为全部单位", section=_PERIOD, column=f.ListColumn(shown=True, width=120)
    )
    starts_on: Mapped[dt.date | None] = f.day("开始日期", required=True, section=_PERIOD, column=f.SHOWN)
    ends_on: Mapped[dt.date | None] = f.day(
        "结束日期", required=True, help="在录入的第一条记录之前", section=_PERIOD, column=f.SHOWN
    )
    inspections: Mapped[str] = _figure("inspections", shown=True)
    sites_visited: Mapped[str] = _figure("sites_visited", shown=True)
    problem_sites: Mapped[str] = _figure("problem_sites")
    problems: Mapped[str] = _figure("problems", shown=True)
    solved: Mapped[str] = _figure("solved", shown=True)
    from_above: Mapped[str] = _figure("from_above")
    from_above_solved: Mapped[str] = _figure("from_above_solved")
    suggestions: Mapped[str] = _figure("suggestions")
    findings_bulletins: Mapped[str] = _figure("findings_bulletins")
    accountability_bulletins: Mapped[str] = _figure("accountability_bulletins")
    source: Mapped[str] = f.line(
        "来源", limit=200, help="数字出自哪里，如“1至5月工作总结”", section=_PERIOD, column=f.SHOWN
    )
    includes_recorded: Mapped[bool] = f.flag(
        "已含录入的记录", help="勾选的，这段时间里已录入的记录不再重复计", section=_DOUBLE
    )
    not_double: Mapped[str] = f.line(
        "不重复的说明", limit=200, help="录入的记录早于结束日期、又不在期初数里的，写明是哪些", section=_DOUBLE
    )
    note: Mapped[str] = f.text("备注", limit=1000)

    @property
    def title(self) -> str:
        """Its period names it."""
        return f"{self.starts_on}至{self.ends_on}期初数"
