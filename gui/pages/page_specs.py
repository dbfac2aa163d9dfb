"""What every tab and every list of the 资料 menu shows."""

from functools import partial
from typing import TYPE_CHECKING, Final

from exporters.workbooks import KINDS as LEDGERS
from gui.core.operation import Operation
from gui.pages.page_spec import NEXT_STEP, Action, ListPage, TabSpec
from models.paper.kinds import offered_by
from models.records import RECORDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from models.records import Record


def _record(table: str) -> "Callable[[], type[Record]]":
    return lambda: RECORDS[table]


def _document(kind: str, tab: ListPage) -> None:
    from gui.dialogs.export_rows import export_document

    export_document(tab.context, kind, tab.shown(), tab.table.selected_ids(), tab.window())


def _ledger(kind: str, tab: ListPage) -> None:
    from gui.dialogs.export_workbook import export_ledger

    export_ledger(tab.context, tab.shown(), kind, tab.window())


def _open_document(tab: ListPage, ids: list[int]) -> None:
    from gui.documents.window import open_document

    open_document(tab.context, ids[0], tab.window())


def _new_paper(tab: ListPage) -> None:
    from gui.dialogs.new_paper import begin  # a dialog is loaded when it is wanted

    begin(tab.context, tab.window())


def _holiday_notice(tab: ListPage) -> None:
    from gui.dialogs.holiday_notice import ask  # a dialog is loaded when it is wanted

    ask(tab.context, tab.window())


def _print_documents(tab: ListPage, ids: list[int]) -> None:
    from gui.documents.window import print_documents

    print_documents(tab.context, ids, tab.window())


def _on_document(deed: str, tab: ListPage, ids: list[int]) -> None:
    """A deed of gui.documents.register on the chosen document."""
    from gui.documents import register

    say, work = tab.context.status, partial(getattr(register, deed), tab.context, ids[0], tab.window())
    Operation(work, tab.window()).on_success(say).say_failure(say).run()


def _discard_drafts(tab: ListPage, ids: list[int]) -> None:
    from models.services import documents

    told = f"已把 {len(ids)} 份草稿移入回收站，可用 Ctrl+Z 撤销。"
    write = Operation(lambda: documents.discard(tab.context.workspace, ids), tab.window())
    write.on_success(lambda _: tab.context.status(told)).run()


def documents(list_: str) -> "tuple[tuple[str, Callable[[ListPage], object]], ...]":
    """The export entries of a list: the official documents it offers."""
    return tuple((f"{kind.name} (Word)", partial(_document, kind.key)) for kind in offered_by(list_))


def ledger(kind: str) -> "tuple[str, Callable[[ListPage], object]]":
    """An export entry: an Excel ledger."""
    return f"{LEDGERS[kind].name} (Excel)", partial(_ledger, kind)


def _bulk(tab: ListPage, ids: list[int]) -> None:
    """Take the step the form's button names with all the findings that may take it."""
    from gui.dialogs.bulk_step import BulkStep

    step = tab.panel.usual_step() if tab.panel is not None and tab.panel.record is not None else None
    BulkStep(tab.context, ids, step.key if step else "", tab.window()).exec()


def _bulk_answered(tab: ListPage, ids: list[int]) -> None:
    """The same with the findings these feedbacks answer."""
    from models.queries.facts.finding_life import answered

    with tab.context.workspace.reading() as session:
        found = answered(session, ids)
    _bulk(tab, found)


def _split(tab: ListPage, ids: list[int]) -> None:
    from gui.dialogs.split_merge import split

    split(tab.context, ids[0], tab.window())


def _merge(tab: ListPage, ids: list[int]) -> None:
    from gui.dialogs.split_merge import merge

    merge(tab.context, ids, tab.window())


def _shown(tab: ListPage) -> None:
    from gui.dialogs.export_workbook import export_list

    export_list(tab.context, tab.shown(), tab.window())


def _restore(tab: ListPage, ids: list[int]) -> None:
    from models.queries.lists.columns import bin_row
    from models.services import records

    by_table: dict[str, list[int]] = {}
    for id_ in ids:
        table, record_id = bin_row(id_)
        by_table.setdefault(table, []).append(record_id)
    for table, some in by_table.items():
        if Operation(partial(records.restore, tab.context.workspace, RECORDS[table], some), tab.window()).run():
            tab.context.status(f"已恢复 {len(some)} 条{RECORDS[table].noun}。")


def _whole_drafts(tab: ListPage) -> None:
    from gui.dialogs.whole_drafts import show

    show(tab.context, tab.window())


FINDINGS: Final = TabSpec(
    "finding", "督查问题", _record("finding"),
    "督查中发现的问题都记在这里。可以直接新增，也可以把已有的 Excel 台账导入，或从 Excel、WPS 复制多行后粘贴到列表。",
    "督查问题",
    exports=(
        *documents("finding"),
        ledger("unit_statistics"),
        ledger("period_statistics"),
        ledger("findings_ledger"),
    ),
    actions=(
        Action("办理…", _bulk, shortcut=NEXT_STEP),
        Action("拆分…", _split, several=False),
        Action("合并…", _merge),
    ),
    imports=True, watches=frozenset({"feedback", "unit", "site", "extension"}),
    on_chip=(("draft", "内容完整的草稿，批量送交办…", _whole_drafts),),
)  # fmt: skip
CASES: Final = TabSpec(
    "accountability_case", "问责通报", _record("accountability_case"),
    "失职失责的情形立为案件，录入责任人员和处理后，即可生成问责通报。",
    "问责通报",
    exports=(*documents("accountability_case"), ledger("accountability_ledger")),
    imports=True, watches=frozenset({"party", "disposition", "unit"}),
)  # fmt: skip
FEEDBACK: Final = TabSpec(
    "feedback", "整改反馈", _record("feedback"),
    "各单位报来的整改情况记在这里。选中一个“整改中”的问题登记反馈，也可以导入反馈表。",
    "整改反馈",
    exports=(
        *documents("feedback"),
        ledger("findings_ledger"),
    ),
    actions=(Action("办理…", _bulk_answered, shortcut=NEXT_STEP),),
    imports=True, watches=frozenset({"finding", "verification"}),
)  # fmt: skip
TEAMS: Final = (
    TabSpec(
        "team", "组", _record("team"), "先建督查组，再登记成员、排班和督查活动。", "督查组",
        exports=(ledger("roster_of_members"), ledger("shift_roster")),
        imports=True, watches=frozenset({"member"}),
    ),
    TabSpec(
        "member", "成员", _record("member"), "把抽调到各督查组的人员登记在这里。", "督查组",
        exports=(ledger("roster_of_members"),),
        imports=True, watches=frozenset({"team", "unit"}),
    ),
    TabSpec(
        "shift", "排班", _record("shift"), "每天谁在岗、到哪里、乘什么车，登记在这里。", "督查组",
        exports=(ledger("shift_roster"),),
    ),
    TabSpec(
        "inspection", "督查活动", _record("inspection"), "督查组每到一个单位督查一次，登记为一次督查活动。", "督查组",
        exports=documents("inspection"),
        imports=True, watches=frozenset({"visit", "finding", "team"}),
    ),
    TabSpec(
        "visit", "走访点位", _record("visit"), "走访过的点位都登记，没有发现问题的也要登记。", "督查组",
        imports=True, watches=frozenset({"finding", "site", "inspection"}),
    ),
)  # fmt: skip
KEPT: Final = (
    TabSpec("unit", "单位", _record("unit"), "乡镇、村、部门、医院、学校等都登记为单位。", imports=True),
    TabSpec("person", "人员", _record("person"), "经常用到的人员登记在这里，填表时输入拼音首字母即可选取。"),
    TabSpec("site", "点位", _record("site"), "药店、卡点、学校等督查的地点登记在这里。", imports=True),
    TabSpec("campaign", "专项", _record("campaign"), "疫情防控、防汛等各为一个专项。"),
    TabSpec(
        "opening_figures",
        "期初数",
        _record("opening_figures"),
        "开始使用程序之前的累计数，计入总结、统计和首页的总数，并注明“含期初”。",
        imports=True,
    ),
    TabSpec(
        "document",
        "发文登记",
        None,
        "起草和印发的公文登记在这里，双击打开。",
        "公文",
        exports=(ledger("document_register"),),
        begins=("起草公文…", _new_paper),
        actions=(
            Action("打开", _open_document, several=False, shortcut="Enter"),
            Action("打印…", _print_documents),
            Action("查看签章扫描件", partial(_on_document, "show_scan"), several=False),
            Action("附上或更换签章扫描件…", partial(_on_document, "attach_scan"), several=False),
            Action("撤回…", partial(_on_document, "withdraw"), several=False),
            Action("作废…", partial(_on_document, "void"), several=False),
            Action("删去草稿", _discard_drafts),
        ),
    ),
    TabSpec(
        "change",
        "操作日志",
        None,
        "谁在什么时候做了什么，都记在这里。",
        "备份与恢复",
        exports=(("操作日志 (Excel)", _shown),),
        empty="还没有操作记录",
    ),
    TabSpec(
        "bin",
        "回收站",
        None,
        "删除的记录在这里，可以恢复。",
        "备份与恢复",
        actions=(Action("恢复", _restore),),
        empty="回收站是空的",
    ),
    TabSpec("term", "字典项", _record("term"), "填表时可选的内容。"),
    TabSpec("measure", "处理措施", _record("measure"), "问责处理的措施和影响期。"),
    TabSpec("phrase", "常用语", _record("phrase"), "公文里常用的开头、结尾和要求。"),
    TabSpec(
        "holiday",
        "节假日",
        _record("holiday"),
        "节假日和调休上班的日期，用于计算工作日时限。没有公布安排的年份按法定假日计算。",
        begins=("粘贴放假通知…", _holiday_notice),
    ),
)
"""The lists of the 资料 menu."""


def kept(name: str) -> TabSpec:
    """The list of the 资料 menu with that name."""
    return next(spec for spec in KEPT if spec.name == name)
