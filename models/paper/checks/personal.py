"""Numbers of persons that do not belong into a paper: identity cards and telephones."""

import re
from collections.abc import Iterator

from models.paper.checks.notices import Notice, Subject

_IDENTITY = re.compile(
    r"(?<![\dA-Za-z])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])"
)
_MOBILE = re.compile(r"(?<![\dA-Za-z])1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![\dA-Za-z])")
_FIXED = re.compile(r"(?<![\dA-Za-z])0\d{2,3}[- ]\d{7,8}(?!\d)")
_CARD = re.compile(r"(?<!\d)62\d{14,17}(?!\d)")
_CONTACT = re.compile(r"联系人|联系方式|值班电话|监督电话|举报电话|联系电话|咨询电话|传真")

_ALWAYS = ((_IDENTITY, "身份证号"), (_CARD, "银行卡号"))
_PHONES = ((_MOBILE, "手机号码"), (_FIXED, "电话号码"))


def numbers(subject: Subject) -> Iterator[Notice]:
    """Identity card, bank card and telephone numbers; those of whom to ask are meant to be there."""
    for place in subject.places:
        patterns = _ALWAYS if _CONTACT.search(place.text) else (*_ALWAYS, *_PHONES)
        for pattern, what in patterns:
            for found in pattern.finditer(place.text):
                shown = f"{found[0][:3]}…{found[0][-2:]}"
                sentence = f"文中有{what}（{shown}），确需保留的请核对，公开前应隐去。"
                yield Notice("personal_number", sentence, place.key, place.record, at=place.at)
