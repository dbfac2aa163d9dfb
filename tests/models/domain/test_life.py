"""What does not fit together is told, each kind in its own sentence that names the record."""

import pytest

from models.domain.findings.life import Answer, CaseLife, Life, Verdict, case_faults, faults

DONE, ON, PART, SPOT = "已整改", "正在推进", "部分完成", "立行立改"


def answers(*told, first=1):
    return tuple(Answer(first + n, *one) for n, one in enumerate(told))


def life(status, *told, verdicts=(), **more):
    closed = {"solved_count": 1} if status == "已销号" else {}
    return Life(7, "2022-0001", status, answers=answers(*told), verdicts=tuple(verdicts), **(closed | more))


def seen(number, feedback=1, of=7):
    return Verdict(90 + number, number, feedback, of)


@pytest.mark.parametrize(
    "sound",
    [
        life("待交办"),
        life("整改中", (1, ON)),
        life("待核查", (1, DONE)),
        life("待核查", (1, ON), (1, DONE)),
        life("退回重改", (1, DONE), verdicts=[seen(1)]),
        life("待核查", (1, DONE), (2, DONE), verdicts=[seen(1)]),
        life("已销号", (1, DONE), verdicts=[seen(1)]),
        life("已销号", (1, DONE), (1, DONE, False), verdicts=[seen(1)]),
        life("已销号", (1, SPOT), fixed_on_spot=True),
        life("整改中", (1, SPOT), fixed_on_spot=True, rebound_count=1, rebounds=1),
        life("待核查", (1, SPOT), (1, DONE), fixed_on_spot=True, rebound_count=1, rebounds=1),
        life("作废", (1, DONE)),
        life("挂账协调", (1, DONE), verdicts=[seen(1)]),
        life("整改中", (1, PART), count=3, solved_count=2),
        life("整改中", count=3, solved_count=2, split=True),
        life("已销号", backfilled=True, solved_count=0),
        life("待核查", (1, DONE), (1, DONE), backfilled=True),
        life("已销号", foreign=True, solved_count=0),
        life("已销号", (1, DONE), self_found=True),
        life("撤销", (1, DONE), verdicts=[seen(1, None, None)]),
    ],
)
def test_a_sound_life_has_nothing_against_it(sound):
    assert faults(sound) == []


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (life("待核查"), "没有等着核查的反馈"),
        (life("待核查", (1, DONE, False)), "没有等着核查的反馈"),
        (life("待核查", (1, DONE), verdicts=[seen(1)]), "没有等着核查的反馈"),
        (life("已销号"), "没有核查，也不是当场整改或补录"),
        (life("已销号", (1, DONE)), "没有核查"),
        (life("已销号", (1, DONE), (2, DONE), verdicts=[seen(1)]), "没有核查"),
        (life("退回重改", (1, DONE)), "没有作出这一结论的核查"),
        (life("撤销"), "没有作出这一结论的核查"),
        (life("整改中", (1, DONE)), "现为“整改中”，第1轮反馈报的是“已整改”，没有核查"),
        (life("已销号", (1, DONE), (2, DONE), verdicts=[seen(2, 2)]), "第1轮反馈报的是“已整改”，没有核查"),
        (life("退回重改", (1, DONE), verdicts=[seen(1), seen(1)]), "第1轮有2次核查"),
        (life("待核查", (1, DONE), (1, DONE)), "第1轮有2份送核查的反馈"),
        (life("退回重改", (1, DONE), verdicts=[seen(1, 1, 8)]), "第1轮核查所指的是别的问题的反馈"),
        (life("退回重改", (1, DONE), verdicts=[seen(1, 1, 0)]), "第1轮核查所指的反馈已经删去"),
        (life("已销号", foreign=True, verdicts=[seen(1, 1, 8)]), "别的问题的反馈"),
        (life("整改中", rebound_count=1), "反弹次数是1，回头看里的反弹有0次"),
        (life("整改中", solved_count=2), "共1个，已整改却记了2个"),
        (life("已销号", (1, DONE), verdicts=[seen(1)], count=3), "共3个，已整改只记了1个"),
        (life("整改中", count=3, solved_count=2), "没有“部分完成”的反馈"),
        (life("已销号", self_found=True), "自查问题2022-0001已办结，没有整改情况"),
    ],
)
def test_a_broken_life_is_told(broken, words):
    told = faults(broken)
    assert any(words in sentence for sentence in told), told
    assert all("2022-0001" in sentence for sentence in told)


@pytest.mark.parametrize(
    ("case", "sound"),
    [
        (CaseLife("2022-001", "线索", 0), True),
        (CaseLife("2022-001", "决定", 1), True),
        (CaseLife("2022-001", "决定", 0, backfilled=True), True),
        (CaseLife("2022-001", "归档", 0, dropped=True), True),
        (CaseLife("2022-001", "归档", 0), False),
        (CaseLife("2022-001", "通报", 0), False),
    ],
)
def test_a_decision_has_what_was_decided(case, sound):
    told = case_faults(case)
    assert (told == []) is sound
    assert all("案件2022-001" in sentence for sentence in told)
