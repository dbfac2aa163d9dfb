"""What the demo office is made from: texts and pictures of ``resources/demo``, its own clock, the ids made so far."""

import datetime as dt
import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from models.domain.catalogs import resources


@cache
def told(name: str) -> Any:
    """What the demo's file of that name tells."""
    return json.loads((resources() / "demo" / f"{name}.json").read_text(encoding="utf-8"))


@cache
def pictured() -> dict[str, str]:
    """By the beginning of a finding's text, the name of its two pictures (drawn by packaging/demo_pictures.py)."""
    return {str(fact): str(name) for fact, name in told("pictures")}


def picture_of(fact: str, stage: str) -> bytes | None:
    """The evidence of a finding, "before" its rectification or "after"; None where it has none."""
    name = next((name for begins, name in pictured().items() if fact.startswith(begins)), None)
    return (resources() / "demo" / "pictures" / f"{name}-{stage}.jpg").read_bytes() if name else None


@dataclass
class Clock:
    """A clock that is set by hand, so that the demo's history has its own days."""

    now: dt.datetime

    def __call__(self) -> dt.datetime:
        """The moment it was set to."""
        return self.now


@dataclass(frozen=True, slots=True)
class Known:
    """Ids of what the demo office knows, by name."""

    units: dict[str, int]
    sites: dict[str, int]
    site_units: dict[str, int]
    teams: dict[str, int]
    members: dict[str, list[int]]
