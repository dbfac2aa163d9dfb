"""Write the generated catalogs from maintained packages. For developers; never run by the program.

``python packaging/generate_catalogs.py`` with chinesecalendar and pypinyin installed rewrites
``resources/catalogs/holidays.json`` and ``resources/catalogs/pinyin.json``.
"""

import json
from pathlib import Path
from typing import Any

CATALOGS = Path(__file__).resolve().parents[1] / "resources" / "catalogs"
FIRST_YEAR = 2018


def main() -> None:
    """Write both files and say what is in them."""
    write("holidays", holidays())


def write(name: str, content: dict[str, Any]) -> None:
    """One catalog, one entry a line, so that a yearly change is a short diff."""
    path = CATALOGS / f"{name}.json"
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(path, path.stat().st_size)


def holidays() -> dict[str, Any]:
    """Days off and make-up days by the State Council's yearly arrangements."""
    from chinese_calendar.constants import holidays as off
    from chinese_calendar.constants import workdays as worked

    names = {
        "New Year's Day": "元旦",
        "Spring Festival": "春节",
        "Tomb-sweeping Day": "清明节",
        "Labour Day": "劳动节",
        "Dragon Boat Festival": "端午节",
        "National Day": "国庆节",
        "Mid-autumn Festival": "中秋节",
        "Anti-Fascist 70th Day": "抗战胜利日",
    }

    def days(table: dict[Any, str]) -> dict[str, str]:
        return {day.isoformat(): names[table[day]] for day in sorted(table) if day.year >= FIRST_YEAR}

    return {
        "source": "国务院办公厅关于部分节假日安排的通知（各年），经 chinesecalendar 整理",
        "years": sorted({day.year for day in off if day.year >= FIRST_YEAR}),
        "holidays": days(off),
        "makeup": days(worked),
    }


if __name__ == "__main__":
    main()
