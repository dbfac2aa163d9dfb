"""Persons a paper names, by the post before the name: 党委副书记张三, and what is said to have been done to them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_SURNAMES: Final = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章云苏潘葛奚范彭郎鲁韦昌马苗凤方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于傅皮卞齐康伍余卜顾孟平黄穆萧尹姚邵汪祁毛狄米"
    "贝明臧计成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫房裘缪解应宗丁宣邓郁单杭洪包左石崔吉钮龚程嵇邢裴陆荣翁荀羊甄曲家封芮储靳汲松井段富巫乌焦巴弓牧隗山谷车侯"
    "宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍桑桂牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡"
    "步都耿满弘匡国文寇广禄阙东欧沃利蔚越夔隆师巩聂晁勾敖融冷辛阚那简饶空曾沙养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公苟肖闫付代覃"
)
_DOUBLE: Final = "欧阳|司马|上官|诸葛|夏侯|皇甫|尉迟|公孙|慕容|令狐|司徒|东方"
_POSTS: Final = (
    "书记|委员|主席|主任|县长|区长|市长|镇长|乡长|局长|科长|股长|所长|站长|院长|校长|园长|厂长|队长|大队长|中队长|支队长|组长|部长|会长|行长|经理|总经理|董事长|主管|馆长|社长|庭长|科员|干部|人员|职工|教师|医生|护士|村医"
    "|民警|辅警|网格员|点位长|值守员|护林员|安全员|会计|出纳|调研员|主任科员|负责人|委员会主任|文书|党员|司机|保安|同志|秘书长|指挥长|常委|巡查员|监察员|队员"
)
_NAME = rf"(?:(?:{_DOUBLE})[一-龥]{{1,2}}|[{_SURNAMES}](?:某某|某|[一-龥]{{1,2}}))"
_AFTER_POST = re.compile(rf"(?:{_POSTS})(?=({_NAME}))")
_STOP_AFTER = re.compile(
    r"[，。；、（：\s]|[在因对未受被的于与和把将给作均及利违不工没擅履落疫防现身存到两等接监玩参以]|$"
)
_UNIT_END: Final = (
    "县委|县政府|县(?!长)|区(?!长)|市(?!长)|镇(?!长)|乡(?!长)|街道办事处|办事处|街道|村委会|"
    "村(?!医|支|党|文书|会计|民)|社区|局(?!长)|委员会|办公室|医院|卫生院|中心|所(?!长)|站(?!长)|公司|学校|中学|"
    "小学|大队(?!长)|支队(?!长)|中队(?!长)|学院|合作社|厂(?!长)|集团|联社|支行|银行"
)
_UNIT_PART = re.compile(rf"^.*(?:{_UNIT_END})(?=.)")
_FORMER = re.compile(r"^(?:时任|原|现任|兼任)?")
_REST = re.compile(
    r"[。；，]|(?<=处分)、|[和与及]|、(?=[^、，。；]{2,24}?(?:县|镇|乡|街道|村|社区|局|医院|中心))|由|对|免去|给予|责令|责成|其中|同时|该案中|发现"
)


@dataclass(frozen=True, slots=True)
class Person:
    """A person named with a post.

    Attributes:
        start: where the name stands, ``end`` likewise.
    """

    name: str
    post: str
    unit: str
    start: int
    end: int


def people_in(text: str) -> tuple[Person, ...]:
    """The persons of a case, each once, where they are first named with their post."""
    found: dict[str, Person] = {}
    for hit in _AFTER_POST.finditer(text):
        start = hit.end()
        name = _name_at(text, start)
        if name and name not in found:
            unit, post = _standing(text, start)
            found[name] = Person(name, post, unit, start, start + len(name))
    return tuple(found.values())


def _name_at(text: str, start: int) -> str:
    """The name that begins here: of two lengths the one that is said again, else the one that a name may end at."""
    longest = 4 if re.match(_DOUBLE, text[start:]) else 3
    named = [text[start : start + length] for length in range(longest, longest - 2, -1)]
    named = [one for one in named if len(one) > 1 and re.fullmatch(r"[一-龥]+", one)]
    again = [one for one in named if text.count(one) > 1]
    if again:
        return again[0]
    return next((one for one in named if _STOP_AFTER.match(text, start + len(one))), "")


def _standing(text: str, start: int) -> tuple[str, str]:
    """Unit and post said before a name."""
    before = text[max(0, start - 50) : start]
    cut = 0
    for hit in _REST.finditer(before):
        cut = hit.end()
    return unit_and_post(before[cut:].lstrip("，、（“ "))


def unit_and_post(said: str) -> tuple[str, str]:
    """石门乡党委副书记 as 石门乡 and 党委副书记; the unit is "" where none is said."""
    unit = _UNIT_PART.match(said)
    return ("", said) if unit is None else (unit[0], said[unit.end() :])


def names_in(text: str, people: Iterable[Person]) -> tuple[str, ...]:
    """Whom of these a piece is about, in its order; 对张三监管不力 is about somebody else."""
    hits = [(found.start(), one.name) for one in people if (found := re.search(rf"(?<![对向]){one.name}", text))]
    return tuple(name for _at, name in sorted(hits))
