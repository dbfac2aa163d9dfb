"""The list of checks: what is looked for before a paper is issued, and in papers of others.

A new check is one row here, its function beside the others of its matter, and its two examples in
``tests/contracts/check_examples.py``. The number of a row is its place; its code is what scripts read.
"""

from typing import Final

from models.paper.checks import (
    case_titles,
    deadlines,
    finding_states,
    named_people,
    numbers,
    parts,
    placeholders,
    stated_figures,
)
from models.paper.checks.notices import Check

CHECKS: Final = (
    # What a paper must have.
    Check("title", "error", "标题是空的", parts.parts, "GB/T 9704—2012 7.3.1"),
    Check("title_long", "warning", "标题排成四行以上", parts.parts, "GB/T 9704—2012 7.3.1"),
    Check("empty", "error", "正文是空的", parts.parts, "GB/T 9704—2012 7.3.3"),
    Check("blank", "warning", "有一段是空的", parts.blank),
    Check("annex_title", "error", "附件没有标题", parts.blank, "GB/T 9704—2012 7.3.7"),
    Check("addressees", "warning", "没有写主送机关", parts.parts, "GB/T 9704—2012 7.3.2"),
    Check("signature", "error", "没有发文机关署名和成文日期", parts.parts, "GB/T 9704—2012 7.3.5"),
    # Numbers.
    Check("number_missing", "error", "没有发文字号", numbers.number, "GB/T 9704—2012 7.2.5"),
    Check("number_form", "error", "发文字号写法不对", numbers.number, "GB/T 9704—2012 7.2.5"),
    Check("number_year", "warning", "发文字号的年份不是成文日期的年份", numbers.number, "GB/T 9704—2012 7.2.5"),
    Check("number_order", "error", "发文字号重复或不连续，没有写明原因", numbers.number, records=True),
    Check("issue_order", "error", "期号重复或不连续，没有写明原因", numbers.issue, records=True),
    Check("brackets", "warning", "文中文号的括号、“第”或前面的零写法不对", numbers.brackets, "GB/T 9704—2012 7.2.5"),
    # What nobody filled in.
    Check("placeholder", "error", "留空没有填写，如 XX、××、____、{…}", placeholders.placeholders),
    Check("nameless", "warning", "该写名称的地方写作“某”", placeholders.nameless),
    # Figures against what is told.
    Check("count_cases", "error", "标题或开头的起数与正文不一致", stated_figures.stated),
    Check("count_problems", "error", "标题或开头的问题数与所列问题不一致", stated_figures.stated, records=True),
    Check("count_solved", "warning", "写明的已解决数与记录不一致", stated_figures.stated, records=True),
    Check("count_group", "error", "分组标题里的问题数与所列问题不一致", stated_figures.stated, records=True),
    Check("count_grown", "warning", "分组里手工增加了内容，标题里的问题数没有改", stated_figures.stated, records=True),
    Check("count_annex", "error", "附件还列着正文里已经删去的问题", stated_figures.stated, records=True),
    Check("count_typed", "warning", "生成的数字手工改过", stated_figures.stated, records=True),
    Check("impossible", "error", "数字不可能，如问题点位多于走访点位、已解决多于问题", stated_figures.stated),
    # Days.
    Check("deadline", "error", "文中的期限早于成文日期", deadlines.past_deadlines),
    Check("deadline_recorded", "warning", "随整改通知书交办的问题，整改时限早于成文日期", deadlines.recorded_deadlines,
          records=True),
    # Problems and where they stand.
    Check("closed", "error", "已销号的问题列为未整改", finding_states.closed, records=True),
    Check("answered", "error", "反馈过的问题写作未反馈", finding_states.answered, records=True),
    # Persons.
    Check("name_missing", "error", "案件的当事人正文里没有写到", named_people.people, records=True),
    Check("unsettled", "warning", "当事人没有处理结果，也没有注明另行处理", named_people.people, records=True),
    Check("left_out", "warning", "当事人没有写入通报", named_people.people, records=True),
    Check("left_out_named", "warning", "不写入通报的人，正文里还有名字", named_people.people, records=True),
    Check("name_differs", "warning", "同一个人的姓名前后差一个字", named_people.people, records=True),
    Check("untitled", "warning", "案件的标题没有写明是什么问题", case_titles.titles, records=True),
    Check("half_masked", "warning", "一处隐去姓名，另一处写着全名", named_people.named_and_masked,
          "个人信息保护法第六条"),
    # Which record may stand in the paper; asked of the database by models.queries.selection.check.
    Check("selection_out", "error", "写入了不能写入这种公文的记录", None, records=True),
    Check("selection_lacks", "error", "写入的记录还缺必须填写的内容", None, records=True),
    Check("selection_ask", "warning", "写入了需要确认、没有勾选的记录", None, records=True),
    Check("decided_later", "error", "处理决定晚于成文日期", None, records=True),
    Check("undated_decision", "warning", "处理没有决定日期", None, records=True),
    Check("no_organ", "warning", "处理没有决定机关", None, records=True),
    # Who may decide what about whom: models.queries.lookups.measure_doubts, each sentence with its article.
    Check("measure_unclear", "warning", "警告、记过、撤职等没有写明是哪一种处分", None,
          "公职人员政务处分法第二条、第三条", records=True),
    Check("measure_organ", "warning", "决定机关不能作出这种处理", None,
          "公职人员政务处分法第二条、第三条；公务员法第六十一条；监察法第五十二条", records=True),
    Check("measure_person", "warning", "处理不适用于当事人的身份", None,
          "公职人员政务处分法第二十二条、第二十三条；中国共产党纪律处分条例第三十六条", records=True),
    Check("measure_together", "warning", "一人有几项处分，应当合并或者不应并用", None,
          "公职人员政务处分法第十五条、第十六条", records=True),
    Check("measure_again", "warning", "在原处分影响期内再次受处分", None,
          "公职人员政务处分法第十三条；中国共产党纪律处分条例第二十一条", records=True),
    Check("measure_term", "warning", "决定机关定的期限超出规定", None, records=True),
    Check("duty_ground", "warning", "责任类型不是所依据的法规里的", None,
          "中国共产党问责条例第六条；中国共产党纪律处分条例第三十九条", records=True),
    Check("not_to_hand_over", "error", "随通知书交办的问题缺时限或整改要求", None, records=True),
)  # fmt: skip

BY_CODE: Final = {check.code: check for check in CHECKS}


def of_any_paper() -> tuple[Check, ...]:
    """The checks that need no records: those for papers of other offices."""
    return tuple(check for check in CHECKS if not check.records)
