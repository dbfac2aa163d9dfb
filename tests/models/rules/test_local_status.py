from models.rules.local import LocalStatus, moved


def test_an_answer_is_written_sent_and_sent_back():
    status = LocalStatus.EMPTY
    seen = []
    for event in ("write", "write", "send", "returned", "write", "clear"):
        status = moved(status, event)
        seen.append(str(status))
    assert seen == ["填写中", "填写中", "已上报", "被退回", "填写中", "未填"]


def test_what_cannot_happen_is_none():
    assert moved(LocalStatus.EMPTY, "send") is None
    assert moved(LocalStatus.RETURNED, "send") is None
