"""Which days lie behind us: a form and a filter read them without a year as the last one of that name."""

GONE = frozenset({
    "found_on", "handed_on", "received_on", "finished_on", "verified_on", "approved_on", "applied_on", "proposed_on",
    "decided_on", "conduct_from", "conduct_until", "executed_on", "reported_up_on",
    "taken_on",
})  # fmt: skip
"""Days on which something has happened already."""
GONE_BY_LABEL = frozenset({"走访日期", "回头看日期", "改派日期", "变更日期"})
"""The same, of those whose attribute is just ``on``."""


def is_gone(name: str, label: str) -> bool:
    """Whether the day can only lie behind us: without a year it is then the last one of that name."""
    return name in GONE or label in GONE_BY_LABEL
