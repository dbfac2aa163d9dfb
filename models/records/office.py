"""The office itself and whom it knows: campaigns, units, people, sites."""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Mapped

from models.domain.findings.deadlines import NEAR_WORKDAYS
from models.records import fields as f
from models.records.base import Record
from models.records.fields import FieldOrder


class Office(Record):
    """本机构: the one row that says whose data folder this is."""

    __tablename__ = "office"
    noun = "本机构"

    role: Mapped[str] = f.line(
        "角色", required=True, help="county 县级指挥部办公室，unit 乡镇或部门", codes="office_role"
    )
    name: Mapped[str] = f.line("单位全称", required=True, limit=60)
    short_name: Mapped[str] = f.line("单位简称", required=True, limit=30)
    county_name: Mapped[str] = f.line("县（区）名称", limit=30, help="正文里称呼本县用，如“云水县”")
    mark: Mapped[str] = f.line("发文机关标志", limit=60, help="红头上的机关名称，不带“文件”")
    number_code: Mapped[str] = f.line("发文代字", limit=20, help="文号年份前的字，如“云防指办”")
    printer: Mapped[str] = f.line("印发机关", limit=60)
    signer: Mapped[str] = f.line("默认签发人", limit=30, editor="person")
    contact: Mapped[str] = f.line("联系人", limit=30)
    phone: Mapped[str] = f.line("联系电话", limit=40, editor="phone")
    copy_to: Mapped[str] = f.text("默认抄送", limit=2000)
    addressees: Mapped[str] = f.text("默认主送", limit=2000)
    known_addressees: Mapped[str] = f.text(
        "常用主送", limit=4000, help="名册以外常发文的机关，每行一个；检查主送时认得它们"
    )
    near_days: Mapped[int] = f.number("临期提醒", default=NEAR_WORKDAYS, help="时限前几个工作日开始亮蓝灯、列入临期")
    visit_limit: Mapped[int] = f.number(
        "走访提醒", default=0, help="九十天里要求、走访同一单位满几次时提醒；0 为不提醒"
    )
    shrink_photos: Mapped[bool] = f.flag("照片存入时缩小", help="长边缩到 2000 像素，省磁盘和 U 盘；原件的校验值仍留存")
    fonts: Mapped[dict[str, Any]] = f.data("字体")
    settings: Mapped[dict[str, Any]] = f.data("其他设置")
    demo: Mapped[bool] = f.flag("演示数据", hidden=True)
    epoch: Mapped[str] = f.line("数据批次", hidden=True)
    unit_id: Mapped[int | None] = f.ref("本单位", "unit")


class Campaign(Record):
    """专项: what the inspections are about this season."""

    __tablename__ = "campaign"
    noun = "专项"
    field_order = FieldOrder(
        columns=("name starts_on ends_on active basis"),
    )

    name: Mapped[str] = f.line("专项名称", required=True, limit=40, travels_since=1, column=f.SHOWN)
    starts_on: Mapped[dt.date | None] = f.day("开始日期", travels_since=1, column=f.SHOWN)
    ends_on: Mapped[dt.date | None] = f.day("结束日期", travels_since=1, column=f.SHOWN)
    basis: Mapped[str] = f.text("依据文件", limit=500, travels_since=1, column=f.SHOWN)
    active: Mapped[bool] = f.flag("当前专项", default=True, column=f.SHOWN)
    legal_basis: Mapped[str] = f.line(
        "法律依据", limit=200, help="如：《防汛条例》第十五条；写入整改通知书开头", column=f.IN_FORM
    )
    notice_issuer: Mapped[str] = f.line(
        "通知书签发机关", limit=60, help="法律规定由别的机关签发整改通知书的填写，如县林业局", column=f.IN_FORM
    )
    notice_type: Mapped[str] = f.choice(
        "整改通知书文种",
        "notice_type",
        help="不填为“通知”；不相隶属的用“函”，法律写明通知书的用“通知书”",
        column=f.IN_FORM,
    )


_NAME = f.FormSection("")
_CONTACTS = f.FormSection("负责人与联系")
_CHANGES = f.FormSection("变更", folded=True)


class Unit(Record):
    """单位: township, village, department, hospital, company, school."""

    __tablename__ = "unit"
    noun = "单位"
    field_order = FieldOrder(
        columns=(
            "name short_name kind parent_id leader phone rank leader_post deputy deputy_post contact closed_on note"
        ),
    )

    name: Mapped[str] = f.line(
        "单位名称",
        required=True,
        limit=60,
        index=True,
        travels_since=1,
        sheet=f.SheetColumn(aliases=("单位", "名称", "单位全称")),
        section=_NAME,
        column=f.SHOWN,
    )
    short_name: Mapped[str] = f.line("简称", limit=30, travels_since=1, section=_NAME, column=f.SHOWN)
    kind: Mapped[str] = f.choice("单位类别", "unit_kind", required=True, travels_since=1, section=_NAME, column=f.SHOWN)
    parent_id: Mapped[int | None] = f.ref("上级单位", "unit", travels_since=1, section=_NAME, column=f.SHOWN)
    rank: Mapped[int | None] = f.number("排序号", help="列表和文中的先后，小的在前", travels_since=1, section=_NAME)
    leader: Mapped[str] = f.line("主要负责人", limit=30, section=_CONTACTS, column=f.SHOWN)
    leader_post: Mapped[str] = f.line("负责人职务", limit=40, section=_CONTACTS)
    deputy: Mapped[str] = f.line("分管负责人", limit=30, section=_CONTACTS)
    deputy_post: Mapped[str] = f.line("分管负责人职务", limit=40, section=_CONTACTS)
    contact: Mapped[str] = f.line("联系人", limit=30, section=_CONTACTS)
    phone: Mapped[str] = f.line("联系电话", limit=40, editor="phone", section=_CONTACTS, column=f.SHOWN)
    former_names: Mapped[str] = f.text(
        "曾用名", limit=1000, help="每行一个，可写明起止日期或并入的单位", section=_CHANGES, column=f.IN_FORM
    )
    closed_on: Mapped[dt.date | None] = f.day("撤并日期", section=_CHANGES)
    merged_into_id: Mapped[int | None] = f.ref("并入单位", "unit", section=_CHANGES, column=f.IN_FORM)
    pinyin: Mapped[str] = f.line(
        "拼音", hidden=True, index=True, travels_since=1, sheet=f.PINYIN, column=f.PINYIN, searched=True
    )
    note: Mapped[str] = f.text("备注", limit=1000, section=_CHANGES)


class Person(Record):
    """人员: one row a person, so that namesakes stay apart."""

    __tablename__ = "person"
    noun = "人员"
    field_order = FieldOrder(
        form=("name unit_id post phone identities former_posts note"),
    )

    name: Mapped[str] = f.line("姓名", required=True, limit=30, index=True, editor="person", column=f.SHOWN)
    unit_id: Mapped[int | None] = f.ref("单位", "unit", column=f.SHOWN)
    post: Mapped[str] = f.line("职务", limit=60, column=f.SHOWN)
    identities: Mapped[list[str]] = f.choices("身份", "identity", column=f.SHOWN)
    phone: Mapped[str] = f.line("电话", limit=40, editor="phone", column=f.SHOWN)
    former_posts: Mapped[str] = f.text("任职经历", limit=1000, help="每行一段，如“2020年3月—2022年1月 城关镇副镇长”")
    pinyin: Mapped[str] = f.line("拼音", hidden=True, index=True, column=f.PINYIN, searched=True)
    note: Mapped[str] = f.text("备注", limit=1000)


class Site(Record):
    """点位: a place that is inspected."""

    __tablename__ = "site"
    noun = "点位"

    name: Mapped[str] = f.line(
        "点位名称",
        required=True,
        limit=60,
        index=True,
        travels_since=1,
        sheet=f.SheetColumn(aliases=("点位", "名称", "场所名称")),
        column=f.ListColumn(shown=True, width=160),
    )
    kind: Mapped[str] = f.choice(
        "点位类别",
        "site_kind",
        required=True,
        travels_since=1,
        sheet=f.SheetColumn(aliases=("类别", "场所类别")),
        column=f.SHOWN,
    )
    unit_id: Mapped[int | None] = f.ref(
        "属地单位",
        "unit",
        required=True,
        travels_since=1,
        sheet=f.SheetColumn(aliases=("属地", "所属乡镇", "乡镇")),
        column=f.SHOWN,
    )
    department_id: Mapped[int | None] = f.ref("行业主管部门", "unit", travels_since=1, column=f.SHOWN)
    address: Mapped[str] = f.line("地址", limit=100, travels_since=1, column=f.ListColumn(shown=True, width=180))
    contact: Mapped[str] = f.line("负责人", limit=30, column=f.SHOWN)
    phone: Mapped[str] = f.line("电话", limit=40, editor="phone", column=f.SHOWN)
    pinyin: Mapped[str] = f.line(
        "拼音", hidden=True, index=True, travels_since=1, sheet=f.PINYIN, column=f.PINYIN, searched=True
    )
    note: Mapped[str] = f.text("备注", limit=1000)
