"""What an older release wrote, today's program reads: stored packages of every format, and those of fewer fields."""

import json
import zipfile
from pathlib import Path

import pytest
from kept_packages import LEGS, kept, taken_in, unpack
from offices import County
from older import LATER, NEEDED, aged

from models.exchange import container
from models.exchange.content import NEEDED as ESSENTIAL
from models.exchange.content import TRAVELS
from models.records import Attachment, Feedback, Finding, Peer

MAKE = "python tests/models/exchange/kept_packages.py"


def test_packages_of_every_format_so_far_are_kept() -> None:
    names = [f"packages_{number}.zip" for number in range(1, container.FORMAT + 1)]
    assert [path.name for path in kept()] == names, f"the newest are made by: {MAKE}"


@pytest.mark.parametrize("leg", LEGS)
@pytest.mark.parametrize("stored", kept(), ids=lambda path: path.stem)
def test_a_stored_package_says_what_it_said(stored: Path, leg: str, tmp_path: Path) -> None:
    """Task with its pairing and photo, return, task under a passphrase, receipt: each into the office it was for."""
    told = unpack(stored, tmp_path / "旧 包")
    assert taken_in(tmp_path / "旧 包", leg) == told[leg], f"while a schema is not released: {MAKE}"


@pytest.mark.parametrize("stored", kept(), ids=lambda path: path.stem)
def test_the_stored_round_is_a_whole_one(stored: Path, tmp_path: Path) -> None:
    """Held against the story itself, not against what was stored with it."""
    root = tmp_path / "旧 包"
    unpack(stored, root)
    said = {leg: taken_in(root, leg) for leg in LEGS}
    standing = {leg: [finding[2:4] for finding in said[leg]["finding"]] for leg in LEGS}
    assert standing["township"] == [["已交办", "未填"]] * 2
    assert [status for status, _ in standing["county"]] == ["待核查", "整改中"]
    assert standing["township later"] == [["退回重改", "被退回"], ["整改中", "已上报"]]
    assert [one[2] for one in said["county"]["feedback"]] == ["已整改", "正在推进"]
    assert [one[-1] for one in said["township later"]["feedback"]] == ["True", "True"]
    assert said["county"]["plan"][0][1:] == ["逐日补登", "月底前"]
    assert said["township later"]["extension"][0][1] == "2022-04-30"
    assert [len(said[leg]["files"]) for leg in LEGS] == [1, 2, 2]
    assert all(all(said[leg]["files"]) for leg in LEGS)


def test_a_package_of_fewer_fields_is_taken_in(county: County) -> None:
    county.hand_over(requirement="立即整改")
    county.units[0].take_in(aged(county.task(), county.office.one(Peer).key))
    county.write(evidence=b"photo" * 100, post="镇长")
    answer = aged(county.answer(), county.units[0].one(Peer).key)
    assert county.office.take_in(answer).flagged == []
    arrived = county.office.one(Feedback)
    assert (arrived.measures, arrived.post) == (county.units[0].one(Feedback).measures, "")
    assert county.office.one(Finding).status == "待核查"
    assert county.office.one(Attachment).description == ""


def test_fields_an_older_release_did_not_know_stay_as_they_are(county: County) -> None:
    finding = county.hand_over()
    county.send()
    county.write()
    county.collect()
    county.step(finding.id, "return_", verifier="王晓燕", method="现场核查")
    county.send()
    county.units[0].take_in(aged(county.task(), county.office.one(Peer).key))
    assert county.units[0].one(Finding).returned_reason == "照片看不清"


def test_it_is_a_package_without_what_came_later(county: County) -> None:
    """The stand-in for an older release is one: sealed and sound, and nothing of what came later is in it."""
    county.hand_over()
    path = aged(county.task(), county.office.one(Peer).key)
    with zipfile.ZipFile(path) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    assert manifest["needs"] == NEEDED
    assert not {"n", "r", "p", "wrapped"} & set(manifest["lock"])
    opened = container.open_with(path, county.office.one(Peer).key)
    for row in json.loads(opened.records())["rows"]:
        assert set(row["values"]) == set(TRAVELS[row["table"]]) - set(LATER[row["table"]])


def test_no_field_a_record_needs_came_later() -> None:
    for table, names in LATER.items():
        assert set(names) <= set(TRAVELS[table])
        assert not set(names) & set(ESSENTIAL.get(table, ()))
