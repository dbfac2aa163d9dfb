"""What tests share that is no fixture."""

import datetime as dt

TODAY = dt.date(2022, 3, 16)


class Clock:
    """A clock the test moves."""

    def __init__(self) -> None:
        self.now = dt.datetime.combine(TODAY, dt.time(9, 30))

    def __call__(self) -> dt.datetime:
        return self.now

    def forward(self, days: int) -> None:
        self.now += dt.timedelta(days=days)
