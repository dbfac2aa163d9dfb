"""No party of a printed case is lost: whatever is recorded of them, and whatever the clerk changes afterwards."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from paperwork import Bureau, day, text

from exporters.composing import Options, to_data
from exporters.composing.wording import retold
from models.domain.cases.duties import GUESSED
from models.domain.documents.mentions import NOT_WRITTEN, left_out, ticked_in, times_named
from models.paper import editing
from models.paper.checks.before_issue import Notice
from models.paper.elements import Paper
from models.paper.masking import public
from models.records import AccountabilityCase, Disposition, Document, Party
from models.services import documents, records

CARELESS = "对采样点管理不细致、对周边环境卫生重视不够"
TALK = ({"measure": "诫勉谈话", "decided_on": day(2, 25)},)


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    made = Bureau(tmp_path / "data")
    made.unit("柳河镇")
    made.unit("桥头村", "村", "柳河镇")
    return made


def someone(bureau: Bureau, name: str, post: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "unit_id": bureau.units["柳河镇"], "post": post, "duty": "直接责任",
            "identities": ["中共党员", "公职人员"]} | more  # fmt: skip


def line_of(bureau: Bureau, parties: list[dict[str, Any]], fact: str = "桥头村采样点垃圾外溢。", **options: Any) -> str:
    case = bureau.case(fact, parties, unit_id=bureau.units["柳河镇"], title="采样点管理不到位的问题")
    (found,) = [b for b in composed(bureau, case, **options).blocks if editing.key_of(b).startswith("case:")]
    return editing.text_of(found)


def composed(bureau: Bureau, case: int, **options: Any) -> Paper:
    return bureau.compose("accountability_bulletin", case_ids=(case,), **options)


def test_two_with_one_failing_are_named_together_and_it_is_told_once(bureau: Bureau) -> None:
    line = line_of(bureau, [
        someone(bureau, "张一", "副镇长", conduct=CARELESS, measures=TALK),
        someone(bureau, "李二", "卫生院院长", conduct=f"李二{CARELESS}", mention="点名通报"),
    ])  # fmt: skip
    assert line == (
        "柳河镇副镇长张一、卫生院院长李二采样点管理不到位的问题。桥头村采样点垃圾外溢。"
        f"张一、李二{CARELESS}。2022年2月25日，张一受到诫勉谈话。"
    )


def test_two_whom_nobody_dealt_with_are_both_named(bureau: Bureau) -> None:
    alike = {"conduct": CARELESS, "mention": "点名通报"}
    line = line_of(bureau, [someone(bureau, "王三", "副镇长", **alike), someone(bureau, "赵四", "卫生院院长", **alike)])
    assert f"王三、赵四{CARELESS}。" in line
    assert line.count(CARELESS) == 1


def test_two_dealt_with_alike_share_a_sentence_across_one_who_was_not(bureau: Bureau) -> None:
    line = line_of(bureau, [
        someone(bureau, "张一", "副镇长", conduct=CARELESS, measures=TALK),
        someone(bureau, "李二", "院长", conduct=CARELESS, mention="点名通报"),
        someone(bureau, "王三", "站长", conduct=CARELESS, measures=TALK),
    ])  # fmt: skip
    assert line.endswith("2022年2月25日，张一、王三均受到诫勉谈话。"), line


def test_failings_that_are_only_alike_are_both_told(bureau: Bureau) -> None:
    line = line_of(bureau, [
        someone(bureau, "王三", "副镇长", conduct="对桥头村采样点管理不到位", mention="点名通报"),
        someone(bureau, "赵四", "卫生院院长", conduct="对柳河村采样点管理不到位", mention="点名通报"),
    ], fact="垃圾外溢。")  # fmt: skip
    assert "王三对桥头村采样点管理不到位。" in line
    assert "赵四对柳河村采样点管理不到位。" in line


def test_who_has_neither_failing_nor_measure_is_named_with_the_duty(bureau: Bureau) -> None:
    line = line_of(bureau, [
        someone(bureau, "孙五", "副镇长", measures=TALK),
        someone(bureau, "周六", "卫生院院长", mention="点名通报"),
    ])  # fmt: skip
    assert line.endswith("该镇卫生院院长周六负有直接责任。2022年2月25日，孙五受到诫勉谈话。")


def test_leaders_with_one_failing_and_several_measures_share_it(bureau: Bureau) -> None:
    lax = {"duty": "重要领导责任", "conduct": "督促不力"}
    line = line_of(bureau, [
        someone(bureau, "吴七", "副镇长", measures=TALK),
        someone(bureau, "冯九", "镇长", measures=({"measure": "批评教育"},), **lax),
        someone(bureau, "郑八", "党委书记", measures=TALK, **lax),
    ])  # fmt: skip
    assert line.endswith("该镇党委书记郑八、镇长冯九督促不力，同日郑八受到诫勉谈话，冯九受到批评教育。"), line


def test_leaders_stand_by_post_and_organs_by_level(bureau: Bureau) -> None:
    organs = (("免职", "柳河镇党委"), ("政务记过", "云河县监委"), ("党内警告", "云河县纪委"))
    lead = {"duty": "主要领导责任", "measures": ({"measure": "诫勉谈话", "decided_on": day(2, 26)},)}
    line = line_of(bureau, [
        someone(bureau, "冯九", "副镇长", **lead), someone(bureau, "赵一", "镇长", **lead),
        someone(bureau, "钱二", "党委书记", **lead), someone(bureau, "孙三", "党委副书记", **lead),
        someone(bureau, "张五", "卫生院院长", measures=tuple(
            {"measure": measure, "organ": organ, "decided_on": day(2, 25)} for measure, organ in organs)),
    ])  # fmt: skip
    assert line.index("云河县纪委") < line.index("云河县监委") < line.index("柳河镇党委")
    assert "该镇党委书记钱二、镇长赵一、党委副书记孙三、副镇长冯九均负有主要领导责任，" in line


def test_those_directly_responsible_stand_by_post_and_their_measures_by_organ(bureau: Bureau) -> None:
    def dealt(measure: str, organ: str, day_: int) -> tuple[dict[str, Any], ...]:
        return ({"measure": measure, "organ": organ, "decided_on": day(3, day_)},)

    village = {"unit_id": bureau.units["桥头村"]}
    line = line_of(bureau, [
        someone(bureau, "王五", "村委会主任", measures=dealt("批评教育", "柳河镇党委", 1), **village),
        someone(bureau, "钱多", "村党支部书记", measures=dealt("党内警告", "云河县纪委", 2), **village),
        someone(bureau, "周全", "包村干部", measures=dealt("政务警告", "云河县监委", 2)),
        someone(bureau, "孙立", "村医", measures=dealt("批评教育", "柳河镇党委", 1), **village),
    ])  # fmt: skip
    assert line.startswith("柳河镇包村干部周全、柳河镇桥头村党支部书记钱多、村委会主任王五、村医孙立采样点"), line
    assert line.endswith(
        "2022年3月2日，云河县纪委给予钱多党内警告处分。同日，云河县监委给予周全政务警告处分。"
        "3月1日，柳河镇党委对王五、孙立进行批评教育。"
    ), line


def test_an_organ_that_dealt_with_several_on_one_day_is_named_once(bureau: Bureau) -> None:
    def dealt(measure: str, organ: str = "柳河镇党委") -> tuple[dict[str, Any], ...]:
        return ({"measure": measure, "organ": organ, "decided_on": day(3, 1)},)

    line = line_of(bureau, [
        someone(bureau, "张一", "副镇长", measures=dealt("诫勉")),
        someone(bureau, "李二", "民政办主任", measures=dealt("批评教育")),
        someone(bureau, "王三", "包村干部", measures=dealt("政务警告", "云河县监委")),
    ])  # fmt: skip
    assert line.endswith(
        "2022年3月1日，云河县监委给予王三政务警告处分。同日，柳河镇党委对张一进行诫勉，对李二进行批评教育。"
    ), line


def test_a_unit_the_heading_speaks_of_is_not_named_again_with_its_duty(bureau: Bureau) -> None:
    village = bureau.units["桥头村"]
    blamed = {"name": "桥头村", "is_unit": True, "unit_id": village, "duty": "直接责任", "mention": "点名通报"}
    case = bureau.case("采样点无人引导。", [blamed], unit_id=village, title="桥头村采样点秩序混乱")
    assert "负有直接责任" not in text(composed(bureau, case))
    other = bureau.case("采样点无人引导。", [blamed], unit_id=bureau.units["柳河镇"], title="采样点秩序混乱")
    assert "桥头村" in text(composed(bureau, other))


def test_persons_a_units_heading_leaves_out_are_introduced_together(bureau: Bureau) -> None:
    failing = {"conduct": "作为点位长，存在履职不力的问题", "mention": "点名通报"}
    bureau.unit("县交通局", "部门")
    case = bureau.case("组织检测力量不力。", [
        someone(bureau, "李四", "村委会委员", unit_id=bureau.units["桥头村"], **failing),
        someone(bureau, "张三", "局长", unit_id=bureau.units["县交通局"], **failing),
    ], unit_id=bureau.units["县交通局"], title="县交通局组织检测力量不力的问题")  # fmt: skip
    told = "县交通局局长张三、柳河镇桥头村村委会委员李四作为点位长，存在履职不力的问题。"
    assert f"县交通局组织检测力量不力的问题。组织检测力量不力。{told}" in text(composed(bureau, case))


def test_a_failing_that_shares_half_its_words_with_the_fact_is_told(bureau: Bureau) -> None:
    party = someone(bureau, "王五", "卫生院院长", conduct="对采样人员培训不到位", mention="点名通报")
    line = line_of(bureau, [party], fact="卫生院采样人员防护不到位，2名采样人员未穿隔离衣。")
    assert "王五对采样人员培训不到位。" in line


def test_a_duty_that_was_guessed_at_import_is_not_told(bureau: Bureau) -> None:
    line = line_of(bureau, [
        someone(bureau, "张一", "卫生院院长", measures=TALK, note=GUESSED),
        someone(bureau, "李二", "镇长", duty="主要领导责任", measures=TALK, note=GUESSED),
        someone(bureau, "王三", "干部", mention="点名通报", note=GUESSED),
    ])  # fmt: skip
    assert "责任" not in line, line
    assert "涉及该镇干部王三。" in line
    assert line.endswith("李二、张一均受到诫勉谈话。"), line


def test_whom_the_heading_names_did_it_first(bureau: Bureau) -> None:
    case = bureau.case("卡口无人。", [
        someone(bureau, "田一", "值守人员", unit_id=bureau.units["桥头村"], conduct="擅自离开", mention="点名通报"),
        someone(bureau, "田二", "包村干部", conduct="检查不到位", measures=TALK),
    ], unit_id=bureau.units["柳河镇"], title="值守人员脱岗")  # fmt: skip
    line = text(composed(bureau, case))
    assert line.index("田一擅自离开。") < line.index("柳河镇包村干部田二检查不到位。")


def test_a_heading_without_a_fault_is_a_gap(bureau: Bureau) -> None:
    def codes(title: str, **more: Any) -> list[str]:
        parties = [someone(bureau, "孙大伍", "副镇长", measures=TALK, **more)]
        case = bureau.case("接到通知后，垃圾外溢。", parties, unit_id=bureau.units["柳河镇"], title=title)
        paper = composed(bureau, case)
        return [n.code for one in (paper, public(paper)) for n in checked(bureau, one)]

    assert codes("").count("untitled") == 2
    assert codes("副镇长孙大伍的问题").count("untitled") == 2
    assert "untitled" not in codes("采样点管理不到位")
    assert "untitled" not in codes("", conduct="履职不力")


def test_a_case_of_a_unit_alone_wants_its_fault_too(bureau: Bureau) -> None:
    unit = bureau.units["柳河镇"]
    blamed = {"name": "柳河镇", "is_unit": True, "unit_id": unit, "duty": "直接责任", "measures": TALK}
    blamed["measures"] = ({"measure": "通报批评", "decided_on": day(2, 25)},)
    paper = composed(bureau, bureau.case("垃圾外溢。", [blamed], unit_id=unit))
    assert "untitled" in [n.code for n in checked(bureau, paper)]


def test_a_name_before_a_word_is_no_other_name(bureau: Bureau) -> None:
    taken = ({"measure": "免职", "organ": "云河县委", "decided_on": day(2, 25), "detail": "免去其镇党委委员职务"},)
    parties = [someone(bureau, "赵云", "副镇长", measures=taken), someone(bureau, "赵云龙", "镇长", measures=TALK)]
    case = bureau.case("垃圾外溢。", parties, unit_id=bureau.units["柳河镇"], title="物资储备不足")
    assert "name_differs" not in [n.code for n in checked(bureau, composed(bureau, case))]


def test_a_decision_whose_time_is_known_in_words_is_told_with_them(bureau: Bureau) -> None:
    words = {"organ": "云河县纪委", "decided_text": "2022年2月"}
    line = line_of(bureau, [
        someone(bureau, "张一", "副镇长", measures=({"measure": "诫勉谈话", **words},)),
        someone(bureau, "李二", "卫生院院长", measures=(
            {"measure": "政务警告", "decided_on": day(3, 2)}, {"measure": "批评教育", "decided_text": "2月底"},
        )),
        someone(bureau, "冯九", "镇长", duty="主要领导责任", measures=({"measure": "诫勉谈话", **words},)),
    ])  # fmt: skip
    assert "2022年2月，云河县纪委对张一进行诫勉谈话。" in line, line
    assert "2月底，李二受到批评教育；2022年3月2日，受到政务警告处分。" in line, line
    assert "2022年2月云河县纪委对其进行诫勉谈话" in line, line


def test_a_longer_name_does_not_stand_for_a_shorter_one(bureau: Bureau) -> None:
    line = line_of(bureau, [
        someone(bureau, "张三丰", "副镇长", measures=TALK), someone(bureau, "张三", "干部", mention="点名通报"),
    ], fact="张三丰未到岗。")  # fmt: skip
    assert "该镇干部张三负有直接责任。" in line


def test_two_of_one_name_are_both_named(bureau: Bureau) -> None:
    line = line_of(bureau, [
        someone(bureau, "张伟", "副镇长", measures=TALK),
        someone(bureau, "张伟", "村医", unit_id=bureau.units["桥头村"], mention="点名通报"),
    ], fact="未到岗。")  # fmt: skip
    assert "柳河镇桥头村村医张伟负有直接责任。" in line


def test_who_is_left_out_is_not_printed(bureau: Bureau) -> None:
    parties = [someone(bureau, "孙五", "副镇长", measures=TALK), someone(bureau, "周六", "卫生院院长")]
    assert "周六" not in line_of(bureau, parties, leave_out=("周六", "孙五"))
    assert "孙五" in line_of(bureau, parties, leave_out=("周六", "孙五"))
    parties[1]["mention"] = NOT_WRITTEN
    assert "周六" not in line_of(bureau, parties)


def test_only_who_was_not_dealt_with_is_left_out() -> None:
    assert left_out("周六", NOT_WRITTEN, dealt=False)
    assert left_out("周六", "", dealt=False, ticked=("周六",))
    assert not left_out("周六", NOT_WRITTEN, dealt=True, ticked=("周六",))
    assert not left_out("周六", "点名通报", dealt=False)
    assert not left_out("周六", "点名通报", dealt=False, ticked=("周六",))
    assert not left_out("周六", "", dealt=False, ticked=("周六",), elsewhere="由公安机关立案侦查")
    assert left_out("周六", NOT_WRITTEN, dealt=False, elsewhere="由公安机关立案侦查")
    assert times_named("张 三与张三丰", "张三", ("张三丰",)) == 1


def test_a_name_is_left_out_of_every_case_or_of_the_one_before_it() -> None:
    typed = ("周六", "A1:孙五", "A2：吴 七")
    assert [ticked_in(code, typed) for code in ("A1", "A2", "")] == [{"周六", "孙五"}, {"周六", "吴 七"}, {"周六"}]


names = st.sampled_from(("张三", "张三丰", "李四", "王五", "欧阳明", "赵六", "张 伟"))
measures = st.sampled_from((
    (), TALK, ({"measure": "党内警告", "organ": "县纪委", "decided_on": day(2, 9)},), ({"measure": "免职"},),
    ({"measure": "免职", "detail": "免去张三副镇长职务", "organ": "柳河镇党委"}, {"measure": "党内警告"}),
))  # fmt: skip
parties = st.fixed_dictionaries({
    "name": names,
    "post": st.sampled_from(("", "副镇长", "党委书记、镇长", "村医", "干部")),
    "duty": st.sampled_from(("直接责任", "主要领导责任", "重要领导责任", "监管责任")),
    "conduct": st.sampled_from(("", CARELESS, "张三未到岗", "督促不力", "督促不力、管理不严")),
    "elsewhere": st.sampled_from(("", "主管单位另行处理", "另案处理")),
    "mention": st.sampled_from(("", "随处理", "点名通报", NOT_WRITTEN)),
    "former": st.booleans(),
    "identities": st.just(["中共党员", "公职人员"]),
    "measures": measures,
})  # fmt: skip
facts_ = st.sampled_from(("张三丰、李四未到岗。", f"张三{CARELESS}。2月25日，张三受到诫勉谈话。", "垃圾外溢。"))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(facts_, st.sampled_from(("", "采样点管理不到位", "李四脱岗问题")), st.lists(parties, min_size=1, max_size=4))
def test_every_party_of_a_random_case_is_in_the_text(
    bureau: Bureau, fact: str, title: str, people: list[dict[str, Any]]
) -> None:
    unit = bureau.units["柳河镇"]
    # A case stands in a bulletin where something was decided and the clerk knows how everybody is to be named.
    people = [people[0] | {"measures": (*TALK, *people[0]["measures"])}, *people[1:]]
    people = [one | {"mention": one["mention"] or "随处理"} for one in people]
    case = bureau.case(fact, [one | {"unit_id": unit} for one in people], unit_id=unit, title=title)
    paper = composed(bureau, case)
    notices = checked(bureau, paper)
    assert not [n for n in notices if n.code == "name_missing"], notices
    said = "".join(editing.text_of(b) for b in paper.blocks if editing.key_of(b).startswith("case:"))
    printed = [p for p in people if not left_out(p["name"], p["mention"], dealt=bool(p["measures"]))]
    everybody = [p["name"] for p in people]
    for one in printed:
        alike = sum(p["name"] == one["name"] for p in printed)
        assert times_named(said, one["name"], everybody) >= alike, (one["name"], said)
        assert retold(said, one["conduct"].removeprefix(one["name"]), 0.75) or not one["conduct"], (
            one["conduct"],
            said,
        )


def checked(bureau: Bureau, paper: Paper, options: Options | None = None) -> tuple[Notice, ...]:
    """What the check says of a paper, without keeping it."""
    document = Document(kind=paper.kind, options=to_data(options or Options()), gap_reason="", hashes={})
    document.content = documents.to_json(paper)
    with bureau.workspace.reading() as session:
        return documents.check(session, document)


def test_a_name_taken_out_or_a_party_added_afterwards_is_red(bureau: Bureau) -> None:
    case = bureau.case(
        "垃圾外溢。",
        [someone(bureau, "孙五", "副镇长", measures=TALK), someone(bureau, "周六", "院长", mention="点名通报")],
        unit_id=bureau.units["柳河镇"],
    )
    paper = composed(bureau, case)
    assert not lost(checked(bureau, paper))
    at = next(n for n, b in enumerate(paper.blocks) if editing.key_of(b).startswith("case:"))
    changed = paper.blocks[at].text.replace("周六", "有关人员")
    heading = paper.blocks[at].heading
    assert lost(checked(bureau, editing.replace_text(paper, at, changed, heading))) == ["周六"]
    bureau.party(case, **someone(bureau, "吴七", "干部"))
    assert lost(checked(bureau, paper)) == ["吴七"]
    leaving = checked(bureau, paper, Options(leave_out=("吴七",)))
    assert not lost(leaving)
    assert [n.sentence for n in leaving if n.code == "left_out"] == ["“吴七”没有写入这一起，请核对是否确实不通报。"]


def test_a_measure_organ_day_or_post_changed_by_hand_is_told(bureau: Bureau) -> None:
    dealt = ({"measure": "党内警告", "organ": "云河县纪委", "decided_on": day(3, 1)},)
    people = [someone(bureau, "孙五", "副镇长", measures=dealt), someone(bureau, "周六", "副镇长", measures=dealt)]
    case = bureau.case("垃圾外溢。", people, unit_id=bureau.units["柳河镇"], title="采样点管理不到位")
    paper = composed(bureau, case)
    at = next(n for n, b in enumerate(paper.blocks) if editing.key_of(b).startswith("case:"))
    block = paper.blocks[at]

    def told(old: str, new: str) -> list[str]:
        changed = editing.replace_text(paper, at, block.text.replace(old, new), block.heading)
        return [n.sentence for n in checked(bureau, changed) if n.code == "told_otherwise"]

    assert told("垃圾外溢", "垃圾外溢未清理") == []
    assert "“党内警告”" in told("党内警告", "党内严重警告")[0]
    assert "“云河县纪委”" in told("云河县纪委", "柳河镇纪委")[0]
    assert "“3月1日”" in told("3月1日", "3月11日")[0]
    heading = editing.replace_text(paper, at, block.text, block.heading.replace("副镇长", "镇长"))
    assert "told_otherwise" in [n.code for n in checked(bureau, heading)]
    with bureau.workspace.reading() as session:
        row = session.query(Disposition).first()
    assert row
    bureau.set(Disposition, row.id, measure="党内严重警告")
    (since,) = [n.sentence for n in checked(bureau, paper) if n.code == "told_otherwise"]
    assert "“党内严重警告”" in since


def lost(notices: tuple[Notice, ...]) -> list[str]:
    return [
        n.sentence.split("“")[1].split("”")[0] for n in notices if n.code == "name_missing" and n.severity == "error"
    ]


def test_a_later_measure_settles_nobody_before_its_day(bureau: Bureau) -> None:
    later = ({"measure": "诫勉谈话", "decided_on": day(9, 1)},)
    case = bureau.case(
        "垃圾外溢。",
        [
            someone(bureau, "孙五", "副镇长", measures=TALK),
            someone(bureau, "周六", "院长", measures=later, mention=NOT_WRITTEN),
        ],
        unit_id=bureau.units["柳河镇"],
        stage="决定",
    )
    paper = composed(bureau, case)
    assert "周六" not in text(paper)
    assert not lost(checked(bureau, paper))
    assert [n.code for n in checked(bureau, paper) if "周六" in n.sentence] == ["left_out"]


def test_a_paper_with_a_lost_party_is_not_issued(bureau: Bureau) -> None:
    case = bureau.case("垃圾外溢。", [someone(bureau, "孙五", "副镇长", measures=TALK)], unit_id=bureau.units["柳河镇"])
    paper = composed(bureau, case, number="1")
    bureau.party(case, **someone(bureau, "吴七", "干部"))
    draft = documents.draft(bureau.workspace, paper).id
    with bureau.workspace.reading() as session:
        found = documents.check(session, session.get(Document, draft))
    assert lost(found) == ["吴七"]
    with pytest.raises(documents.Refusal, match="吴七"):
        documents.issue(bureau.workspace, draft, despite_warnings=True)


def test_public_papers_and_dropped_parties_are_no_loss(bureau: Bureau) -> None:
    case = bureau.case(
        "垃圾外溢。", [someone(bureau, "孙大伍", "副镇长", measures=TALK)], unit_id=bureau.units["柳河镇"]
    )
    paper = composed(bureau, case)
    assert "孙大伍" not in text(public(paper))
    assert not lost(checked(bureau, paper))
    assert not lost(checked(bureau, public(paper)))
    gone = bureau.party(case, **someone(bureau, "吴七", "干部"))
    records.delete(bureau.workspace, Party, [gone])
    assert not lost(checked(bureau, composed(bureau, case)))
    with bureau.workspace.reading() as session:
        assert session.get(AccountabilityCase, case) is not None
