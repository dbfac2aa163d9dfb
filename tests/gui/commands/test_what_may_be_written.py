"""Which records stand in which document: a workbook of every status and stage, written kind by kind."""

import datetime as dt
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from sqlalchemy import select

import main as program
from models.domain.cases.stages import Stage
from models.domain.findings.lifecycle import Status
from models.records import AccountabilityCase, Document, Finding
from models.services import documents, office_setup, records
from models.services.unit_of_work import Workspace
from models.storage.data_folder import DataFolder
from models.storage.engine import Store
from tests.models.intake.typing_in import filled

DATE = ("--date", "2022-4-20")
UNITS = [
    {"单位名称": name, "单位类别": kind, "上级单位": "东陵县"}
    for name, kind in (("白鹭镇", "乡镇"), ("石桥乡", "乡镇"), ("县住建局", "部门"))
]
TRIP = {"活动编号": "T1", "督查组": "第一督查组", "开始日期": "2022-4-11", "结束日期": "2022-4-13",
        "被督查单位": "白鹭镇", "督查类型": "专项", "督查方式": "实地走访"}  # fmt: skip
STATUSES = tuple(Status)
STAGES = tuple(Stage)


def _finding(code: str, status: str = "已交办", **more: Any) -> dict[str, Any]:
    row = {"台账编号": code, "问题来源": "县", "属地单位": "石桥乡", "发现日期": "2022-4-12", "问题类别": "其他",
           "问题事实": f"第{code}项的问题", "状态": status}  # fmt: skip
    return {**row, **more}


def _findings() -> list[dict[str, Any]]:
    """S1 to S10, one a status, of an inspection; then one without a day, of the city, of a township, told already."""
    trip = {"活动编号": "T1", "督查组": "第一督查组", "属地单位": "白鹭镇"}
    rows = [_finding(f"S{n}", str(one), **trip, 点位=f"{one}店") for n, one in enumerate(STATUSES, 1)]
    rows.append(_finding("U1", 发现日期=None, 属地单位=None, 行业主管部门="县住建局"))
    rows.append(_finding("C1", 问题来源="市"))
    rows.append(_finding("Z1", 问题来源="乡自查"))
    return [*rows, _finding("R1", 已通报="是"), _finding("L1", 发现日期="2022-4-21")]


def _case(code: str, stage: str, measures: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    case = {"案件编号": code, "案件标题": f"{code}值守不力的问题", "阶段": stage, "发生单位": "白鹭镇",
            "行为开始日期": "2022-4-1", "违规事实": f"{code}无人值守", "不予问责或变更原因": "另行研究"}  # fmt: skip
    return {"case": {**case, **more}, "measures": measures}


def _cases() -> list[dict[str, Any]]:
    dated, undated, later = {"决定日期": "2022-4-8"}, {}, {"决定日期": "2022-5-3"}
    found = [_case(f"D{n}", str(stage), [dated]) for n, stage in enumerate(STAGES, 1)]
    found += [_case(f"N{n}", str(stage), []) for n, stage in enumerate(STAGES, 1)]
    found += [_case(f"M{n}", str(stage), [undated]) for n, stage in enumerate(STAGES, 1)]
    found.append(_case("F1", "决定", [later]))
    found.append(_case("G1", "决定", [dated, later, undated]))
    return [*found, _case("P1", "通报", [dated], 已通报="是")]


def _workbook(target: Path, cases: list[dict[str, Any]]) -> Path:
    parties = [
        {"案件编号": one["case"]["案件编号"], "姓名或单位名称": f"甲{n}", "所在单位": "白鹭镇", "职务": "干部",
         "身份": "中共党员", "责任类型": "直接责任"}
        for n, one in enumerate(cases)
    ]  # fmt: skip
    kinds = ("党内警告", "通报批评", "诫勉谈话")
    measures = [
        {"案件编号": one["case"]["案件编号"], "责任人员": f"甲{n}", "处理措施": kind, **measure}
        for n, one in enumerate(cases)
        for kind, measure in zip(kinds, one["measures"], strict=False)
    ]
    return filled(target, {
        "单位": UNITS, "督查组": [{"组名": "第一督查组", "组号": 1}], "督查活动": [TRIP],
        "点位": [{"点位名称": f"{one}店", "点位类别": "商超", "属地单位": "白鹭镇"} for one in STATUSES],
        "督查问题": _findings(), "问责案件": [one["case"] for one in cases], "责任人员": parties, "处理": measures,
    })  # fmt: skip


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office of nothing but what the workbook says."""
    root = tmp_path_factory.mktemp("office")
    book = _workbook(root / "台账.xlsx", _cases())
    assert program.main(["--data", str(root / "data"), "import", str(book)]) == 0
    words = ["office", "--name", "东陵县防汛指挥部办公室", "--number-code", "东防指"]
    assert program.main(["--data", str(root / "data"), *words]) == 0
    return root / "data"


@pytest.fixture
def data(imported: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(imported, tmp_path / "data"))


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(data: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = program.main(["--data", str(data), *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


@pytest.fixture
def told(run: Run) -> Callable[..., dict[str, Any]]:
    """A document as the object that programs read."""

    def call(*words: str) -> dict[str, Any]:
        code, said, _ = run("document", *words, *DATE, "--json")
        found: dict[str, Any] = json.loads(said)
        assert (code == 1) == ("error" in found)
        return found

    return call


def names(rows: list[dict[str, Any]], answer: str = "") -> set[str]:
    return {row["label"].split()[0] for row in rows if not answer or row["answer"] == answer}


def test_a_bulletin_has_the_offices_own_and_tells_the_rest(told: Callable[..., dict[str, Any]]) -> None:
    found = told("督查通报")
    assert names(found["included"]) == {"S2", "S3", "S4", "S5", "S6", "S7", "U1"}
    assert names(found["left_out"], "ask") == {"S8", "C1", "R1"}
    assert names(found["left_out"], "out") == {"S1", "S9", "S10", "Z1", "L1"}
    reasons = {row["label"].split()[0]: (row["reason"], row["words"]) for row in found["left_out"]}
    assert reasons["S1"] == ("draft", "还是草稿，内容不全。")
    assert reasons["R1"] == ("reported", "已经通报过。")
    assert reasons["L1"] == ("after_date", "发现日期晚于成文日期。")
    assert (found["schema"], found["kind"], found["out"]) == (1, "findings_bulletin", None)
    assert found["findings"] == []


def test_what_was_closed_is_told_as_solved(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "通报.docx"
    code, said, _ = run("document", "督查通报", *DATE, "--out", str(target))
    assert code == 0
    assert "未写入 8 件：" in said
    text = "\n".join(p.text for p in docx.Document(str(target)).paragraphs)
    assert "第S7项的问题（已整改）" in text
    assert "第S5项的问题（" not in text
    assert "第S1项" not in text


def test_with_a_period_what_has_no_day_or_another_is_asked(told: Callable[..., dict[str, Any]]) -> None:
    found = told("督查通报", "--from", "2022-4-13", "--until", "2022-4-20")
    assert "error" in found
    asked = {row["label"].split()[0]: row["reason"] for row in found["left_out"] if row["answer"] == "ask"}
    assert asked["U1"] == "undated"
    assert asked["S3"] == "before_period"
    summary = told("阶段总结", "--from", "2022-4-11", "--until", "2022-4-20")
    assert {row["label"].split()[0] for row in summary["left_out"] if row["reason"] == "undated"} == {"U1"}


@pytest.mark.parametrize(("words", "included"), [
    (("督查情况报告",), "S2 S3 S4 S5 S6 S7 S8"),
    (("整改通知书", "--unit", "白鹭镇"), "S2 S3 S4 S6"),
    (("阶段总结",), "S2 S3 S4 S5 S6 S7 S8 U1 C1 R1"),
    (("整改情况报告", "--unit", "白鹭镇"), "S3 S4 S5 S6 S7 S8"),
    (("整改方案", "--unit", "白鹭镇"), "S3 S4 S5 S6 S8"),
    (("排查起底报告",), "Z1"),
])  # fmt: skip
def test_every_other_kind(told: Callable[..., dict[str, Any]], words: tuple[str, ...], included: str) -> None:
    assert names(told(*words)["included"]) == set(included.split())


def test_a_reminder_asks_where_there_is_no_deadline(told: Callable[..., dict[str, Any]]) -> None:
    found = told("催办单", "--unit", "白鹭镇")
    assert names(found["left_out"], "ask") == {"S3", "S4", "S6", "S8"}
    assert "没有时限 4 件" in found["error"]
    assert names(told("催办单", "--unit", "白鹭镇", "--ask", "include")["included"]) == {"S3", "S4", "S6", "S8"}


def test_what_has_no_deadline_is_not_said_to_be_due(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "催办单.docx"
    assert run("document", "催办单", "--unit", "白鹭镇", "--ask", "include", *DATE, "--out", str(target))[0] == 0
    lines = [p.text for p in docx.Document(str(target)).paragraphs]
    assert any("4个" in line and "没有规定时限" in line for line in lines)
    assert not [line for line in lines if "即将到期" in line or "时限：" in line or "研判日期" in line]


def test_only_what_was_decided_and_not_told_yet_stands_in_an_accountability_bulletin(
    told: Callable[..., dict[str, Any]],
) -> None:
    found = told("问责通报")
    in_ = {STAGES.index(one) + 1 for one in (Stage.DECIDED, Stage.EXECUTED, Stage.PUBLICISED, Stage.FILED)}
    assert names(found["included"]) == {f"D{n}" for n in in_} | {"G1"}
    assert names(found["left_out"], "ask") == {f"N{n}" for n in in_} | {"P1"}
    out = {f"{kind}{n}" for kind in "DN" for n in range(1, len(STAGES) + 1) if n not in in_}
    assert names(found["left_out"], "out") == out | {f"M{n}" for n in range(1, len(STAGES) + 1)} | {"F1"}
    reasons = {row["label"].split()[0]: row["reason"] for row in found["left_out"]}
    assert (reasons["D1"], reasons["F1"], reasons["M6"]) == ("undecided", "future_decision", "undated_decision")
    assert (reasons["N6"], reasons["P1"]) == ("facts_only", "reported")


def test_a_later_decision_never_prints_and_an_undated_one_beside_a_dated_one_does(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "通报.docx"
    assert run("document", "问责通报", "--case", "G1", *DATE, "--out", str(target))[0] == 0
    text = "\n".join(p.text for p in docx.Document(str(target)).paragraphs)
    assert "党内警告" in text
    assert "诫勉谈话" in text
    assert "通报批评" not in text
    assert "5月3日" not in text


def test_nothing_to_write_is_one_sentence_with_reasons_and_counts(run: Run) -> None:
    code, said, complaint = run("document", "问责通报", "--date", "2022-4-5")
    assert (code, said) == (1, "")
    assert "决定晚于成文日期 7 件" in complaint
    assert complaint.count("\n") == 1
    assert "未写入" in run("issue", "问责通报", "--date", "2022-4-5", "--despite-warnings")[2]


def test_a_record_that_may_not_stand_there_is_refused_by_its_name(run: Run) -> None:
    for words in (("督查通报", "--finding", "S1"), ("问责通报", "--case", "D1"), ("问责通报", "--case", "F1")):
        for command in ("document", "issue"):
            code, said, complaint = run(command, *words, *DATE)
            assert (code, said) == (1, "")
            assert words[2] in complaint
            assert "不能写入" in complaint
    assert "不在所选的" in run("document", "督查通报", "--finding", "S3", "--unit", "石桥乡", *DATE)[2]


def test_naming_is_the_tick_and_it_is_kept_with_the_document(run: Run, data: Path) -> None:
    code, said, _ = run("document", "督查通报", "--finding", "S8", *DATE, "--json")
    assert code == 0
    assert names(json.loads(said)["included"]) == {"S8"}
    code, _, _ = run("issue", "督查通报", "--finding", "S8", "--despite-warnings", *DATE)
    assert code == 0
    with Workspace(Store(DataFolder(data))).reading() as session:
        uuid = session.scalars(select(Finding.uuid).where(Finding.serial == "S8")).one()
        kept = session.scalars(select(Document)).one()
        assert kept.options["ticks"] == {uuid: "命令行点名写入"}


def test_what_was_told_is_issued_again_only_with_a_reason(run: Run) -> None:
    assert run("issue", "督查通报", "--despite-warnings", *DATE)[0] == 0
    code, said, complaint = run("issue", "督查通报", "--despite-warnings", *DATE)
    assert (code, said) == (1, "")
    assert "已通报 8 件" in complaint
    assert "--ask include" in run("issue", "督查通报", "--finding", "S3", "--despite-warnings", *DATE)[2]
    again = ("--finding", "S3", "--ask", "include", "--despite-warnings")
    assert "写明理由" in run("issue", "督查通报", *again, *DATE)[2]
    assert run("issue", "督查通报", *again, "--reason", "领导批示再次通报", *DATE)[0] == 0


@pytest.mark.parametrize(("words", "flag"), [
    (("催办单", "--from", "2022-4-1"), "--from"), (("问责通报", "--team", "第一督查组"), "--team"),
    (("督查通报", "--case", "D6"), "--case"), (("阶段总结", "--finding", "S3"), "--finding"),
    (("整改方案", "--photos"), "--photos"), (("整改通知书", "--group-by", "unit"), "--group-by"),
])  # fmt: skip
def test_a_filter_a_kind_does_not_know_is_refused(run: Run, words: tuple[str, ...], flag: str) -> None:
    code, said, complaint = run("document", *words, *DATE)
    assert (code, said) == (1, "")
    assert f"“{flag}”" in complaint


def test_a_period_after_the_documents_own_date_is_refused(run: Run) -> None:
    assert "晚于成文日期" in run("document", "督查通报", "--until", "2022-4-21", *DATE)[2]


def test_without_out_nothing_is_written(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*.docx"))
    code, said, _ = run("document", "督查通报", *DATE)
    assert code == 0
    assert "没有写文件" in said
    assert sorted(tmp_path.rglob("*.docx")) == before


def test_a_notice_hands_over_what_it_tells_and_wants_a_deadline_first(run: Run, data: Path) -> None:
    words = ("issue", "整改通知书", "--finding", "S2", "--despite-warnings", *DATE)
    code, _, complaint = run(*words)
    assert code == 1
    assert "问题S2还没有填写“整改时限”、“整改要求”" in complaint
    workspace = Workspace(Store(DataFolder(data)))
    with workspace.writing("补填") as work:
        finding = work.session.scalars(select(Finding).where(Finding.serial == "S2")).one()
        work.set(finding, deadline=dt.date(2022, 5, 10), requirement="完善记录。")
    workspace.store.close()
    assert run(*words)[0] == 0
    workspace = Workspace(Store(DataFolder(data)))
    with workspace.reading() as session:
        finding = session.scalars(select(Finding).where(Finding.serial == "S2")).one()
        assert (finding.status, finding.handed_on) == ("已交办", workspace.today)
        notice = session.scalars(select(Document).where(Document.state == "已印发")).one()
    assert "已发整改通知书 1 件" in run("document", "整改通知书", "--unit", "白鹭镇", *DATE)[1]
    documents.withdraw(workspace, notice.id, "发错", take_back=True)
    with workspace.reading() as session:
        finding = session.scalars(select(Finding).where(Finding.serial == "S2")).one()
        assert (finding.status, finding.handed_on) == ("待交办", None)


def test_a_case_that_is_not_carried_out_stays_and_is_told(run: Run, data: Path) -> None:
    code, said, told = run("issue", "问责通报", "--case", "D6", "--case", "D7", "--despite-warnings", *DATE)
    assert code == 0
    assert said.count("\n") == 1
    assert "案件D6尚未宣布执行" in told
    with Workspace(Store(DataFolder(data))).reading() as session:
        stages = dict(session.execute(select(AccountabilityCase.code, AccountabilityCase.stage)).tuples().all())
    assert (stages["D6"], stages["D7"]) == ("决定", "通报")


def _people(root: Path) -> None:
    """Cases of two persons: both dealt with or failing, none dealt with, and one of whom nothing is said."""
    cases = [
        {"案件编号": code, "案件标题": f"{code}管理不到位的问题", "阶段": "决定", "发生单位": "白鹭镇",
         "行为开始日期": "2022-4-1", "违规事实": f"{code}垃圾外溢"}
        for code in "ABCD"
    ]  # fmt: skip
    party = {"所在单位": "白鹭镇", "职务": "干部", "身份": "中共党员", "责任类型": "直接责任"}
    careless = {"本人行为或失职": "日常管理不细致"}
    parties = [
        {"案件编号": code, "姓名或单位名称": name, **party, **more}
        for code, name, more in (
            ("A", "童一鸣", careless), ("A", "童二虎", careless), ("B", "童三元", careless), ("B", "童四海", careless),
            ("C", "童五岳", {}), ("C", "童六合", {}), ("D", "童七星", {}), ("D", "童八方", {"通报方式": "点名通报"}),
        )
    ]  # fmt: skip
    talk = {"处理措施": "诫勉谈话", "决定日期": "2022-4-8"}
    dealt = [{"案件编号": c, "责任人员": n, **talk} for c, n in (("A", "童一鸣"), ("C", "童五岳"), ("D", "童七星"))]
    rows = {"单位": UNITS, "问责案件": cases, "责任人员": parties, "处理": dealt}
    assert program.main(["--data", str(root), "import", str(filled(root.parent / "人员.xlsx", rows))]) == 0


def test_a_person_of_whom_nothing_is_said_is_asked_about(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = tmp_path / "data"
    _people(root)
    target = tmp_path / "通报.docx"

    def write(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = program.main(["--data", str(root), "document", "问责通报", *words, *DATE, "--out", str(target)])
        text = "\n".join(p.text for p in docx.Document(str(target)).paragraphs) if code == 0 else ""
        said = capsys.readouterr()
        return code, text, said.out + said.err

    def run_of(*words: str) -> str:
        return write(*words)[2]

    code, text, said = write()
    assert (code, "童七星" in text, "童八方" in text, "童一鸣" in text) == (0, True, True, False)
    assert "未写入 3 件：人员未定通报方式 2 件、只通报问题 1 件" in said
    code, text, _ = write("--case", "A")
    assert (code, "童一鸣" in text, "童二虎" in text, text.count("日常管理不细致")) == (0, True, True, 1)
    assert "须填写“批准人”" in write("--case", "B")[2]
    code, text, _ = write("--case", "B", "--approver", "方正")
    assert (code, "童三元" in text, "童四海" in text) == (0, True, True)
    code, _, said = write("--case", "C")
    assert (code, "童六合既没有处理，也没有通报方式" in said) == (1, True)
    assert "不写入的加 --leave-out 童六合" in said
    code, text, _ = write("--case", "C", "--leave-out", "童六合")
    assert (code, "童五岳" in text, "童六合" in text) == (0, True, False)
    assert "“童六合”没有写入这一起" in run_of("--case", "C", "--leave-out", "童六合")
    assert "已有处理，不能不写" in write("--case", "C", "--leave-out", "童五岳", "--leave-out", "童六合")[2]
    assert "没有叫“童九州”" in write("--case", "A", "--leave-out", "童九州")[2]


def test_a_decision_of_unknown_day_or_organ_is_amber(told: Callable[..., dict[str, Any]]) -> None:
    found = told("问责通报", "--case", "G1")["findings"]
    codes = [(one["level"], one["code"]) for one in found]
    assert codes.count(("amber", "undated_decision")) == 1
    assert codes.count(("amber", "no_organ")) == 2
    assert not [one for one in found if one["level"] == "red"]


def test_a_unit_writes_no_paper_of_the_countys(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = tmp_path / "data"
    workspace = Workspace(Store(DataFolder(root)))
    office_setup.found_office(workspace, {"role": "unit", "name": "东陵县白鹭镇人民政府", "short_name": "白鹭镇"})
    values = {"fact": "台账不全", "kind": "其他", "source_level": "乡自查", "self_found": True, "status": "待交办"}
    records.create(workspace, Finding, values | {"found_on": dt.date(2022, 4, 12)})
    workspace.store.close()
    for kind in ("督查通报", "问责通报", "整改通知书", "催办单", "督查情况报告"):
        assert program.main(["--data", str(root), "document", kind, *DATE]) == 1
        assert f"{kind}由县级指挥部办公室起草" in capsys.readouterr().err
    for kind in ("整改情况报告", "整改方案", "排查起底报告", "阶段总结"):
        assert program.main(["--data", str(root), "document", kind, *DATE]) == 0
