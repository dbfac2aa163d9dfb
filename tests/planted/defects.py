"""The mistakes that are planted: each changes a clean paper in one place, as a clerk's hand would."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import msgspec

from models.paper import editing
from models.paper.editing import key_of
from models.paper.elements import Annex, Colophon, Paper, Paragraph, Table

Planted = tuple[Paper, str]
"""The paper with the mistake, and the part it stands in: "title", "blocks.3"."""
Plant = Callable[[Paper], Planted | None]
_replace = msgspec.structs.replace


@dataclass(frozen=True, slots=True)
class Defect:
    """One kind of mistake; ``only`` names the kinds of document it makes sense in."""

    name: str
    plant: Plant
    only: tuple[str, ...] = ()


def _bodies(paper: Paper) -> Iterator[tuple[int, Paragraph]]:
    """Paragraphs with a sentence, the last ones first: those in front are looked at anyway."""
    for at in range(len(paper.blocks) - 1, -1, -1):
        block = paper.blocks[at]
        if isinstance(block, Paragraph) and len(block.text) > 15:
            yield at, block


def _text(change: Callable[[str], str | None]) -> Plant:
    """Change the text of the first paragraph that has something to change."""

    def plant(paper: Paper) -> Planted | None:
        for at, block in _bodies(paper):
            text = change(block.text)
            if text is not None and text != block.text:
                return editing.replace_text(paper, at, text), f"blocks.{at}"
        return None

    return plant


def swap(pattern: str, new: str) -> Plant:
    """Something in a paragraph becomes something else, once."""
    return _text(lambda text: re.sub(pattern, new, text, count=1) if re.search(pattern, text) else None)


def after(text: str) -> Plant:
    """A sentence more at the end of a paragraph."""
    return _text(lambda before: before + text if before.endswith("。") else None)


def field(**values: object) -> Plant:
    """A field around the text becomes another."""
    place = {"title": "title", "addressees": "addressees", "number": "number", "urgency": "header", "secrecy": "header",
             "signing_organs": "signature", "print_date": "colophon", "copy_to": "colophon"}  # fmt: skip

    def plant(paper: Paper) -> Planted | None:
        if paper.format == "plain" and not {"title"} & set(values):
            return None
        if {"print_date", "copy_to"} & set(values) and paper.colophon is None:
            paper = _replace(paper, colophon=Colophon())
        return editing.with_fields(paper, values), place[next(iter(values))]

    return plant


def title(change: Callable[[str], str]) -> Plant:
    """Another title."""
    return lambda paper: (_replace(paper, title=change(paper.title)), "title")


def block(*blocks: str) -> Plant:
    """Paragraphs of the clerk's own at the end; the mistake stands in the last."""

    def plant(paper: Paper) -> Planted | None:
        for text in blocks:
            paper = editing.add(paper, len(paper.blocks), Paragraph(text))
        return paper, f"blocks.{len(paper.blocks) - 1}"

    return plant


def first_of(*blocks: str) -> Plant:
    """The same, but the mistake stands in the first of them."""

    def plant(paper: Paper) -> Planted | None:
        made = block(*blocks)(paper)
        assert made
        return made[0], f"blocks.{len(made[0].blocks) - len(blocks)}"

    return plant


def again(paper: Paper) -> Planted | None:
    """A paragraph once more at the end."""
    for _at, one in _bodies(paper):
        return editing.add(paper, len(paper.blocks), Paragraph(one.text)), f"blocks.{len(paper.blocks)}"
    return None


def lead_count(by: int) -> Plant:
    """The number of problems in the lead is off."""

    def plant(paper: Paper) -> Planted | None:
        for at, one in enumerate(paper.blocks):
            found = re.search(r"问题(\d+)个|存在(\d+)个问题", getattr(one, "text", ""))
            if key_of(one).startswith("lead") and found and isinstance(one, Paragraph):
                number = int(found[1] or found[2])
                wrong = found[0].replace(str(number), str(number + by))
                return editing.replace_text(paper, at, one.text.replace(found[0], wrong)), f"blocks.{at}"
        return None

    return plant


def group_count(paper: Paper) -> Planted | None:
    """The number in a group's heading is off by one."""
    for at, one in enumerate(paper.blocks):
        found = re.search(r"（(\d+)个问题", getattr(one, "heading", ""))
        if found and isinstance(one, Paragraph):
            heading = one.heading.replace(found[0], f"（{int(found[1]) + 1}个问题")
            return editing.replace_text(paper, at, one.text, heading), f"blocks.{at}"
    return None


def dropped(paper: Paper) -> Planted | None:
    """A problem is taken out of its group, the numbers stay: told where a number stands."""
    for at, one in enumerate(paper.blocks):
        if isinstance(one, Paragraph) and "个问题" in one.heading and "；" in one.text:
            return editing.replace_text(paper, at, one.text.partition("；")[2]), "lead"
    return None


def misspelt_name(paper: Paper) -> Planted | None:
    """A party's given name has another character where it stands for the second time."""
    for at, one in enumerate(paper.blocks):
        for found in re.finditer(
            r"(?:主任|书记|镇长|局长|所长|站长|员)([一-鿿]{3})(?=[、，对作])", getattr(one, "text", "")
        ):
            if isinstance(one, Paragraph) and key_of(one).startswith("case:"):
                wrong = found[1][:2] + "鑫"
                text = one.text[: found.start(1)] + wrong + one.text[found.end(1) :]
                return editing.replace_text(paper, at, text), f"blocks.{at}"
    return None


def misspelt_unit(paper: Paper) -> Planted | None:
    """A township's name has another character where the clerk adds a sentence about it."""
    whole = "\n".join(getattr(one, "text", "") + getattr(one, "heading", "") for one in paper.blocks)
    names = re.findall(r"[一-鿿]{2,4}(?:镇|乡)(?=（)", whole) + re.findall(r"对([一-鿿]{2,4}[镇乡])", whole)
    if not names:
        return None
    wrong = f"{names[0][:-2]}禾{names[0][-1]}"
    return block(f"请{wrong}人民政府认真整改，举一反三。")(paper)


def annexed_table(rows: tuple[tuple[str, ...], ...]) -> Plant:
    """A table of the clerk's own in an attachment that the text speaks of."""

    def plant(paper: Paper) -> Planted | None:
        from models.paper.elements import Column

        made = block("有关情况见附件。")(paper)
        assert made
        columns = tuple(Column(name) for name in ("序号", "单位", "问题数"))
        annex = Annex("统计表", (Table(columns, rows),))
        number = len(made[0].annexes)
        return editing.add_annex(made[0], number, annex), f"annexes.{number}.blocks.0"

    return plant


def dated(days: int) -> Plant:
    """The paper is dated some days before the newest thing it tells."""

    def plant(paper: Paper) -> Planted | None:
        if paper.signature is None:
            return None
        made = block("6月30日，督查组再次检查发现仍有2处未登记。")(paper)
        assert made
        day = dt.date(2024, 6, 30) - dt.timedelta(days)
        return editing.with_fields(made[0], {"date": day}), made[1]

    return plant


_NAMED = re.compile(r"(?:主任|书记|镇长|局长|所长|站长|员)([一-鿿]{3})(?=[、，对作])")
_REPORTS = ("rectification_report", "inspection_report", "self_inspection_report")
DEFECTS: tuple[Defect, ...] = (
    Defect("XX left", swap(r"。", "，XX镇未落实。")),
    Defect("×× left", after("请××单位落实。")),
    Defect("blank line left", after("联系人____。")),
    Defect("braces left", after("由{责任单位}负责。")),
    Defect("（单位名称） left", after("由（单位名称）负责。")),
    Defect("○○ left", after("○○镇要加强值守。")),
    Defect("day not filled in", after("请于 月 日前报送。")),
    Defect("X month", after("请于X月X日前报送。")),
    Defect("（待核实）", after("共有卡口9处（待核实）。")),
    Defect("某镇", after("某镇整改不力。")),
    Defect("lead one more", lead_count(1), ("findings_bulletin", "inspection_report", "period_summary")),
    Defect("lead ten more", lead_count(10), ("findings_bulletin", "rectification_notice")),
    Defect("group one more", group_count, ("findings_bulletin", "inspection_report")),
    Defect("problem taken out", dropped, ("findings_bulletin",)),
    Defect("count of a list", after("要抓好三个方面：一是排查；二是整改。")),
    Defect("items announced", first_of("提出以下三项要求：", "1.立即整改。", "2.按时报送。")),
    Defect("sum of a sentence", block("逾期未办9个（甲镇5个、乙镇3个）。")),
    Defect("parts over whole", block("检查点位12个，其中合格7个、不合格6个。")),
    Defect("total at the end", block("甲镇3个、乙镇4个，共8个。")),
    Defect("rate", block("发现问题40个，已整改30个，整改率85%。")),
    Defect("over 100 %", block("按时办结率达到120%。")),
    Defect("table total", annexed_table((("1", "甲镇", "3"), ("2", "乙镇", "4"), ("合计", "", "8")))),
    Defect("table serial", annexed_table((("1", "甲镇", "3"), ("2", "乙镇", "4"), ("4", "丙镇", "8")))),
    Defect("inside ordinals", after("一是立即整改；二是举一反三；四是按时报送。")),
    Defect("typed ordinals", block("1.立即整改。", "2.举一反三。", "4.按时报送。")),
    Defect("more faulty than visited", block("走访点位10个，其中存在问题的点位12个。")),
    Defect("name misspelt", misspelt_name, ("accountability_bulletin",)),
    Defect("unit misspelt", misspelt_unit, ("findings_bulletin", "period_summary", "rectification_report")),
    Defect("deadline past", after("请于6月1日前报送整改情况。"), ("findings_bulletin", *_REPORTS)),
    Defect("deadline past, other words", after("整改情况限5月底前报送。"), ("findings_bulletin", "period_summary")),
    Defect("deadline past, numerals", after("要求在六月一日之前完成整改。"), ("findings_bulletin",)),
    Defect("fact after the date", dated(10)),
    Defect("no such day", after("6月31日前要完成整改。")),
    Defect("no such hour", after("6月3日25时10分再次抽查。")),
    Defect("period reversed", after("6月10日至6月5日为集中整改期。")),
    Defect("weekday", after("6月3日（星期五）再次抽查。")),
    Defect("leading zero", after("2024年06月03日再次抽查。")),
    Defect("printed before", field(print_date=dt.date(2024, 6, 1)), ("findings_bulletin", "accountability_bulletin")),
    Defect("wrong type", title(lambda t: re.sub(r"(通报|通知书?|报告|函|总结|方案)$", "请示", t))),
    Defect("no type", title(lambda t: re.sub(r"的?(通报|通知书?|报告|函|总结|方案)$", "", t))),
    Defect("stop after the title", title(lambda t: f"{t}。")),
    Defect("？ in the title", title(lambda t: t.replace("关于", "关于？"))),
    Defect("特此 of another type", block("特此函告。"), ("findings_bulletin", "accountability_bulletin", *_REPORTS)),
    Defect("asks inside a report", block("以上意见妥否，请批示。"), ("inspection_report", "rectification_report")),
    Defect("no addressees", field(addressees=()), ("rectification_notice", "reminder", "rectification_report")),
    Defect("unknown addressee", field(addressees=("县督察委",)), ("findings_bulletin", "rectification_notice")),
    Defect("addressee twice", field(addressees=("县委", "县委")), ("findings_bulletin", "rectification_report")),
    Defect("signature of another", field(signing_organs=("某某镇人民政府",)), ("findings_bulletin", "reminder")),
    Defect("urgency", field(urgency="急急急"), ("findings_bulletin", "accountability_bulletin")),
    Defect("number's brackets", field(number="云指办[2024]07号"), ("findings_bulletin", "reminder")),
    Defect("number's year", field(number="云指办〔2023〕1号"), ("findings_bulletin", "accountability_bulletin")),
    Defect("cited number", after("按照云指办[2024]6号文件要求落实。")),
    Defect("annex missing", after("具体问题见附件9。")),
    Defect("bracket not closed", after("各单位要压实责任（特别是值守责任，按时报送。")),
    Defect("quote not closed", after("坚决防止“一阵风。")),
    Defect("half-width comma", after("各单位要压实责任,按时报送。")),
    Defect("two marks", after("各单位要压实责任，。")),
    Defect("no stop", _text(lambda text: text[:-1] if text.endswith("。") and "，" in text else None)),
    Defect("paragraph twice", again),
    Defect("sentence twice", after("各单位要压实值守责任。各单位要压实值守责任。")),
    Defect("word twice", after("各单位要认真认真抓好整改。")),
    Defect("miswritten", after("各单位要按照统一布署抓好整改。")),
    Defect("mobile number", after("张明（13812345678）负责。")),
    Defect("identity number", after("张明（110101199003071234）负责。")),
    Defect("empty paragraph", block(" ")),
)  # fmt: skip
