"""What each kind of document is called; the key is what records and commands carry."""

from typing import Final

NAMES: Final = {
    "findings_bulletin": "督查通报",
    "accountability_bulletin": "问责通报",
    "rectification_notice": "整改通知书",
    "reminder": "催办单",
    "inspection_report": "督查情况报告",
    "rectification_report": "整改情况报告",
    "rectification_plan": "整改方案",
    "self_inspection_report": "排查起底报告",
    "period_summary": "阶段总结",
}
SLOTS: Final = {"lead": "开头", "requirements": "要求", "closing": "结尾"}
"""Where in a document the office's own phrases stand."""
BULLETINS: Final = frozenset({"findings_bulletin", "accountability_bulletin"})
"""Kinds that make known what they state, and may carry a 期号."""
IN_ISSUES: Final = frozenset({"findings_bulletin"})
"""Kinds that an office publishes in issues (第N期) unless it has issued one without."""


def key_of(text: str) -> str:
    """The key of a kind by its key or name; empty where there is none."""
    return text if text in NAMES else next((key for key, name in NAMES.items() if name == text), "")
