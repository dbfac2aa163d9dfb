"""Where an official document stands in the register (发文登记簿)."""

from enum import StrEnum
from typing import Final


class DocumentState(StrEnum):
    """状态 of a document, in the order of its life."""

    DRAFT = "草稿"
    ISSUED = "已印发"
    WITHDRAWN = "已撤回"
    VOID = "作废"


GIVEN: Final = (DocumentState.ISSUED, DocumentState.WITHDRAWN, DocumentState.VOID)
"""States in which a number is used, for good."""
