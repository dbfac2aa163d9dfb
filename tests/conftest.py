"""What every test may ask for: a data folder made by the production migrations, and a desk at it."""

import datetime as dt
import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import needed_tools
import pytest
from hypothesis import HealthCheck, settings
from office import Clock

from gui.core import theme
from models.services.unit_of_work import Workspace
from models.storage.data_folder import DataFolder
from models.storage.engine import Store

needed_tools.prepare()

# What decides whether a change lands tries the same examples each time; `dev.py test --full` looks for new ones.
settings.register_profile("landing", derandomize=True, deadline=None)
settings.register_profile("search", max_examples=2000, deadline=None)
# A changed program is tried in a process of its own, which hypothesis takes for another executor.
settings.register_profile(
    "mutation",
    derandomize=True,
    deadline=None,
    max_examples=30,
    suppress_health_check=[HealthCheck.differing_executors],
)
settings.load_profile("landing")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what needs LibreOffice where there is none."""
    needed_tools.require_office(item)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let no test be skipped where every test must run."""
    report = yield
    needed_tools.judge(report, strict=needed_tools.is_strict())
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Let no module of tests be skipped either."""
    report = yield
    needed_tools.judge(report, strict=needed_tools.is_strict())
    return report


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """The arguments the program starts its own application with."""
    return ["督查通", *theme.STYLE]


@pytest.fixture(scope="session", autouse=True)
def _one_application(qapp: object) -> None:
    """The whole application is there first: what only paints would make a lesser one, which has no windows."""


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty data folder at the newest schema, made once a run."""
    root = tmp_path_factory.mktemp("pristine") / "数据 文件夹"
    Store(DataFolder(root)).close()
    return root


@pytest.fixture
def folder(pristine: Path, tmp_path: Path) -> DataFolder:
    """A fresh data folder, in a path with Chinese and a space."""
    root = tmp_path / "数据 文件夹"
    shutil.copytree(pristine, root)
    return DataFolder(root)


@pytest.fixture
def store(folder: DataFolder) -> Iterator[Store]:
    """The open data folder."""
    store = Store(folder)
    yield store
    store.close()


@pytest.fixture
def clock() -> Clock:
    """The office's clock, standing at 2022-03-16 9:30."""
    return Clock()


@pytest.fixture
def workspace(store: Store, clock: Callable[[], dt.datetime]) -> Workspace:
    """A clerk's desk at the fresh data folder."""
    return Workspace(store, operator="王晓燕", clock=clock)
