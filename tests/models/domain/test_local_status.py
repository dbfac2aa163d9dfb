import pytest

from models.domain.findings.lifecycle import AT_UNIT, ENDED, Status
from models.domain.findings.unit_status import LocalStatus, own_told, told


@pytest.mark.parametrize("status", sorted(ENDED))
def test_a_problem_that_ended_says_the_countys_last_word(status: Status):
    assert [told(local, status) for local in LocalStatus] == [status, "填写中", status, "被退回", "已改派"]


@pytest.mark.parametrize("status", sorted(set(Status) - ENDED - AT_UNIT))
def test_what_wants_no_answer_is_not_called_empty(status: Status):
    assert [told(local, status) for local in LocalStatus] == ["不用填", "填写中", "已上报", "被退回", "已改派"]


@pytest.mark.parametrize("status", sorted(AT_UNIT))
def test_what_is_with_the_unit_says_how_far_its_answer_is(status: Status):
    assert [told(local, status) for local in LocalStatus] == list(LocalStatus)


def test_a_problem_the_unit_found_itself_has_words_of_its_own():
    assert [own_told(s) for s in (Status.PENDING, Status.RECTIFYING, Status.CLOSED)] == ["未整改", "整改中", "已整改"]
    assert own_told(Status.VOID) == "作废"
