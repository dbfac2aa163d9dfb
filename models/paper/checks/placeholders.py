"""What nobody filled in: placeholders of every shape, and 某 where a name is due."""

import re
from collections.abc import Iterator

from models.paper.checks.notices import Notice, Subject

_PLACEHOLDER = re.compile(
    r"[XＸ]{2,}|(?<![A-Za-z])x{2,}(?![A-Za-z])|×{2,}|[*＊]{2,}|_{3,}|\{\w+\}|（?待填写?）?|某某某"
)
_NAMELESS = re.compile(r"(?P<before>.?)某{1,2}(?P<after>.?)")
_PLACE_WORDS = "省市县区镇乡村街社局委办站院校厂店厅组所单公小药酒商"
_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章云苏潘葛奚范彭郎鲁韦昌马苗"
    "凤方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵汪祁毛禹狄米"
    "贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万"
    "支柯管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程嵇邢裴陆荣翁荀羊惠甄曲家封芮储靳汲邴糜松井段富巫"
    "乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸"
    "籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍桑桂牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎充慕连茹习"
    "宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧沃利蔚越夔隆师巩聂晁勾敖融冷辛阚那简饶空曾沙养鞠"
    "须丰巢关蒯相查后荆红游竺权逯盖益桓公苟肖闫付邸代覃"
) - frozenset("于从那通和向时边都终所查后相步常")


def placeholders(subject: Subject) -> Iterator[Notice]:
    """XX, ××, ____, {…}, （待填写） and the like."""
    for place in subject.places:
        for found in dict.fromkeys(_PLACEHOLDER.findall(place.text)):
            sentence = f"“{_around(place.text, found)}”里的“{found}”还没有填写。"
            yield Notice("placeholder", sentence, place.key, place.record, "error", place.at)


def nameless(subject: Subject) -> Iterator[Notice]:
    """某 where a name is due: 某镇, 书记某某; 杨某某 is a masked name."""
    for place in subject.places:
        for found in _NAMELESS.finditer(place.text):
            masked = found["before"] in _SURNAMES and found["after"] not in _PLACE_WORDS
            before = place.text[max(found.start() - 1, 0) : found.start() + 1]
            if not masked and before not in _DOUBLE and found[0].strip("某"):
                sentence = f"“{_around(place.text, found[0])}”里的“某”应写明名称。"
                yield Notice("nameless", sentence, place.key, place.record, "warning", place.at)


_DOUBLE = frozenset({"欧阳", "司马", "上官", "诸葛", "夏侯"})


def _around(text: str, part: str) -> str:
    at = text.find(part)
    return text[max(at - 8, 0) : at + len(part) + 8].replace("\n", " ")
