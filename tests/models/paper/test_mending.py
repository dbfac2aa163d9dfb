"""What the check list's 改正 does: the notice is gone afterwards, and nothing else is changed."""

import msgspec
import pytest
from check_examples import EXAMPLES

from models.paper.checks.before_issue import before_issue
from models.paper.checks.mending import mended
from models.paper.elements import Paper

MENDED = sorted(
    code for code, (having, _clean) in EXAMPLES.items()
    if any(n.mend and not n.mend.keep for n in before_issue(*having()) if n.code == code)
)  # fmt: skip


def test_what_is_mechanical_has_a_mend() -> None:
    assert set(MENDED) >= {
        "brackets", "day_form", "half_width", "mark_twice", "miswritten", "no_stop", "number_form", "printed_before",
        "repeated", "signature_differs", "stray_space", "title_stop", "type_differs", "weekday", "word_twice",
    }  # fmt: skip


@pytest.mark.parametrize("code", MENDED)
def test_a_mend_takes_its_notice_away_and_brings_no_other(code: str) -> None:
    given, facts = EXAMPLES[code][0]()
    before = before_issue(given, facts)
    notice = next(one for one in before if one.code == code and one.mend)
    after = before_issue(mended(given, notice), facts)
    assert code not in {one.code for one in after}
    assert {one.code for one in after} <= {one.code for one in before} | {"number_gap"}


def test_a_part_that_has_moved_on_is_left_alone() -> None:
    given, facts = EXAMPLES["word_twice"][0]()
    notice = next(one for one in before_issue(given, facts) if one.code == "word_twice")
    gone: Paper = msgspec.structs.replace(given, blocks=given.blocks[:1])
    assert mended(gone, notice) == gone
