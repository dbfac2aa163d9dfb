"""What a sentence does: tell a problem, or report what was done, advise, order."""

import re
from enum import StrEnum
from typing import Final


class Tone(StrEnum):
    """What a piece of a paper is about."""

    PROBLEM = "problem"
    OTHER = "other"
    UNKNOWN = "unknown"


_PROBLEM = re.compile(
    r"未(?!来|必|知|成年|雨|央|经|免|发现(?!制止|并))|没有|没能|没人|没见|没[按做把]|尚无|暂无|无(?!缝|偿|论|人机|线电|疑|关|微|愧|私|不|数|处不|死角|小事|盲区|遗漏|障碍|症状|疫情|接触|漏项|纺布|法(?!及时|正常|提供|保障|支付|报销|回|做到|落实|出示))"
    r"|不(?=到位|足|够|强|高|严|实|力|及时|规范|完善|健全|完备|完整|清|明|全|齐|符|彻底|扎实|落实|合[格理规]|平衡|迅速|准|深|细|牢|多|熟|了解|掌握"
    r"|配合|重视|经常|按|能|标准|佩戴|戴|大|统一|一致|顺|畅|紧|主动|积极|作为|担当|负责|执行|服从|履|达标|在岗|见|均|充分|适应|便|上心|扫|测|查|登记|消毒|公开|透明|灵|浓|集中|密|稳)"
    r"|缺乏|缺少|缺失|缺位|缺岗|缺口|缺医|短缺|紧缺|稀缺|匮乏|薄弱|短板|漏洞|漏项|隐患|松懈|松散|侥幸|麻痹|懈怠|厌战|恐慌|错误|有误|失真|脱落|丢失|遗失|遮挡|模糊|超员|超载|带病|脱管|堆放|混乱|杂乱|脏乱|单一|走过场|流于形式|形式主义|官僚主义"
    r"|滞后|迟缓|缓慢|拖延|拖拉|推诿|扯皮|敷衍|应付|脱岗|漏岗|空岗|离岗|睡岗|失管|漏管|失控|失守|失职|失责|脱节|断档|过期|超期|逾期|破损|损坏|失效|失灵|老化|锈蚀|松动|违规|违法|违反|违背|擅自|随意|扎堆"
    r"|有待|亟待|亟需|急需|需要?(?:进一步)?(?:加强|改进|完善|提高|提升)|难以|较难|(?:难度|压力|风险|缺口|差距|隐患)(?:较|很|相对)?(?:大|高)|较[低弱差少慢]|偏[低弱差少慢]|困难|不了|落空|虚假|瞒报|迟报|漏报|漏检|堵塞|占用|直排|偷排|漏排|外溢|渗漏|倾倒|裸露|积水|私自|私拉|乱[堆搭扔停放贴]"
    r"|打折扣|重复(?:使用|录入)|粗心|草率|粗放|简单化|一刀切|层层加码|浮于|停留在|不知|超标|异味|污染|乏力|薄,|欠缺|过于|只[有顾是]|仍(?:有|存在)|依然存在|存在.{0,24}?(?:问题|现象|情况|不足|思想|情绪|漏洞|风险)"
)
_DONE = re.compile(
    r"(?<!不)(?<!不够)(?:及时|到位|有力|得力|有效|有序|全面|严密|充足|扎实|良好|显著|稳定|圆满|完善|充分|明显)"
    r"(?=[。，；、]|$)|取得.{0,8}成[效绩]|成效|第一时间|迅速(?:行动|响应|启动)|织牢|筑牢|飘扬|助力|共[取组投发]"
)
_ORDER = re.compile(
    r"^(?:[各该]?[^，。]{0,8}?(?:(?<![需主重必紧只])要|(?<![反供响相适])应(?![急用付对])|须)|请|务必|建议|进一步|加强|加大|加快|强化|完善|优化|做好|抓好|抓实|严格|迅速|立即|尽快|充分|切实|持续|建立|健全|推进|落实|提高|提升|深化|压实"
    r"|督促|明确|规范|坚持|坚决|统筹|积极|继续|深入|认真|制定|利用|开展|组织|补足|补齐|消除|堵塞漏洞|排查整治|常态化|合理|严明|配备|发挥|全力|动员|大力|广泛|狠抓|强力|确保|织牢|筑牢|严防|严守|聚焦|突出|注重|对照|举一反三|责令|限期|全面)"
)
_RULE = re.compile(
    r"^(?:禁止|严禁|不得|不准|未经[^，。]{0,10}，?(?:任何|不得|一律)|对?违反(?:本|上述|以上|前款)|对违反[^，。]{0,12}的，|任何(?:单位|个人))"
)
"""What forbids, or says what follows from breaking a rule."""
_ASPECT = re.compile(r"^(?:在)?[^，。：；]{2,12}方面[：，]?(?:存在[^，。：]{0,6}问题[：，]?)?")
_CLAUSE = re.compile(r"[，。；：]")
_TAIL: Final = 7
"""Characters at a clause's end that tell how it judges: 落实四方责任不到位."""
_SENTENCE = re.compile(r"[^。；！？\n]*[。；！？\n]?")
_HEAD: Final = 60
"""Characters of a piece that tell best what it is about."""


def problems_in(text: str) -> int:
    """How many words of a piece speak of something wrong."""
    return len(_PROBLEM.findall(text))


def first_problem(text: str) -> int:
    """Where the first such word stands; -1 where there is none."""
    found = _PROBLEM.search(text)
    return -1 if found is None else found.start()


def tone_of(text: str) -> Tone:
    """What a piece is about, by its first sentence and then by the rest."""
    sentences = [one for one in _SENTENCE.findall(_ASPECT.sub("", text.strip())) if one.strip()]
    if not sentences:
        return Tone.UNKNOWN
    head = sentences[0][:_HEAD]
    wrong, done, order = problems_in(head), len(_DONE.findall(head)), bool(_ORDER.search(head))
    if _RULE.match(head):
        return Tone.OTHER
    if problems_in(_CLAUSE.split(head, maxsplit=1)[0][-_TAIL:]):
        return Tone.PROBLEM
    if order and wrong <= 1:
        return Tone.OTHER
    return _weighed(wrong, done) if wrong or done else _weighed(*_counted("".join(sentences[1:])))


def _counted(text: str) -> tuple[int, int]:
    return problems_in(text), len(_DONE.findall(text))


def _weighed(wrong: int, done: int) -> Tone:
    """What outweighs; where both are as many in a first sentence it reports what was done."""
    if wrong > done:
        return Tone.PROBLEM
    return Tone.OTHER if done else Tone.UNKNOWN
