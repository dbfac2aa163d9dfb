"""Write the generated catalogs from maintained packages. For developers; never run by the program.

``python packaging/generate_catalogs.py`` with chinesecalendar, borax and pypinyin installed rewrites
``holidays.json``, ``festivals.json`` and ``pinyin.json`` in ``resources/catalogs``; with names of catalogs, those only.
"""

import json
import sys
from pathlib import Path
from typing import Any

CATALOGS = Path(__file__).resolve().parents[1] / "resources" / "catalogs"
FIRST_YEAR = 2018
FESTIVAL_YEARS = range(2018, 2051)

# One character read by default as it is read in names of places, units and posts.
DEFAULTS = {"长": "chang", "重": "zhong", "都": "du", "朝": "chao", "卡": "ka", "行": "xing", "车": "che", "石": "shi"}
DEFAULTS |= {"区": "qu", "厦": "sha", "单": "dan", "乐": "le", "六": "liu", "调": "diao", "会": "hui", "校": "xiao"}
DEFAULTS |= {"弄": "nong", "巷": "xiang", "屯": "tun", "堡": "bao", "埔": "pu", "柏": "bai", "广": "guang", "大": "da"}
DEFAULTS |= {"地": "di", "系": "xi", "种": "zhong", "曾": "ceng", "解": "jie", "查": "cha", "盖": "gai", "员": "yuan"}

# First characters of personal names that are read otherwise than alone.
SURNAMES = {"单": "shan", "曾": "zeng", "仇": "qiu", "区": "ou", "解": "xie", "查": "zha", "盖": "ge", "任": "ren"}
SURNAMES |= {"乐": "yue", "朴": "piao", "种": "chong", "翟": "zhai", "缪": "miao", "覃": "qin", "黑": "he", "员": "yun"}
SURNAMES |= {"秘": "bi", "冼": "xian", "召": "shao", "折": "she", "尉": "wei", "华": "hua", "宁": "ning", "燕": "yan"}
SURNAMES |= {"应": "ying", "訾": "zi", "郇": "xun", "教": "jiao", "都": "du", "牟": "mu", "车": "che", "隗": "wei"}
SURNAMES |= {"逄": "pang", "臧": "zang", "阚": "kan", "晁": "chao", "宓": "mi", "纪": "ji", "葛": "ge", "繁": "po"}
SURNAMES |= {"句": "gou", "过": "guo", "那": "na", "哈": "ha", "相": "xiang", "洗": "xian", "适": "kuo", "撒": "sa"}

# Words whose reading the single characters do not give: places, posts, and what offices write.
WORDS = """
重庆 chong qing|厦门 xia men|六安 lu an|六合 lu he|番禺 pan yu|蚌埠 beng bu|铅山 yan shan|台州 tai zhou
亳州 bo zhou|涪陵 fu ling|什邡 shi fang|单县 shan xian|莘县 shen xian|乐亭 lao ting|乐清 yue qing
蔚县 yu xian|井陉 jing xing|洪洞 hong tong|黄陂 huang pi|歙县 she xian|枞阳 zong yang|尉犁 yu li
浚县 xun xian|渑池 mian chi|柞水 zha shui|繁峙 fan shi|吴堡 wu bu|牟平 mu ping|中牟 zhong mu
泌阳 bi yang|朝阳 chao yang|西藏 xi zang|东阿 dong e|无为 wu wei|大埔 da bu|黄埔 huang pu|十堰 shi yan
阆中 lang zhong|犍为 qian wei|筠连 jun lian|荥经 ying jing|荥阳 xing yang|郫都 pi du|成都 cheng du
丰都 feng du|邛崃 qiong lai|珙县 gong xian|荣县 rong xian|万俟 mo qi|尉迟 yu chi|长孙 zhang sun
澹台 tan tai|令狐 ling hu|夏侯 xia hou|鲜于 xian yu|单于 chan yu|宓妃 fu fei|村长 cun zhang
镇长 zhen zhang|乡长 xiang zhang|县长 xian zhang|区长 qu zhang|市长 shi zhang|局长 ju zhang
院长 yuan zhang|校长 xiao zhang|所长 suo zhang|站长 zhan zhang|组长 zu zhang|科长 ke zhang|股长 gu zhang
处长 chu zhang|部长 bu zhang|会长 hui zhang|队长 dui zhang|园长 yuan zhang|楼长 lou zhang
店长 dian zhang|银行 yin hang|农行 nong hang|建行 jian hang|工行 gong hang|商行 shang hang|车行 che hang
行业 hang ye|支行 zhi hang|分行 fen hang|会计 kuai ji|重新 chong xin|重复 chong fu|重阳 chong yang
调整 tiao zheng|调解 tiao jie|协调 xie tiao|烹调 peng tiao|音乐 yin yue|乐器 yue qi|大夫 dai fu
大王镇 dai wang zhen|畜牧 xu mu|宿舍 su she|大厦 da sha|尾矿 wei kuang|处分 chu fen|供销 gong xiao
供应 gong ying|参加 can jia|人参 ren shen|相片 xiang pian|校对 jiao dui|传记 zhuan ji|勤俭 qin jian
柏树 bai shu|便宜 pian yi|便民 bian min|便利 bian li|应急 ying ji|数据 shu ju|中心 zhong xin
种植 zhong zhi|种子 zhong zi|干部 gan bu|背街 bei jie|给水 ji shui|供给 gong ji|出差 chu chai
宝藏 bao zang|储藏 chu cang|冷藏 leng cang|强制 qiang zhi
"""


def main() -> None:
    """Write the files and say what is in them."""
    for made in (holidays, festivals, pinyin):
        if made.__name__ in (sys.argv[1:] or (made.__name__,)):
            write(made.__name__, made())


def write(name: str, content: dict[str, Any]) -> None:
    """One catalog, one entry a line, so that a yearly change is a short diff."""
    path = CATALOGS / f"{name}.json"
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(path, path.stat().st_size)


def festivals() -> dict[str, Any]:
    """The days of 春节 (初一), 清明, 端午 and 中秋, which follow the moon and the sun, as MM-DD."""
    from borax.calendars.lunardate import LunarDate, TermUtils

    def of(year: int) -> dict[str, str]:
        days = {
            "春节": LunarDate(year, 1, 1).to_solar_date(),
            "清明节": TermUtils.nth_term_day(year, term_name="清明"),
            "端午节": LunarDate(year, 5, 5).to_solar_date(),
            "中秋节": LunarDate(year, 8, 15).to_solar_date(),
        }
        return {name: f"{day:%m-%d}" for name, day in days.items()}

    years = {str(year): of(year) for year in FESTIVAL_YEARS}
    return {"source": "borax 4.1.3 按农历和节气推算，与各年放假通知核对", "years": years}


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


def pinyin() -> dict[str, Any]:
    """Readings of every common character without tones, ü as v, and of words read otherwise."""
    from pypinyin import Style, pinyin

    by_reading: dict[str, list[str]] = {}
    reading: dict[str, str] = {}
    for code in (0x3007, *range(0x4E00, 0x9FA6)):
        char = chr(code)
        sound = DEFAULTS.get(char) or pinyin(char, style=Style.NORMAL, v_to_u=False)[0][0]
        if sound != char:
            by_reading.setdefault(sound, []).append(char)
            reading[char] = sound
    words = dict(entry.split(" ", 1) for line in WORDS.split("\n") for entry in line.split("|") if entry)
    special = {
        word: sounds for word, sounds in sorted(words.items()) if [reading[char] for char in word] != sounds.split()
    }
    return {
        "source": "pypinyin 的单字读音，去声调，ü 记作 v；词语和姓氏读音由本程序整理",
        "readings": {sound: "".join(chars) for sound, chars in sorted(by_reading.items())},
        "words": special,
        "surnames": {char: sound for char, sound in sorted(SURNAMES.items()) if reading[char] != sound},
    }


if __name__ == "__main__":
    main()
