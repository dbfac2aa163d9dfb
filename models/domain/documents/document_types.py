"""Types of official documents (文种): the fifteen of the regulation, and working papers that go with a notice.

Source: 《党政机关公文处理工作条例》(中办发〔2012〕14号), article 8 (types), 13 to 15 (to whom they go);
GB/T 9704-2012, 10.1 (letter format) and 10.3 (minutes).
"""

from dataclasses import dataclass
from typing import Final, Literal

Direction = Literal["up", "down", "level", "all"]
"""To those above, to those below, to an office that is neither, or to everybody."""
Format = Literal["general", "letter", "plain"]


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A type of document.

    Attributes:
        name: as it stands at the end of a title.
        direction: to whom it usually goes.
        format: 文件格式, 信函格式 or a working paper without header and colophon.
        addressed: whether it names 主送机关; a decision or minutes may have none.
        sealed: whether a seal is put on it.
        mark_suffix: what stands after the organ's name in the mark of 文件格式.
        contact: whether its note (附注) names a person to ask.
    """

    name: str
    direction: Direction = "down"
    format: Format = "general"
    addressed: bool = True
    sealed: bool = True
    mark_suffix: str = "文件"
    contact: bool = False

    @property
    def upward(self) -> bool:
        """Whether it goes to those above, with 签发人 in its header."""
        return self.direction == "up"


TYPES: Final = (
    DocumentType("通知"),
    DocumentType("通报"),
    DocumentType("报告", "up"),
    DocumentType("请示", "up", contact=True),
    DocumentType("函", "level", "letter"),
    DocumentType("纪要", "all", addressed=False, sealed=False, mark_suffix="会议纪要"),
    DocumentType("意见"),
    DocumentType("决定", addressed=False),
    DocumentType("批复"),
    DocumentType("通告", "all", addressed=False),
    DocumentType("公告", "all", addressed=False),
    DocumentType("决议", addressed=False),
    DocumentType("公报", "all", addressed=False),
    DocumentType("议案", "up"),
    DocumentType("命令", addressed=False),
)
"""The fifteen types of article 8, those an office uses most first."""
WORKING: Final = tuple(DocumentType(name, format="plain", addressed=False) for name in ("方案", "总结", "说明"))
"""Papers that are no type of their own: a notice brings them."""
BY_NAME: Final = {one.name: one for one in (*TYPES, *WORKING)}
OTHER: Final = DocumentType("", format="plain", addressed=False)
"""Where the title says no type."""


def type_of(title: str) -> DocumentType | None:
    """The type at the end of a title, before a 期号 in brackets; None where it says none."""
    bare = "".join(title.split()).partition("（第")[0]
    found = [name for name in BY_NAME if bare.endswith(name)]
    return BY_NAME[max(found, key=len)] if found else None
