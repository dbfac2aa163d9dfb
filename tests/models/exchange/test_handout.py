"""制作乡镇安装盘: the township's clerk types nothing and is paired from the first minute."""

import json
from pathlib import Path

import pictures
import pytest
from offices import NAMES, County, Seat

from models.errors import Refusal
from models.exchange import handout
from models.records import Campaign, Finding, Office, Peer, Unit
from models.services import attachments, office_setup, records


@pytest.fixture
def installer(tmp_path: Path) -> Path:
    path = tmp_path / "督查通安装程序.exe"
    path.write_bytes(b"MZ" * 100)
    return path


def test_a_folder_for_each_township(county: County, tmp_path: Path, installer: Path, pristine: Path, clock) -> None:
    records.update(county.office.workspace, Office, 1, None, {"county_name": "云水县"})
    guide = tmp_path / "安装说明.pdf"
    guide.write_bytes(b"%PDF")
    sent = county.hand_over()
    seen: list[tuple[int, int]] = []
    target = tmp_path / "安装盘"
    target.mkdir()
    made = handout.make(county.office.workspace, target, [installer], guide, lambda *now: seen.append(now))
    assert [one.unit for one in made] == NAMES[:3]
    assert seen == [(1, 3), (2, 3), (3, 3)]
    assert {p.name for p in made[0].path.iterdir()} == {
        "督查通安装程序.exe", "安装说明.pdf", "首次运行.json", "任务包_柳河镇_2022-03-16_第1批.dct",
    }  # fmt: skip
    assert made[1].task is None

    answers = handout.first_run_answers(made[0].path)
    fresh = Seat(tmp_path / "fresh", pristine, clock)
    handout.found(fresh.workspace, answers)
    office = fresh.one(Office)
    assert (office.role, office.name, office.short_name) == ("unit", "云水县柳河镇人民政府", "柳河镇")
    assert office.number_code == "柳政发"
    assert fresh.one(Campaign).name == county.office.one(Campaign).name
    assert made[0].task is not None
    fresh.take_in(made[0].task)
    county.units[0] = fresh
    assert fresh.one(Finding).serial == sent.serial
    county.write()
    county.collect()
    assert county.office.one(Peer, Peer.unit_id == county.unit_ids[0]).paired_at is not None
    assert len(fresh.all(Peer)) == 1
    fresh.store.close()


def test_made_again_it_stands_beside_the_first(county: County, tmp_path: Path, installer: Path) -> None:
    for _ in range(2):
        handout.make(county.office.workspace, tmp_path, [installer])
    assert (tmp_path / f"{NAMES[0]} (2)").is_dir()
    first, second = (handout.first_run_answers(tmp_path / name) for name in (NAMES[0], f"{NAMES[0]} (2)"))
    assert first == second


def test_photos_go_along_on_request(county: County, tmp_path: Path) -> None:
    photo = pictures.png(130, 130)
    attachments.attach(county.office.workspace, county.hand_over(), photo, "现场.png")
    sizes = []
    for photos in (False, True):
        (made, *_) = handout.make(county.office.workspace, tmp_path / str(photos), [], photos=photos)
        assert made.task is not None
        sizes.append(made.task.stat().st_size)
    assert sizes[1] - sizes[0] > len(photo)


def test_streets_and_full_names(county: County, tmp_path: Path) -> None:
    workspace = county.office.workspace
    records.update(workspace, Office, 1, None, {"county_name": "云水县"})
    records.create(workspace, Unit, {"name": "云水县城关街道办事处", "short_name": "城关街道", "kind": "街道"})
    records.create(workspace, Unit, {"name": "县卫健局", "kind": "部门"})
    (made,) = [one for one in handout.make(workspace, tmp_path / "盘", []) if "城关" in one.unit]
    office = handout.first_run_answers(made.path / handout.FIRST_RUN).office
    assert (office["name"], office["short_name"]) == ("云水县城关街道办事处", "城关街道")


def test_without_townships_or_room_it_says_so(county: County, tmp_path: Path, installer: Path) -> None:
    with pytest.raises(Refusal, match="安装盘没有写成"):
        handout.make(county.office.workspace, tmp_path / "盘", [tmp_path / "没有.exe"])
    assert not list((tmp_path / "盘").iterdir())
    with county.office.workspace.writing("") as work:
        for id_ in [unit.id for unit in county.office.all(Unit)[1:]]:
            work.set(work.get(Unit, id_), deleted_at=county.office.workspace.now)
    with pytest.raises(Refusal, match="还没有乡镇"):
        handout.make(county.office.workspace, tmp_path, [installer])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda told: "{", "已损坏"),
        (lambda told: "[" * 100_000, "已损坏"),
        (lambda told: " " * (handout.MOST + 1), "已损坏"),
        (lambda told: {**told, "format": 2}, "更新版本"),
        (lambda told: {**told, "county": {**told["county"], "key": "AAAA"}}, "已损坏"),
        (lambda told: {**told, "county": {**told["county"], "key": "!"}}, "已损坏"),
        (lambda told: {**told, "county": {**told["county"], "uuid": "x"}}, "已损坏"),
        (lambda told: {**told, "office": {**told["office"], "role": "county"}}, "已损坏"),
    ],
)
def test_damaged_answers_are_refused(county: County, tmp_path: Path, change, sentence: str) -> None:
    (made, *_) = handout.make(county.office.workspace, tmp_path, [])
    path = made.path / handout.FIRST_RUN
    told = change(json.loads(path.read_text("utf-8")))
    path.write_text(told if isinstance(told, str) else json.dumps(told), "utf-8")
    with pytest.raises(Refusal, match=sentence):
        handout.first_run_answers(path)


def test_answers_that_are_not_there_and_fields_of_a_newer_program(county: County, tmp_path: Path, workspace) -> None:
    with pytest.raises(Refusal, match="读不出来"):
        handout.first_run_answers(tmp_path)
    (made, *_) = handout.make(county.office.workspace, tmp_path, [])
    path = made.path / handout.FIRST_RUN
    told = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**told, "office": {**told["office"], "motto": "x"}}), "utf-8")
    handout.found(workspace, handout.first_run_answers(path))
    with pytest.raises(Refusal, match="已有本机构的数据"):
        handout.found(workspace, handout.first_run_answers(path))
    assert office_setup.UNIT_ROLE == "unit"
