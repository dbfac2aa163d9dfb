"""Further papers with the shape of real ones: cases told in their own words, pasted advice, a ledger of half a year."""

import datetime as dt

from tests.offices.facts import Expected, fact, own
from tests.offices.office import InventedOffice

COUNTY = {
    "role": "county",
    "county_name": "云溪县",
    "contact": "周敏",
    "phone": "0000-1234567",
    "signer": "方正明",
    "name": "云溪县疫情防控指挥部办公室",
    "short_name": "县防控办",
}


def day(month: int, number: int) -> dt.date:
    return dt.date(2022, month, number)


_UNITS = [
    {"单位名称": name, "单位类别": kind, "排序号": place}
    for place, (name, kind) in enumerate(
        (("柏塘镇", "乡镇"), ("落云镇", "乡镇"), ("青荷街道", "街道"), ("南芦乡", "乡镇"), ("县市场监管局", "部门")), 1
    )
]
_BY_PARTY = (
    (
        "柏塘镇枣林村卡点值守流于形式。2月8日16时，督查组暗访发现，该卡点两名值守人员在帐篷内玩手机，3辆外来车辆未经登记驶入。"
        "镇包村干部、副镇长沈立新当日未到岗。",
        "柏塘镇",
        (("柏塘镇", "是", ""), ("沈立新", "否", "副镇长")),
    ),
    (
        "县市场监管局对药店监管不力。2月9日至10日，抽查城区药店12家，其中5家未登记购药人员信息。",
        "县市场监管局",
        (("县市场监管局", "是", ""),),
    ),
    (
        "青荷街道上报数据不实。2月10日，街道上报已检测返乡人员46人，经核查实际检测31人。",
        "青荷街道",
        (("阮知秋", "否", "党工委书记"), ("樊一舟", "否", "办事处主任")),
    ),
)
NAMED_ONLY = InventedOffice(
    "没有标题和处理的三起",
    COUNTY,
    "疫情防控",
    {
        "单位": _UNITS,
        "问责案件": [
            {"案件编号": f"B{n}", "阶段": "决定", "发生单位": unit, "违规事实": text, "批准人": "方正明"}
            for n, (text, unit, _) in enumerate(_BY_PARTY, 1)
        ],
        "责任人员": [
            {
                "案件编号": f"B{n}",
                "姓名或单位名称": name,
                "是单位": is_unit,
                "所在单位": unit,
                "职务": post,
                "责任类型": "主要领导责任",
                "通报方式": "点名通报",
            }
            for n, (_, unit, people) in enumerate(_BY_PARTY, 1)
            for name, is_unit, post in people
        ],
    },
    (
        Expected(
            "accountability_bulletin",
            (
                fact("3起"),
                *(fact(f"{text.partition('。')[0]}的问题") for text, *_ in _BY_PARTY),
                *(own(text.partition("。")[2]) for text, *_ in _BY_PARTY),
                *(fact(name, post) for *_, people in _BY_PARTY for name, is_unit, post in people if is_unit == "否"),
            ),
            order=(("流于形式", "监管不力", "数据不实"), ("阮知秋", "樊一舟")),
            never=("核实处理", "受到", "警告"),
            figures=frozenset({"3起"}),
            choices={"include": True},
            name="没有标题和处理的三起",
        ),
    ),
    day(2, 12),
)

_TEAMS = (
    (
        "柏塘镇",
        ("枣林村卡点夜间仅1人值守", "镇卫生院分诊点设在大厅内"),
        "一是建议柏塘镇增设夜间值守，每班不少于3人；二是建议县卫健局补充防护服50套。",
    ),
    ("落云镇", ("返乡人员台账漏登7人",), "建议落云镇对返乡人员逐户再排查一遍。"),
    (
        "青荷街道",
        ("锦绣社区2处路口无人值守", "锦绣社区志愿者未戴口罩上岗"),
        "（一）建议青荷街道封闭2处路口。\n（二）建议街道对志愿者开展培训。",
    ),
    ("南芦乡", (), ""),
)
_NUMERALS = "一二三四"
PASTED_ADVICE = InventedOffice(
    "四个组的粘贴建议",
    COUNTY,
    "疫情防控",
    {
        "单位": _UNITS,
        "督查组": [{"组名": f"第{one}督查组", "组号": n} for n, one in enumerate(_NUMERALS, 1)],
        "督查活动": [
            {
                "活动编号": f"T{n}",
                "督查组": f"第{_NUMERALS[n - 1]}督查组",
                "开始日期": day(2, 6),
                "结束日期": day(2, 8),
                "被督查单位": unit,
                "督查类型": "专项",
                "督查方式": "暗访、四不两直",
                "意见建议": advice,
                "工作开展情况": "" if problems else f"{unit}各卡点人员到岗，台账齐全，未发现问题。",
            }
            for n, (unit, problems, advice) in enumerate(_TEAMS, 1)
        ],
        "督查问题": [
            {
                "活动编号": f"T{n}",
                "属地单位": unit,
                "问题来源": "县",
                "问题类别": "管控措施不到位",
                "问题事实": problem,
                "同类问题数": 1,
                "整改时限": day(2, 20),
            }
            for n, (unit, problems, _) in enumerate(_TEAMS, 1)
            for problem in problems
        ],
    },
    tuple(
        Expected(
            kind,
            (
                fact("2月6日至8日"),
                fact("问题5个"),
                fact("暗访、“四不两直”"),
                *(own(problem) for _, problems, _ in _TEAMS for problem in problems),
                *(fact(unit, within="paper") for unit, *_ in _TEAMS),
                own("南芦乡各卡点人员到岗，台账齐全，未发现问题"),
                own("一是建议柏塘镇增设夜间值守，每班不少于3人；二是建议县卫健局补充防护服50套"),
                own("建议落云镇对返乡人员逐户再排查一遍"),
                own("建议青荷街道封闭2处路口"),
                own("建议街道对志愿者开展培训"),
            ),
            order=(
                tuple(problem for _, problems, _ in _TEAMS for problem in problems),
                ("增设夜间值守", "补充防护服", "再排查一遍", "封闭2处路口", "开展培训"),
            ),
            never=("柏塘镇镇卫生院", "0个"),
            figures=frozenset({"5个", "4个", "3个", "2个", "1个"}),
            choices=choices,
            name=name,
        )
        for kind, choices, name in (
            ("findings_bulletin", {"group_by": "team"}, "四个组的通报"),
            ("inspection_report", {"group_by": "unit"}, "四个组的报告"),
        )
    ),
    day(2, 12),
)

_ANSWERS = (
    (
        "部分卡点值守人员未穿防护服，测温登记不规范。枣林村卡点存在漏登现象。",
        "1.为全镇23个卡点配发防护服92套；\n2.开展培训2次；\n3.补登车辆31台次。",
        "已整改",
        day(2, 12),
        "",
    ),
    (
        "返乡人员台账底数不清，有7人未纳入管理",
        "组织网格员重新摸排，7人全部纳入管理并落实居家观察。",
        "已整改",
        day(2, 13),
        "",
    ),
    (
        "镇卫生院发热哨点未独立设置",
        "已腾出西侧平房3间，正在改造，预计2月底完成。",
        "正在推进",
        None,
        "受春节假期影响，施工人员不足",
    ),
    ("镇区农贸市场人员聚集", "市场分时段开放，限流50人。", "立行立改", day(2, 10), ""),
)
_LEAD = (
    "2月9日，县督查组对我镇疫情防控工作进行督查，反馈4个问题。我镇高度重视，当晚召开党政联席会议，逐条研究整改措施。\n"
    "现将整改情况报告如下。"
)
OWN_LEAD = InventedOffice(
    "自写开头的乡镇报告",
    {"role": "unit", "name": "柏塘镇人民政府", "short_name": "柏塘镇"},
    "疫情防控",
    {
        "督查问题": [
            {
                "台账编号": f"2022-00{n}",
                "问题来源": "县",
                "来文号": "《关于疫情防控督查情况的通报》（云防指办〔2022〕9号）",
                "属地单位": "柏塘镇",
                "发现日期": day(2, 9),
                "问题类别": "管控措施不到位",
                "问题事实": problem,
                "同类问题数": 1,
                "整改时限": day(2, 20),
            }
            for n, (problem, *_) in enumerate(_ANSWERS, 1)
        ],
        "整改反馈": [
            {
                "台账编号": f"2022-00{n}",
                "整改结果": result,
                "整改措施": done,
                "完成日期": on,
                "责任人": "沈立新",
                "责任人职务": "副镇长",
                "原因说明": why,
                "无佐证说明": "现场" if on else "",
                "下步打算": "" if on else "加快施工进度，2月28日前投入使用。",
            }
            for n, (_, done, result, on, why) in enumerate(_ANSWERS, 1)
        ],
    },
    tuple(
        Expected(
            "rectification_report",
            (
                *lead,
                *(own(problem) for problem, *_ in _ANSWERS),
                *(own(done.replace("\n", "")) for _, done, *_ in _ANSWERS),
                *(fact(f"2月{on.day}日") for *_, on, _ in _ANSWERS if on),
                fact("施工人员不足"),
                fact("副镇长沈立新"),
                own("加快施工进度，2月28日前投入使用"),
            ),
            order=(tuple(problem for problem, *_ in _ANSWERS), ("防护服92套", "培训2次", "车辆31台次")),
            never=("上级指挥部办公室", "XX"),
            figures=frozenset({"4个", "3个"}),
            choices=choices,
            name=name,
        )
        for lead, choices, name in (
            (tuple(own(line) for line in _LEAD.splitlines()), {"lead": _LEAD}, "自写开头"),
            (
                (fact("《关于疫情防控督查情况的通报》（云防指办〔2022〕9号）", "我镇", "4个", "已完成3个"),),
                {},
                "按来文",
            ),
        )
    ),
    day(2, 15),
)
