"""Commands that fill a data folder and look after it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from gui.commands.command import Call, Command, Told, always, argument, say, say_json
from models.errors import Refusal
from models.storage.data_folder import DataFolder

if TYPE_CHECKING:
    from models.services.unit_of_work import Workspace


def _demo(call: Call) -> None:
    from models.demo.office import fill

    with call.workspace(new=True) as workspace:
        say(fill(workspace))


def _template(call: Call) -> None:
    from exporters.workbooks.template import write_template

    target = call.out(".xlsx")
    if not call.folder.database.is_file():
        write_template(None, target)
    else:
        with call.workspace() as workspace, workspace.reading() as session:
            write_template(session, target)
    say(f"导入模板已写好：{target}")


def _import(call: Call) -> None:
    from models.intake.apply import apply
    from models.intake.preview import preview
    from models.intake.workbook import read

    book = read(Path(call.given.file))
    with _desk_to_import(call) as workspace:
        if workspace.office() is None:
            _found_default(workspace)
        with workspace.reading() as session:
            found = preview(session, book, today=workspace.today)
        asked = found.doubts and not call.given.skip_unsure
        done = found.writes and not call.given.dry_run and not asked
        if done:
            apply(workspace, found)
    sort: type[Refusal] = Refusal
    if call.given.json:
        say_json({**found.as_json(), "applied": done})
        sort = Told
    else:
        say(found.in_words(done=done))
    if found.hopeless:
        raise sort("没有可以导入的行，请按所列原因改正后再导入。")
    if asked and not call.given.dry_run:
        raise sort(
            f"有 {len(found.doubts)} 行要先确认，没有导入。请在窗口里导入并逐行确认，"
            "或加 --skip-unsure，不导入这些行，只导入其余的行。"
        )


@contextmanager
def _desk_to_import(call: Call) -> "Iterator[Workspace]":
    """The folder's workspace, in a new folder too; a preview never makes one, it looks at an empty office instead."""
    if call.folder.database.is_file() or not call.given.dry_run:
        with call.workspace(new=True) as workspace:
            yield workspace
        return
    with (
        TemporaryDirectory() as scratch,
        replace(call, folder=DataFolder(Path(scratch))).workspace(new=True) as workspace,
    ):
        yield workspace


def _found_default(workspace: "Workspace") -> None:
    """An office for records that come before anyone answered the first-run page; its names are said to be missing."""
    from models.services.office_setup import found_office

    found_office(workspace, {"role": "county", "name": DEFAULT_NAME, "short_name": DEFAULT_NAME})
    sys.stderr.write("本机构的名称和发文代字还没有填写，出文件前请用 office 命令或在窗口的“设置”里填写。\n")


def _office(call: Call) -> None:
    from models.records import Office
    from models.services.office_setup import found_office
    from models.services.records import update

    given = vars(call.given)
    values = {name: given[name] for name in _OFFICE if given.get(name)}
    with call.workspace(new=bool(values)) as workspace:  # only a name founds an office; a look needs one that is there
        office = workspace.office()
        if office is None:
            whole = {"role": "county", "short_name": values.get("name", ""), **values}
            found_office(workspace, whole)
        elif values:
            update(workspace, Office, office.id, office.version, values)
        office = workspace.office()
    assert office is not None
    say(f"本机构：{office.name}，简称“{office.short_name}”，发文代字“{office.number_code}”。")


_OFFICE = {
    "name": "单位全称",
    "short_name": "单位简称",
    "county_name": "县（区）名称",
    "mark": "发文机关标志",
    "number_code": "发文代字",
    "printer": "印发机关",
}
DEFAULT_NAME = "指挥部办公室"


def _check(call: Call) -> None:
    from models.queries.integrity import check

    faults = check(call.folder)
    if faults:
        raise Refusal(f"数据检查发现 {len(faults)} 处问题：\n" + "\n".join(faults))
    say("数据完好。")


COMMANDS = (
    Command("demo", "在空数据文件夹里放入虚构的演示单位", _demo, writes=always),
    Command(
        "office",
        "填写或查看本机构的名称和发文代字",
        _office,
        tuple(argument(f"--{name.replace('_', '-')}", metavar="文字", help=label) for name, label in _OFFICE.items()),
        writes=lambda given: any(getattr(given, name) for name in _OFFICE),
    ),
    Command(
        "template",
        "写出空白导入模板",
        _template,
        (argument("--out", required=True, metavar="文件.xlsx", help="写到哪个文件"),),
    ),
    Command(
        "import",
        "导入填好的模板或台账",
        _import,
        (
            argument("file", metavar="文件.xlsx", help="填好的工作簿"),
            argument("--dry-run", action="store_true", help="只预览，不写入"),
            argument("--skip-unsure", action="store_true", help="不导入要确认的行，只导入其余的行"),
            argument("--json", action="store_true", help="按 JSON 输出，供程序使用"),
        ),
        writes=lambda given: not given.dry_run,
    ),
    Command("check", "检查数据是否完好", _check),
)
