"""The list of checks: what is looked for before a paper is issued, and in papers of others.

A new check is one row here, its function beside the others of its matter, and its two examples in
``tests/contracts/check_examples.py``. The number of a row is its place; its code is what scripts read.
"""

from typing import Final

from models.paper.checks import (
    addressees,
    annexes,
    case_titles,
    dates,
    deadlines,
    finding_states,
    heads,
    listed,
    miswritten,
    named_people,
    near_names,
    numbers,
    parts,
    personal,
    placeholders,
    plans,
    punctuation,
    repeats,
    sequences,
    stated_figures,
    sums,
)
from models.paper.checks.notices import Check

GB, RULES, LESS = "GB/T 9704—2012", "公文处理工作条例", "整治形式主义若干规定"
PERSONAL, MARKS = "个人信息保护法", "GB/T 15834—2011"
CHECKS: Final = (
    # What a paper must have.
    Check("title", "error", "标题是空的", parts.parts, f"{GB} 7.3.1"),
    Check("title_long", "warning", "标题排成四行以上", parts.parts, f"{GB} 7.3.1"),
    Check("title_stop", "warning", "标题末尾或中间用了标点", heads.title_type, f"{GB} 7.3.1"),
    Check("type_missing", "warning", "标题没有写明文种", heads.title_type, f"{RULES}第八条、第九条"),
    Check("type_wrong", "warning", "标题的文种与这种公文不符", heads.title_type, f"{RULES}第八条"),
    Check("type_differs", "warning", "“特此报告”“现通报如下”等与标题的文种不一致", heads.type_said, f"{RULES}第八条"),
    Check("report_asks", "warning", "报告夹带请示事项", heads.type_said, f"{RULES}第十五条"),
    Check("empty", "error", "正文是空的", parts.parts, f"{GB} 7.3.3"),
    Check("blank", "warning", "有一段是空的", parts.blank),
    Check("addressees", "warning", "有收文对象的公文没有写主送机关（通报可以没有）", addressees.directed,
          f"{GB} 7.3.2"),
    Check("addressee_unknown", "warning", "主送不是名册里的单位、统称、上级机关或常用主送", addressees.unknown,
          records=True),
    Check("addressee_twice", "warning", "主送里同一个单位写了两次", addressees.twice),
    Check("copied_too", "warning", "同一个单位既是主送又是抄送", addressees.twice),
    Check("two_superiors", "warning", "上行文有两个以上主送机关", addressees.twice, f"{RULES}第十五条"),
    Check("signature", "error", "没有发文机关署名和成文日期", parts.parts, f"{GB} 7.3.5"),
    Check("signature_differs", "warning", "署名与发文机关不一致", addressees.signers, f"{GB} 7.3.5"),
    Check("urgency_unknown", "warning", "紧急程度不是规定的写法", addressees.marks, f"{GB} 7.2.3"),
    Check("secrecy_form", "warning", "密级和保密期限写法不对", addressees.marks, f"{GB} 7.2.2"),
    Check("copy_number_form", "warning", "份号不是六位数字", addressees.marks, f"{GB} 7.2.1"),
    Check("annex_title", "error", "附件没有标题", parts.blank, f"{GB} 7.3.7"),
    Check("annex_missing", "warning", "文中写“见附件”，没有这个附件", annexes.missing, f"{GB} 7.3.4"),
    Check("annex_unmentioned", "warning", "手工加的附件，正文里没有提到", annexes.unmentioned, f"{GB} 7.3.4"),
    # Numbers.
    Check("number_missing", "error", "没有发文字号", numbers.number, f"{GB} 7.2.5", records=True),
    Check("number_form", "error", "发文字号写法不对", numbers.number, f"{GB} 7.2.5"),
    Check("number_year", "warning", "发文字号的年份不是成文日期的年份", numbers.number, f"{GB} 7.2.5"),
    Check("number_twice", "error", "发文字号已经用过，没有写明原因", numbers.number, records=True),
    Check("number_gap", "warning", "发文字号不连续", numbers.number, records=True),
    Check("issue_twice", "error", "期号已经用过，没有写明原因", numbers.issue, records=True),
    Check("issue_gap", "warning", "期号不连续", numbers.issue, records=True),
    Check("brackets", "warning", "文中文号的括号、“第”或前面的零写法不对", numbers.brackets, f"{GB} 7.2.5"),
    # What nobody filled in.
    Check("placeholder", "error", "留空没有填写，如 XX、××、____、{…}、（单位名称）、○○", placeholders.placeholders),
    Check("nameless", "warning", "该写名称的地方写作“某”", placeholders.nameless),
    Check("question", "warning", "标题、开头或表格里有问号", placeholders.questions),
    # Figures against what is told.
    Check("count_cases", "error", "标题或开头的起数与正文不一致", stated_figures.stated),
    Check("count_told", "warning", "别处写的起数与正文不一致", listed.cases),
    Check("count_listed", "warning", "写明几项，下面列的不是这么多", listed.enumerated),
    Check("count_below", "warning", "标题或开头写明几项，下面的标题不是这么多", listed.below),
    Check("count_parts", "warning", "写明的问题总数与各部分合计不一致", listed.totals),
    Check("parts_exceed", "error", "各部分合计多于总数", sums.parts),
    Check("parts_differ", "warning", "各部分合计与总数不一致", sums.parts),
    Check("sum_differs", "warning", "“共”“合计”的数与前面各项合计不一致", sums.totals),
    Check("percent", "warning", "百分比与数字不符，或者超过100%", sums.percentages),
    Check("table_total", "warning", "表格的合计与各行相加不一致", sums.table_totals),
    Check("ordinal", "warning", "手工写的序号不连续或重复", sequences.headings, f"{GB} 7.3.3"),
    Check("ordinal_inside", "warning", "一是、二是等序号不连续或重复", sequences.inside),
    Check("ordinal_row", "warning", "表格的序号不连续", sequences.rows),
    Check("count_problems", "error", "标题或开头的问题数与所列问题不一致", stated_figures.stated, records=True),
    Check("count_solved", "warning", "写明的已解决数与记录不一致", stated_figures.stated, records=True),
    Check("count_group", "error", "分组标题里的问题数与所列问题不一致", stated_figures.stated, records=True),
    Check("count_grown", "warning", "分组里手工增加了内容，标题里的问题数没有改", stated_figures.stated, records=True),
    Check("count_annex", "error", "附件还列着正文里已经删去的问题", stated_figures.stated, records=True),
    Check("count_typed", "warning", "生成的数字手工改过", stated_figures.stated, records=True),
    Check("impossible", "error", "数字不可能，如问题点位多于走访点位、已解决多于问题", stated_figures.stated),
    # Days.
    Check("day_impossible", "error", "没有这一天、这个时刻或年份", dates.impossible),
    Check("period_reversed", "error", "一段时间后一个日期早于前一个", dates.reversed_period),
    Check("weekday", "warning", "日期与星期不符", dates.weekday),
    Check("day_form", "warning", "日期的写法不合规定", dates.written, f"{GB} 7.3.5.4"),
    Check("deadline", "warning", "文中的期限早于成文日期", deadlines.past_deadlines),
    Check("deadline_recorded", "warning", "随整改通知书交办的问题，整改时限早于成文日期", deadlines.recorded_deadlines,
          records=True),
    Check("fact_later", "error", "文中已经发生的事，日期晚于成文日期", dates.told_too_early),
    Check("dated_before_fact", "error", "所写问题在成文日期以后才发现", dates.recorded_later, records=True),
    Check("dated_before_last", "error", "成文日期早于上一份公文，没有写明原因", dates.before_last, records=True),
    Check("printed_before", "error", "印发日期早于成文日期", dates.printed, f"{GB} 7.4.3"),
    # Problems and where they stand.
    Check("closed", "error", "已销号的问题列为未整改", finding_states.closed, records=True),
    Check("told_closed", "error", "没有销号的问题写作已销号、已办结", finding_states.told_closed, records=True),
    Check("told_open", "error", "按编号写到的问题已经销号，写作未整改", finding_states.told_closed, records=True),
    Check("answered", "error", "反馈过的问题写作未反馈", finding_states.answered, records=True),
    Check("plan_measures", "error", "整改方案里有问题没有写整改措施", plans.gaps),
    Check("plan_person", "warning", "整改方案里有问题没有写责任人", plans.gaps),
    Check("asked_often", "warning", "九十天里多次要求或走访同一个单位", addressees.asked_often, f"{LESS}第三部分",
          records=True),
    # Persons and units.
    Check("name_missing", "error", "案件的当事人正文里没有写到", named_people.people, records=True),
    Check("unsettled", "warning", "当事人没有处理结果，也没有注明另行处理", named_people.people, records=True),
    Check("left_out", "warning", "当事人没有写入通报", named_people.people, records=True),
    Check("left_out_named", "warning", "不写入通报的人，正文里还有名字", named_people.people, records=True),
    Check("name_differs", "warning", "案件当事人的姓名前后差一个字", named_people.people, records=True),
    Check("untitled", "warning", "案件的标题没有写明是什么问题", case_titles.titles, records=True),
    Check("name_near", "warning", "姓名与文中或名册里的另一个只差一个字", near_names.persons),
    Check("unit_near", "warning", "单位名称与文中或名册里的另一个只差一个字", near_names.units),
    Check("half_masked", "warning", "一处隐去姓名，另一处写着全名", named_people.named_and_masked, f"{PERSONAL}第六条"),
    Check("personal_number", "warning", "文中有身份证号、银行卡号或电话号码", personal.numbers, f"{PERSONAL}第六条"),
    # Words and marks.
    Check("unpaired", "warning", "括号、书名号或引号没有配对", punctuation.unpaired, MARKS),
    Check("half_width", "warning", "用了半角标点", punctuation.half_width, MARKS),
    Check("mark_twice", "warning", "标点连用", punctuation.twice, MARKS),
    Check("stray_space", "warning", "句子里有多余的空格", punctuation.spaces),
    Check("no_stop", "warning", "一段话末尾没有句号", punctuation.no_stop, MARKS),
    Check("repeated", "warning", "同一段话写了两次", repeats.paragraphs),
    Check("sentence_twice", "warning", "同一句话写了两次", repeats.said_again),
    Check("word_twice", "warning", "同一个词连写了两次", repeats.words),
    Check("miswritten", "warning", "常见的错别字", miswritten.miswritten),
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
