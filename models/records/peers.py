"""The other offices and the packages that went to and fro."""

import datetime as dt
from typing import Any

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from models.records import fields as f
from models.records.base import Record


class Peer(Record):
    """对方单位: an office that answers, or the county it answers to."""

    __tablename__ = "peer"
    noun = "对方单位"

    office_uuid: Mapped[str] = f.line("机构标识", limit=32, index=True)
    name: Mapped[str] = f.line("单位名称", limit=60)
    unit_id: Mapped[int | None] = f.ref("单位", "unit")
    role: Mapped[str] = f.line("角色", limit=10, codes="office_role")
    epoch: Mapped[str] = f.line("数据批次", limit=32)
    key: Mapped[bytes | None] = mapped_column(LargeBinary, default=None)
    paired_at: Mapped[dt.datetime | None] = f.moment("配对时间")
    last_sent_batch: Mapped[int] = f.number("最近发出批次", default=0)
    last_received_batch: Mapped[int] = f.number("最近收到批次", default=0)
    settings: Mapped[dict[str, Any]] = f.data("设置")


class Package(Record):
    """数据包: one file that was sent or received."""

    __tablename__ = "package"
    noun = "数据包"

    peer_id: Mapped[int | None] = f.ref("对方单位", "peer")
    kind: Mapped[str] = f.line("种类", limit=10)
    direction: Mapped[str] = f.line("方向", limit=10)
    batch: Mapped[int] = f.number("批次", default=0)
    sha256: Mapped[str] = f.line("校验值", limit=64, index=True)
    file_name: Mapped[str] = f.line("文件名", limit=200)
    made_at: Mapped[dt.datetime | None] = f.moment("生成时间")
    handled_at: Mapped[dt.datetime | None] = f.moment("导入时间")
    summary: Mapped[dict[str, Any]] = f.data("内容摘要")


class Receipt(Record):
    """回执: the other side opened or took in a package."""

    __tablename__ = "receipt"
    noun = "回执"

    package_id: Mapped[int | None] = f.ref("数据包", "package")
    peer_id: Mapped[int | None] = f.ref("对方单位", "peer")
    kind: Mapped[str] = f.line("种类", limit=20)
    received_at: Mapped[dt.datetime | None] = f.moment("收到时间")
    summary: Mapped[dict[str, Any]] = f.data("内容")
