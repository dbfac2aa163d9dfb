"""The made offices: which shapes there are, and each with its papers."""

from tests.offices import cases_listed, listed
from tests.offices.facts import Expected
from tests.offices.making import DATE, Maker, Shape
from tests.offices.office import InventedOffice

SHAPES: tuple[Shape, ...] = (
    *(Shape(n, towns=2 + n % 4, findings=21 + n * 3, teams=1 + n % 2, cases=2 + n % 5) for n in range(6)),
    *(Shape(n, towns=4, findings=42, teams=2, villages=True, pasted=True, cases=6) for n in range(6, 9)),
    *(Shape(n, towns=1, findings=8 + n, pasted=True, cases=1) for n in range(9, 12)),
    *(Shape(n, towns=3, findings=25, visits=False, surname="陆程", cases=8) for n in range(12, 15)),
    *(Shape(n, towns=5, findings=21, above=False, teams=3, pasted=True, cases=4) for n in range(15, 17)),
    Shape(17, towns=8, findings=120, teams=4, cases=12),
    Shape(24, towns=1, findings=57, cases=11, villages=True, pasted=True),
    Shape(29, towns=6, findings=32, teams=2, cases=3, above=False),
    Shape(35, towns=6, findings=14, teams=4, cases=9, surname="陆"),
    *(Shape(n, role="unit", towns=1, findings=15 + n % 3 * 6, cases=0, villages=n % 2 == 0) for n in range(18, 24)),
)


def office(shape: Shape) -> InventedOffice:
    """An office of a shape with everything typed in and the lists of its papers."""
    maker = Maker(shape)
    rows = maker.fill()
    papers = _of_town(maker) if maker.town else _of_county(maker)
    name = maker.towns[0] if maker.town else f"云溪县{shape.work.office}"
    settings = {
        "role": shape.role,
        "name": f"{name}人民政府" if maker.town and name[-1] in "镇乡" else name,
        "short_name": name if maker.town else "县督查办",
        "contact": "周敏",
        "phone": "0000-1234567",
        "signer": "方正明",
    }
    if not maker.town:
        settings["county_name"] = "云溪县"
    return InventedOffice(
        f"{shape.number} {shape.work.campaign} {shape.role}", settings, shape.work.campaign, rows, tuple(papers), DATE
    )


def _of_county(maker: Maker) -> list[Expected]:
    bulletin = cases_listed.accountability_bulletin(maker)
    papers = [listed.findings_bulletin(maker), bulletin, listed.inspection_report(maker)]
    for town in maker.towns[:2]:
        papers += [listed.of_unit(maker, kind, town) for kind in ("rectification_notice", "reminder")]
    papers += [listed.rectification_report(maker, maker.towns[0]), listed.rectification_plan(maker, maker.towns[0])]
    papers += [listed.self_inspection_report(maker), listed.period_summary(maker)]
    return [one for one in papers if one]


def _of_town(maker: Maker) -> list[Expected]:
    town = maker.towns[0]
    papers = [listed.rectification_report(maker, town), listed.rectification_plan(maker, town)]
    papers += [listed.self_inspection_report(maker)]
    return [one for one in papers if one]
