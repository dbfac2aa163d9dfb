"""Names of files that come from others: mended where they can be, barred where the file could run.

Windows decides by the last suffix what a double click does; a name that hides it is barred too.
"""

import re
import unicodedata

_KINDS = {
    "programs, installers, drivers, discs": (
        "exe com scr pif cpl msi msp mst msix msixbundle appx appxbundle dll ocx sys drv iso img vhd vhdx app dmg pkg "
        "deb rpm apk run appimage jar jnlp class"
    ),
    "scripts": (
        "bat cmd vb vbs vbe js jse mjs ws wsf wsh wsc sct hta ps1 ps1xml psd1 psm1 ps2 psc1 msh msh1 sh bash csh zsh "
        "ksh command py pyc pyw pyz pl rb lua tcl ahk au3 reg inf chm hlp its gadget"
    ),
    "shortcuts and what opens other things": (
        "lnk url website desktop scf shb shs msc application xbap settingcontent-ms library-ms search-ms "
        "searchconnector-ms appref-ms theme themepack diagcab rdp iqy oqy dqy rqy slk workflow action"
    ),
    "office files with macros, add-ins, databases with code": (
        "docm dotm xlsm xltm xlam xll xla pptm potm ppam ppsm sldm ppa wll wiz accde accdb accdr mde mdb ade adp maw"
    ),
}
_PAGES = {
    "pages a browser runs": "html htm shtml shtm xhtml xht mht mhtml svg svgz xsl xslt swf",
    "notebooks that programs are put into": "one onepkg onetoc onetoc2",
}
PAGES = frozenset(suffix for kind in _PAGES.values() for suffix in kind.split())
"""Suffixes of what a browser or a notebook opens: it runs the scripts inside, or starts the programs put into it."""
PROGRAMS = frozenset(suffix for kind in _KINDS.values() for suffix in kind.split())
"""Suffixes of files that run or bring macros, in small letters."""
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_BARRED = str.maketrans('<>:"|?*', "＜＞：”｜？＊")
_RESERVED = re.compile(r"(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[0-9¹²³])\s*(\..*)?", re.IGNORECASE | re.DOTALL)
_STARTS = (b"MZ", b"\x7fELF", b"#!", b"L\0\0\0\x01\x14\x02\0", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
"""What programs, scripts and shortcuts begin with on Windows, Linux and others."""


def reserved(name: str) -> bool:
    """Whether Windows keeps a name for a device: CON, NUL.txt."""
    return _RESERVED.fullmatch(name.strip()) is not None


def mended(name: str) -> str:
    """The name without folders before it, signs nobody sees and signs Windows cannot write; nothing else changes."""
    last = re.split(r"[\\/]", name)[-1]
    seen = "".join(c for c in last if unicodedata.category(c) not in ("Cc", "Cf", "Cs") or _BIDI.match(c))
    return seen.translate(_BARRED)


def why_barred(name: str, content: bytes = b"") -> str:
    """Why a file of this (mended) name, beginning with these bytes, is not taken in and never opened.

    Returns:
        A clause that follows the name, such as 是程序…; empty where nothing is wrong.
    """
    if _BIDI.search(name):
        return "文件名里有改变文字方向的隐藏字符，可能在掩盖真实类型"
    if not name or name != name.strip(" .\u3000"):
        return "文件名以空格或点开头、结尾，无法正常保存"
    plain = unicodedata.normalize("NFKC", name).casefold()
    if _RESERVED.fullmatch(plain):
        return "文件名是系统保留的名字"
    if why := _why_kind(plain.rpartition(".")[2].strip() if "." in plain else ""):
        return why
    if content.startswith(_STARTS):
        return "内容是程序，与文件名不符"
    return ""


def _why_kind(suffix: str) -> str:
    if suffix in PAGES:
        return "是网页或笔记，打开时会运行里面的脚本或程序"
    return "是程序、脚本、快捷方式或带宏的文件" if suffix in PROGRAMS else ""
