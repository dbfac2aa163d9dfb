"""What an import says of findings that came without something: taken for the time being, or kept as drafts."""

from collections.abc import Iterable, Mapping
from typing import Any

from models.domain.findings import completeness
from models.domain.findings.lifecycle import Status, is_report


def stood_in(lacking: Mapping[str, int], usual: Mapping[str, str]) -> list[str]:
    """A sentence for each field that was taken for rows without one."""
    told = []
    for name, rows in lacking.items():
        label, taken = completeness.LABELS[name], usual.get(name) or completeness.STAND_INS[name]
        marked = "" if usual.get(name) else "，标记待补"
        told.append(f"{rows} 行没有“{label}”，记为“{taken}”{marked}。")
    return told


def odd_words(odd: Mapping[str, list[str]]) -> list[str]:
    """A sentence for each column whose words the office's dictionary does not have."""
    return [
        f"“{label}”里的{'、'.join(f'“{word}”' for word in dict.fromkeys(words))}字典里没有，没有加入，原话记入备注。"
        for label, words in odd.items()
    ]


def spelled(units: Mapping[str, str]) -> list[str]:
    """A sentence with the units another office spells otherwise."""
    said = "、".join(f"“{text}”是{name}" for text, name in units.items())
    return [f"单位的写法：{said}。"] if said else []


def ending(findings: Iterable[Mapping[str, Any]]) -> str:
    """How many of the new findings are drafts, and why: “其中 2 行缺发现日期，记为草稿，不计入。”, "" for none."""
    drafts = [values for values in findings if values.get("status") == Status.DRAFT]
    lacks = [found for values in drafts if (found := completeness.lacking(values))]
    whole = [values for values in drafts if not completeness.lacking(values)]
    reports = sum(is_report(values) for values in whole)
    labels = "、".join(dict.fromkeys(label for found in lacks for label in found))
    told = (
        (len(lacks), f"{len(lacks)} 行缺{labels}，记为草稿"),
        (reports, f"{reports} 行是群众举报，核实后送交办，先记为草稿"),
        (len(whole) - reports, f"{len(whole) - reports} 行填的状态就是草稿"),
    )
    parts = [part for rows, part in told if rows]
    return f"其中 {'；'.join(parts)}，不计入。" if parts else ""
