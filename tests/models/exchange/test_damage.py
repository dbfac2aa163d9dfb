"""Whatever happens to a package on its way: one sentence, nothing changed, never a crash."""

import hashlib
import io
import json
import os
import random
import signal
import struct
import subprocess
import sys
import textwrap
import time
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pytest
from office import Clock
from offices import County, Seat
from sqlalchemy import func, select

from models.errors import Refusal
from models.exchange import build, container, merge, pairing, plan, sealing
from models.exchange.container import MANIFEST, RECORDS, SEAL
from models.exchange.content import Content, decode, encode
from models.exchange.manifest import Manifest
from models.records import Attachment, Change, Feedback, Finding, Peer
from models.services import attachments
from models.storage.attachments import path_of

ROOT = Path(__file__).resolve().parents[3]


@dataclass
class Traffic:
    """Two good packages, who may open them, and what is in them."""

    county: County
    task: Path
    answer: Path
    locked: Path


@pytest.fixture(scope="module")
def traffic(founded: Path, tmp_path_factory: pytest.TempPathFactory):
    """A task under way to the first township, an answer with photos under way to the county."""
    county = County(tmp_path_factory.mktemp("traffic"), founded, Clock(), townships=2)
    county.hand_over()
    county.hand_over(1)
    county.send()
    county.write(evidence=b"%PDF" + os.urandom(3000))
    made = Traffic(county, county.task(), county.answer(), county.task(1, passphrase="三月十六"))
    yield made
    county.close()


def rezip(path: Path, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """The package's members, changed, in a fresh zip."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def manifest_with(path: Path, **values: Any) -> bytes:
    def change(members: dict[str, bytes]) -> None:
        members[MANIFEST] = json.dumps({**json.loads(members[MANIFEST]), **values}).encode()

    return rezip(path, change)


def swapped(members: dict[str, bytes], rng: random.Random) -> None:
    first, second = rng.sample(sorted(members), 2)
    members[first], members[second] = members[second], members[first]


def dropped(members: dict[str, bytes], rng: random.Random) -> None:
    members.pop(rng.choice(sorted(members)))


def strange(members: dict[str, bytes], rng: random.Random) -> None:
    members[rng.choice(["../../evil", "/etc/evil", "C:\\evil", "evidence/../x", "extra", "..\\..\\x"])] = b"x" * 40


def retold(members: dict[str, bytes], rng: random.Random) -> None:
    """One value of the manifest changed, at any depth."""
    told = json.loads(members[MANIFEST])
    at: Any = told
    while isinstance(at, (dict, list)) and at:
        holder, key = at, rng.choice(list(at)) if isinstance(at, dict) else rng.randrange(len(at))
        at = holder[key]
    odd = [None, -1, 0, 2**70, "", "x" * 5000, "../..", True, [], {}, "\0", "00" * 16, [[]] * 50, 1.5, "督查通"]
    holder[key] = rng.choice([value for value in odd if value != at])
    members[MANIFEST] = json.dumps(told).encode()


def mutated(path: Path, rng: random.Random) -> bytes:
    """The package after something happened to it."""
    whole = bytearray(path.read_bytes())
    at, length = rng.randrange(len(whole)), rng.choice([1, 2, 8, 100, 1000])
    kind = rng.randrange(12)
    if kind == 0:
        return bytes(whole[:at])
    if kind == 1:
        return bytes(whole[at:])
    if kind == 2:
        whole[at : at + length] = bytes(length)
    elif kind == 3:
        del whole[at : at + length]
    elif kind == 4:
        whole[at:at] = rng.randbytes(length)
    elif kind == 5:
        return bytes(whole[:at]) + bytes(whole[:at])
    elif kind == 6:
        for _ in range(length):
            whole[rng.randrange(len(whole))] ^= 1 << rng.randrange(8)
    elif kind < 9:
        whole[at] ^= 1 << rng.randrange(8)
    else:
        change = rng.choice([swapped, dropped, strange, retold, retold])
        return rezip(path, lambda members: change(members, rng))
    return bytes(whole)


def said(seat: Seat, path: Path, **more: Any) -> str | Content:
    """The one sentence a package is refused with; its content where it opens."""
    try:
        opened = plan.read(seat.workspace, path, **more)
        with opened.opened.files() as chunks_of:
            for sha256 in sorted(opened.opened.evidence):
                assert hashlib.sha256(b"".join(chunks_of(sha256))).hexdigest() == sha256
        return opened.content
    except Refusal as refusal:
        refused = refusal
    assert len(refused.problems) == 1
    assert "\n" not in refused.sentence
    assert refused.sentence.endswith("。")
    return refused.sentence


def state(seat: Seat) -> tuple[int, int]:
    with seat.workspace.reading() as session:
        return session.scalar(select(func.max(Change.id))) or 0, len(list(seat.folder.attachments.rglob("*")))


def fuzz(traffic: Traffic, tmp_path: Path, rounds: int, seed: int) -> None:
    county, units = traffic.county.office, traffic.county.units
    cases = (
        (units[0], traffic.task, {}),
        (county, traffic.answer, {}),
        (units[1], traffic.locked, {"passphrase": "三月十六"}),
    )
    whole = [said(seat, path, **more) for seat, path, more in cases]
    before = [state(seat) for seat, _path, _more in cases]
    rng, refused = random.Random(seed), 0
    target = tmp_path / "包.dct"
    for turn in range(rounds):
        seat, path, more = cases[0 if turn % 10 < 5 else 1] if turn % 10 < 9 else cases[2]
        target.write_bytes(mutated(path, rng))
        found = said(seat, target, **more)
        if isinstance(found, str):
            refused += 1
        else:  # A byte that carries nothing, such as a date in the zip's own directory.
            assert found in whole
    assert refused > rounds * 0.9
    assert [state(seat) for seat, _path, _more in cases] == before


def test_damage_is_refused_in_one_sentence(traffic: Traffic, tmp_path: Path) -> None:
    fuzz(traffic, tmp_path, 300, seed=20220316)


@pytest.mark.full
@pytest.mark.parametrize("seed", range(5))
def test_ten_thousand_damaged_packages_are_refused(traffic: Traffic, tmp_path: Path, seed: int) -> None:
    fuzz(traffic, tmp_path, 2_100, seed)


def deflated(path: Path) -> bytes:
    """A member that is small in the file and large in memory."""
    made = io.BytesIO()
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as bomb:
        for name in archive.namelist():
            bomb.writestr(name, b"\0" * (64 << 20) if name == RECORDS else archive.read(name))
    return made.getvalue()


def many(path: Path) -> bytes:
    def change(members: dict[str, bytes]) -> None:
        members.update({f"evidence/{n}": b"" for n in range(20_001)})

    return rezip(path, change)


def large_manifest(path: Path) -> bytes:
    return rezip(path, lambda members: members.update({MANIFEST: b"[" * (17 << 20)}))


def deep_manifest(path: Path) -> bytes:
    return rezip(path, lambda members: members.update({MANIFEST: b'{"format":1,"x":' + b"[" * 500_000}))


def large_seal(path: Path) -> bytes:
    return rezip(path, lambda members: members.update({SEAL: bytes(1 << 20)}))


def large_directory(path: Path) -> bytes:
    whole = bytearray(path.read_bytes())
    whole[-10:-6] = struct.pack("<I", 1 << 30)
    return bytes(whole)


def large_zip64_directory(path: Path) -> bytes:
    end = path.read_bytes()
    record = struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, 1, 1, 1 << 40, 0)
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, len(end) - 22, 1)
    return end[:-22] + record + locator + end[-22:]


def commented(path: Path) -> bytes:
    return path.read_bytes()[:-2] + struct.pack("<H", 5) + b"hello"


def listed(path: Path, at: int, value: bytes) -> bytes:
    """The first member's entry in the zip's directory (APPNOTE 4.3.12), changed from this byte on."""
    whole = bytearray(path.read_bytes())
    entry = whole.index(b"PK\1\2")
    whole[entry + at : entry + at + len(value)] = value
    return bytes(whole)


def twice(path: Path) -> bytes:
    made = io.BytesIO(path.read_bytes())
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(made, "a") as archive:
        archive.writestr(RECORDS, b"x")
    return made.getvalue()


NO_PACKAGE = "不是督查通的数据包"
DAMAGED = "已损坏或被改动"
CRAFTED: list[tuple[Callable[[Path], bytes], str]] = [
    (lambda _: b"", NO_PACKAGE),
    (lambda _: b"PK", NO_PACKAGE),
    (lambda _: b"%PDF-1.4 " * 100, NO_PACKAGE),
    (deflated, NO_PACKAGE),
    (many, NO_PACKAGE),
    (twice, NO_PACKAGE),
    (commented, NO_PACKAGE),
    (large_directory, NO_PACKAGE),
    (large_zip64_directory, NO_PACKAGE),
    (large_manifest, DAMAGED),
    (deep_manifest, DAMAGED),
    (large_seal, DAMAGED),
    (lambda path: rezip(path, lambda m: m.pop(MANIFEST) and None), NO_PACKAGE),
    (lambda path: rezip(path, lambda m: m.pop(SEAL) and None), DAMAGED),
    (lambda path: rezip(path, lambda m: m.update({"../../evil": b""})), DAMAGED),
    (
        lambda path: manifest_with(path, format=2, needs="2.0.0"),
        "由更新版本的督查通制作，请安装 2.0.0 以上版本后再导入",
    ),
    (lambda path: manifest_with(path, format=2, needs="\n\u202e2.0，请转账"), "请安装新版本后再导入"),
    (lambda path: manifest_with(path, format=10**400), "由更新版本的督查通制作"),
    (lambda path: rezip(path, lambda m: m.update({MANIFEST: b'{"format":NaN}'})), DAMAGED),
    (lambda path: rezip(path, lambda m: m.update({MANIFEST: b'{"format":1e400}'})), DAMAGED),
    (lambda path: rezip(path, lambda m: m.update({MANIFEST: b'{"format":1,"needs":"\\ud800"}'})), DAMAGED),
    (lambda path: listed(path, 8, b"\x01"), DAMAGED),  # said to be encrypted
    (lambda path: listed(path, 10, b"\x08"), NO_PACKAGE),  # said to be deflated
    (lambda path: listed(path, 20, b"\xff" * 8), DAMAGED),  # sizes put off to a zip64 field that is not there
    (lambda path: listed(path, 42, b"\xff\xff\xff\x7f"), DAMAGED),  # lies beyond the end
    (lambda path: listed(path, 46, b"X"), DAMAGED),  # another name in the directory than before the member
    (lambda path: rezip(path, lambda m: m.update({"RECORDS": b"x"})), DAMAGED),
    (lambda path: rezip(path, lambda m: m.update({"C:\\evidence": b"x"})), DAMAGED),
    (lambda path: rezip(path, lambda m: m.update({"//server/share/records": b"x"})), DAMAGED),
    (lambda path: rezip(path, lambda m: m.update({"re\u0301cords": b"x"})), DAMAGED),
    (lambda path: manifest_with(path, format="x"), DAMAGED),
    (lambda path: manifest_with(path, batch=7), DAMAGED),
    (lambda path: manifest_with(path, id="../../../etc/passwd"), DAMAGED),
]


@pytest.mark.parametrize(("craft", "sentence"), CRAFTED)
def test_a_crafted_file_is_refused(
    traffic: Traffic, tmp_path: Path, craft: Callable[[Path], bytes], sentence: str
) -> None:
    target = tmp_path / "包.dct"
    target.write_bytes(craft(traffic.answer))
    before = state(traffic.county.office)
    found = said(traffic.county.office, target)
    assert isinstance(found, str)
    assert sentence in found
    assert state(traffic.county.office) == before


def test_a_file_that_is_not_there(traffic: Traffic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(traffic.county.office, tmp_path / "没有.dct") == f"找不到文件：{tmp_path / '没有.dct'}。"

    def busy(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(container, "_check_ending", busy)
    assert "正被其他程序打开" in str(said(traffic.county.office, traffic.answer))


def resealed(path: Path, key: bytes, change: Callable[[dict[str, Any]], None], target: Path, **manifest: Any) -> Path:
    """A package by someone who has the key and means ill: its records changed, everything sealed again."""
    opened = container.open_with(path, key)
    told = json.loads(opened.records())
    change(told)
    again = msgspec.structs.replace(opened.manifest, **manifest)
    evidence = []
    with opened.files() as chunks_of:
        for sha256 in sorted(opened.evidence):
            kept = target.with_name(sha256)
            kept.write_bytes(b"".join(chunks_of(sha256)))
            evidence.append(container.Evidence(sha256, kept))
    package_key = container.package_key(again.lock, key, again.id, "")
    container.write(target, again, package_key, json.dumps(told).encode(), evidence=tuple(evidence))
    return target


def row_of(told: dict[str, Any], table: str) -> dict[str, Any]:
    return next(row for row in told["rows"] if row["table"] == table)


def with_value(table: str, name: str, value: Any) -> Callable[[dict[str, Any]], None]:
    return lambda told: row_of(told, table)["values"].update({name: value})


def with_row(which: str, /, **values: Any) -> Callable[[dict[str, Any]], None]:
    return lambda told: row_of(told, which).update(values)


def doubled(told: dict[str, Any]) -> None:
    told["rows"].append(told["rows"][0])


LAWLESS = [
    with_row("feedback", table="finding"),
    with_row("feedback", table="peer"),
    with_row("feedback", table="sqlite_master"),
    with_row("feedback", uuid="../../x"),
    with_row("feedback", version=10**10),
    with_row("feedback", origin="x" * 40),
    with_row("feedback", values=[]),
    with_value("feedback", "finding_id", None),
    with_value("feedback", "finding_id", 3),
    with_value("feedback", "outcome", "没有这一项"),
    with_value("feedback", "outcome", "异议"),
    with_value("feedback", "measures", None),
    with_value("feedback", "measures", "长" * 20_001),
    with_value("feedback", "measures", ["x"]),
    with_value("feedback", "done", True),
    with_value("feedback", "done", -1),
    with_value("feedback", "done", "1"),
    with_value("feedback", "finished_on", "20220310"),
    with_value("feedback", "finished_on", "2022-02-30"),
    with_value("feedback", "finished_on", "1022-02-20"),
    with_value("feedback", "submitted_at", "2022-02-20T10:00:00+08:00"),
    with_value("feedback", "arrived", True),
    with_value("attachment", "sha256", "../../../../etc/passwd"),
    with_value("attachment", "name", ""),
    with_value("attachment", "owner_table", "finding"),
    with_value("attachment", "owner_uuid", "x"),
    with_value("attachment", "size", 10**13),
    doubled,
    lambda told: told.update(held=["x"]),
    lambda told: told.update(rows="x"),
]


@pytest.mark.parametrize("change", LAWLESS)
def test_what_no_record_could_hold_is_refused_even_under_the_right_seal(
    traffic: Traffic, tmp_path: Path, change: Callable[[dict[str, Any]], None]
) -> None:
    office = traffic.county.office
    key = office.one(Peer, Peer.name == "柳河镇").key
    path = resealed(traffic.answer, key, change, tmp_path / "包.dct")
    assert DAMAGED in str(said(office, path))


@pytest.mark.parametrize("moment", ["", "x", "9999-99-99T00:00:00", "2022-03-10T10:00:00+08:00", None])
def test_a_moment_that_is_none_is_refused_even_under_the_right_seal(
    traffic: Traffic, tmp_path: Path, moment: str | None
) -> None:
    key = traffic.county.office.one(Peer, Peer.name == "柳河镇").key
    path = resealed(traffic.answer, key, lambda _: None, tmp_path / "包.dct", made_at=moment)
    assert DAMAGED in str(said(traffic.county.office, path))


@pytest.mark.parametrize("kind", ["task", "receipt"])
def test_a_kind_that_does_not_suit_is_refused_even_under_the_right_seal(
    traffic: Traffic, tmp_path: Path, kind: str
) -> None:
    """A unit sends no tasks, and a receipt, which is taken in without a list, holds no records."""
    key = traffic.county.office.one(Peer, Peer.name == "柳河镇").key
    path = resealed(traffic.answer, key, lambda _: None, tmp_path / "包.dct", kind=kind)
    assert DAMAGED in str(said(traffic.county.office, path))


def test_damage_to_a_first_package_is_no_new_pairing(traffic: Traffic, tmp_path: Path) -> None:
    target = tmp_path / "包.dct"
    target.write_bytes(manifest_with(traffic.task, batch=7))
    assert json.loads(zipfile.ZipFile(target).read(MANIFEST))["lock"]["pairing"]
    assert DAMAGED in str(said(traffic.county.units[0], target))


FLAGS = [
    with_value("finding", "fixed_on_spot", "是"),
    with_value("finding", "status", "没有"),
    with_value("finding", "count", None),
]


@pytest.mark.parametrize("change", FLAGS)
def test_the_countys_rows_are_checked_as_well(
    traffic: Traffic, tmp_path: Path, change: Callable[[dict[str, Any]], None]
) -> None:
    unit = traffic.county.units[0]
    path = resealed(traffic.task, unit.one(Peer).key, change, tmp_path / "包.dct")
    assert DAMAGED in str(said(unit, path))


BARRED = [
    "现场照片.jpg.exe",
    "说明.desktop",
    "照片\u202egpj.scr",
    "说明\u200f.pdf",
    "CON",
    "..",
    "照片.png ",
    "a\\b.vbs",
]


@pytest.mark.parametrize("name", BARRED)
def test_a_program_is_left_out_and_told_and_the_rest_is_taken_in(county: County, tmp_path: Path, name: str) -> None:
    county.hand_over()
    county.send()
    county.write(evidence=b"%PDF evidence")
    key = county.office.one(Peer).key
    path = resealed(county.answer(), key, with_value("attachment", "name", name), tmp_path / "包.dct")
    assert plan.read(county.office.workspace, path).counts["barred"] == 1
    taken = county.office.take_in(path)
    assert any("没有收下" in line for line in taken.flagged)
    assert len(county.office.all(Feedback)) == 1
    assert county.office.all(Attachment) == []
    assert not [one for one in county.office.folder.attachments.rglob("*") if one.is_file()]


@pytest.mark.parametrize("name", ["照片\\1.txt", "../1.txt", "照\n片/1.txt", "C:\\1.txt"])
def test_a_name_with_folders_is_mended(county: County, tmp_path: Path, name: str) -> None:
    county.hand_over()
    county.send()
    county.write(evidence=b"%PDF evidence")
    key = county.office.one(Peer).key
    path = resealed(county.answer(), key, with_value("attachment", "name", name), tmp_path / "包.dct")
    county.office.take_in(path)
    assert county.office.one(Attachment).name == "1.txt"
    assert plan.read(county.office.workspace, path).counts["same"] == 2  # the mended name is no difference


def test_a_program_of_an_old_folder_does_not_leave_the_office(county: County) -> None:
    finding = county.hand_over()
    attachments.attach(county.office.workspace, finding, b"macro", "旧表.txt")
    with county.office.workspace.writing("旧数据") as work:
        work.set(work.get(Attachment, 1), name="旧表.xlsm")
    built = build.task(county.office.workspace, county.unit_ids[0], county.stick, photos=True)
    assert (built.files, built.left_out) == (0, ("旧表.xlsm",))
    unit = county.units[0]
    unit.take_in(built.path)
    county.write(evidence=b"macro")
    with unit.workspace.writing("旧数据") as work:
        work.set(work.get(Attachment, 1), name="旧表.xlsm")
    with pytest.raises(Refusal, match="不能上报"):
        county.answer()


def foreign(office: Seat, path: Path) -> set[str]:
    return {item.why for item in plan.read(office.workspace, path).items if item.sort == "foreign"}


def test_a_township_reaches_nothing_of_anothers(traffic: Traffic, tmp_path: Path) -> None:
    """A township with a good key that names what is not its own: sorted out as foreign, row by row."""
    office, county = traffic.county.office, traffic.county
    key = office.one(Peer, Peer.name == "柳河镇").key
    other = office.one(Finding, Finding.unit_id == county.unit_ids[1])
    cases = [
        (with_value("feedback", "finding_id", other.uuid), {"问题不由该单位负责", "附件所属的记录不在本机"}),
        (with_value("feedback", "finding_id", "0" * 32), {"问题不在本县台账", "附件所属的记录不在本机"}),
        (with_row("feedback", origin="0" * 32), {"不是该单位填写的", "附件所属的记录不在本机"}),
        (with_value("attachment", "owner_uuid", "0" * 32), {"附件所属的记录不在本机"}),
    ]
    for change, why in cases:
        assert foreign(office, resealed(traffic.answer, key, change, tmp_path / "包.dct")) == why


def test_every_row_that_is_not_the_townships_is_told(county: County, tmp_path: Path) -> None:
    county.hand_over(1)
    county.hand_over()
    county.send()
    county.write()
    county.write(measures="又一轮", outcome="正在推进")
    path = county.answer()
    other = county.office.one(Finding, Finding.unit_id == county.unit_ids[1])

    def move(told: dict[str, Any]) -> None:
        for row in told["rows"]:
            row["values"]["finding_id"] = other.uuid

    path = resealed(path, county.office.one(Peer).key, move, tmp_path / "包.dct")
    assert plan.read(county.office.workspace, path).counts["foreign"] == 2
    county.office.take_in(path)
    assert county.office.all(Feedback) == []


def test_a_feedback_cannot_be_moved_to_another_problem(county: County, tmp_path: Path) -> None:
    county.hand_over()
    county.hand_over()
    county.send()
    feedback = county.write(evidence=b"photo")
    county.collect()
    second = county.office.all(Finding)[1]
    third = county.write(serial=second.serial, evidence=b"another")
    path = county.answer()
    key = county.office.one(Peer).key

    def steal(told: dict[str, Any]) -> None:
        for row in told["rows"]:
            if row["table"] == "feedback":
                row["values"]["finding_id"] = second.uuid
            if row["table"] == "attachment":
                row["values"]["owner_uuid"] = third.uuid

    path = resealed(path, key, steal, tmp_path / "包.dct")
    assert foreign(county.office, path) == {"问题不由该单位负责", "附件属于别的记录"}
    county.office.take_in(path)
    assert county.office.one(Feedback, Feedback.uuid == feedback.uuid).finding_id != second.id


def test_a_receipt_for_another_offices_package_counts_for_nothing(traffic: Traffic, tmp_path: Path) -> None:
    office = traffic.county.office
    key = office.one(Peer, Peer.name == "柳河镇").key
    acks = [{"package": "0" * 32, "batch": 1, "at": ""}]
    path = resealed(traffic.answer, key, lambda told: told.update(acks=acks), tmp_path / "包.dct")
    assert not isinstance(said(office, path), str)


def test_records_that_unpack_too_large_are_refused(
    traffic: Traffic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = traffic.county.office
    key = office.one(Peer, Peer.name == "柳河镇").key
    path = resealed(traffic.answer, key, lambda told: told.update(padding="0" * 100_000), tmp_path / "包.dct")
    monkeypatch.setattr(container, "MOST_RECORDS", 50_000)
    assert DAMAGED in str(said(office, path))


def test_records_that_do_not_unpack_are_refused(
    traffic: Traffic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = traffic.county.office
    key = office.one(Peer, Peer.name == "柳河镇").key
    with monkeypatch.context() as patch:
        patch.setattr(zlib, "compress", lambda data: data)
        path = resealed(traffic.answer, key, lambda _: None, tmp_path / "包.dct")
    assert DAMAGED in str(said(office, path))


@pytest.mark.parametrize("maker", ["_seal_file", "_seal_bytes"])
def test_a_member_that_is_not_what_its_manifest_says_is_refused(
    traffic: Traffic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, maker: str
) -> None:
    """Sealed rightly by the sender, yet told wrongly."""
    office, make = traffic.county.office, getattr(container, maker)
    monkeypatch.setattr(container, maker, lambda *given: msgspec.structs.replace(make(*given), sha256="0" * 64))
    key = office.one(Peer, Peer.name == "柳河镇").key
    path = resealed(traffic.answer, key, lambda _: None, tmp_path / "包.dct")
    assert DAMAGED in str(said(office, path))


def test_a_file_under_a_false_name_is_refused(county: County, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    county.hand_over()
    county.send()
    county.write(evidence=b"photo")
    path, key = county.answer(), county.office.one(Peer).key

    class Blind:
        """A sender that does not look at what it seals."""

        def __init__(self, _data: bytes = b"") -> None:
            self.update = lambda _: None
            self.hexdigest = lambda: "0" * 64

    def lie(told: dict[str, Any]) -> None:
        row_of(told, "attachment")["values"]["sha256"] = "0" * 64

    opened = container.open_with(path, key)
    told = json.loads(opened.records())
    lie(told)
    photo = tmp_path / "photo"
    photo.write_bytes(b"photo")
    package_key = container.package_key(opened.manifest.lock, key, opened.manifest.id, "")
    real = hashlib.sha256
    monkeypatch.setattr(container.hashlib, "sha256", lambda data=b"": real(data) if data else Blind())
    evidence = (container.Evidence("0" * 64, photo),)
    container.write(path, opened.manifest, package_key, json.dumps(told).encode(), evidence=evidence)
    monkeypatch.undo()
    read = plan.read(county.office.workspace, path)
    with pytest.raises(Refusal, match=DAMAGED):
        merge.apply(county.office.workspace, read)
    assert county.office.all(Feedback) == []
    assert not [p for p in county.office.folder.attachments.rglob("*") if p.is_file()]


@pytest.mark.parametrize("size", [0, 1, container.CHUNK, 2 * container.CHUNK + 1])
def test_a_file_of_any_size_travels_whole(traffic: Traffic, tmp_path: Path, size: int) -> None:
    photo = tmp_path / "photo"
    photo.write_bytes(os.urandom(size))
    sha256 = hashlib.sha256(photo.read_bytes()).hexdigest()
    key = traffic.county.office.one(Peer, Peer.name == "柳河镇").key
    manifest = container.look(traffic.answer)
    sealed = container.package_key(manifest.lock, key, manifest.id, "")
    target = tmp_path / "包.dct"
    container.write(target, manifest, sealed, b"{}", evidence=(container.Evidence(sha256, photo),))
    opened = container.open_with(target, key)
    with opened.files() as chunks_of:
        assert b"".join(chunks_of(sha256)) == photo.read_bytes()


@pytest.mark.parametrize(
    ("lock", "sentence"),
    [
        ({"salt": "!"}, "口令不对"),
        ({"n": 1}, "口令不对"),
        ({"n": 3}, "口令不对"),
        ({"n": 1 << 20}, "口令不对"),
        ({"pairing": "!"}, "口令不对"),
        ({"pairing": "AAAA"}, "口令不对"),
        ({"pairing": "AAAA", "wrapped": False}, DAMAGED),
        ({"pairing": "!", "wrapped": False}, DAMAGED),
        ({"pairing": ""}, "里没有配对信息"),
        ({"pairing": sealing.to_text(bytes(32)), "wrapped": False}, "口令不对"),
        ({"pairing": sealing.to_text(bytes(32)), "wrapped": False, "passphrase": False}, DAMAGED),
    ],
)
def test_a_lock_that_was_picked_at(traffic: Traffic, tmp_path: Path, lock: dict[str, Any], sentence: str) -> None:
    told = json.loads(zipfile.ZipFile(traffic.locked).read(MANIFEST))["lock"]
    target = tmp_path / "包.dct"
    target.write_bytes(manifest_with(traffic.locked, lock={**told, **lock}))
    assert sentence in str(said(traffic.county.units[1], target, passphrase="三月十六"))


def test_a_package_from_an_older_release_still_comes_in(county: County, tmp_path: Path) -> None:
    """Fields that were not written yet keep what they are here."""
    county.hand_over()
    county.send()
    county.write()

    def older(told: dict[str, Any]) -> None:
        for row in told["rows"]:
            for name in ("lessons", "next_steps", "post"):
                row["values"].pop(name)
        told.pop("acks")

    path = resealed(county.answer(), county.office.one(Peer).key, older, tmp_path / "旧.dct", needs="0.9.0")
    county.office.take_in(path)
    assert county.office.one(Feedback).lessons == ""
    assert county.office.one(Finding).status == "待核查"


def test_a_file_changed_between_two_looks(traffic: Traffic, monkeypatch: pytest.MonkeyPatch) -> None:
    look = container.look

    def first(path: Path) -> Manifest:
        return msgspec.structs.replace(look(path), batch=99)

    monkeypatch.setattr(container, "look", first)
    assert DAMAGED in str(said(traffic.county.office, traffic.answer))


def test_evidence_damaged_after_the_preview_changes_nothing(county: County, tmp_path: Path) -> None:
    county.hand_over()
    county.send()
    county.write(evidence=b"%PDF" + os.urandom(3 << 20))
    path = county.answer()
    office = county.office
    read = plan.read(office.workspace, path)
    whole = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        (inside,) = [i for i in archive.infolist() if i.filename.startswith("evidence/")]
    whole[inside.header_offset + (2 << 20)] ^= 1
    path.write_bytes(bytes(whole))
    before = state(office)
    with pytest.raises(Refusal, match=DAMAGED):
        merge.apply(office.workspace, read)
    assert state(office) == before
    assert not [p for p in office.folder.attachments.rglob("*") if p.is_file()]
    path.write_bytes(bytes(whole[: 2 << 20]))
    with pytest.raises(Refusal, match=NO_PACKAGE):
        merge.apply(office.workspace, read)


def test_evidence_shorter_than_told_is_refused(traffic: Traffic, tmp_path: Path) -> None:
    """The seal of a stream says where it ends."""
    key = bytes(32)
    chunks = list(sealing.sealed_chunks(key, [b"a", b"b", b"c"]))
    assert list(sealing.unsealed_chunks(key, chunks)) == [b"a", b"b", b"c"]
    for wrong in (chunks[:2], chunks[1:], [chunks[1], chunks[0], chunks[2]], [], [*chunks, chunks[2]]):
        with pytest.raises(sealing.Unsealed):
            list(sealing.unsealed_chunks(key, wrong))
    assert list(sealing.unsealed_chunks(key, sealing.sealed_chunks(key, []))) == [b""]


def test_a_name_from_an_unproven_file_fits_into_a_sentence() -> None:
    assert pairing.spoken("柳河镇\n第二行\x00" + "长" * 90) == "柳河镇第二行" + "长" * 34


def test_a_peer_without_a_key_says_so() -> None:
    with pytest.raises(Refusal, match="与“柳河镇”还没有配对"):
        pairing.key_of(Peer(name="柳河镇"))


def test_content_survives_the_way(traffic: Traffic) -> None:
    key = traffic.county.office.one(Peer, Peer.name == "柳河镇").key
    content = decode(container.open_with(traffic.answer, key).records(), "county")
    assert decode(encode(content), "county") == content


CHILD = """
    import datetime as dt, sys
    from pathlib import Path
    from models.services.unit_of_work import Workspace
    from models.exchange import merge, plan
    from models.storage.engine import Store
    from models.storage.data_folder import DataFolder

    workspace = Workspace(Store(DataFolder(Path(sys.argv[1]))), clock=lambda: dt.datetime(2022, 3, 16, 10))
    read = plan.read(workspace, Path(sys.argv[2]))
    print("ready", flush=True)
    merge.apply(workspace, read)
    print("done", flush=True)
"""


def import_elsewhere(folder: Path, package: Path) -> subprocess.Popen[str]:
    words = [sys.executable, "-c", textwrap.dedent(CHILD), str(folder), str(package)]
    child = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    return child


def killed_imports(county: County, tmp_path: Path, pristine: Path, times: int) -> None:
    for n in range(60):
        county.hand_over(fact=f"问题{n}")
    county.send()
    unit = county.units[0]
    for finding in unit.all(Finding):
        county.write(serial=finding.serial, evidence=b"%PDF" + os.urandom(20_000) if finding.id % 3 == 0 else b"")
    package, office = county.answer(), county.office
    before = office.keep()
    whole = import_elsewhere(office.folder.root, package)
    started = time.monotonic()
    whole.wait()
    takes = time.monotonic() - started
    rng = random.Random(316)
    for _ in range(times):
        office.go_back(before)
        office.store.close()
        child = import_elsewhere(office.folder.root, package)
        time.sleep(rng.random() * takes)
        child.send_signal(signal.SIGKILL)
        child.wait()
        office.open()
        came = len(office.all(Feedback))
        assert came in (0, 60)
        assert len(office.all(Finding, Finding.status == "待核查")) == came
        assert len(office.all(Attachment)) == came // 3
        office.take_in(package)
        assert len(office.all(Feedback)) == 60
        for photo in office.all(Attachment):
            assert path_of(office.folder, photo.sha256).stat().st_size == photo.size


def test_a_killed_import_is_all_or_nothing(county: County, tmp_path: Path, pristine: Path) -> None:
    killed_imports(county, tmp_path, pristine, 3)


@pytest.mark.full
def test_a_hundred_killed_imports_are_all_or_nothing(county: County, tmp_path: Path, pristine: Path) -> None:
    killed_imports(county, tmp_path, pristine, 100)
