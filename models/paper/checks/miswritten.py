"""Words that are commonly miswritten in official papers."""

import re
from collections.abc import Iterator
from typing import Final

from models.paper.checks.notices import Mend, Notice, Subject
from models.paper.checks.texts import plain

MISWRITTEN: Final = {
    "布署": "部署", "做为": "作为", "既使": "即使", "按装": "安装", "签定": "签订", "防犯": "防范",
    "松驰": "松弛", "一如继往": "一如既往", "迫不急待": "迫不及待", "再接再励": "再接再厉",
    "全力已赴": "全力以赴", "报导": "报道", "渡假": "度假", "座落": "坐落", "帐目": "账目", "台帐": "台账",
    "记帐": "记账", "倍受": "备受", "甘败下风": "甘拜下风", "通迅": "通讯", "凑和": "凑合", "兰图": "蓝图",
    "决窍": "诀窍", "穿流不息": "川流不息", "谈笑风声": "谈笑风生", "默守成规": "墨守成规",
    "走头无路": "走投无路", "惯彻": "贯彻", "贯切": "贯彻", "防空措施": "防控措施", "疫情防空": "疫情防控",
    "防控指辉部": "防控指挥部", "指辉": "指挥", "整该": "整改", "处份": "处分", "诫免": "诫勉", "戒勉": "诫勉",
    "批评教肓": "批评教育", "教肓": "教育", "责令检察": "责令检查", "书面检察": "书面检查", "销毫": "销号",
    "消号": "销号", "贫困护": "贫困户", "截止目前": "截至目前", "截止到目前": "截至目前",
    "测量体问": "测量体温", "带口罩": "戴口罩", "配戴": "佩戴", "名符其实": "名副其实", "不径而走": "不胫而走",
    "关健": "关键", "严竣": "严峻", "形式严峻": "形势严峻", "贯穿始中": "贯穿始终", "制约因数": "制约因素",
    "幅射": "辐射", "竞然": "竟然", "己经": "已经", "己完成": "已完成", "己整改": "已整改", "己销号": "已销号",
    "以经": "已经", "末落实": "未落实", "末整改": "未整改", "末按": "未按", "末登记": "未登记",
    "末佩戴": "未佩戴", "末到岗": "未到岗", "末戴": "未戴", "末设": "未设", "末建立": "未建立",
    "末及时": "未及时", "末发现": "未发现", "其它": "其他", "做出决定": "作出决定", "做出处理": "作出处理",
    "帐号": "账号", "身分证": "身份证", "成份": "成分", "人材": "人才", "暴光": "曝光", "赎职": "渎职",
    "玩乎职守": "玩忽职守", "调以轻心": "掉以轻心", "弄虚做假": "弄虚作假", "推委扯皮": "推诿扯皮",
    "举一返三": "举一反三", "安徘": "安排", "检侧": "检测", "登既": "登记", "督促捡查": "督促检查",
    "捡查": "检查", "贯撤": "贯彻", "澈底": "彻底", "即往不咎": "既往不咎", "既日起": "即日起", "必竟": "毕竟",
    "辩别": "辨别", "亲睐": "青睐", "发贴": "发帖", "脉博": "脉搏", "慎密": "缜密", "浮燥": "浮躁",
    "急燥": "急躁", "烦燥": "烦躁", "陷井": "陷阱", "凌架": "凌驾", "震憾": "震撼", "追朔": "追溯",
    "欠收": "歉收", "嘎然": "戛然", "坐阵": "坐镇", "按步就班": "按部就班", "挺而走险": "铤而走险",
    "迫在眉捷": "迫在眉睫",
}  # fmt: skip
"""As it is miswritten, and what is meant."""
_NOT_AFTER: Final = {
    "己完成": "自知",
    "己整改": "自知",
    "己销号": "自",
    "己经": "自知",
    "关健": "海相",
    "带口罩": "携自",
    "消号": "取",
}
_ENDS_OF_TIME: Final = "周月年期岁季旬"
"""周末登记 is right: 末 is no 未 there."""


def _pattern(wrong: str) -> str:
    before = _ENDS_OF_TIME if wrong.startswith("末") else _NOT_AFTER.get(wrong, "")
    return f"(?<![{before}]){wrong}" if before else wrong


_MISWRITTEN = re.compile("|".join(_pattern(word) for word in sorted(MISWRITTEN, key=len, reverse=True)))
_UNTIL = re.compile(r"截止(?=\d|[一二三四五六七八九十]+月|今|昨|本月|上月|月底)")


def miswritten(subject: Subject) -> Iterator[Notice]:
    """布署 for 部署, 末落实 for 未落实."""
    for place in subject.places:
        text = plain(place.text)
        for wrong in dict.fromkeys((*_MISWRITTEN.findall(text), *_UNTIL.findall(text))):
            right = MISWRITTEN.get(wrong, "截至")
            sentence = f"“{wrong}”疑为“{right}”，请核对。"
            yield Notice("miswritten", sentence, place.key, place.record, at=place.at, mend=Mend(wrong, right))
