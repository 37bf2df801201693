"""What every test shares: a window system without a screen, a home of its own, calm property tests."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Generator, Iterator
from datetime import datetime
from itertools import compress, count
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

from app.calendar.office_days import OfficeCalendar
from app.contributions import register_contributions
from app.history import services as history_services
from app.programme.intake import preset
from app.window import memory
from app.window.app_context import AppContext
from app.window.background_task import Tasks
from db.files import filesystem
from db.records.programme import EventKind, Programme
from db.store import Store
from tests.support import collecting, processor_time
from tests.support.in_full import IN_FULL, times
from tests.support.light_copies import looked_through, trusted
from tests.support.light_locks import FULL, LIGHT, stretched
from tests.support.stores import TEMPLATES
from tests.support.system_dialogs import answer_file_dialogs
from tests.support.untold_letters import untold_letters
from tests.support.years import BY, NOW, add_lecture, started_year

if TYPE_CHECKING:
    from tests.support.letter_people import Letters
    from tests.support.office_days import Office
    from tests.support.sessions import Sessions
    from tests.support.world import World

# Before anything starts Qt: its plug-in, its run-time folder and its locale are read once, at the start,
# and a notice about any of them would count as a failure of whichever test came first.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if os.environ.get("LC_ALL", "") in {"C", "POSIX"}:
    os.environ["LC_ALL"] = "C.UTF-8"

MakeDesk = Callable[..., AppContext]

settings.register_profile(
    "desk",
    deadline=None,
    database=None,
    # Every run draws the same; a full one says its seed (``make faults PART=in_full``).
    derandomize=not IN_FULL,
    max_examples=times(100, of=3),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
settings.load_profile("desk")
if not IN_FULL:
    # It draws from the numbers and words of all modules that are loaded as well: reading them takes each process two
    # seconds, and what is drawn would hang on which tests came before.
    providers._get_local_constants = providers.Constants


def pytest_configure(config: pytest.Config) -> None:
    """Give the run a home that is thrown away, so that no test reads or writes the real one."""
    register_contributions()
    memory.spare_sources()
    processor_time.register(config)
    home = Path(tempfile.mkdtemp(prefix="desk-test-home-"))
    config.stash[_HOME] = home
    for name, mode in (("runtime", 0o700), ("templates", 0o700), ("temporary", 0o711)):
        (home / name).mkdir()
        (home / name).chmod(mode)
    # Some tests do a part as an ordinary user, who has to get through to the folder made for that.
    home.chmod(0o711)
    os.environ["DEJIKATSU_DESK_HOME"] = str(home)
    os.environ["XDG_RUNTIME_DIR"] = str(home / "runtime")
    os.environ[TEMPLATES] = str(home / "templates")
    # Nor what has just been saved there: it would be offered where a file is asked for.
    os.environ["XDG_CONFIG_HOME"] = str(home / "config")
    os.environ["XDG_DOWNLOAD_DIR"], os.environ["XDG_DESKTOP_DIR"] = str(home / "downloads"), str(home / "desktop")
    # Everything that anybody puts into the temporary folder, child processes too, goes with the home.
    os.environ["TMPDIR"] = tempfile.tempdir = str(home / "temporary")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Take the thrown-away home down again, and what was copied: Qt would let go of it when Python is no
    longer there."""
    gui = sys.modules.get("PySide6.QtGui")
    if gui is not None and gui.QGuiApplication.instance() is not None:
        gui.QGuiApplication.clipboard().clear()
    home = config.stash.get(_HOME, None)
    if home is not None:
        shutil.rmtree(home, ignore_errors=True)


_HOME: pytest.StashKey[Path] = pytest.StashKey()
_LONG = {
    "journeys", "test_demo_command", "test_layout", "test_letting_go", "test_loaded_ahead",
    "test_opening_in_spite_of_old_things", "test_pictures", "test_tally_recount",
}  # fmt: skip
_OF_WINDOWS = {"screens", "journeys", "startup"}
_PAINTED = {"test_main_job_journey"}
_FEW_WINDOWS = 20
_windows_kept = [0]


@pytest.fixture(scope="session", autouse=True)
def every_letter_of_an_event_tells_something() -> None:
    """Stop every test, those of the folder of a new letter first, while the letter has no ``NotificationKind``."""
    assert untold_letters() == set(), "docs/adding.md, A paper of an event: these go out and tell nothing"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """On a fresh copy one worker compiles the modules, and the other reads them."""
    with collecting.one_after_the_other(rewritten=session.config.getoption("assertmode") == "rewrite"):
        return (yield)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with the long ones: whichever of two workers gets one last keeps the other waiting for it."""
    if not IN_FULL:
        later = {"in_full"} if "nightly" in config.getoption("markexpr") else {"in_full", "nightly"}
        waits = [bool(later & {mark.name for mark in item.iter_markers()}) for item in items]
        config.hook.pytest_deselected(items=list(compress(items, waits)))
        items[:] = [item for item, one in zip(items, waits, strict=True) if not one]
    items.sort(key=lambda item: not _LONG & {item.path.stem, item.path.parent.name})


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: the collector need not walk it with every test, nor look so often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Between tests with widgets, not in the midst of them, Python's collector ends what is left of the one before.

    As in the product: a widget that ends while Qt goes through its widgets takes the process with it.
    """
    if "qapp" not in getattr(item, "fixturenames", ()):
        return (yield)
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        _end_widgets()


def _end_widgets() -> None:
    """Let the widgets of the tests before go: each one alive is dressed again whenever a window starts.

    Without a screen Qt knows of the keyboard what the last event said: a Ctrl of the test before is let go too,
    and the button that a double click of QTest holds down.
    """
    from PySide6.QtCore import QCoreApplication, QEvent, Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QWidget

    QTest.keyRelease(QWidget(), Qt.Key.Key_Control)
    if QApplication.mouseButtons() != Qt.MouseButton.NoButton:
        QTest.mouseRelease(QWidget(), Qt.MouseButton.LeftButton)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if len(QApplication.topLevelWidgets()) > _windows_kept[0] + _FEW_WINDOWS:
        gc.collect()
        _windows_kept[0] = len(QApplication.topLevelWidgets())


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """What a test, the product or a child process puts into the temporary folder is gone when the test ends."""
    place = Path(tempfile.gettempdir())
    before = set(place.iterdir())
    yield
    assert [path for path in place.iterdir() if path not in before and not path.name.startswith("pytest-of-")] == []


@pytest.fixture(autouse=True, scope="session")
def no_dialog_of_the_system() -> Iterator[None]:
    """Who asks for a file or folder hears that none was chosen, unless the test says another."""
    with pytest.MonkeyPatch.context() as patched:
        answer_file_dialogs(patched.setattr)
        yield


@pytest.fixture(autouse=True, scope="session")
def light_locks() -> Iterator[None]:
    """Key slots cost next to nothing, as hundreds of tests open a folder with its password."""
    with stretched(LIGHT):
        yield


@pytest.fixture(autouse=True, scope="session")
def light_copies() -> Iterator[None]:
    """A copy that was just made is counted, and not looked through page by page."""
    with trusted():
        yield


@pytest.fixture(autouse=True, scope="session")
def light_memory() -> Iterator[None]:
    """Every eighth page that is left lets the collector walk: here it walks all that was loaded for other tests too."""
    asked = count(1)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(memory, "gc", SimpleNamespace(collect=lambda: next(asked) % 8 or gc.collect()))
        yield


@pytest.fixture
def full_locks() -> Iterator[None]:
    """Key slots as hard as in the product, for the test that asks for it."""
    with stretched(FULL):
        yield


@pytest.fixture
def full_copies() -> Iterator[None]:
    """Copies are looked through as in the product, for the test that asks for it."""
    with looked_through():
        yield


@pytest.fixture
def desk_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home for this test alone: data, settings, logs and exports start empty."""
    monkeypatch.setenv("DEJIKATSU_DESK_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that this PC takes for one on a file server; what tells them apart is tried in ``test_on_disk``."""
    folder = tmp_path / "共有"
    folder.mkdir()
    monkeypatch.setattr(filesystem, "is_on_share", lambda path: path.is_relative_to(folder))
    return folder


@pytest.fixture
def downloads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which what came by mail is saved, for this test alone."""
    folder = tmp_path / "ダウンロード"
    folder.mkdir()
    monkeypatch.setenv("XDG_DOWNLOAD_DIR", str(folder))
    return folder


@pytest.fixture
def project_folder() -> Path:
    """The checkout that the test stands in."""
    return Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def dressed(request: pytest.FixtureRequest) -> None:
    """Where screens are tested: fonts and style as in the real window, and nothing remembered from another test."""
    if "screens" in request.path.parts:
        from tests.support.dressing import dress

        dress(request.getfixturevalue("qapp"))


@pytest.fixture
def qtbot(qapp, request: pytest.FixtureRequest):
    """In place of pytest-qt's own, whose five seconds a machine with other work may need for anything.

    Screens are painted by themselves in a full run and in one journey; ``tests/startup/test_layout.py`` opens every one
    of them in a window that it paints itself. They wear the style sheet where a test measures, or is marked ``styled``.
    """
    from tests.support.dressing import measures
    from tests.support.waiting import PatientBot

    parts = {*request.path.parts}
    return PatientBot(
        request,
        painting=IN_FULL or request.path.stem in _PAINTED or not _OF_WINDOWS & parts,
        styling="screens" not in parts
        or request.node.get_closest_marker("styled") is not None
        or measures(request.path, request.function.__name__),
    )


@pytest.fixture
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """令和8年度, started, without any event; where a test is marked ``sample_year``, with everything of the sample."""
    if request.node.get_closest_marker("sample_year") is None:
        made = started_year(tmp_path)
    else:
        from tests.support.sample import sample_store

        made = sample_store(tmp_path)
    yield made
    made.database.conn.close()


@pytest.fixture
def desk(tmp_path: Path, qtbot) -> Iterator[AppContext]:
    """A desk over the sample year."""
    from tests.support.sample_desk import session

    with session(tmp_path) as made:
        yield made


@pytest.fixture
def event(store: Store) -> int:
    """A 講習会 of the year, without anybody on its roster."""
    return add_lecture(store)


@pytest.fixture
def event_id(store: Store) -> int:
    """An event whose people have needs, telephones and remarks that a day file may not show."""
    from tests.support.day_files import event_with_secrets

    return event_with_secrets(store)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    from tests.support.world import World

    made = World(tmp_path)
    yield made
    made.store.database.conn.close()


@pytest.fixture
def people(tmp_path: Path) -> Iterator[Letters]:
    """An event whose people have places, so that letters to them can be drawn and told."""
    from tests.support.letter_people import Letters

    register_contributions()
    made = Letters(tmp_path / "data")
    yield made
    made.close()


@pytest.fixture
def surveyed(tmp_path: Path) -> tuple[Store, int]:
    """A year with an event that was held, and its survey whose questions are fixed."""
    from tests.support.survey_sheets import fixed_survey

    return fixed_survey(tmp_path / "year")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder of its own, closed."""
    from tests.support.data_folders import copied_folder

    return copied_folder(tmp_path)


@pytest.fixture
def sessions(qtbot, tmp_path: Path) -> Iterator[Sessions]:
    from tests.support.sessions import Sessions

    made = Sessions(qtbot, tmp_path)
    yield made
    made.end_all()


@pytest.fixture
def desk_office(qtbot, tmp_path: Path) -> Iterator[Office]:
    from tests.support.office_days import office

    with office(qtbot, tmp_path / "home") as made:
        yield made


@pytest.fixture
def desk_at(store: Store, qtbot) -> Iterator[MakeDesk]:
    """A desk over the store at a moment of the test's choice (default 2026-09-01 9:00), with undo where it is asked."""
    under_way: list[Tasks] = []

    def make(now: datetime = NOW, *, undoes: bool = False, **other: Any) -> AppContext:
        tasks = Tasks()
        under_way.append(tasks)
        given: dict[str, Any] = {"store": store, "user_name": BY}
        if undoes:
            given |= {"undo": history_services.undo, "redo": history_services.redo}
        return AppContext(tasks=tasks, fiscal_year=2026, clock=lambda: now, **given | other)

    yield make
    for tasks in under_way:
        tasks.shutdown()


@pytest.fixture(scope="session")
def office_calendar() -> OfficeCalendar:
    return OfficeCalendar()


@pytest.fixture(scope="session")
def programme() -> Programme:
    return preset().programme


@pytest.fixture(scope="session")
def lectures() -> EventKind:
    return preset().kinds[0]


@pytest.fixture(scope="session")
def dispatches() -> EventKind:
    return preset().kinds[1]


@pytest.fixture(scope="session")
def exchanges() -> EventKind:
    return preset().kinds[2]
