"""Make ``resources/title_words.txt`` from a frequency dictionary such as jieba 0.42.1's dict.txt (MIT).

The program carries these few words instead of a segmentation package of 40 MB: it only has to
keep words whole when it breaks a title. Usage: python packaging/make_title_words.py DICT.TXT
"""

import math
import re
import sys
from collections import defaultdict
from pathlib import Path

TARGET = Path(__file__).parents[1] / "resources" / "title_words.txt"
RAREST = 50
# Words of this office's titles that a newspaper's dictionary lacks or weighs too low.
OWN = "\n".join([
    "督查组 问责 核酸 常态化 隔离点 回头看 立行立改 销号 台账 卡口 专班 包保 网格化 健康码",
    "行程码 场所码 新冠 溯源 流调 静默 方舱 封控 管控 防控 密接 次密接 高速口 高速路口",
    "农贸市场 商场超市 宾馆酒店 交通场站 诊所 发热门诊 药店 养老院 养老机构 冷链 复工 复学",
    "返乡 乡镇 镇街 街道办 社区 村居 县直 区直 市直 办公室 指挥部 领导小组 督办 交办 催办",
    "通报 通知书 督办单 整改 第一季度 第二季度 第三季度 第四季度 上半年 下半年 国庆节 中秋节",
    "劳动节 端午节 清明节 元旦 春节 两节 排查起底 自查自纠 四不两直 一线 常态 落实情况",
    "整改情况 督查情况 检查情况 工作情况 不到位 不落实 不力 秋冬季",
])  # fmt: skip
OWN_FREQUENCY = 2000


def main(dictionary: Path) -> None:
    """Group the words by the rounded cost −ln p and write one line a cost."""
    frequency = dict.fromkeys(OWN.split(), OWN_FREQUENCY)
    for line in dictionary.read_text(encoding="utf-8").splitlines():
        word, count = line.split()[:2]
        if re.fullmatch("[一-鿿]{1,4}", word) and int(count) >= RAREST:
            frequency[word] = max(int(count), frequency.get(word, 0))
    total = sum(frequency.values())
    groups = defaultdict(list)
    for word, uses in frequency.items():
        groups[round(-math.log(uses / total))].append(word)
    head = (
        "# Words of 1 to 4 characters by cost (-ln p, rounded), from jieba 0.42.1 dict.txt, (c) 2013 Sun Junyi, MIT\n"
    )
    lines = (f"{cost} {' '.join(sorted(words))}\n" for cost, words in sorted(groups.items()))
    TARGET.write_text(head + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
