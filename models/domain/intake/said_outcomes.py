"""What other offices' ledgers call an outcome, a status, a source: in our words, or nothing where it is not sure."""

import re
from typing import Final

from models.domain.findings.lifecycle import Status
from models.domain.findings.outcomes import Outcome

_DONE: Final = frozenset({
    "已整改", "已完成", "完成", "已整改到位", "整改到位", "整改完毕", "已整改完毕", "整改完成", "已整改完成",
    "已完成整改", "已落实", "落实", "已办结", "办结", "已解决", "是", "√", "✓", "✔", "100%", "全部整改到位",
    "全部完成", "已全部整改", "已销号", "销号", "已销",
})  # fmt: skip
_ONGOING: Final = frozenset({
    "未整改", "正在整改", "整改中", "进行中", "正在推进", "推进中", "办理中", "正在办理", "未完成", "否", "×",
    "✗", "✘", "持续整改", "持续推进", "序时推进", "正在落实", "没有整改", "未落实", "未办结", "未解决",
    "正在进行",
})  # fmt: skip
_LASTING: Final = frozenset(["长期坚持", "长期整改", "长期", "持续坚持", "长期任务"])
_ON_SPOT: Final = frozenset({
    "立行立改", "当场整改", "现场整改", "已当场整改", "已现场整改", "即知即改", "立即整改到位",
})  # fmt: skip
_CLOSED: Final = frozenset(["已销号", "销号", "已销"])
_NOT_CLOSED: Final = frozenset(["未销号", "未销", "没有销号"])
_TOLD_DONE = re.compile(
    r"^(?:目前)?(?:已|已经)?(?:全部)?(?:完成整改|整改(?:到位|完毕|完成|结束)|落实到位|办结|整改)[。，；]?(?:$|[，。；])"
)
_TOLD_ONGOING = re.compile(r"^(?:目前)?(?:正在|尚在|仍在|持续)(?:抓紧)?(?:整改|推进|办理|落实|协调)")
_SOURCES: Final = (
    (re.compile(r"自查|自检"), "乡自查"),
    (re.compile(r"举报|热线|12345|信访|群众|投诉|来电"), "群众举报"),
    (re.compile(r"国家|国务院|中央|国办"), "国家"),
    (re.compile(r"省|自治区"), "省"),
    (re.compile(r"市(?!场|监|容)|州"), "市"),
    (re.compile(r"县|区|旗|指挥部|防控办"), "县"),
)


def _plain(text: str) -> str:
    return re.sub(r"[\s。；]", "", text)


def outcome_of(text: str) -> Outcome | None:
    """The outcome a word means; None where it is not sure, as 部分整改 without how many."""
    word = _plain(text)
    if word in _DONE:
        return Outcome.DONE
    if word in _ON_SPOT:
        return Outcome.ON_SPOT
    if word in _ONGOING or word in _NOT_CLOSED:
        return Outcome.ONGOING
    return Outcome.LONG_TERM if word in _LASTING else None


def outcome_told(text: str) -> Outcome | None:
    """The outcome a sentence about the rectification begins with: 已完成整改，…, 正在整改."""
    found = outcome_of(text)
    if found is not None:
        return found
    if _TOLD_DONE.match(text.strip()):
        return Outcome.DONE
    return Outcome.ONGOING if _TOLD_ONGOING.match(text.strip()) else None


def status_of(text: str, *, closing: bool = False) -> Status | None:
    """The status a word means; 已整改 without a word of 销号 waits for verification.

    Args:
        text: of the cell.
        closing: the column asks whether it is closed (是否销号).
    """
    word = _plain(text)
    if word in _CLOSED or (closing and word in _DONE):
        return Status.CLOSED
    if word in _DONE or word in _ON_SPOT:
        return Status.VERIFYING
    if word in _LASTING or (word in _ONGOING and not closing):
        return Status.RECTIFYING
    return None


def source_of(text: str) -> str:
    """The 问题来源 a phrase names: 省第三督导组反馈 is 省, 12345热线 群众举报; "" where it names none."""
    return next((source for pattern, source in _SOURCES if pattern.search(text)), "")
