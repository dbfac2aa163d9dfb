"""What nobody filled in: placeholders of every shape, and 某 where a name is due."""

import re
from collections.abc import Iterator

from models.paper.checks.notices import TITLE, Notice, Subject
from models.paper.checks.texts import around, plain
from models.paper.elements import Table

_NUMERALS = "零一二三四五六七八九十百千万〇○"
_PLACEHOLDER = re.compile(
    r"[XＸ]{2,}|(?<![A-Za-z])x{2,}(?![A-Za-z])|[×✕╳]{2,}|[*＊]{2,}|[_＿]{2,}|[#＃]{2,}|[△▲□■☆◇◆●]{2,}"
    rf"|(?<![{_NUMERALS}])[○〇◯]{{2,}}(?![{_NUMERALS}])"
    r"|(?<![A-Za-z0-9])[XＸ×](?=[年月日号镇乡村县市区局委办街社人个名次期条起同家])|[XＸ×]某|某[XＸ×]"
    r"|(?<![A-Za-z0-9])[NnMm](?=[个名次期条起家处项件]|年|月|日)"
    r"|[（(【\[〔](?:此处|这里|请)?(?:待|需|须)?(?:补充|补齐|填写|填入|核实|核对|完善|确定|添加|插入)[^（）()【】\[\]〔〕]{0,8}[）)】\]〕]"
    r"|[（(【\[](?:单位|姓名|人名|职务|日期|时间|地点|点位|数字|数量|金额|电话|标题|文号|文件|名称|机关|领导|签发人|联系人|年份)"
    r"(?:名称|全称|姓名|名|号码)?[）)】\]]"
    r"|\{+[^{}\n]{1,20}\}+|<[一-鿿]{1,8}>|［[一-鿿]{1,8}］"
    r"|待(?:填写?|定稿)|(?<![A-Za-z])(?:TBD|TODO|tbd|todo)(?![A-Za-z])|某某某"
    r"|\d{4}年[ \u3000]+月|年[ \u3000]+月[ \u3000]*日|月[ \u3000]+日(?=[前内，。])|第[ \u3000]+[号期次]"
    r"|〔[ \u3000]*\d{0,4}[ \u3000]*〕[ \u3000]*号"
    r"|〔[ \u3000]*〕|[（(][ \u3000]+[）)]|[？?]{2,}"
)
_NAMELESS = re.compile(r"(?P<before>.?)某{1,2}(?![些种类段方程时])(?P<after>.?)")
_PLACE_WORDS = "省市县区镇乡村街社局委办站院校厂店厅组所单公小药酒商"
SURNAMES = frozenset(
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
    """XX, ××, ____, {…}, （待填写）, （单位名称）, ○○ and the like, but for what is quoted."""
    for place in subject.places:
        said: set[str] = set()
        for found in _PLACEHOLDER.finditer(plain(place.text)):
            if found[0] not in said:
                said.add(found[0])
                sentence = f"“{around(place.text, *found.span())}”里的“{found[0]}”还没有填写。"
                yield Notice("placeholder", sentence, place.key, place.record, "error", place.at)


def nameless(subject: Subject) -> Iterator[Notice]:
    """某 where a name is due: 某镇, 书记某某; 杨某某 is a masked name."""
    for place in subject.places:
        for found in _NAMELESS.finditer(plain(place.text)):
            masked = found["before"] in SURNAMES and found["after"] not in _PLACE_WORDS
            before = place.text[max(found.start() - 1, 0) : found.start() + 1]
            if not masked and before not in _DOUBLE and found[0].strip("某"):
                sentence = f"“{around(place.text, *found.span())}”里的“某”应写明名称。"
                yield Notice("nameless", sentence, place.key, place.record, "warning", place.at)


_DOUBLE = frozenset({"欧阳", "司马", "上官", "诸葛", "夏侯"})


def questions(subject: Subject) -> Iterator[Notice]:
    """？ in title, lead or table: something was to be asked about first."""
    paper = subject.paper
    for place in subject.places:
        block = paper.blocks[place.at] if place.at >= 0 else None
        asked = place.key == TITLE or isinstance(block, Table) or place.at in (0, 1) or key_is_lead(place.key)
        found = _QUESTION.search(plain(place.text)) if asked or place.annexed else None
        if found:
            sentence = f"“{around(place.text, *found.span())}”里有问号，请核实后改正。"
            yield Notice("question", sentence, place.key, place.record, at=place.at)


def key_is_lead(key: str) -> bool:
    """Whether a place is the lead of a composed paper."""
    return key.startswith("lead")


_QUESTION = re.compile("(?<![?？])[?？](?![?？])")
