"""One round between a county and a township, and everything that can be odd about it."""

import datetime as dt
from pathlib import Path

import pictures
import pytest
from offices import COUNTY, DONE, ONGOING, County

from models.domain.findings.unit_status import LocalStatus
from models.errors import Refusal
from models.exchange import build, merge, pairing, plan
from models.records import (  # fmt: skip
    Attachment,
    Campaign,
    Change,
    Extension,
    Feedback,
    Finding,
    Office,
    Package,
    Peer,
    Plan,
    Receipt,
    Site,
    Unit,
    Verification,
)
from models.services import attachments, records, undo, unit_answers
from models.storage.attachments import path_of

PHOTO = pictures.png(60, 60)


def test_a_problem_goes_out_and_its_answer_comes_back(county: County) -> None:
    site = records.create(
        county.office.workspace, Site, {"name": "柳河卫生院", "kind": "卫生院", "unit_id": county.unit_ids[0]}
    )
    sent = county.hand_over(site_id=site.id)
    county.send()
    unit = county.units[0]
    received = unit.one(Finding)
    assert (received.serial, received.fact, received.deadline) == (sent.serial, sent.fact, sent.deadline)
    assert received.local_status == LocalStatus.EMPTY
    assert unit.one(Site).name == "柳河卫生院"
    assert received.unit_id == unit.one(Office).unit_id

    feedback = county.write(evidence=PHOTO)
    unit_answers.write_plan(unit.workspace, received.id, {"measures": "月底前配齐"})
    assert unit.one(Finding).local_status == LocalStatus.WRITING
    taken = county.collect()
    assert taken.flagged == []
    assert unit.one(Finding).local_status == LocalStatus.SENT

    arrived = county.office.one(Feedback)
    assert (arrived.uuid, arrived.measures, arrived.submitted_by) == (feedback.uuid, DONE["measures"], "王晓燕")
    assert county.office.one(Finding).status == "待核查"
    assert county.office.one(Plan).measures == "月底前配齐"
    photo = county.office.one(Attachment)
    assert path_of(county.office.folder, photo.sha256).read_bytes() == PHOTO

    county.step(sent.id, "return_")
    county.send()
    assert unit.one(Feedback).arrived
    assert unit.one(Verification).reason == "照片看不清"
    assert unit.one(Finding).local_status == LocalStatus.RETURNED
    assert unit.one(Finding).returned_reason == "照片看不清"


def test_being_returned_a_second_time_shows(county: County) -> None:
    sent = county.hand_over()
    county.send()
    for _ in range(2):
        county.write()
        county.collect()
        county.step(sent.id, "return_")
        county.send()
        assert county.units[0].one(Finding).local_status == LocalStatus.RETURNED
    assert [f.round for f in county.units[0].all(Feedback)] == [1, 2]
    assert [f.round for f in county.office.all(Feedback)] == [1, 2]


def test_a_rebound_problem_is_owed_again(county: County) -> None:
    sent = county.hand_over()
    county.send()
    county.write()
    county.collect()
    county.step(sent.id, "close")
    county.send()
    assert county.units[0].one(Finding).local_status == LocalStatus.SENT
    county.step(sent.id, "rebound")
    county.send()
    assert county.units[0].one(Finding).local_status == LocalStatus.EMPTY


def test_progress_stays_reported(county: County) -> None:
    county.hand_over()
    county.send()
    county.write(**ONGOING, no_evidence_reason="", finished_on=None)
    county.collect()
    county.send()
    assert county.units[0].one(Finding).status == "整改中"
    assert county.units[0].one(Finding).local_status == LocalStatus.SENT


def test_importing_twice_adds_nothing(county: County) -> None:
    county.hand_over()
    path = county.task()
    assert county.units[0].take_in(path).counts["new"] == 1
    again = plan.read(county.units[0].workspace, path)
    assert again.repeated
    assert set(again.counts.values()) == {0, len(again.items)}
    assert again.counts["same"] == len(again.items)
    merge.apply(county.units[0].workspace, again)
    assert len(county.units[0].all(Finding)) == 1
    assert len(county.units[0].all(Package)) == 1


def test_an_unconfirmed_answer_is_sent_until_it_arrives(county: County) -> None:
    county.hand_over()
    county.send()
    county.write(evidence=PHOTO)
    lost = county.answer()
    assert county.collect().counts["new"] == 2
    assert county.office.counts(lost) == {"same": 2}
    county.office.take_in(lost)
    assert len(county.office.all(Feedback)) == 1
    county.send()
    with pytest.raises(Refusal, match="没有需要上报的内容"):
        county.answer()


def test_an_older_package_changes_nothing_back(county: County) -> None:
    sent = county.hand_over()
    early = county.task(photos=True)
    county.step(
        sent.id, "extend", applicant="何平", approver="陈志远", reason="未到货", new_deadline=dt.date(2022, 4, 9)
    )
    later = county.task()
    unit = county.units[0]
    unit.take_in(later)
    assert unit.one(Extension).new_deadline == dt.date(2022, 4, 9)
    stale = plan.read(unit.workspace, early)
    assert stale.stale
    merge.apply(unit.workspace, stale)
    assert unit.one(Finding).deadline == dt.date(2022, 4, 9)


def test_an_older_package_brings_no_problem_that_went_elsewhere(county: County) -> None:
    sent = county.hand_over()
    attachments.attach(county.office.workspace, sent, PHOTO, "现场.png")
    early = county.task(photos=True)
    county.hand_over()
    county.step(sent.id, "reassign", unit_id=county.unit_ids[1], reason="属地有误")
    unit = county.units[0]
    county.send()
    taken = unit.take_in(early)
    assert [f.serial for f in unit.all(Finding)] != [sent.serial]
    assert taken.counts["foreign"] == 1
    assert unit.all(Attachment) == []


def test_an_older_package_still_brings_its_photos(county: County) -> None:
    sent = county.hand_over()
    attachments.attach(county.office.workspace, sent, PHOTO, "现场.png")
    early = county.task(photos=True)
    county.send()
    assert county.units[0].all(Attachment) == []
    county.units[0].take_in(early)
    assert county.units[0].one(Attachment).name == "现场.png"


def test_an_extension_given_meanwhile_is_no_conflict(county: County) -> None:
    sent = county.hand_over()
    county.send()
    county.write()
    county.step(
        sent.id, "extend", applicant="何平", approver="陈志远", reason="未到货", new_deadline=dt.date(2022, 4, 9)
    )
    assert county.office.counts(county.answer()) == {"new": 1}


def test_a_reassigned_problem_leaves_and_may_return(county: County) -> None:
    sent = county.hand_over()
    county.send()
    county.step(sent.id, "reassign", unit_id=county.unit_ids[1], reason="属地有误")
    county.send()
    old = county.units[0]
    assert old.one(Finding).local_status == LocalStatus.LEFT
    with pytest.raises(Refusal, match="已改派"):
        county.write()
    county.step(sent.id, "reassign", unit_id=county.unit_ids[0], reason="核实后仍归原单位")
    county.send()
    assert old.one(Finding).local_status == LocalStatus.EMPTY
    assert old.one(Finding).status == "已交办"


def test_what_was_written_before_the_reassignment_is_kept_and_flagged(county: County) -> None:
    sent = county.hand_over()
    county.send()
    county.write()
    answer = county.answer()
    county.step(sent.id, "reassign", unit_id=county.unit_ids[1], reason="属地有误")
    taken = county.office.take_in(answer)
    assert taken.flagged == [f"{sent.serial}：已改派给其他单位，反馈已存下，未改变状态"]
    assert county.office.one(Feedback).unexpected
    assert county.office.one(Finding).status == "已交办"


def test_a_draft_for_a_problem_that_left_still_goes_out(county: County) -> None:
    sent = county.hand_over()
    county.send()
    county.write()
    county.step(sent.id, "reassign", unit_id=county.unit_ids[1], reason="属地有误")
    county.send()
    assert county.collect().counts["new"] == 1
    assert county.units[0].one(Feedback).sent_batch
    assert county.units[0].one(Finding).local_status == LocalStatus.LEFT


def test_an_answer_to_a_closed_problem_is_kept_and_flagged(county: County) -> None:
    sent = county.hand_over()
    county.send()
    county.write()
    county.collect()
    county.write(measures="补充说明。")
    county.step(sent.id, "close")
    taken = county.collect()
    assert taken.flagged == [f"{sent.serial}：现为“已销号”，反馈已存下，未改变状态"]
    assert county.office.one(Finding).status == "已销号"
    assert len(county.office.all(Feedback)) == 2


def test_an_answer_the_rules_refuse_is_kept_and_flagged(county: County) -> None:
    """A clock that runs ahead at the township is no reason to lose its answer."""
    county.hand_over()
    county.send()
    county.write()
    path = county.answer()
    county.office.workspace.clock.now -= dt.timedelta(days=10)
    taken = county.office.take_in(path)
    assert taken.flagged == ["2022-0001：“完成日期”晚于今天，请核对。反馈已存下，未改变状态"]
    assert county.office.one(Feedback).unexpected


def test_a_void_problem_shows_as_void(county: County) -> None:
    sent = county.hand_over()
    county.send()
    county.step(sent.id, "void")
    county.send()
    assert county.units[0].one(Finding).status == "作废"


def test_a_problem_voided_before_it_was_handed_over_stays_at_the_county(county: County) -> None:
    county.hand_over()
    draft = records.create(
        county.office.workspace, Finding, {"fact": "误录", "kind": "测温", "unit_id": county.unit_ids[0]}
    )
    county.step(draft.id, "void")
    county.send()
    assert len(county.units[0].all(Finding)) == 1


def test_nothing_to_send_is_said(county: County, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="还没有已交办的问题"):
        county.task()
    assert county.office.all(Peer) == []
    with pytest.raises(Refusal, match="还没有收到县级机构的任务包"):
        county.answer()
    with county.office.workspace.reading() as session:
        assert build.units_with_tasks(session) == []


def test_a_unit_that_owes_nothing_any_more_is_still_told(county: County) -> None:
    sent = county.hand_over()
    county.send()
    county.step(sent.id, "reassign", unit_id=county.unit_ids[1], reason="属地有误")
    with county.office.workspace.reading() as session:
        assert [u.name for u in build.units_with_tasks(session)] == ["柳河镇", "青石镇"]
    assert build.task(county.office.workspace, county.unit_ids[0], county.stick).findings == 0


def test_names_tell_packages_apart(county: County) -> None:
    county.hand_over()
    assert county.task().name == "任务包_柳河镇_2022-03-16_第1批.dct"
    assert county.task().name == "任务包_柳河镇_2022-03-16_第2批.dct"
    target = county.stick / "给柳河.dct"
    assert build.task(county.office.workspace, county.unit_ids[0], target).path == target


def test_a_plan_the_county_wrote_meanwhile_is_the_clerks_to_decide(county: County) -> None:
    sent = county.hand_over()
    county.send()
    records.create(county.office.workspace, Plan, {"finding_id": sent.id, "measures": "电话所报：月底前"})
    unit_finding = county.units[0].one(Finding)
    unit_answers.write_plan(county.units[0].workspace, unit_finding.id, {"measures": "三月底前配齐"})
    path = county.answer()
    (item,) = plan.read(county.office.workspace, path).items
    assert (item.sort, item.why) == ("conflicting", "本县已代填整改计划")
    assert ("整改措施", "电话所报：月底前", "三月底前配齐") in {(d.label, d.ours, d.theirs) for d in item.differences}

    county.office.take_in(path)
    assert county.office.one(Plan).measures == "电话所报：月底前"
    (item,) = plan.read(county.office.workspace, path).items
    assert (item.sort, item.why) == ("same", "上次已决定保留本机内容")

    unit_answers.write_plan(county.units[0].workspace, unit_finding.id, {"measures": "四月底前配齐"})
    path = county.answer()
    (item,) = plan.read(county.office.workspace, path).items
    county.office.take_in(path, decisions={item.row.uuid: "theirs"})
    assert county.office.one(Plan).measures == "四月底前配齐"
    unit_answers.write_plan(county.units[0].workspace, unit_finding.id, {"measures": "已配齐"})
    assert county.collect().counts["changed"] == 1
    assert county.office.one(Plan).measures == "已配齐"


def test_a_feedback_rewritten_after_a_restore_is_the_clerks_to_decide(county: County) -> None:
    county.hand_over()
    county.send()
    unit = county.units[0]
    written = county.write()
    before = unit.keep()
    county.collect()
    unit.go_back(before)
    finding = unit.one(Finding)
    unit_answers.write_feedback(
        unit.workspace, finding.id, {**DONE, "measures": "改写过"}, feedback_id=unit.one(Feedback).id
    )
    path = county.answer()
    read = plan.read(county.office.workspace, path)
    assert read.age == "newer"
    (item,) = read.items
    assert (item.sort, item.why) == ("conflicting", "已收过的反馈内容不同")
    county.office.take_in(path, decisions={written.uuid: "theirs"})
    assert county.office.one(Feedback).measures == "改写过"
    assert county.office.one(Peer).settings["renewed_at"]


def test_a_county_that_went_back_gets_every_answer_again(county: County) -> None:
    county.hand_over()
    county.send()
    county.write(evidence=PHOTO)
    before = county.office.keep()
    county.collect()
    county.send()
    assert county.units[0].one(Feedback).arrived
    county.office.go_back(before)
    assert county.office.all(Feedback) == []
    late = county.task()
    county.units[0].take_in(late)
    assert not county.units[0].one(Feedback).arrived
    county.collect()
    assert county.office.one(Finding).status == "待核查"
    county.send()
    assert county.units[0].one(Feedback).arrived


def test_a_receipt_from_a_county_that_went_back_makes_its_tasks_no_staler(county: County) -> None:
    county.hand_over()
    county.send()
    before = county.office.keep()
    for _ in range(3):
        county.send()
    county.write()
    county.collect()
    county.office.go_back(before)
    peer = county.office.one(Peer)
    unit = county.units[0]
    unit.take_in(build.receipt(county.office.workspace, peer.id, county.stick).path)
    sent = county.hand_over(fact="新问题")
    county.send()
    assert sent.serial in [f.serial for f in unit.all(Finding)]


def test_what_a_county_wrote_before_it_went_back_is_no_longer_its_word(county: County) -> None:
    before = county.office.keep()
    county.hand_over(fact="会被忘记")
    county.send()
    forgotten = county.task()
    county.office.go_back(before)
    county.hand_over(fact="重新录入")
    unit = county.units[0]
    # The pairing was forgotten as well: the township's clerk must agree to the new one.
    path = county.task()
    with pytest.raises(plan.WantsPairing, match="请电话核实"):
        plan.read(unit.workspace, path)
    unit.take_in(path, pair_anew=True)
    stands = {f.fact: f.local_status for f in unit.all(Finding)}
    assert stands == {"会被忘记": LocalStatus.LEFT, "重新录入": LocalStatus.EMPTY}
    with pytest.raises(Refusal, match="要求重新配对"):
        unit.take_in(forgotten)


def test_an_old_package_of_a_restored_county_is_recognised(county: County) -> None:
    county.hand_over()
    county.send()
    before = county.office.keep()
    sent = county.hand_over(fact="会被忘记")
    forgotten = county.task()
    county.office.go_back(before)
    county.send()
    unit = county.units[0]
    old = plan.read(unit.workspace, forgotten)
    assert (old.age, old.stale) == ("older", True)
    merge.apply(unit.workspace, old)
    assert sent.fact not in [f.fact for f in unit.all(Finding)]
    assert unit.one(Peer).epoch == county.office.one(Office).epoch


def test_what_a_county_confirmed_before_it_went_back_confirms_nothing(county: County) -> None:
    """Its restored data have forgotten the answer: only a package made since says what it holds."""
    county.hand_over()
    county.send()
    county.write()
    before = county.office.keep()
    county.collect()
    forgotten = county.task()
    county.office.go_back(before)
    county.send()
    unit = county.units[0]
    assert not unit.one(Feedback).arrived
    old = plan.read(unit.workspace, forgotten)
    assert old.age == "older"
    assert old.content.held
    assert old.content.acks
    merge.apply(unit.workspace, old)
    assert not unit.one(Feedback).arrived
    assert unit.all(Receipt) == []


def test_a_receipt_confirms(county: County) -> None:
    county.hand_over()
    county.send()
    county.write()
    county.collect()
    receipt = build.receipt(county.office.workspace, county.office.one(Peer).id, county.stick).path
    assert receipt.name.startswith("回执_柳河镇")
    county.units[0].take_in(receipt)
    assert county.units[0].one(Feedback).arrived
    assert county.units[0].one(Finding).local_status == LocalStatus.SENT
    assert county.units[0].one(Receipt).kind == "已导入"
    back = build.receipt(county.units[0].workspace, county.units[0].one(Peer).id, county.stick).path
    county.office.take_in(back)
    assert len(county.office.all(Receipt)) == 1
    with pytest.raises(Refusal, match="找不到对方单位"):
        build.receipt(county.office.workspace, 99, county.stick)


def test_a_package_that_left_is_not_taken_back(county: County) -> None:
    county.hand_over()
    county.send()
    county.write()
    county.answer()
    for office, sealed in ((county.office, "发出任务包"), (county.units[0], "上报反馈包")):
        with office.workspace.reading() as session:
            last = next(one for one in undo.recent(session) if one.deed.startswith(sealed))
            assert undo.latest(session) is None
        with pytest.raises(Refusal, match="已经写出"):
            undo.undo(office.workspace, last.operation)


def test_an_undone_import_can_be_taken_in_again(county: County) -> None:
    county.hand_over()
    county.send()
    county.write(evidence=PHOTO)
    path = county.answer()
    county.office.take_in(path)
    with county.office.workspace.reading() as session:
        last = undo.recent(session)[0]
    undo.undo(county.office.workspace, last.operation)
    assert county.office.all(Feedback) == []
    assert not plan.read(county.office.workspace, path).repeated
    county.office.take_in(path)
    assert county.office.one(Finding).status == "待核查"
    assert county.office.one(Attachment).owner_uuid == county.office.one(Feedback).uuid


def test_the_townships_own_unit_and_campaign_become_the_countys(county: County) -> None:
    county.hand_over(campaign_id=county.office.one(Campaign).id)
    unit = county.units[0]
    own = unit.one(Office).unit_id
    county.send()
    assert unit.one(Unit).id == own
    assert unit.one(Unit).uuid == county.office.one(Unit, Unit.name == "柳河镇").uuid
    assert unit.one(Campaign).uuid == county.office.one(Campaign).uuid
    assert unit.one(Finding).campaign_id == unit.one(Campaign).id


def test_names_of_other_units_come_along(county: County) -> None:
    workspace = county.office.workspace
    street = records.create(workspace, Unit, {"name": "柳河社区", "kind": "社区", "parent_id": county.unit_ids[0]}).id
    department = records.create(workspace, Unit, {"name": "县卫健局", "kind": "部门"}).id
    site = records.create(workspace, Site, {"name": "诊所", "kind": "诊所", "unit_id": street}).id
    county.hand_over(site_id=site, department_id=department)
    county.send()
    unit = county.units[0]
    assert {u.name for u in unit.all(Unit)} == {"柳河镇", "柳河社区", "县卫健局"}
    assert unit.one(Unit, Unit.name == "柳河社区").parent_id == unit.one(Office).unit_id
    records.update(workspace, Unit, department, None, {"name": "县卫生健康局"})
    records.update(workspace, Site, site, None, {"department_id": department})
    (item,) = [i for i in plan.read(unit.workspace, county.task()).items if i.row.table == "site"]
    assert [(d.label, d.ours, d.theirs) for d in item.differences] == [("行业主管部门", "（空）", "县卫健局")]
    county.send()
    assert unit.one(Site).department_id == unit.one(Unit, Unit.name == "县卫生健康局").id


def test_a_problem_the_township_found_itself_is_not_overwritten(county: County) -> None:
    sent = county.hand_over()
    county.send()
    unit = county.units[0]
    with unit.workspace.writing("自查") as work:
        work.set(work.get(Finding, unit.one(Finding).id), self_found=True)
    county.step(
        sent.id, "extend", applicant="何平", approver="陈志远", reason="未到货", new_deadline=dt.date(2022, 4, 9)
    )
    assert county.units[0].counts(county.task())["foreign"] == 1


def test_a_missing_photo_is_flagged_not_fatal(county: County) -> None:
    county.hand_over()
    county.send()
    county.write(evidence=PHOTO)
    unit = county.units[0]
    path_of(unit.folder, unit.one(Attachment).sha256).unlink()
    taken = county.collect()
    assert "附件“整改后.png”没有随包送到" in taken.flagged


def test_a_rotten_photo_is_found_out_before_it_leaves(county: County) -> None:
    county.hand_over()
    county.send()
    county.write(evidence=PHOTO)
    unit = county.units[0]
    path_of(unit.folder, unit.one(Attachment).sha256).write_bytes(b"rotten")
    with pytest.raises(Refusal, match="”在本机已损坏"):
        county.answer()
    assert not list(county.stick.glob(".*"))
    assert not unit.one(Feedback).sent_batch


def test_an_answer_without_its_proof_does_not_leave(county: County) -> None:
    county.hand_over()
    county.send()
    county.write(evidence=PHOTO)
    unit = county.units[0]
    records.delete(unit.workspace, Attachment, [unit.one(Attachment).id])
    with pytest.raises(Refusal, match="2022-0001填了“已整改”，但没有佐证附件"):
        county.answer()


def test_a_feedback_edited_while_its_package_was_written_stays_open(county: County) -> None:
    county.hand_over()
    county.hand_over()
    county.send()
    unit = county.units[0]
    first, second = unit.all(Finding)
    county.write(serial=first.serial, evidence=PHOTO)
    quick = county.write(serial=second.serial)

    def edit(_done: int, _total: int) -> None:
        unit_answers.write_feedback(unit.workspace, second.id, {**DONE, "measures": "临时改写"}, feedback_id=quick.id)

    path = build.answer(unit.workspace, county.stick, progress=edit).path
    assert [bool(f.sent_batch) for f in unit.all(Feedback)] == [True, False]
    county.office.take_in(path)
    (item,) = [i for i in plan.read(county.office.workspace, county.answer()).items if i.sort == "conflicting"]
    assert item.row.uuid == quick.uuid


class CancelledError(Exception):
    pass


def test_cancelling_leaves_no_half_written_file(county: County) -> None:
    county.hand_over()
    county.send()
    county.write(evidence=PHOTO)

    def cancel(_done: int, _total: int) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        county.answer(progress=cancel)
    assert [p.name for p in county.stick.iterdir()] == ["任务包_柳河镇_2022-03-16_第1批.dct"]


@pytest.mark.parametrize("at", [1, 2, 3])
def test_cancelling_an_import_changes_nothing(county: County, at: int) -> None:
    county.hand_over()
    county.send()
    county.write(evidence=PHOTO)
    path = county.answer()
    office = county.office
    before = len(office.all(Change)) if hasattr(Change, "deleted_at") else 0

    def cancel(done: int, total: int) -> None:
        assert total == 3
        if done == at:
            raise CancelledError

    with pytest.raises(CancelledError):
        merge.apply(office.workspace, plan.read(office.workspace, path), progress=cancel)
    assert before == 0
    assert office.all(Feedback) == []
    assert office.one(Finding).status == "已交办"
    assert not any(p.is_file() for p in office.folder.attachments.rglob("*"))
    office.take_in(path)
    assert office.one(Attachment).name == "整改后.png"


def test_a_photo_that_is_already_here_is_not_taken_away_by_a_cancel(county: County) -> None:
    sent = county.hand_over()
    attachments.attach(county.office.workspace, sent, PHOTO, "现场.png")
    county.send()
    county.write(evidence=PHOTO)
    path = county.answer()

    def cancel(done: int, _total: int) -> None:
        if done == 2:
            raise CancelledError

    with pytest.raises(CancelledError):
        merge.apply(county.office.workspace, plan.read(county.office.workspace, path), progress=cancel)
    assert path_of(county.office.folder, county.office.one(Attachment).sha256).is_file()


def test_a_snapshot_is_kept_before_an_import(county: County) -> None:
    county.hand_over()
    county.send()
    assert [p.name for p in county.units[0].folder.backups.iterdir()] == ["00001_2022-03-16_093000_导入前.db"]


def test_pairing_again_takes_the_clerks_word(county: County) -> None:
    county.hand_over()
    county.send()
    county.write()
    county.collect()
    pairing.pair_anew(county.office.workspace, county.office.one(Peer).id)
    sent = county.hand_over(fact="另一个问题")
    path = county.task()
    unit = county.units[0]
    with pytest.raises(plan.WantsPairing):
        plan.read(unit.workspace, path)
    unit.take_in(path, pair_anew=True)
    county.write(serial=sent.serial)
    assert county.collect().counts["new"] == 1
    assert county.office.one(Peer).paired_at is not None


def test_what_to_do_with_another_units_package_depends_on_whether_one_is_paired(county: County) -> None:
    county.hand_over()
    county.hand_over(1)
    other = county.task(1)
    with pytest.raises(Refusal, match="如“青石镇”就是本单位，请在“设置”里把单位简称改成它"):
        county.units[0].take_in(other)
    county.send()
    with pytest.raises(Refusal, match="不是发给本单位的。请核对文件。"):
        county.units[0].take_in(other)


def test_a_new_computer_is_told_what_to_do(county: County, pristine: Path, tmp_path: Path, clock) -> None:
    from offices import Seat

    county.hand_over()
    county.send()
    county.write()
    county.collect()
    fresh = Seat(tmp_path / "new", pristine, clock)
    fresh.found("unit", "云水县柳河镇人民政府", "柳河镇")
    with pytest.raises(Refusal, match="如本单位已换电脑，请县里重新配对"):
        fresh.take_in(county.task())
    pairing.pair_anew(county.office.workspace, county.office.one(Peer).id)
    fresh.take_in(county.task())
    county.units[0] = fresh
    sent = county.hand_over(fact="新电脑上的问题")
    county.send()
    county.write(serial=sent.serial)
    assert county.collect().counts["new"] == 1
    fresh.store.close()


def test_a_package_without_pairing_says_so(county: County, pristine: Path, tmp_path: Path, clock) -> None:
    """The same office, emptied: what it was paired with is gone."""
    county.hand_over()
    empty = county.units[0].keep()
    county.send()
    county.write()
    county.collect()
    path = county.task()
    county.units[0].go_back(empty)
    with pytest.raises(Refusal, match="里没有配对信息"):
        county.units[0].take_in(path)


def test_the_office_comes_first(workspace, county: County) -> None:
    county.hand_over()
    with pytest.raises(Refusal, match="请先填写本机构信息"):
        plan.read(workspace, county.task())


def test_packages_of_others_are_refused(county: County, pristine: Path, tmp_path: Path, clock) -> None:
    county.hand_over()
    county.send()
    other = county.task()
    with pytest.raises(Refusal, match="发给“柳河镇”的，不是发给本单位的"):
        county.units[1].take_in(other)
    with pytest.raises(Refusal, match="不是发给本单位的"):
        county.office.take_in(other)
    county.write()
    mine = county.answer()
    with pytest.raises(Refusal, match="不是发给本单位的"):
        county.units[0].take_in(mine)

    abroad = County(tmp_path / "abroad", pristine, clock)
    abroad.hand_over()
    with pytest.raises(Refusal, match="已与另一家县级机构配对"):
        county.units[0].take_in(abroad.task())
    with pytest.raises(Refusal, match="不是发给本单位的"):
        abroad.office.take_in(mine)
    abroad.send()
    abroad.write()
    with pytest.raises(Refusal, match="不是发给本单位的"):
        county.office.take_in(abroad.answer())
    abroad.close()


def test_a_unit_the_county_never_paired_is_refused(county: County) -> None:
    county.hand_over()
    county.send()
    county.write()
    path = county.answer()
    with county.office.workspace.writing("") as work:
        work.set(work.get(Peer, 1), deleted_at=county.office.workspace.now)
    with pytest.raises(Refusal, match="不是本县配对的单位"):
        county.office.take_in(path)


def test_another_computer_with_a_copied_key_is_recognised(
    county: County, pristine: Path, tmp_path: Path, clock
) -> None:
    from offices import Seat

    county.hand_over()
    first = county.task()
    thief = Seat(tmp_path / "thief", pristine, clock)
    thief.found("unit", "云水县柳河镇人民政府", "柳河镇")
    thief.take_in(first)
    county.units[0].take_in(first)
    county.write()
    county.collect()
    county.units[0], kept = thief, county.units[0]
    county.write()
    with pytest.raises(Refusal, match="与已配对的电脑不同"):
        county.collect()
    county.units[0] = kept
    thief.store.close()


@pytest.mark.parametrize("given", ["", "错的口令"])
def test_an_extra_passphrase(county: County, given: str) -> None:
    county.hand_over()
    first = county.task(passphrase="三月十六")
    unit = county.units[0]
    with pytest.raises(Refusal, match="口令"):
        unit.take_in(first, passphrase=given)
    unit.take_in(first, passphrase="三月十六")
    county.write()
    path = county.answer(passphrase="柳河")
    with pytest.raises(Refusal, match="口令"):
        county.office.take_in(path, passphrase=given)
    county.office.take_in(path, passphrase="柳河")
    assert county.send().counts["changed"] == 1
    assert unit.one(Peer).name == COUNTY


@pytest.mark.parametrize("given", ["", "错的口令"])
def test_an_extra_passphrase_counts_where_the_pairing_is_known_already(county: County, given: str) -> None:
    """Whoever copied the first package, or the hand-out folder, still lacks what was told by telephone."""
    county.hand_over()
    county.send()
    second = county.task(passphrase="三月十六")
    with pytest.raises(Refusal, match="口令"):
        county.units[0].take_in(second, passphrase=given)
    county.units[0].take_in(second, passphrase="三月十六")


def test_a_return_from_before_it_was_first_heard_of_is_in_order(county: County) -> None:
    """Two answers before the county opened the first: the second may come first."""
    county.hand_over()
    county.hand_over()
    county.send()
    first, second = county.units[0].all(Finding)
    county.write(serial=first.serial)
    early = county.answer()
    county.write(serial=second.serial)
    late = county.answer()
    county.office.take_in(late)
    assert county.office.counts(early) == {"same": 1}
    assert len(county.office.all(Feedback)) == 2


def test_the_stick_may_be_full(county: County) -> None:
    county.hand_over()
    with pytest.raises(Refusal, match="没有写成"):
        build.task(county.office.workspace, county.unit_ids[0], county.stick / "没有" / "这个.dct")


def test_the_photo_of_an_unexpected_feedback_is_kept(county: County) -> None:
    """The problem was voided meanwhile; nothing that came is thrown away."""
    county.hand_over()
    county.send()
    feedback = county.write(evidence=PHOTO)
    path = county.answer()
    county.step(county.office.one(Finding).id, "void")
    county.office.take_in(path)
    assert county.office.one(Attachment).owner_uuid == feedback.uuid
