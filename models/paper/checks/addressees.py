"""To whom a paper goes, and who signs it."""

import re
from collections.abc import Iterator
from typing import Final

from models.paper.checks.heads import type_of
from models.paper.checks.notices import ADDRESSEES, COLOPHON, HEADER, SIGNATURE, Mend, Notice, Subject
from models.paper.kinds import BULLETINS

UNDIRECTED: Final = frozenset(
    (
        "通报", "公告", "通告", "公报", "纪要", "决定", "决议", "命令", "方案", "计划", "总结", "办法", "细则",
        "规定", "规则", "制度", "清单", "台账", "名单", "简报", "专报", "快报", "周报", "月报", "讲话",
        "倡议书", "说明", "要点", "预案", "规划",
    )
)  # fmt: skip
"""Types of papers that may go to nobody in particular (公文条例 article 8)."""
URGENCIES: Final = frozenset({"特急", "加急", "特提", "平急"})
_SECRECY = re.compile(r"(绝密|机密|秘密)(★(?:\d{1,2}年|\d{1,2}个月|长期))?")
_GROUP = re.compile(r"^(?:乡镇|街道)|各|有关|全体|所属|直属|县直|区直|市直|直各|成员单位|部门单位")
_ABOVE = re.compile(
    r"^(?:中共|国务院|中央)|^[一-鿿]{0,8}?(?:省|市|州|盟|自治区)(?!场)[一-鿿]{0,20}(?:委|府|部|厅|局|办|办公室|指挥部|小组|委员会|专班|组)$"
)
_KNOWN = re.compile(
    r"(?:县|区|旗|市)(?:委|政府|人民政府|人大|政协|纪委|监委|纪委监委|法院|检察院|人大常委会)(?:常委会)?(?:办公室|办)?$"
    r"|(?:委|政府)(?:办公室|组织部|宣传部|统战部|政法委|督查室)$"
)
_ALL_IN_ONE = re.compile("[、，；,;]")


def directed(subject: Subject) -> Iterator[Notice]:
    """No 主送 in a paper that is directed at somebody; a bulletin may have none."""
    paper = subject.paper
    if (paper.kind and paper.format == "plain") or paper.addressees or paper.kind in BULLETINS:
        return
    said = type_of(paper.title)
    report = paper.format == "plain" and said in ("", "报告", "汇报")
    if paper.kind not in ("", "free_paper") or (said not in UNDIRECTED and not report):
        yield Notice("addressees", "没有写主送机关。", ADDRESSEES)


def unknown(subject: Subject) -> Iterator[Notice]:
    """An addressee that is no unit, group, superior or organ the office knows."""
    organs = subject.facts.organs
    if not organs:
        return
    for name in subject.paper.addressees:
        for one in filter(None, map(str.strip, _ALL_IN_ONE.split(name))):
            if one not in organs and not (_GROUP.search(one) or _ABOVE.search(one) or _KNOWN.search(one)):
                sentence = f"主送“{one}”不在单位名册和常用主送里，请核对名称。"
                mend = Mend(keep=one, label="加入常用主送")
                yield Notice("addressee_unknown", sentence, ADDRESSEES, mend=mend)


def twice(subject: Subject) -> Iterator[Notice]:
    """主送 that is 抄送 too, or stands there twice; two 主送 of a paper that goes upward."""
    paper = subject.paper
    to = [one for name in paper.addressees for one in map(str.strip, _ALL_IN_ONE.split(name)) if one]
    copies = {one.strip("。 ") for line in (paper.colophon.copy_to if paper.colophon else ())
              for one in _ALL_IN_ONE.split(line)}  # fmt: skip
    for one in dict.fromkeys(one for one in to if one in copies):
        yield Notice("copied_too", f"“{one}”既是主送又是抄送，请从抄送里删去。", COLOPHON)
    for one in dict.fromkeys(one for one in to if to.count(one) > 1):
        yield Notice("addressee_twice", f"主送里“{one}”写了两次，请删去一处。", ADDRESSEES)
    upward = paper.header.upward or type_of(paper.title) == "请示"
    if upward and len(to) > 1 and not _committee_and_government(to):
        sentence = f"上行文一般只主送一个上级机关，现在有{len(to)}个，其余可以抄送。"
        yield Notice("two_superiors", sentence, ADDRESSEES)


def _committee_and_government(to: list[str]) -> bool:
    """县委、县政府: one level, reported to together by custom."""
    ends = {"委" if one.endswith("委") else "府" if one.endswith("政府") else one for one in to}
    return len(to) == 2 and ends == {"委", "府"}


def signers(subject: Subject) -> Iterator[Notice]:
    """署名 that is not the organ the paper is issued by."""
    paper = subject.paper
    if paper.signature is None or not paper.header.organs:
        return
    mark = [_bare(one) for one in paper.header.organs if one.strip()]
    signed = [_bare(one) for one in paper.signature.organs if one.strip()]
    if mark and signed and set(mark) != set(signed):
        organs = tuple(one.removesuffix("文件") for one in paper.header.organs)
        sentence = f"署名“{'、'.join(signed)}”与发文机关“{'、'.join(mark)}”不一致，请核对。"
        mend = Mend(field="signing_organs", value=organs, label="署名改为发文机关")
        yield Notice("signature_differs", sentence, SIGNATURE, mend=mend)


def _bare(organ: str) -> str:
    return re.sub(r"\s", "", organ).removesuffix("文件")


def marks(subject: Subject) -> Iterator[Notice]:
    """紧急程度 and 密级 in words no rule knows; 份号 that is no six digits."""
    header = subject.paper.header
    urgency = re.sub(r"\s", "", header.urgency)
    if urgency and urgency not in URGENCIES:
        sentence = f"紧急程度“{header.urgency}”不是规定的写法，应为“特急”或“加急”。"
        yield Notice("urgency_unknown", sentence, HEADER)
    secrecy = re.sub(r"\s", "", header.secrecy)
    if secrecy and secrecy not in ("内部", "内部资料") and not _SECRECY.fullmatch(secrecy):
        yield Notice("secrecy_form", f"密级“{header.secrecy}”写法不对，应如“秘密★1年”。", HEADER)
    number = header.copy_number.strip()
    if number and not re.fullmatch(r"\d{6}", number):
        yield Notice("copy_number_form", f"份号“{number}”应为六位数字，如“000001”。", HEADER)


def asked_often(subject: Subject) -> Iterator[Notice]:
    """A unit that was asked or visited oftener in 90 days than the office means to."""
    for name, times in subject.facts.asked:
        sentence = f"九十天里已有{times}次要求或走访“{name}”，请核对是否还要单独发文。"
        yield Notice("asked_often", sentence, ADDRESSEES)
