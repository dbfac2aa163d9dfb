"""The files that travel between a county and its units, from the command line."""

import argparse
from pathlib import Path
from typing import Any

from gui.commands.command import Call, Command, Told, argument, say, say_json
from models.errors import Refusal

_DEEDS = ("task", "return", "receipt", "import", "show")


def _package(call: Call) -> None:
    {"task": _task, "return": _return, "receipt": _receipt, "import": _import, "show": _show}[call.given.deed](call)


def _task(call: Call) -> None:
    from models.exchange import build

    given, target = call.given, _target(call)
    if bool(given.unit) == given.all:
        raise Refusal("请写“--unit 单位”或“--all”其中一个。")
    with call.workspace() as workspace:
        with workspace.reading() as session:
            ids = [unit.id for unit in build.units_with_tasks(session)] if given.all else [_unit(session, given.unit)]
        if given.all:
            target.mkdir(parents=True, exist_ok=True)
        for id_ in ids:
            built = build.task(workspace, id_, target, passphrase=_passphrase(call), photos=given.photos)
            say(f"{built.peer}：{built.findings} 个问题，{built.path}")
            for name in built.left_out:
                say(f"  附件“{name}”是程序或文件名不安全，没有放入任务包")
    if not ids:
        raise Refusal("还没有已交办的问题，不用发任务包。")


def _unit(session: Any, name: str) -> int:
    from gui.commands.ledgers import ids_of

    return ids_of(session, "unit", [name])[0]


def _return(call: Call) -> None:
    from models.exchange import build

    with call.workspace() as workspace:
        built = build.answer(workspace, _target(call), passphrase=_passphrase(call))
    say(f"反馈包已写好：{built.path}")


def _receipt(call: Call) -> None:
    from sqlalchemy import select

    from models.exchange import build
    from models.records import Peer

    with call.workspace() as workspace:
        with workspace.reading() as session:
            office = workspace.office()
            to_county = office is not None and office.role == "unit"
            who = Peer.role == "county" if to_county else Peer.unit_id == _unit(session, call.given.unit or "")
            peer_id = session.scalar(select(Peer.id).where(who, Peer.deleted_at.is_(None)))
        built = build.receipt(workspace, peer_id or 0, _target(call))
    say(f"回执已写好：{built.path}")


def _import(call: Call) -> None:
    """Each file stands for itself: one that is refused does not keep the others out."""
    from models.exchange import merge, plan

    given, told, refused = call.given, [], list[str]()
    with call.workspace() as workspace:
        for name in _files(call):
            try:
                found = plan.read(workspace, Path(name), passphrase=_passphrase(call), pair_anew=given.pair_anew)
                choice = {item.row.uuid: given.conflicts for item in found.items if item.sort == "conflicting"}
                taken = None if given.dry_run else merge.apply(workspace, found, choice)
            except Refusal as refusal:
                refused.append(refusal.sentence)
                told.append({"file": name, "refused": refusal.sentence})
                continue
            told.append(_told(name, found, taken))
    sort: type[Refusal] = Refusal
    if given.json:
        say_json({"applied": not given.dry_run, "packages": told})
        sort = Told
    else:
        for one in told:
            _say_taken(one, done=not given.dry_run)
    if refused:
        raise sort(*refused)


def _told(name: str, found: Any, taken: Any) -> dict[str, Any]:
    shown = ("new", "changed", "conflicting", "foreign", "barred")
    items = [
        {
            "table": item.row.table, "uuid": item.row.uuid, "sort": item.sort, "title": item.title, "why": item.why,
            "differences": [{"label": d.label, "ours": d.ours, "theirs": d.theirs} for d in item.differences],
        }
        for item in found.items if item.sort in shown
    ]  # fmt: skip
    return {
        "file": name, "from": found.manifest.sender.name, "kind": found.manifest.kind, "batch": found.manifest.batch,
        "repeated": found.repeated, "stale": found.stale, "counts": found.counts,
        "flagged": taken.flagged if taken else [], "items": items,
    }  # fmt: skip


def _say_taken(one: dict[str, Any], *, done: bool) -> None:
    from models.exchange.plan import NAMES

    if "refused" in one:
        return
    counts = "，".join(f"{NAMES[sort]} {count}" for sort, count in one["counts"].items() if count)
    say(f"{one['from']} 第 {one['batch']} 批{'已导入' if done else '预览'}：{counts or '没有记录'}")
    for item in one["items"]:
        if item["why"]:
            say(f"  {item['title']}：{item['why']}")
    for line in one["flagged"]:
        say(f"  {line}")


def _show(call: Call) -> None:
    """What a package says of itself; nothing of it is proven or opened."""
    from models.exchange import container, pairing

    names = {"task": "任务包", "return": "反馈包", "receipt": "回执"}
    for name in _files(call):
        manifest = container.look(Path(name))
        if call.given.json:
            say_json({
                "format": manifest.format, "kind": manifest.kind, "id": manifest.id, "batch": manifest.batch,
                "from": manifest.sender.name, "to": manifest.receiver.name, "made_at": manifest.made_at.isoformat(),
                "passphrase": manifest.lock.passphrase, "carries_pairing": bool(manifest.lock.pairing),
                "files": len(manifest.members) - 1, "bytes": sum(m.size for m in manifest.members),
            })  # fmt: skip
            continue
        sender, receiver = pairing.spoken(manifest.sender.name), pairing.spoken(manifest.receiver.name)
        made = f"{manifest.made_at:%Y-%m-%d %H:%M} 制作"
        say(f"{names[manifest.kind]}，第 {manifest.batch} 批，{sender} 发给 {receiver}，{made}")
        say(f"附件 {len(manifest.members) - 1} 个，{'需要口令' if manifest.lock.passphrase else '不需要口令'}")


def _target(call: Call) -> Path:
    """A file, or a folder in which it gets its own name."""
    from exporters.output import checked_folder

    if call.given.out is None:
        raise Refusal("请写“--out 位置”，说明写到哪里。")
    place = Path(call.given.out)
    if call.given.all or (call.given.out and place.is_dir()):
        return checked_folder(place, call.folder.root)
    return call.out(".dct")


def _files(call: Call) -> list[str]:
    if not call.given.file:
        raise Refusal("请写明数据包文件。")
    return list(call.given.file)


def _passphrase(call: Call) -> str:
    """The first line of the file; never an argument, which other users of the computer could read."""
    if not call.given.passphrase_file:
        return ""
    path = Path(call.given.passphrase_file)
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, ValueError) as error:
        raise Refusal(f"口令文件读不出来：{path}。") from error
    if not lines or not lines[0].strip():
        raise Refusal(f"口令文件是空的：{path}。")
    return lines[0].strip()


def _writes(given: argparse.Namespace) -> bool:
    return given.deed != "show" and not (given.deed == "import" and given.dry_run)


COMMANDS = (
    Command(
        "package",
        "与乡镇、部门收发数据包：task 任务包，return 反馈包，receipt 回执，import 导入，show 查看",
        _package,
        (
            argument("deed", choices=_DEEDS, metavar="操作", help="task、return、receipt、import 或 show"),
            argument("file", nargs="*", metavar="文件.dct", help="导入或查看的数据包，可写多个"),
            argument("--unit", metavar="单位", help="给哪个单位发任务包或回执"),
            argument("--all", action="store_true", help="给所有有任务的单位各发一个任务包"),
            argument("--out", metavar="位置", help="写到哪个文件；给多个单位时写文件夹"),
            argument("--photos", action="store_true", help="任务包带上问题照片"),
            argument("--passphrase-file", metavar="文件", help="额外口令写在这个文件的第一行"),
            argument("--pair-anew", action="store_true", help="已电话核实，接受对方的重新配对"),
            argument("--conflicts", choices=("ours", "theirs"), default="ours", help="冲突时保留本机的或采用对方的"),
            argument("--dry-run", action="store_true", help="只预览，不写入"),
            argument("--json", action="store_true", help="按 JSON 输出，供程序使用"),
        ),
        writes=_writes,
    ),
)
