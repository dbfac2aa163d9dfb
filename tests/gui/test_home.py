"""The 首页: figures, charts, and the rows behind every one of them."""

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication

from gui.pages.home import EFFECTS, REVIEW, TASKS, HomeTab
from models.domain.findings.books import Book
from models.domain.findings.deadlines import Bucket
from models.queries.figures import drill_down
from models.queries.figures import home as first_page
from models.queries.figures.drill_down import DrillDown
from models.queries.lists.listing import ListQuery
from models.records import Finding


@pytest.fixture
def home(qtbot, demo):
    tab = HomeTab(demo)
    qtbot.addWidget(tab)
    tab.resize(1366, 900)
    tab.show()
    demo.runner.wait()
    qtbot.waitUntil(lambda: tab.units._bars != ())
    return tab


def total(demo, ids):
    with demo.workspace.reading() as session:
        return sum(session.get(Finding, id_).count for id_ in ids)


def test_every_bucket_leads_to_exactly_its_problems(demo):
    with demo.workspace.reading() as session:
        figures = first_page.home(session, demo.workspace.today)
        for one in Bucket:
            if one in figures.buckets:
                ids = drill_down.findings(session, DrillDown(bucket=str(one)), demo.workspace.today)
                assert total(demo, ids) == figures.buckets[one]


def test_every_unit_kind_and_week_leads_to_exactly_its_problems(demo):
    with demo.workspace.reading() as session:
        figures = first_page.home(session, demo.workspace.today)
        for row in figures.units:
            assert (
                total(demo, drill_down.findings(session, DrillDown(unit_id=row.id), demo.workspace.today))
                == row.problems
            )
        for row in figures.kinds:
            assert (
                total(demo, drill_down.findings(session, DrillDown(kind=row.name), demo.workspace.today))
                == row.problems
            )
        for monday, found, _solved in figures.weeks:
            assert total(demo, drill_down.findings(session, DrillDown(week=monday), demo.workspace.today)) == found
        for row in figures.statuses:
            assert (
                total(demo, drill_down.findings(session, DrillDown(status=row.name), demo.workspace.today))
                == row.problems
            )


def test_a_click_on_a_bar_asks_for_its_rows(qtbot, home):
    home.grab()
    area, piece = home.units._places[0]
    with qtbot.waitSignal(home.asked) as asked:
        qtbot.mouseClick(home.units, Qt.MouseButton.LeftButton, pos=area.center().toPoint())
    name, query = asked.args
    assert name == "finding"
    assert isinstance(query, ListQuery)
    assert query.ids
    assert home.units.piece_at(QPointF(area.center())) == piece


@pytest.mark.parametrize("chip", [REVIEW, EFFECTS, TASKS])
def test_special_cards_lead_to_as_many_rows_as_they_say(qtbot, home, chip):
    card = next(card for card in home.cards if card.figure.chip == chip)
    with qtbot.waitSignal(home.asked) as asked:
        qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    assert card.accessibleName().endswith(str(len(asked.args[1].ids)))


def test_today_is_copied_as_text(home, demo):
    home.copy_today()
    with demo.workspace.reading() as session:
        assert QApplication.clipboard().text() == first_page.today_text(session, demo.workspace.today)


def test_a_chart_is_copied_as_a_picture(home):
    home.rates.copy()
    assert QApplication.clipboard().pixmap().width() > 100


def test_a_click_says_why_these_rows(qtbot, demo, home):
    asked = []
    home.asked.connect(lambda name, query: asked.append((name, query.why)))
    home.cards[0].opened.emit()
    home.rates.picked.emit(Bucket.OVERDUE)
    home.rates.picked.emit("above")
    home.weeks.picked.emit(home.weeks._weeks[-1][0])
    home.units.picked.emit((home.units._bars[0].pieces[0].stands_for[0], Bucket.OVERDUE))
    assert [words for _, words in asked[:3]] == ["逾期未整改", "本级发现：逾期未办", "上级反馈"]
    assert "起一周发现" in asked[3][1]
    assert asked[4][1] == f"本级发现：{home.units._bars[0].label}逾期未办"


def test_the_large_numbers_lead_to_their_problems(demo):
    with demo.workspace.reading() as session:
        figures = first_page.home(session, demo.workspace.today)
        own = drill_down.findings(session, DrillDown(), demo.workspace.today)
        above = drill_down.findings(session, DrillDown(book=Book.ABOVE), demo.workspace.today)
        due = drill_down.findings(session, DrillDown(due=True), demo.workspace.today)
    assert (total(demo, own), total(demo, above)) == (figures.problems, figures.from_above)
    assert total(demo, due) == sum(figures.buckets[one] for one in (Bucket.ON_TIME, Bucket.LATE, Bucket.OVERDUE))
