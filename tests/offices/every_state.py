"""One office that has a record in every state, with dates and without, and every choice a paper may be narrowed by."""

import datetime as dt
import itertools
from typing import Any

from models.domain.cases.stages import Stage
from models.domain.findings.lifecycle import Status
from tests.offices.making import Row
from tests.offices.office import InventedOffice

DATE = dt.date(2024, 7, 5)
TOWNS = ("柏塘镇", "枫桥坪镇", "青荷街道")
SOURCES = ("县", "市", "乡自查", "群众举报")
ANSWERS = {
    "待核查": "已整改",
    "退回重改": "已整改",
    "已销号": "已整改",
    "挂账协调": "正在协调上级",
    "整改中": "正在推进",
}


def _findings() -> tuple[list[Row], list[Row], list[Row], list[Row]]:
    """Every status of every source, dated and not, answered where its status says so."""
    rows, answers, checks, plans = [], [], [], []
    shapes = itertools.product(Status, SOURCES, (True, False), (True, False))
    for number, (status, source, found, due) in enumerate(shapes, 101):
        serial, person = f"2024-{number}", f"陆{chr(0x4E00 + number)}平"
        rows.append(
            {
                "台账编号": serial,
                "问题来源": source,
                "活动编号": f"H{number % 3 + 1}" if found and number % 4 else "",
                "属地单位": TOWNS[number % 3],
                "点位": f"{number}号点位" if number % 5 else "",
                "发现日期": dt.date(2024, 5 + number % 2, 3 + number % 20) if found else None,
                "问题类别": ("安全隐患", "责任不落实")[number % 2],
                "方面": ("组织领导", "应急准备")[number % 2],
                "问题事实": f"第{number}项记录空白，{number}人未签字。",
                "同类问题数": 1 + number % 3,
                "整改要求": f"补齐第{number}项",
                "整改时限": dt.date(2024, 7, 1 + number % 20) if due else None,
                "状态": str(status),
                "销号日期": dt.date(2024, 6, 28) if status == "已销号" and due else None,
                "下次研判日期": dt.date(2024, 7, 8) if status == "挂账协调" and due else None,
                "建议": f"建议核实第{number}项" if number % 7 == 0 else "",
            }
        )
        if status in ANSWERS and source != "群众举报":
            answers.append(
                {
                    "台账编号": serial,
                    "整改结果": ANSWERS[status],
                    "整改措施": f"已补签{number}份",
                    "责任人": person,
                    "责任人职务": "站长",
                    "完成日期": dt.date(2024, 6, 26) if due else None,
                    "无佐证说明": "现场核实",
                    "原因说明": "等待批复" if status == "挂账协调" else "",
                }
            )
        if status == "退回重改" and found:
            checks.append(
                {
                    "台账编号": serial,
                    "核查人": "周敏",
                    "核查方式": "现场核查",
                    "核查日期": dt.date(2024, 6, 27),
                    "核查结论": "未整改到位",
                    "退回原因": f"仍缺{number}份",
                }
            )
        if number % 2:
            plans.append(
                {"台账编号": serial, "整改措施": f"逐份核对{number}项", "责任人": person, "责任人职务": "站长"}
            )
    return rows, answers, checks, plans


DECISIONS: dict[str, Row | None] = {
    "none": None,
    "dated": {"决定日期": dt.date(2024, 6, 20)},
    "undated": {},
    "in words": {"决定时间表述": "6月"},
    "future": {"决定日期": dt.date(2024, 9, 1)},
}
MENTIONS = ("", "点名通报", "另案处理不写")


def _cases() -> tuple[list[Row], list[Row], list[Row]]:
    """Every stage with every kind of decision and 通报方式 of a second party, with and without days and title."""
    cases, parties, measures = [], [], []
    shapes = itertools.product(Stage, DECISIONS, MENTIONS)
    for number, (stage, decision, mention) in enumerate(shapes, 1):
        code, name = f"A{number:03}", f"莫{chr(0x5000 + number)}安"
        cases.append(
            {
                "案件编号": code,
                "案件标题": f"柏塘镇{number}号卡点脱岗的问题" if number % 4 else "",
                "阶段": str(stage),
                "发生单位": TOWNS[number % 3],
                "违规事实": f"第{number}班无人在岗，{number}小时后才补岗。",
                "批准人": "方正明",
                "行为开始日期": dt.date(2024, 6, 1 + number % 20) if number % 3 else None,
                "不予问责或变更原因": "情节轻微" if stage in ("不予问责", "申诉变更") else "",
            }
        )
        second = f"程{chr(0x5000 + number)}立"
        parties += [
            {
                "案件编号": code,
                "姓名或单位名称": who,
                "是单位": "否",
                "所在单位": TOWNS[number % 3],
                "职务": post,
                "责任类型": duty,
                "本人行为或失职": conduct,
                "通报方式": how,
                "公开全名": "是" if number % 2 else "",
            }
            for who, post, duty, conduct, how in (
                (name, "站长", "直接责任", f"第{number}班脱岗", ""),
                (second, "副镇长", "监管责任", "检查不严", mention),
            )
        ]
        given = DECISIONS[decision]
        if given is not None:
            row = {"案件编号": code, "责任人员": name, "处理措施": "诫勉谈话", "决定机关": "县纪委监委"}
            measures.append({**row, **given})
    return cases, parties, measures


def office(role: str = "county") -> InventedOffice:
    """The office, which writes none of the listed papers: the matrices compose their own."""
    rows, answers, checks, plans = _findings()
    cases, parties, measures = _cases()
    units = [
        {"单位名称": n, "单位类别": "街道" if n.endswith("街道") else "乡镇", "排序号": p} for p, n in enumerate(TOWNS)
    ]
    sheets: dict[str, list[dict[str, Any]]] = {
        "单位": units,
        "督查组": [{"组名": "第一督查组", "组号": 1}, {"组名": "第二督查组", "组号": 2}],
        "督查活动": [
            {
                "活动编号": f"H{n}",
                "督查组": f"第{'一二'[n % 2]}督查组",
                "开始日期": dt.date(2024, 5, 1),
                "结束日期": dt.date(2024, 6, 30),
                "被督查单位": TOWNS[n - 1],
                "督查类型": "日常",
                "督查方式": "暗访",
            }
            for n in (1, 2, 3)
        ],
        "督查问题": rows,
        "整改反馈": answers,
        "核查": checks,
        "整改计划": plans,
    }
    if role == "county":
        sheets |= {"问责案件": cases, "责任人员": parties, "处理": measures}
    else:
        del sheets["督查组"], sheets["督查活动"]
        for row in rows:
            row["活动编号"] = ""
        sheets["单位"] = units[1:]
    name = "云溪县安全生产委员会办公室" if role == "county" else "柏塘镇人民政府"
    settings = {
        "role": role,
        "name": name,
        "short_name": "县安委办" if role == "county" else "柏塘镇",
        "signer": "方正明",
    }
    if role == "county":
        settings["county_name"] = "云溪县"
    return InventedOffice(f"每种状态 {role}", settings, "安全生产", sheets, (), DATE)
