"""What the program takes for the time: the computer's clock, or the day the clerk named where that is wrong.

One for the whole process. A dead clock battery is common in old PCs; nothing true is refused for its sake.
"""

import datetime as dt

AHEAD = dt.timedelta(days=60)
"""So long after the last change, a clock may be right or wrong: it is asked about."""
_shift = dt.timedelta()
_named = False


def now() -> dt.datetime:
    """The moment, in the computer's own time zone."""
    return dt.datetime.now() + _shift


def today() -> dt.date:
    """The day."""
    return now().date()


def believe(day: dt.date | None) -> None:
    """Go by the day the clerk named, the hour by the computer; None goes by the computer alone."""
    global _shift, _named  # noqa: PLW0603 - there is one clock
    _named = day is not None
    _shift = dt.timedelta() if day is None else day - dt.date.today()


def is_named() -> bool:
    """Whether the clerk named the day: it is not asked about again."""
    return _named


def doubt(today: dt.date, last: dt.date | None) -> str:
    """What is odd about a day, as a sentence, where ``last`` is the last one something was written on; else ""."""
    if last is None or last <= today <= last + AHEAD:
        return ""
    if today < last:
        how = f"比上次录入（{_in_words(last)}）还早"
    else:
        months = max((today - last).days // 30, 1)
        span = f"{months} 个月" if months < 24 else f"{months // 12} 年"
        how = f"离上次录入（{_in_words(last)}）已有 {span}"
    return f"电脑日期是{_in_words(today)}，{how}，可能不准。"


def _in_words(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
