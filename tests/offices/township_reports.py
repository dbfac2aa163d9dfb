"""Two townships' reports on what they rectified: by village, and by the sender's headings. All is invented."""

import datetime as dt

from tests.offices.facts import Expected, fact, own
from tests.offices.office import InventedOffice
from tests.offices.reports import day

_VILLAGES = (
    ("青松村", "村口两处配电箱无门锁", "已加装门锁2把并张贴警示标识", "已整改", day(6, 12), "村支书", "骆文清", ""),
    ("青松村", "废弃砖窑未设围挡", "已用铁丝网围挡120米", "已整改", day(6, 14), "村支书", "骆文清", ""),
    (
        "白石村",
        "烟花爆竹零售点与民房安全距离不足",
        "已动员经营户搬迁，新址正在办理手续",
        "正在推进",
        None,
        "村主任",
        "祝长河",
        "新址需县应急管理局现场核查",
    ),
    ("白石村", "幼儿园灭火器压力不足4具", "4具灭火器已全部更换", "已整改", day(6, 11), "园长", "柏雪梅", ""),
    (
        "江口社区",
        "沿街门店占用消防通道",
        "已清理占道物品17处，划设黄线300米",
        "已整改",
        day(6, 18),
        "社区主任",
        "屈志远",
        "",
    ),
)
_TOWN = {"role": "unit", "name": "石塘镇人民政府", "short_name": "石塘镇", "contact": "樊小青", "phone": "0000-2345678"}
BY_VILLAGE = InventedOffice(
    "乡镇整改报告（按村）",
    _TOWN,
    "安全生产",
    {
        "单位": [
            {"单位名称": name, "单位类别": "村社区", "上级单位": "石塘镇"} for name in ("青松村", "白石村", "江口社区")
        ],
        "督查问题": [
            {
                "台账编号": f"2024-01{n}",
                "问题来源": "县",
                "来文号": "临安办〔2024〕15号",
                "属地单位": village,
                "发现日期": day(6, 5),
                "问题类别": "安全隐患",
                "问题事实": words,
                "同类问题数": 1,
                "交办日期": day(6, 7),
                "整改时限": day(6, 25),
                "状态": "已销号" if result == "已整改" else "整改中",
                "销号日期": on and day(6, 20),
            }
            for n, (village, words, _, result, on, _, _, _) in enumerate(_VILLAGES, 1)
        ],
        "整改反馈": [
            {
                "台账编号": f"2024-01{n}",
                "整改结果": result,
                "整改措施": done,
                "完成日期": on,
                "责任人": person,
                "责任人职务": post,
                "原因说明": why,
                "无佐证说明": "现场核实" if on else "",
                "下步打算": "盯紧搬迁手续，7月15日前完成搬迁" if why else "",
                "举一反三": "对全镇38家零售点逐户复查一遍" if n == 1 else "",
            }
            for n, (_, _, done, result, on, post, person, why) in enumerate(_VILLAGES, 1)
        ],
    },
    (
        Expected(
            "rectification_report",
            (
                fact("石塘镇|我镇"),
                fact("临安办〔2024〕15号", within="paper"),
                fact("5个"),
                *(fact(village, words, within="paper") for village, words, *_ in _VILLAGES),
                *(own(done) for _, _, done, *_ in _VILLAGES),
                *(fact(words, person, post) for _, words, _, _, _, post, person, _ in _VILLAGES),
                fact("配电箱", "6月12日"),
                fact("围挡120米", "6月14日"),
                fact("灭火器已全部更换", "6月11日"),
                fact("黄线300米", "6月18日"),
                own("新址需县应急管理局现场核查"),
                own("盯紧搬迁手续，7月15日前完成搬迁"),
                own("对全镇38家零售点逐户复查一遍"),
                fact("正在推进"),
            ),
            order=(
                ("青松村", "白石村", "江口社区"),
                ("配电箱", "废弃砖窑", "烟花爆竹零售点", "灭火器压力", "消防通道"),
            ),
            figures=frozenset({"5个", "4个", "2个", "1个"}),
            name="按村的整改报告",
        ),
    ),
)

_ASPECTS = (
    ("组织领导", "镇森林防火指挥部成员名单未更新", "已印发新名单，明确成员14人", "已整改", day(3, 20)),
    ("组织领导", "护林员培训不到位", "已组织护林员培训2期，参训46人", "已整改", day(3, 22)),
    ("火源管控", "清明期间入山卡口未设登记", "6个入山卡口全部设岗登记，收缴火种31件", "已立行立改", day(3, 16)),
    ("物资储备", "风力灭火机老化，12台中有5台无法启动", "已维修3台，报废2台，新购申请已报县财政局", "部分完成", None),
)
BY_ASPECT = InventedOffice(
    "乡镇整改报告（按方面）",
    {**_TOWN, "name": "云岭乡人民政府", "short_name": "云岭乡"},
    "森林防火",
    {
        "督查问题": [
            {
                "台账编号": f"2024-02{n}",
                "问题来源": "市",
                "来文号": "市森防办函〔2024〕6号",
                "属地单位": "云岭乡",
                "发现日期": day(3, 12),
                "问题类别": "责任不落实",
                "方面": aspect,
                "问题事实": words,
                "同类问题数": 5 if result == "部分完成" else 1,
                "交办日期": day(3, 14),
                "整改时限": day(3, 31),
                "状态": "待核查" if on else "整改中",
            }
            for n, (aspect, words, _, result, on) in enumerate(_ASPECTS, 1)
        ],
        "整改反馈": [
            {
                "台账编号": f"2024-02{n}",
                "整改结果": {"已立行立改": "立行立改"}.get(result, result),
                "整改措施": done,
                "完成日期": on,
                "责任人": "鲁岩",
                "责任人职务": "副乡长",
                "无佐证说明": "现场核实" if on else "",
                "已完成数": None if on else 3,
                "应完成数": None if on else 5,
                "下步打算": "" if on else "新机到位前，由邻乡调配备用机2台",
            }
            for n, (_, _, done, result, on) in enumerate(_ASPECTS, 1)
        ],
    },
    (
        Expected(
            "rectification_report",
            (
                fact("云岭乡|我乡"),
                fact("市森防办函〔2024〕6号", within="paper"),
                *(fact(aspect, within="paper") for aspect in ("组织领导", "火源管控", "物资储备")),
                *(fact(words) for _, words, *_ in _ASPECTS),
                *(own(done) for _, _, done, *_ in _ASPECTS),
                fact("名单", "3月20日"),
                fact("培训", "3月22日"),
                fact("卡口", "3月16日"),
                fact("5个中已完成3个"),
                fact("8个", "已完成6个"),
                own("新机到位前，由邻乡调配备用机2台"),
                *(fact(words, "鲁岩", "副乡长") for _, words, *_ in _ASPECTS),
            ),
            order=(("成员名单未更新", "培训不到位", "未设登记", "风力灭火机老化"),),
            never=("上级指挥部办公室",),
            figures=frozenset({"8个", "3个", "5个", "4个", "6个", "2个", "1个"}),
            name="按方面的整改报告",
        ),
    ),
    date=dt.date(2024, 4, 2),
)
