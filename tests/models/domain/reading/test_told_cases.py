"""A criticism bulletin's cases: title, facts, who answered with which measure, by whom and when."""

import datetime as dt

from models.domain.reading.cases import cases
from models.domain.reading.days import day_told
from models.queries.lookups.reading import shipped_measure_words

TEXT = """一、石门乡党委副书记李建国疫情防控履职不力的问题。3月1日至5日，李建国未到包联村督导，值班记录由他人代签。\
3月9日，县纪委给予李建国党内警告处分，免去其党委副书记职务。
二、青石镇石桥村村委会主任王大伟、村会计赵小兰弄虚作假的问题。2月，两人编造测温数据。\
3月8日，王大伟、赵小兰均受到诫勉谈话；\
该镇分管副镇长孙志远监管不到位，被责令作出书面检查。
三、关于进一步加强管理。各单位要引以为戒。"""


def test_each_party_gets_its_own_measures() -> None:
    first, second = cases(TEXT, shipped_measure_words())
    assert first.title == "石门乡党委副书记李建国疫情防控履职不力的问题"
    assert first.fact.startswith("3月1日至5日，李建国未到")
    (party,) = first.parties
    assert (party.unit, party.post, party.name) == ("石门乡", "党委副书记", "李建国")
    assert [(one.measure, one.organ, one.day) for one in party.measures] == [
        ("党内警告", "县纪委", "3月9日"), ("免职", "县纪委", "3月9日"),
    ]  # fmt: skip
    assert [(one.name, [m.measure for m in one.measures]) for one in second.parties] == [
        ("王大伟", ["诫勉谈话"]), ("赵小兰", ["诫勉谈话"]), ("孙志远", ["责令作出书面检查"]),
    ]  # fmt: skip


def test_who_failed_to_watch_somebody_is_dealt_with_alone() -> None:
    text = (
        "一、柳河镇村医吴大明弄虚作假的问题。吴大明编造数据，受到批评教育。"
        "镇卫生院院长周立新对吴大明监督不力，受到诫勉谈话。"
    )
    (case,) = cases(text, shipped_measure_words())
    assert {one.name: [m.measure for m in one.measures] for one in case.parties} == {
        "吴大明": ["批评教育"], "周立新": ["诫勉谈话"],
    }  # fmt: skip


def test_a_day_without_a_year_takes_the_papers_own() -> None:
    today = dt.date(2026, 11, 29)
    assert day_told("3月9日", "云防办〔2022〕7号", today, past=True) == dt.date(2022, 3, 9)
    assert day_told("12月9日", "没有年份", today, past=True) == dt.date(2025, 12, 9)
    assert day_told("3月底前", "2022年3月1日印发", today) == dt.date(2022, 3, 31)
    assert day_told("长期坚持", "", today) is None


def test_persons_joined_by_a_comma_mark_share_a_measure_and_the_subject_alone_has_his() -> None:
    text = (
        "一、柳河镇站长吴大明、副站长周立新值守不力的问题。吴大明、周立新受到批评教育。"
        "站长吴大明履职不力，经副站长周立新核实，受到诫勉谈话。吴大明被免去职务。"
    )
    (case,) = cases(text, shipped_measure_words())
    assert {one.name: [m.measure for m in one.measures] for one in case.parties} == {
        "吴大明": ["批评教育", "诫勉谈话", "免职"], "周立新": ["批评教育"],
    }  # fmt: skip


def test_days_the_calendar_does_not_have_are_none() -> None:
    today = dt.date(2026, 11, 29)
    assert day_told("2月30日前", "2022年", today) is None
    assert day_told("13月底前", "2022年", today) is None
