"""Papers of every kind, format and content, shared by the tests of all writers of a paper.

``papers()`` yields (name, paper). Names are stable, so that two writers can be compared paper by paper.
Units, people and places are invented.
"""

import datetime as dt
import hashlib
import itertools
import struct
import tempfile
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from models.paper.elements import (
    Annex,
    Block,
    Colophon,
    Column,
    Format,
    Header,
    Paper,
    Paragraph,
    Photo,
    Photos,
    Signature,
    Table,
)

DAY = dt.date(2022, 3, 5)
LONG_DAY = dt.date(2022, 12, 28)
ORGAN = "云岭县疫情防控督查组"
UNITS = tuple(f"{name}{kind}" for kind in ("镇人民政府", "乡人民政府") for name in (
    "青石", "柳河", "白塔", "云山", "望溪", "南坪", "北坡", "双桥", "石门", "长岭",
    "松林", "竹园", "龙泉", "凤凰", "大湾", "小河", "古渡", "新村", "红岩", "金沙",
))  # fmt: skip
ADDRESSEES = ("各乡（镇）人民政府", "县直各有关部门")
TITLES = {
    "one": "关于疫情防控督查情况的通报",
    "two": "关于2022年第一季度全县疫情防控工作督查情况的通报",
    "three": "云岭县疫情防控工作指挥部关于2022年上半年全县重点场所疫情防控措施落实情况专项督查的通报",
    "four": "云岭县疫情防控工作指挥部办公室关于2022年国庆节期间全县农贸市场、商场超市、宾馆酒店、"
    "交通场站等重点场所常态化疫情防控措施落实情况和存在问题整改情况专项督查的通报",
}
LEAD = (
    "根据县疫情防控工作指挥部安排，3月1日至4日，县督查组采取“四不两直”方式，对8个乡（镇）的36个重点场所"
    "疫情防控措施落实情况进行了督查，发现问题57个，现场整改21个。现将有关情况通报如下："
)
FACT = (
    "督查发现，青石镇农贸市场入口处无人值守，扫码测温和查验行程卡落实不到位，体温枪电量不足，消毒记录长期没有更新，"
    "部分经营者未按要求规范佩戴口罩，市场管理人员对疫情防控工作要求掌握不清，应急处置预案没有张贴上墙，"
    "隔离观察室堆放杂物，防疫物资储备不足。上述问题于2月26日交办，至今整改率仅为66.7%，——“三个必须”没有落到实处。"
)
PURE = (
    "为进一步压紧压实各级各部门疫情防控责任，督促各项常态化防控措施落实落细，县督查组对全县重点场所开展了专项督查"
    "活动并逐一核对整改台账资料和现场影像记录情况现将督查发现的主要问题和有关工作要求通报给各乡镇各部门请认真抓好落实"
)
RARE = "督查人员赵喆、钱玥、孙祎、李垚会同KN95口罩供应商ABC公司核对《台账》，发现“账实不符”……共3处。"
CLOSING = "各单位要举一反三，压实责任，于2022年3月15日前将整改情况报县督查组，逾期未报的将予以通报。"


def body(items: int = 3) -> tuple[Block, ...]:
    """A lead, three headings with ``items`` items of all levels, and a closing."""
    found: list[Block] = []
    for n in range(items):
        found.append(Paragraph(heading="重点场所管控不严。", level=2))
        found.append(Paragraph(heading="青石镇：", text=FACT, level=3))
        if n % 3 == 0:
            found.append(Paragraph(heading="值班值守。", text="抽查5个值班点，有2个无人在岗。", level=4))
    return (
        Paragraph(text=LEAD),
        Paragraph(heading="督查工作开展情况", level=1),
        Paragraph(text=RARE),
        Paragraph(heading="存在的主要问题", level=1),
        *found,
        Paragraph(heading="下一步工作要求", level=1),
        Paragraph(text=CLOSING),
    )


def table(rows: int = 12, columns: int = 4) -> Table:
    """A list of problems; widths and alignments differ by column."""
    heads = (
        Column("序号", 0.5, "center"),
        Column("单位", 1.4),
        Column("存在问题", 3.2),
        Column("整改时限", 1.1, "center"),
        Column("责任人", 0.8, "center"),
        Column("人数", 0.6, "right"),
    )[:columns]
    cells = ("", "青石镇人民政府", "入口处扫码测温落实不到位，消毒记录不全。", "3月15日前", "周某", "12")
    return Table(heads, tuple((str(n), *cells[1:columns]) for n in range(1, rows + 1)), "问题清单")


def photos(count: int = 2) -> Photos:
    """Pictures side by side: before, after, and again."""
    captions = ("整改前", "整改后", "复查")
    return Photos(tuple(Photo(_picture(n)[0], captions[n]) for n in range(count)), "青石镇农贸市场整改对比")


def photo_path(sha256: str) -> Path:
    """Where a picture of ``photos()`` lies."""
    return next(path for digest, path in map(_picture, range(3)) if digest == sha256)


@cache
def _picture(number: int) -> tuple[str, Path]:
    size = ((400, 300), (300, 400), (640, 360))[number]
    data = _png(*size, grey=90 + 50 * number)
    digest = hashlib.sha256(data).hexdigest()
    path = Path(tempfile.gettempdir()) / f"corpus-{digest[:16]}.png"
    path.write_bytes(data)
    return digest, path


def _png(width: int, height: int, grey: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + bytes([grey]) * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    packed = zlib.compress(rows)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def header(**more: Any) -> Header:
    """A downward document's header with every element; ``more`` changes fields."""
    full = Header(
        organs=(ORGAN,),
        number="云疫督〔2022〕7号",
        copy_number="000012",
        secrecy="秘密★1年",
        urgency="特急",
    )
    return msgspec.structs.replace(full, **more)


def colophon(copies: int = 6) -> Colophon:
    return Colophon(UNITS[:copies], "云岭县疫情防控督查组", DAY)


def annexes(count: int, *, landscape: bool = False) -> tuple[Annex, ...]:
    made = (
        Annex("2022年第一季度全县疫情防控工作督查发现问题整改清单", (table(),)),
        Annex("督查点位分布情况", (Paragraph(text=FACT), table(60, 6)), landscape),
        Annex("整改照片", (photos(2), Paragraph(text=CLOSING))),
    )
    return made[:count] if not landscape else made[1 : 1 + count]


def paper(format: Format = "general", **more: Any) -> Paper:
    """An ordinary document of ``format``; ``more`` changes fields."""
    ordinary = Paper(
        kind="findings_bulletin",
        format=format,
        header=header() if format != "plain" else Header(),
        title=TITLES["two"],
        addressees=ADDRESSEES,
        blocks=body(),
        signature=Signature((ORGAN,), DAY) if format != "plain" else None,
        colophon=colophon() if format != "plain" else None,
    )
    return msgspec.structs.replace(ordinary, **more)


def _headers() -> Iterator[tuple[str, Paper]]:
    bare = {"copy_number": "", "secrecy": "", "urgency": ""}
    organs = (ORGAN, "云岭县卫生健康局", "云岭县公安局", "云岭县市场监督管理局")
    long_organ = "云岭县新型冠状病毒感染肺炎疫情防控工作领导小组指挥部办公室"
    yield "header-bare", paper(header=header(**bare))
    yield "header-upward", paper(header=header(signers=("周明远",)))
    yield "header-upward-three", paper(header=header(organs=organs[:3], signers=("周明远", "吴桐", "郑若水")))
    for count in (2, 3, 4):
        yield (
            f"header-joint-{count}",
            paper(
                header=header(organs=organs[:count]),
                signature=Signature(organs[:count], DAY, sealed=count != 3),
            ),
        )
    for lead in ("云岭县疫情防控指挥部办公室", "云岭县疫情防控工作领导小组指挥部综合协调组"):
        joint = (lead, *organs[1:3])
        yield f"header-joint-{len(lead)}", paper(header=header(organs=joint), signature=Signature(joint, DAY))
    yield (
        "header-long-mark",
        paper(header=header(organs=(long_organ,)), signature=Signature((long_organ,), DAY)),
    )
    yield "header-short-mark", paper(header=header(organs=("云岭县委",)))
    yield (
        "header-bulletin-name",
        paper(header=header(organs=("督查通报",), mark_suffix="", number="第7期"), subtitle="（第7期）"),
    )


def _titles() -> Iterator[tuple[str, Paper]]:
    for name, title in TITLES.items():
        yield f"title-{name}", paper(title=title)
    yield "title-broken-by-hand", paper(title="关于全县疫情防控工作\n督查情况的通报", subtitle="（第7期）")


def _bodies() -> Iterator[tuple[str, Paper]]:
    for items in (0, 1, 12, 60, 200):
        yield f"body-{items}", paper(blocks=body(items))
    for lines in range(1, 25):
        fill = Paragraph(text="各单位要认真对照检查逐项落实整改责任并按时限报送结果")
        yield f"foot-{lines}", paper(blocks=(Paragraph(text=PURE), *(fill,) * lines), colophon=colophon(2))
    yield "body-table", paper(blocks=(Paragraph(text=LEAD), table(40, 6), Paragraph(text=CLOSING)))
    yield "body-photos", paper(blocks=(Paragraph(text=LEAD), photos(2), photos(3), Paragraph(text=CLOSING)))
    yield "body-lines", paper(blocks=(Paragraph(text=f"{LEAD}\n{FACT}\n\n{CLOSING}"),))


FOUR = (ORGAN, "云岭县卫生健康局", "云岭县公安局", "云岭县市场监督管理局")


def endings() -> Iterator[tuple[str, Paper]]:
    """Papers whose signature would stand alone on a page if it were not kept with what is before it."""
    fill = Paragraph(text="各单位要认真对照检查逐项落实整改责任并按时限报送结果")
    more: dict[str, tuple[tuple[Block, ...], dict[str, Any]]] = {
        "table": ((table(6),), {}),
        "photos": ((photos(2),), {}),
        "long": ((Paragraph(heading="青石镇。", text=FACT * 4, level=2),), {}),
        "joint": (
            (Paragraph(text=CLOSING),),
            {"signature": Signature(FOUR, DAY), "annexes": annexes(3)},
        ),
        "listed": ((Paragraph(text=CLOSING),), {"annexes": annexes(1) * 14}),
    }
    for (name, (last, changes)), lines in itertools.product(more.items(), range(0, 22, 3)):
        yield f"ending-{name}-{lines}", paper("plain", blocks=(*(fill,) * lines, *last), **(_SIGNED | changes))


_SIGNED: dict[str, Any] = {"signature": Signature((ORGAN,), DAY)}


def _tails() -> Iterator[tuple[str, Paper]]:
    long_organ = "云岭县疫情防控工作指挥部督查组办公室"
    for sealed, organ, day in itertools.product((True, False), ("县督查组", ORGAN, long_organ), (DAY, LONG_DAY)):
        name = f"sign-{'sealed' if sealed else 'plain'}-{len(organ)}-{day.month}"
        yield name, paper(signature=Signature((organ,), day, sealed), note="此件公开发布")
    for count in (1, 2, 3):
        yield f"annexes-{count}", paper(annexes=annexes(count))
    yield "annexes-landscape", paper(annexes=annexes(2, landscape=True))
    yield "annexes-landscape-last", paper(annexes=annexes(1, landscape=True))
    yield "addressees-40", paper(addressees=UNITS)
    yield "addressees-given", paper(addressees=("各乡（镇）人民政府，县直各部门，县属各企事业单位：",))
    yield "copies-40", paper(colophon=colophon(40))
    yield "copies-none", paper(colophon=colophon(0))
    yield "colophon-blank-page", paper(blocks=body(1), colophon=colophon(2), blank_before_colophon=True)
    yield (
        "colophon-even-page",
        paper(blocks=(Paragraph(text=PURE),) * 9, colophon=colophon(12), blank_before_colophon=True),
    )
    yield "colophon-none", paper(colophon=None)


def _formats() -> Iterator[tuple[str, Paper]]:
    formats: tuple[Format, ...] = ("general", "letter", "plain")
    contents: dict[str, dict[str, Any]] = {
        "short": {"blocks": (Paragraph(text=CLOSING),)},
        "long": {"blocks": body(20), "title": TITLES["three"]},
        "annexed": {"annexes": annexes(3), "note": "联系人：周某，电话：010-00000000"},
        "wide": {"annexes": annexes(2, landscape=True)},
        "unsealed": {"signature": Signature((ORGAN,), LONG_DAY, sealed=False), "subtitle": "（第7期）"},
    }
    for format, (name, more) in itertools.product(formats, contents.items()):
        yield f"{format}-{name}", paper(format, **more)


def papers() -> Iterator[tuple[str, Paper]]:
    """Every paper of the corpus with its name."""
    for group in (_formats, _headers, _titles, _bodies, _tails, endings):
        yield from group()
