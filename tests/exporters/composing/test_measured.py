"""Every kind in every format with awkward content, written both ways and measured.

The cases are pairwise: every two values of two factors meet in one of them. What the tool measures wrongly is
listed with the clause in tests/exporters/KNOWN_TOOL_LIMITS.md and left out by `misjudged`, item by item.
"""

import datetime as dt
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import select

from exporters.composing import KINDS, Options, compose
from exporters.docx.estimate import moves_addressees
from exporters.docx.writer import write_docx
from exporters.pages import lay_out, write_pdf
from models.demo.office import fill
from models.paper.elements import Paper, Paragraph
from models.records import Finding, Unit
from models.services import records
from models.services.unit_of_work import Workspace
from models.storage.data_folder import DataFolder
from models.storage.engine import Store
from tests.exporters.docx import corpus
from tests.exporters.measuring import failures, pairwise

pytestmark = [pytest.mark.libreoffice, pytest.mark.usefixtures("qapp")]

DAY = dt.date(2026, 11, 18)
FACTORS: dict[str, tuple[Any, ...]] = {
    "kind": tuple(kind for kind in KINDS if kind != "correction"),  # of what was issued and appealed against
    "format": ("general", "letter", "plain"),
    "length": ("short", "usual", "long", "foot"),
    "annexes": (0, 1, 2, 3),
    "organs": (1, 2, 3, 4),
    "title": ("own", "two", "three"),
    "text": ("own", "rare", "western"),
    "addressees": ("own", "forty"),
    "signers": ((), ("周明远",)),
    "sealed": (True, False),
    "marked": (False, True),
}
CASES = pairwise(FACTORS)
ORGANS = ("云水县卫生健康局", "云水县公安局", "云水县市场监督管理局")
TEXTS = {
    "rare": "督查人员赵喆、钱玥、孙祎、李垚、王瑆在㵲水镇、𬭚村等地核对台账，发现“账实不符”问题3处，"
    "“三个必须”没有落到实处。",
    "western": "督查组对KN95口罩供应商ABC公司、APP扫码平台和PCR检测点进行了核查——“一看、二问、三查”……"
    "台账中Excel表格共12份，其中“四不两直”检查记录缺5份，温度计（型号TM-200）误差达1.5℃，整改率仅为66.7%，须于11月30日前整改到位。",
}

OWN_TITLE = {"free_paper": "关于做好2026年今冬明春森林草原防灭火工作的通知"}
BLANK = """入冬以来，全县降水偏少，风干物燥，林下可燃物大量堆积，森林草原火险等级持续偏高，防灭火形势严峻复杂。\
各乡镇、街道和县级有关部门要把今冬明春森林草原防灭火工作抓紧抓实，坚决守住不发生人员伤亡和重大火情的底线，\
现就有关事项通知如下。
一、压实责任
（一）落实包保。县领导包乡镇、乡镇干部包村、村干部包户，名单于11月底前报送。
1.各乡镇明确专人负责。
（1）每日16时前报送值守情况。
二、加强巡护
重点时段的安排见下表。
序号	时段	责任单位
1	元旦前后	县林业局、各乡镇
2	清明节前后	县林业局、县应急管理局"""


def name_of(case: dict[str, Any]) -> str:
    return f"{case['kind']}-{case['format']}-{CASES.index(case)}"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, pristine: Path) -> Any:
    """The demo office with records that are awkward to print."""
    root = tmp_path_factory.mktemp("measured") / "演示"
    shutil.copytree(pristine, root)
    store = Store(DataFolder(root))
    workspace = Workspace(store)
    fill(workspace)
    with workspace.reading() as session:
        known = session.scalars(select(Finding).where(Finding.status == "已交办", Finding.unit_id.is_not(None))).first()
        unit = session.get_one(Unit, known.unit_id)
    for fact in TEXTS.values():
        values = {"found_on": known.found_on, "kind": known.kind, "unit_id": unit.id, "source_level": "乡自查"}
        records.create(workspace, Finding, {"fact": fact, **values})
    yield workspace, unit.id
    store.close()


def composed(workspace: Workspace, unit_id: int, case: dict[str, Any]) -> Paper:
    """The paper of a case, from records; attachments and a filled page are put in by hand."""
    single = case["kind"] in ("rectification_notice", "reminder") or case["length"] in ("short", "foot")
    many = case["kind"] in ("accountability_bulletin", "inspection_report", "period_summary")
    options = Options(
        date=DAY,
        number="18",
        format=case["format"],
        unit_ids=(unit_id,) if single and not many else (),
        detail="full" if case["length"] == "long" else "brief" if case["length"] == "short" else "normal",
        title=corpus.TITLES[case["title"]] if case["title"] != "own" else OWN_TITLE.get(case["kind"], ""),
        text=BLANK if case["kind"] == "free_paper" else "",
        lead=TEXTS.get(case["text"], ""),
        addressees=corpus.UNITS if case["addressees"] == "forty" else ("各乡镇人民政府、街道办事处", "县级各部门"),
        signers=case["signers"],
        organs=ORGANS[: case["organs"] - 1],
        sealed=case["sealed"],
        secrecy="秘密★1年" if case["marked"] else "",
        urgency="特急" if case["marked"] else "",
        copy_number="000012" if case["marked"] else "",
        version="internal",
    )
    with workspace.reading() as session:
        paper = compose(session, case["kind"], options)
    paper = msgspec.structs.replace(paper, annexes=corpus.annexes(case["annexes"]))
    return filled(paper) if case["length"] == "foot" else paper


def filled(paper: Paper) -> Paper:
    """The paper with its body ending exactly at a page's foot."""
    layout = lay_out(paper, corpus.photo_path)
    index, region = layout.find(f"blocks.{len(paper.blocks) - 1}")[-1]
    frame = layout.pages[index].frame
    left = round((frame.top + 22 * 28.95 - region.y - region.height) / 28.95)
    line = Paragraph(text="各单位要认真对照检查逐项落实整改责任并按时限报送结果。")
    return msgspec.structs.replace(paper, blocks=(*paper.blocks, *(line,) * left))


_OUTWEIGHED = {"body.size": r"1[24]\.0pt", "x.charcap": r"\d+ \(字1[24]\.0pt .*", "grid.chars": "-"}
"""What a table or a 版记 of more characters than the text does to the tool."""


def misjudged(case: dict[str, Any], paper: Paper) -> dict[str, str]:
    """The items the tool measures wrongly for a case, with a pattern of what it measures (KNOWN_TOOL_LIMITS.md)."""
    moved = paper.format == "general" and moves_addressees(paper)
    found: dict[str, str] = {}
    if taken_along(paper):
        found["grid.lines"] = r"(1[6-9]|2[01]) \(各页 (1[6-9]|2[01])\)"
    if case["annexes"] >= 2 or moved or paper.format == "letter":
        found |= _OUTWEIGHED
    if moved:
        found |= {"to.left": "未识别", "bj.cc_wrap": r"15\.\dmm"}
        if case["annexes"]:
            found |= {"bj.thick": r"0\.18/0\.3\d", "bj.thin": r"0\.3\d 0\.2\d"}
    if paper.signature and len(paper.signature.organs) > 1:
        found["sign.gap"] = r"0\.0\d"
    if case["text"] == "western":
        found["grid.chars"] = r"2[67]/2[78] .*"
    return found


def taken_along(paper: Paper) -> bool:
    """Whether the last paragraph went over whole to the signature's page (7.3.5.5)."""
    pages = lay_out(paper, corpus.photo_path).pages
    signed = next((page for page in pages if any(row.part == "signature" for _, row in page.rows)), pages[0])
    return signed.index > 0 and signed.rows[0].row.keep


def check(case: dict[str, Any], paper: Paper, folder: Path, write: Callable[..., None], suffix: str) -> None:
    target = folder / f"{name_of(case)}.{suffix}"
    write(paper, target, corpus.photo_path)
    known = misjudged(case, paper)
    failed = failures(paper, target)
    assert {name: got for name, got in failed.items() if not re.fullmatch(known.get(name, "(?!)"), got)} == {}


SAMPLE = [CASES[0], CASES[10], CASES[20]]


@pytest.mark.parametrize("case", SAMPLE, ids=name_of)
def test_a_sample_keeps_the_standard_in_word_and_pdf(office: Any, tmp_path: Path, case: dict[str, Any]) -> None:
    paper = composed(*office, case)
    check(case, paper, tmp_path, write_docx, "docx")
    check(case, paper, tmp_path, write_pdf, "pdf")


@pytest.mark.full
@pytest.mark.parametrize("case", [case for case in CASES if case not in SAMPLE], ids=name_of)
def test_every_pair_keeps_the_standard_in_word_and_pdf(office: Any, tmp_path: Path, case: dict[str, Any]) -> None:
    paper = composed(*office, case)
    check(case, paper, tmp_path, write_docx, "docx")
    check(case, paper, tmp_path, write_pdf, "pdf")
