"""A page that shows how an office's documents look, for its settings: real frame, real phrases, invented text."""

import datetime as dt

from sqlalchemy.orm import Session

from exporters.composing.findings_bulletin import KIND
from exporters.composing.frame import Body, Frame, heading, paragraph
from exporters.composing.options import Options
from exporters.composing.wording import plain_day
from models.paper.elements import Paper
from models.records import Office

_LEAD = "这里是导语。版头、主送、落款和版记取自左边的设置，正文各级标题用左边选定的字体，下面的工作要求取自常用语。"
_FACT = "这里是具体问题，写明单位、时间、地点、情形和数量。"


def sample(session: Session, office: Office, day: dt.date) -> Paper:
    """A short bulletin in the frame of ``office``, which may be unsaved.

    Args:
        session: to read the phrases with.
        office: 本机构 as it stands in the form.
        day: the date of the sample.
    """
    frame = Frame(session, KIND, Options(number="1"), day)
    frame.office = office
    words = frame.words(deadline=plain_day(day + dt.timedelta(days=7)))
    blocks = (
        paragraph("lead", _LEAD),
        heading("problems", "存在的问题"),
        paragraph("group", _FACT, heading="二级标题。", level=2),
        heading("requirements", "工作要求"),
        *frame.requirements(words),
        *frame.closing(words),
    )
    return frame.paper(Body("关于疫情防控督查发现问题的通报", blocks))
