"""Write the one page that goes with the installers, by our own engine: `guide.py 安装说明.pdf SETUP DEB [ARM64]`."""

import sys
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from exporters.pages import lay_out, write_pdf
from models.paper.elements import Paper, Paragraph

TEXT = (
    (
        "Windows 10（1809 版及以上）、Windows 11。",
        "双击 {setup}，按提示操作，不需要管理员权限。安装后从桌面或开始菜单打开。",
    ),
    (
        "统信 UOS 20、银河麒麟 V10（x86-64）。",
        "请本机管理员双击 {deb} 安装，或在终端执行 sudo apt install ./{deb}。安装后从开始菜单打开。{arm}",
    ),
    (
        "首次打开。",
        "县里给的文件夹请保持完整：单位名称等会自动填好，核对后按“开始使用”。"
        "在 UOS、麒麟上请插着 U 盘打开，或双击文件夹里的任务包。",
    ),
    ("升级。", "先关闭程序，再运行新版本的安装程序，数据自动保留并在升级前备份。"),
    ("卸载。", "从系统的应用列表卸载。数据默认保留，重新安装后可继续使用。"),
    ("更换电脑。", "旧电脑上做一次备份，新电脑上恢复它。"),
    (
        "信息人员。",
        "Windows 静默安装用 /S，指定位置用 /D=文件夹（放在最后）；静默卸载用"
        " uninstall.exe /S，同时删除数据加 /PURGE=1。核对文件用 SHA256SUMS。",
    ),
)


ARM = "鲲鹏、飞腾（ARM64）的麒麟 V10 用 {}。"


def main(target: Path, setup: str, deb: str, arm: str = "") -> None:
    """Write the page; what is said of an installer that was not built is left out.

    Raises:
        ValueError: it does not fit on one.
    """
    names = {"setup": setup, "deb": deb, "arm": arm and ARM.format(arm)}
    blocks = tuple(Paragraph(heading=heading, text=text.format(**names), level=1) for heading, text in TEXT)
    paper = Paper(format="plain", title="督查通安装说明", blocks=blocks)
    if len(lay_out(paper).pages) != 1:
        raise ValueError("the guide is longer than a page")
    write_pdf(paper, target)


if __name__ == "__main__":
    app = QGuiApplication([])
    main(Path(sys.argv[1]), *sys.argv[2:])
