"""A small office to fill forms in: one county, two townships, a department, a site."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from gui.core import theme
from gui.core.context import Context, Runner, UiState
from gui.shell.navigator import DialogNavigator
from models.domain.text import pinyin
from models.records import Campaign, Finding, Person, Site, Team, Unit
from models.services import findings, records
from models.services.unit_of_work import Workspace


@pytest.fixture
def context(qapp, workspace: Workspace, tmp_path: Path) -> Context:
    if not qapp.styleSheet():  # styling every widget anew for each test takes seconds
        theme.install(qapp)
    made = Context(workspace, Runner(), UiState(tmp_path / "ui.json"))
    made.navigator = DialogNavigator(made)
    return made


@pytest.fixture
def show(qtbot) -> Callable[..., Any]:
    """Show a form in the active window, as wide and high as the place it has beside a list; gives it back."""

    def shown(made: Any, width: int = 560, height: int = 700) -> Any:
        qtbot.addWidget(made)
        made.resize(width, height)
        made.show()
        made.activateWindow()
        qtbot.waitUntil(made.isActiveWindow)
        return made

    return shown


@pytest.fixture
def handed(workspace: Workspace, office: SimpleNamespace) -> Callable[..., int]:
    """A problem that was handed over, its deadline the 14th."""

    def make(**values) -> int:
        id_ = office.finding(**values)
        findings.take(workspace, id_, "hand_over", {"deadline": dt.date(2022, 3, 14), "requirement": "立即整改。"})
        return id_

    return make


@pytest.fixture
def office(workspace: Workspace) -> SimpleNamespace:
    def named(cls, name: str, **values) -> int:
        values |= {"pinyin": pinyin.index(name)} if hasattr(cls, "pinyin") else {}
        return records.create(workspace, cls, {"name": name, **values}).id

    county = named(Unit, "云水县", kind="县")
    cheng = named(Unit, "城关镇", kind="乡镇", parent_id=county, rank=1, leader="赵志国", leader_post="镇长")
    liu = named(Unit, "柳河镇", kind="乡镇", parent_id=county, rank=2)
    market = named(Unit, "县市场监督管理局", kind="部门", parent_id=county)
    campaign = named(Campaign, "疫情防控")
    team = named(Team, "第二督查组", number=2, campaign_id=campaign)
    site = named(Site, "惠民药店", kind="药店", unit_id=cheng, department_id=market)
    person = named(Person, "李建军", unit_id=cheng, post="副镇长", identities=["中共党员", "公职人员"])

    def finding(**values) -> int:
        usual = {
            "source_level": "县", "kind": "人员不在岗", "found_on": dt.date(2022, 3, 5), "site_id": site,
            "fact": "店内没有员工每日测温记录。", "campaign_id": campaign,
        }  # fmt: skip
        return records.create(workspace, Finding, usual | values).id

    return SimpleNamespace(
        county=county, cheng=cheng, liu=liu, market=market, campaign=campaign, team=team, site=site, person=person,
        finding=finding,
    )  # fmt: skip
