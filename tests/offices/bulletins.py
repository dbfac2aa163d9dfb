"""Bulletins with the shape of those that offices issued: criticism without measures, six teams. All is invented."""

from tests.offices.facts import Expected, fact, own
from tests.offices.office import InventedOffice
from tests.offices.reports import COUNTY, day

_CASES = (
    (
        "石塘镇烟花爆竹零售点安全监管流于形式的问题",
        "石塘镇",
        "6月11日，督查组在石塘镇抽查零售点7家，其中4家应急灯损坏，检查记录却填写“正常”。经查，镇应急办3月以来未到店检查。",
        "造成安全隐患长期存在",
        (
            ("熊知行", "石塘镇", "镇应急办主任", "直接责任", "未按规定每月到店检查"),
            ("孔令山", "石塘镇", "镇长", "主要领导责任", "对安全检查情况不过问、不掌握"),
        ),
    ),
    (
        "东河街道瓶装燃气排查数据弄虚作假的问题",
        "东河街道",
        "6月13日核查发现，东河街道上报已排查餐饮场所212家，实际排查143家，其余69家由网格员照抄上年台账。",
        "",
        (("翟一鸣", "东河街道", "街道办事处副主任", "主要领导责任", "审核把关不严"),),
    ),
    (
        "县水利局水库除险加固工程监管缺位的问题",
        "县水利局",
        "枫树水库除险加固工程5月6日复工后，施工单位未落实专职安全员，县水利局三次到场均未指出。",
        "",
        (("县水利局", "县水利局", "", "主要领导责任", "对施工现场监管缺位"),),
    ),
)
CRITICISM = InventedOffice(
    "三起通报批评",
    {**COUNTY, "name": "临溪县安全生产委员会办公室", "short_name": "县安委办"},
    "安全生产",
    {
        "单位": [
            {"单位名称": "石塘镇", "单位类别": "乡镇", "排序号": 1},
            {"单位名称": "东河街道", "单位类别": "街道", "排序号": 2},
            {"单位名称": "县水利局", "单位类别": "部门", "排序号": 3},
        ],
        "问责案件": [
            {
                "案件编号": f"A00{n}",
                "案件标题": title,
                "阶段": "决定",
                "发生单位": unit,
                "违规事实": words,
                "后果": after,
                "行为开始日期": day(6, 11),
                "批准人": "方正明",
                "批准日期": day(6, 20),
            }
            for n, (title, unit, words, after, _) in enumerate(_CASES, 1)
        ],
        "责任人员": [
            {
                "案件编号": f"A00{n}",
                "姓名或单位名称": name,
                "是单位": "是" if name == unit else "否",
                "所在单位": unit,
                "职务": post,
                "责任类型": duty,
                "本人行为或失职": conduct,
                "通报方式": "点名通报",
            }
            for n, (*_, people) in enumerate(_CASES, 1)
            for name, unit, post, duty, conduct in people
        ],
    },
    (
        Expected(
            "accountability_bulletin",
            (
                fact("3起"),
                *(fact(title) for title, *_ in _CASES),
                *(own(words) for _, _, words, *_ in _CASES),
                fact("造成安全隐患长期存在"),
                *(
                    fact(name, post, conduct if conduct != "对施工现场监管缺位" else f"{conduct}|监管缺位的问题")
                    for *_, people in _CASES
                    for name, _, post, _, conduct in people
                ),
            ),
            order=(
                tuple(title for title, *_ in _CASES),
                ("零售点安全监管", "熊知行", "孔令山", "瓶装燃气", "翟一鸣", "除险加固工程监管缺位"),
            ),
            never=("党内警告", "诫勉", "受到", "典型案件查处"),
            figures=frozenset({"3起"}),
            choices={"include": True},
            name="三起通报批评",
        ),
    ),
)

_TEAMS = (
    ("石塘镇", "中心粮库", "粮库消防水池水位不足三分之一", "建议石塘镇督促粮库于6月底前补水并安装水位计"),
    ("云岭乡", "云岭采石场", "采石场临边无防护栏，作业人员2人未系安全带", "建议县应急管理局对采石场停产检查"),
    ("东河街道", "东河商业广场", "地下一层防火卷帘下方堆放货物", "建议东河街道督促物业单位清理并每日巡查"),
    ("金沙镇", "金沙渡口", "渡船救生衣配备12件，核定载客20人", "建议县交通运输局核查渡船适航证书"),
    ("城南街道", "城南批发市场", "市场电气线路私拉乱接13处", "建议城南街道会同供电公司逐户整改"),
    ("平湖镇", "平湖养老院", "养老院夜间值班1人，不满足应急疏散要求", "建议县民政局指导养老院调整值班力量"),
)
_WORDS = "一二三四五六"
SIX_TEAMS = InventedOffice(
    "六个督查组",
    {**COUNTY, "name": "临溪县安全生产委员会办公室", "short_name": "县安委办"},
    "安全生产",
    {
        "单位": [
            {"单位名称": unit, "单位类别": "街道" if unit.endswith("街道") else "乡镇", "排序号": n}
            for n, (unit, *_) in enumerate(_TEAMS, 1)
        ],
        "督查组": [{"组名": f"第{_WORDS[n]}督查组", "组号": n + 1} for n in range(6)],
        "督查活动": [
            {
                "活动编号": f"D{n}",
                "督查组": f"第{_WORDS[n - 1]}督查组",
                "开始日期": day(6, 3),
                "结束日期": day(6, 7),
                "被督查单位": unit,
                "督查类型": "专项",
                "督查方式": "四不两直、随机抽查",
                "意见建议": advice,
            }
            for n, (unit, _, _, advice) in enumerate(_TEAMS, 1)
        ],
        "走访点位": [
            {"活动编号": f"D{n}", "点位": site, "走访日期": day(6, 4)} for n, (_, site, *_) in enumerate(_TEAMS, 1)
        ],
        "督查问题": [
            {
                "台账编号": f"2024-03{n}",
                "问题来源": "县",
                "活动编号": f"D{n}",
                "督查组": f"第{_WORDS[n - 1]}督查组",
                "点位": site,
                "属地单位": unit,
                "发现日期": day(6, 4),
                "问题类别": "安全隐患",
                "问题事实": words,
                "同类问题数": 1,
                "建议": advice,
                "状态": "待交办",
                "整改要求": "立即整改",
                "整改时限": day(7, 20),
            }
            for n, (unit, site, words, advice) in enumerate(_TEAMS, 1)
        ],
    },
    (
        Expected(
            "findings_bulletin",
            (
                fact("6月3日至7日|6月3日至6月7日"),
                fact("6个督查组|第一至第六督查组"),
                fact("“四不两直”", "随机抽查"),
                fact("问题6个"),
                *(fact(f"第{_WORDS[n]}督查组|第一至第六督查组", within="paper") for n in range(6)),
                *(
                    fact(site, bare_words, within="sentence")
                    for _, site, words, _ in _TEAMS
                    for bare_words in (words.removeprefix(site).split("，")[0],)
                ),
                *(fact(unit, within="paper") for unit, *_ in _TEAMS),
                *(own(advice) for *_, advice in _TEAMS),
            ),
            order=(tuple(site for _, site, *_ in _TEAMS), tuple(advice for *_, advice in _TEAMS)),
            figures=frozenset({"6个", "1个"}),
            choices={"group_by": "team"},
            name="六个督查组的通报",
        ),
    ),
)
