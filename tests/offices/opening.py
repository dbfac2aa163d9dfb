"""An office that began in June: five months of a half year are totals carried over; and the office's own words."""

from tests.offices.facts import Expected, fact, own
from tests.offices.more_papers import COUNTY, day
from tests.offices.office import InventedOffice

_WORK = (
    "（一）组建队伍。抽调干部18名，组建6个督查组，实行每日一碰头、每周一小结。\n"
    "（二）突出重点。紧盯13个乡镇、126个重点点位，一是明查；二是暗访。"
)
_NEXT = "一是聚焦薄弱环节，再开展一轮全覆盖督查。\n二是对反复出现的问题，会同县纪委监委约谈。"
_COUNTS = (1, 4, 12, 13, 64, 98, 102, 149, 152, 161, 165)
_FIGURES = frozenset({*(f"{n}个" for n in _COUNTS), "310余个", "46次", "47次", "2期", "12期", "13期", "92.1%"})
_TOTALS = (
    fact("2022年1月1日至6月30日"),
    fact("督查47次"),
    fact("点位310余个"),
    fact("点位102个"),
    fact("问题165个"),
    fact("152个"),
    fact("期初", "督查46次", "312余", "98个", "161个", "149个", "64个", "30余条", "督查通报12期", "问责通报2期"),
    fact("台账记录不规范", "4个"),
    fact("尚有13个", "期初12个", "超过整改时限的1个"),
)


def _paper(name: str, more: tuple, order: tuple, choices: dict) -> Expected:
    period = {"from_": day(1, 1), "until": day(6, 30)}
    return Expected("period_summary", (*_TOTALS, *more), order, (), _FIGURES, {**period, **choices}, name)


BEGAN_IN_JUNE = InventedOffice(
    "六月起用的办公室",
    COUNTY,
    "疫情防控",
    {
        "单位": [{"单位名称": "柏塘镇", "单位类别": "乡镇", "排序号": 1}],
        "督查组": [{"组名": "第一督查组", "组号": 1}],
        "期初数": [
            {
                "开始日期": day(1, 1),
                "结束日期": day(5, 31),
                "督查次数": 46,
                "走访点位数": "312余",
                "问题点位数": 98,
                "问题数": 161,
                "已整改数": 149,
                "上级反馈问题数": 64,
                "上级反馈已整改数": 64,
                "意见建议条数": "30余",
                "督查通报期数": 12,
                "问责通报期数": 2,
                "来源": "1至5月旬报",
            }
        ],
        "督查活动": [
            {
                "活动编号": "J1",
                "督查组": "第一督查组",
                "开始日期": day(6, 7),
                "结束日期": day(6, 9),
                "被督查单位": "柏塘镇",
                "督查类型": "日常",
                "督查方式": "四不两直",
            }
        ],
        "走访点位": [{"活动编号": "J1", "点位": f"{n}号药店", "走访日期": day(6, 8)} for n in range(1, 6)],
        "督查问题": [
            {
                "台账编号": f"2022-6{n}",
                "活动编号": "J1",
                "问题来源": "县",
                "点位": f"{n}号药店",
                "属地单位": "柏塘镇",
                "发现日期": day(6, 8),
                "问题类别": "台账记录不规范",
                "问题事实": f"购药登记缺{n}页",
                "同类问题数": 1,
                "状态": "已销号" if n < 4 else "整改中",
                "整改时限": day(6, 25),
                "销号日期": day(6, 20) if n < 4 else None,
            }
            for n in range(1, 5)
        ],
        "发文": [
            {
                "文种": "督查通报",
                "发文字号": "云防指办〔2022〕30号",
                "标题": "关于督查情况的通报",
                "成文日期": day(6, 15),
                "状态": "已印发",
            }
        ],
    },
    (
        _paper(
            "期初数上的半年总结",
            (fact("督查通报13期"), fact("上级反馈问题64个", "已全部整改"), fact("建议30余条"), fact("“四不两直”")),
            (("工作开展情况", "存在的主要问题", "下一步"),),
            {},
        ),
        _paper(
            "自写工作和打算的半年总结",
            tuple(own(line) for line in (*_WORK.splitlines(), *_NEXT.splitlines())),
            (("组建队伍", "突出重点", "主要问题", "薄弱环节", "反复出现的问题"),),
            {"work_text": _WORK, "next_text": _NEXT},
        ),
    ),
    day(7, 3),
)
