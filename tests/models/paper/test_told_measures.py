"""What a text says of measures: organ, person and whose 处分, read from the words alone."""

import pytest
from check_examples import paper

from models.paper.checks.before_issue import before_issue

CODES = {"told_organ", "told_person", "told_unclear"}


def codes(text: str) -> list[str]:
    return [n.code for n in before_issue(paper(text)) if n.code in CODES]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3月1日，县监委给予张三政务警告处分。", []),
        ("2022年3月1日县纪委监委给予张三党内警告、政务记过处分。", []),
        ("经县委研究，县纪委决定给予张三党内严重警告处分。", []),
        ("对县卫健局局长张三给予政务记过处分。", []),
        ("县监委对县卫健局局长张三给予政务记过处分。", []),
        ("张三被县监委给予政务撤职处分。", []),
        ("张三受到党内警告、政务记大过处分。", []),
        ("县教育局给予张三警告处分。", []),
        ("县人民医院给予医生张三记过处分。", []),
        ("桥头村党支部书记张三受到政务记大过处分。", []),
        ("桥头村村委会主任张三受到批评教育，副镇长李四受到政务降级处分。", []),
        ("张三受到开除党籍、开除公职处分。", []),
        ("县纪委给予县教育局干部张三党内警告处分。", []),
        ("县卫健局给予张三政务记过处分。", ["told_organ"]),
        ("张三被县教育局给予政务警告处分。", ["told_organ"]),
        ("3月2日，柳河镇党委给予李四政务警告处分。", ["told_organ"]),
        ("县监委给予张三党内警告处分。", ["told_organ"]),
        ("县疫情防控指挥部给予张三党内警告处分。", ["told_organ"]),
        ("桥头村村委会主任张三受到政务撤职处分。", ["told_person"]),
        ("给予东风社区党支部书记张三政务开除处分。", ["told_person"]),
        ("对违反规定的，依规给予警告处分。", []),
        ("受到记过处分的，取消评优资格。", []),
        ("对履职不力的依规依纪给予党纪政务处分。", []),
        ("张三被给予记过处分。", ["told_unclear"]),
        ("张三受到记过处分。", ["told_unclear"]),
        ("县纪委监委给予张三警告处分。", ["told_unclear"]),
        ("张三受到党内严重警告、撤职处分。", ["told_unclear"]),
    ],
)
def test_what_is_read_of_a_sentence(text: str, found: list[str]) -> None:
    assert codes(text) == found
