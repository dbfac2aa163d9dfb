"""Commands that fill a data folder and look after it."""

from pathlib import Path

from gui.cli.command import Call, Command, always, argument, say, say_json
from models.errors import Refusal


def _demo(call: Call) -> None:
    from models.intake.demo import fill

    with call.desk(new=True) as desk:
        say(fill(desk))


def _template(call: Call) -> None:
    from exporters.workbooks.template import write_template

    target = Path(call.given.out)
    if not call.folder.database.is_file():
        write_template(None, target)
    else:
        with call.desk() as desk, desk.reading() as session:
            write_template(session, target)
    say(f"导入模板已写好：{target}")


def _import(call: Call) -> None:
    from models.intake.apply import apply
    from models.intake.preview import preview
    from models.intake.workbook import read

    book = read(Path(call.given.file))
    with call.desk() as desk:
        with desk.reading() as session:
            found = preview(session, book, today=desk.today)
        done = found.writes and not call.given.dry_run
        if done:
            apply(desk, found)
    if call.given.json:
        say_json({**found.as_json(), "applied": done})
    else:
        say(found.in_words(done=done))
    if found.hopeless:
        raise Refusal("没有可以导入的行，请按所列原因改正后再导入。")


def _check(call: Call) -> None:
    from models.queries.soundness import check

    faults = check(call.folder)
    if faults:
        raise Refusal(f"数据检查发现 {len(faults)} 处问题：\n" + "\n".join(faults))
    say("数据完好。")


COMMANDS = (
    Command("demo", "在空数据文件夹里放入虚构的演示单位", _demo, writes=always),
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
            argument("--json", action="store_true", help="按 JSON 输出，供程序使用"),
        ),
        writes=lambda given: not given.dry_run,
    ),
    Command("check", "检查数据是否完好", _check),
)
