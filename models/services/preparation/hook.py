"""The declaration of a hook: what happens to a record before it is written."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from models.records import Record
from models.services.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Hook:
    """What must happen to a record of this class before it is written.

    A ``lenient`` class may be saved incomplete: its guards ask for the rest later (草稿).
    """

    record: type[Record]
    prepare: Callable[[UnitOfWork, Any], None]
    lenient: bool = False
