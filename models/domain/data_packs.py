"""A data pack: laws, measures and holidays as a file of its own, so that they are renewed without a new program.

One JSON object: ``format``, ``name``, ``version``, ``issued_on``, ``source``, ``tables`` (rows by table) and ``sha256``
over all of it but itself, written canonically. It holds no program and names only fields the program knows.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from models.errors import Refusal

FORMAT: Final = 1
LONGEST: Final = 4_000_000
"""The largest pack, in bytes."""
_TEXTS: Final = ("name", "version", "issued_on", "source")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class DataPack:
    """A pack that was read and proven.

    Attributes:
        name: what it is about, 法规和节假日.
        version: as its makers count, compared as text: 2027.1.
        issued_on: the day it was made.
        source: the laws or notices it rests on.
        tables: rows by table, field by field.
        sha256: of the content.
    """

    name: str
    version: str
    issued_on: date
    source: str
    tables: Mapping[str, Sequence[Row]]
    sha256: str


def digest(content: Mapping[str, Any]) -> str:
    """The hash over everything in a pack but the hash itself."""
    plain = {name: value for name, value in content.items() if name != "sha256"}
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def sealed(content: Mapping[str, Any]) -> bytes:
    """A pack as bytes of a file, its hash added."""
    whole = {**content, "sha256": digest(content)}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def read_pack(data: bytes) -> DataPack:
    """A pack from the bytes of its file.

    Raises:
        Refusal: it is none, is of a newer format, or was changed on the way.
    """
    if len(data) > LONGEST:
        raise Refusal("这个文件太大，不是法规数据文件。")
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise Refusal("这不是法规数据文件，请选择下载的 .json 文件。") from error
    if not isinstance(content, dict) or "tables" not in content or not isinstance(content.get("format"), int):
        raise Refusal("这不是法规数据文件，请选择下载的 .json 文件。")
    if content["format"] > FORMAT:
        raise Refusal("这个数据文件要用更新的程序才能读，请先升级督查通。")
    if content.get("sha256") != digest(content):
        raise Refusal("数据文件的校验值不符，可能没有下载完整或被改动过，请重新取得。")
    return _pack(content)


def _pack(content: Mapping[str, Any]) -> DataPack:
    tables = content["tables"]
    whole = isinstance(tables, dict) and all(
        isinstance(rows, list) and all(isinstance(row, dict) for row in rows) for rows in tables.values()
    )
    if not whole or not all(isinstance(content.get(name), str) and content[name].strip() for name in _TEXTS):
        raise Refusal("数据文件的内容不全，请重新取得。")
    try:
        issued = date.fromisoformat(content["issued_on"])
    except ValueError as error:
        raise Refusal("数据文件的日期读不出来，请重新取得。") from error
    return DataPack(content["name"], content["version"], issued, content["source"], tables, content["sha256"])
