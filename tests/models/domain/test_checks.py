"""What is found before a document is issued, each with its place and its record."""

import datetime as dt

import msgspec
import pytest

from models.domain.findings.lifecycle import Status
from models.paper.checks.before_issue import Facts, FindingFact, PersonFact, before_issue
from models.paper.elements import Annex, Block, Column, Header, Mask, Origin, Paper, Paragraph, Photos, Signature, Table

DAY = dt.date(2022, 3, 20)


def block(key: str, text: str, *records: str, heading: str = "", level: int = 0) -> Paragraph:
    return Paragraph(text=text, heading=heading, level=level, origin=Origin(key, records, heading + text))


def paper(*blocks: Block, **more: object) -> Paper:
    values: dict[str, object] = {
        "kind": "findings_bulletin", "title": "关于督查情况的通报", "addressees": ("各乡镇",), "blocks": blocks,
        "header": Header(("县督查组",), number="云防〔2022〕1号"), "signature": Signature(("县督查组",), DAY),
    }  # fmt: skip
    return Paper(**(values | more))


GOOD = block("lead:1", "现将有关情况通报如下。")


def codes(given: Paper, facts: Facts | None = None) -> list[str]:
    return [n.code for n in before_issue(given, facts or Facts())]


def test_a_good_paper_has_nothing_against_it() -> None:
    assert codes(paper(GOOD, block("a", "杨某某与欧阳某某参加聚餐，村民李某在场。"))) == []


@pytest.mark.parametrize("left", ["XX镇", "XX", "ＸＸ", "××村", "**药店", "___", "{unit}", "（待填写）", "xx人"])
def test_placeholders_are_errors_at_their_block(left: str) -> None:
    found = before_issue(paper(GOOD, block("a", f"督查发现，{left}未落实。", "finding:9")))
    assert [(n.code, n.key, n.record, n.severity, n.at) for n in found] == [
        ("placeholder", "a", "finding:9", "error", 1)
    ]


@pytest.mark.parametrize("left", ["某镇未落实。", "党委书记某某未到岗。", "督查发现某单位未落实。"])
def test_a_nameless_place_or_person_is_told(left: str) -> None:
    assert codes(paper(GOOD, block("a", left))) == ["nameless"]


def test_placeholders_in_tables_captions_and_titles_are_found() -> None:
    table = Table((Column("单位"),), (("XX镇",),))
    annex = Annex("清单", (table, Photos((), "XX药店")), origin=Origin("annex:清单", text="清单"))
    found = before_issue(paper(GOOD, title="关于XX的通报", annexes=(annex,)))
    assert [n.code for n in found] == ["placeholder"] * 3
    assert found[0].key == "title"


def test_the_number_of_cases_in_the_title_must_be_that_of_the_body() -> None:
    cases = [block(f"case:{n}", "……", heading=f"第{n}人的问题。", level=1) for n in range(3)]
    good = paper(GOOD, *cases, title="关于3起问题的通报")
    assert codes(good) == []
    bad = before_issue(msgspec.structs.replace(good, title="关于5起问题的通报"))
    assert [(n.code, n.key, n.severity) for n in bad] == [("count_cases", "title", "error")]
    assert "标题写5起，正文有3起" in bad[0].sentence
    lead = before_issue(paper(block("lead:1", "现将4起问题通报如下。"), *cases))
    assert [(n.code, n.key) for n in lead] == [("count_cases", "lead:1")]


def test_the_total_of_the_lead_must_be_that_of_the_findings() -> None:
    given = paper(block("lead:1", "发现存在问题的点位3个、问题7个。"), block("a", "……", "finding:1", "finding:2"))
    some = (FindingFact("finding:1", "2022-1", Status.HANDED, 4), FindingFact("finding:2", "2022-2", Status.HANDED, 3))
    assert codes(given, Facts(findings=some)) == []
    assert codes(given, Facts(findings=some[:1])) == ["count_problems"]


def test_deadlines_before_the_date_are_found() -> None:
    assert codes(paper(GOOD, block("a", "请于3月25日前报送。"))) == []
    assert codes(paper(GOOD, block("a", "请于2月30日前报送。"))) == ["day_impossible"]
    found = before_issue(paper(GOOD, block("a", "请于3月15日前报送，并于2021年12月1日前完成。")))
    assert [n.code for n in found] == ["deadline"] * 2
    late = FindingFact("finding:1", "2022-0001", Status.HANDED, 1, dt.date(2022, 3, 1))
    table = Table((Column("问题"),), (("……",),), origin=Origin("table:due", ("finding:1",)))
    notice = paper(GOOD, table, kind="rectification_notice", title="整改通知书")
    found = [n for n in before_issue(notice, Facts(findings=(late,))) if n.code != "type_differs"]
    assert [(n.code, n.key, n.record, n.at) for n in found] == [("deadline_recorded", "table:due", "finding:1", 1)]
    assert "3月1日早于成文日期" in found[0].sentence
    assert codes(paper(GOOD, block("b", "……", "finding:1")), Facts(findings=(late,))) == []
    reminder = paper(GOOD, block("b", "……", "finding:1"), kind="reminder")
    assert "deadline_recorded" not in codes(reminder, Facts(findings=(late,)))


def test_a_closed_finding_listed_as_open_is_found() -> None:
    done = FindingFact("finding:1", "2022-0001", Status.CLOSED)
    listed = paper(GOOD, block("b", "……", "finding:1"))
    assert codes(listed, Facts(findings=(done,))) == []
    notice = msgspec.structs.replace(listed, kind="rectification_notice", title="整改通知书")
    assert "closed" in codes(notice, Facts(findings=(done,)))
    said = paper(GOOD, block("b", "正在整改，尚未反馈。", "finding:1"), kind="rectification_report", title="整改报告")
    assert "closed" in codes(said, Facts(findings=(done,)))


def test_a_finding_is_named_where_its_own_paragraph_stands() -> None:
    late = FindingFact("finding:2", "2022-0002", Status.HANDED, 1, dt.date(2022, 3, 1))
    done = FindingFact("finding:1", "2022-0001", Status.CLOSED)
    lead = block("lead:1", "现交你单位办理。", "finding:1", "finding:2")
    items = (block("finding:1", "正在整改。", "finding:1"), block("finding:2", "……", "finding:2"))
    notice = paper(lead, *items, kind="rectification_notice", title="整改通知书")
    found = before_issue(notice, Facts(findings=(late, done)))
    assert [(n.code, n.key, n.at) for n in found] == [("closed", "finding:1", 1), ("deadline_recorded", "finding:2", 2)]
    report = paper(lead, *items, kind="rectification_report", title="整改报告")
    report = before_issue(report, Facts(findings=(late, done)))
    assert [(n.code, n.key) for n in report] == [("closed", "finding:1")]


def test_a_person_named_differently_is_found() -> None:
    person = PersonFact("party:1", "蒋恩文", "case:1")
    good = paper(GOOD, block("case:1", "蒋恩文未到岗。", "party:1"))
    assert codes(good, Facts(people=(person,))) == []
    other = paper(block("lead:1", "对蒋恩汶等人通报。"), block("case:1", "蒋恩文未到岗。", "party:1"))
    assert [(n.code, n.key) for n in before_issue(other, Facts(people=(person,)))] == [("name_differs", "lead:1")]
    gone = paper(GOOD, block("case:1", "该同志未到岗。", "party:1"))
    assert codes(gone, Facts(people=(person,))) == ["name_missing"]
    masked = paper(GOOD, block("case:1", "蒋某某未到岗。", "party:1"), masks=(Mask("蒋恩文", "蒋某某"),))
    assert codes(masked, Facts(people=(person,))) == []


def test_two_real_people_with_like_names_are_no_fault() -> None:
    people = (PersonFact("party:1", "蒋恩文", "case:1"), PersonFact("party:2", "蒋恩武", "case:1"))
    assert codes(paper(GOOD, block("case:1", "蒋恩文、蒋恩武未到岗。")), Facts(people=people)) == []


def test_a_person_without_a_disposition_is_told() -> None:
    person = PersonFact("party:1", "蒋恩文", "case:1", settled=False)
    assert codes(paper(GOOD, block("case:1", "蒋恩文未到岗。")), Facts(people=(person,))) == ["unsettled"]


@pytest.mark.parametrize(
    ("number", "code", "said"),
    [
        ("", "number_missing", "没有发文字号"),
        ("云防[2022]7号", "number_form", "应写作“云防〔2022〕7号”"),
        ("云防〔2022〕第07号", "number_form", "应写作“云防〔2022〕7号”"),
        ("云防2022-7", "number_form", "的样子"),
        ("云防〔2021〕1号", "number_year", "成文日期是2022年"),
    ],
)
def test_numbers_must_be_written_right(number: str, code: str, said: str) -> None:
    found = before_issue(paper(GOOD, header=Header(("县督查组",), number=number)))
    assert [(n.code, n.key) for n in found] == [(code, "number")]
    assert said in found[0].sentence


@pytest.mark.parametrize(("serial", "level"), [(4, []), (3, ["error"]), (6, ["warning"])])
def test_a_repeat_stands_against_issuing_and_a_gap_is_told(serial: int, level: list[str]) -> None:
    given = paper(GOOD, header=Header(("县督查组",), number=f"云防〔2022〕{serial}号"))
    used = frozenset({1, 2, 3})
    found = before_issue(given, Facts(used=used))
    assert [n.severity for n in found] == level
    with_reason = before_issue(given, Facts(used=used, gap_reason="前号留用"))
    assert [n.severity for n in with_reason] == ["warning"] * len(level)


def test_the_issue_number_is_in_sequence_too() -> None:
    assert codes(paper(GOOD), Facts(issue=4, issues_used=frozenset({1, 2, 3}))) == []
    found = before_issue(paper(GOOD), Facts(issue=3, issues_used=frozenset({1, 2, 3})))
    assert [n.code for n in found] == ["issue_twice"]
    assert "3期已经用过" in found[0].sentence


def test_wrong_brackets_in_the_text_are_found() -> None:
    found = before_issue(paper(GOOD, block("a", "按照云防[2022]06号文件要求落实。")))
    assert [n.code for n in found] == ["brackets"]
    assert "〔2022〕6号" in found[0].sentence
    assert codes(paper(GOOD, block("a", "按照云防〔2022〕6号文件要求落实。"))) == []


def test_the_head_must_be_whole() -> None:
    bare = paper(title=" ", signature=None, addressees=())
    assert set(codes(bare)) == {"title", "empty", "signature"}
    assert "addressees" in codes(paper(GOOD, addressees=(), kind="rectification_notice", title="整改通知书"))
    assert codes(paper(GOOD, title="关于" + "全县重点场所疫情防控措施落实情况" * 6 + "的通报")) == ["title_long"]


def test_errors_come_first() -> None:
    found = before_issue(paper(GOOD, block("a", "某镇未落实。"), block("b", "XX未落实。")))
    assert [n.severity for n in found] == ["error", "warning"]


def test_what_was_typed_by_hand_is_found_at_its_place() -> None:
    own = Paragraph("XX镇未落实。")
    found = [n for n in before_issue(paper(GOOD, own, annexes=(Annex("XX清单", (own,)),))) if n.code == "placeholder"]
    assert [(n.code, n.key) for n in found] == [
        ("placeholder", "blocks.1"), ("placeholder", "annexes.0"), ("placeholder", "annexes.0.blocks.0"),
    ]  # fmt: skip


def test_paragraphs_and_attachments_nobody_wrote_are_told() -> None:
    found = before_issue(paper(GOOD, Paragraph(" "), Photos(()), annexes=(Annex("", (Paragraph(""),)),)))
    assert [(n.code, n.key, n.severity) for n in found] == [
        ("annex_title", "annexes.0", "error"), ("blank", "blocks.1", "warning"),
    ]  # fmt: skip


def test_a_gap_asks_for_its_reason_and_with_one_is_only_said() -> None:
    given = paper(GOOD, header=Header(("县督查组",), number="云防〔2022〕9号"))
    (without,) = before_issue(given, Facts(used=frozenset({6})))
    assert (without.severity, without.sentence) == ("warning", "上一个是6号，中间会空出2个。确要使用的，请写明原因。")
    (given_one,) = before_issue(given, Facts(used=frozenset({6}), gap_reason="留给联合行文"))
    assert (given_one.severity, given_one.sentence) == ("warning", "上一个是6号，中间会空出2个。")


def test_a_name_masked_in_the_text_and_whole_in_a_caption_is_told() -> None:
    mask = Mask("蒋恩文", "蒋某某", ("case:1",))
    shots = Annex("照片", (Photos((), "蒋恩文值守"),))
    given = paper(GOOD, block("case:1", "蒋某某未到岗。"), masks=(mask,), consent=True, annexes=(shots,))
    (found,) = [n for n in before_issue(given) if n.code == "half_masked"]
    assert (found.severity, found.key) == ("warning", "annexes.0.blocks.0")
    assert found.sentence == "“蒋恩文”在别处隐去，写作“蒋某某”，附件的照片说明里却是全名，公开前请核对。"
