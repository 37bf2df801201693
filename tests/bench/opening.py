"""Opens every screen of the window on the sample year, first and again, while two other processes are at work: how long
it holds the window, how long it takes.

An office PC has a check of viruses and a browser at work beside the program: a turn of the window that nobody feels on
an idle PC is one that is felt there. What holds the window is given twice: by the clock, and in processor time of its
thread alone. On a machine of two cores the clock measures the scheduler as well: where more than the two others are at
work, a gap is mostly waiting for a core (what of it was work stands beside it), and only the processor time says what
is ours to mend. Least of several runs hides what comes once a minute; so the hardest turn of any run is told too.

Each figure is also given as a ratio to an empty screen with a table of twelve rows, opened in the same
run: a ratio holds on a slow or busy machine, a time alone would not. Run by itself it is the child that
opens them all once and prints what it found as JSON; every child is a fresh process, since a screen is
opened for the first time but once.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.main_window.main_window import MainWindow
    from db.store import Store

ROOT = Path(__file__).resolve().parents[2]
CHILDREN = 3
BURNERS = 2
"""Processes that do nothing but work, beside the window."""
LIMIT = 0.1
"""Seconds that a screen may hold the window: longer is felt."""
HEARTBEAT_MS = 5
EMPTY = "何もない画面（12行の一覧）"

NOW = datetime(2026, 12, 1, 9, 5)

LOGIN_ID = "mihon"
_MILLION = 1_000_000
PASSWORD = "見本の長いパスワードです"
_QUIET_SECONDS = 0.3
_AS_STARTED = """\
import runpy
from app.window.memory import spare_sources
spare_sources()
runpy.run_module("tests.bench.opening", run_name="__main__")
"""
"""Loads as a start of the program does."""
_BUSY_SECONDS = 0.004
_AGAIN = 2
_NAMED_BEFORE = {"報告": "報告書", "書類": "帳票"}
"""What a tab of an event was called with ten entries in the side bar."""
_SETTINGS = (
    "numbers",
    "closed_days",
    "office",
    "papers",
    "users",
    "edition",
    "backup",
    "second_place",
    "protected_places",
    "accesses",
    "drill",
    "look",
    "protection",
)


@dataclass(frozen=True)
class Opening:
    """One screen: seconds of the longest block of the window's thread, and until nothing more came, first and again.

    ``first_work`` and ``work`` are the longest turn in seconds of processor time; ``first_within`` and ``within`` are
    how much of it the longest block held.
    """

    name: str
    first_stall: float
    first_whole: float
    stall: float
    whole: float
    first_work: float
    work: float
    first_within: float
    within: float

    @property
    def longest(self) -> float:
        """The longest block, first or again."""
        return max(self.first_stall, self.stall)


@dataclass(frozen=True)
class Round:
    """What one run of the window showed: its screens, the empty one, and megabytes of memory.

    ``home`` with nothing opened but home, ``resident`` after all screens, ``peak`` the most in between; ``data`` are
    the megabytes of the folder that was opened; ``hardest`` the turn of any run with the most processor time, in
    seconds, and where.
    """

    screens: tuple[Opening, ...]
    empty: Opening
    home: float
    resident: float
    peak: float
    data: float = 0.0
    hardest: tuple[float, str] = (0.0, "")


def measure() -> Round:
    """Open every screen in several fresh processes; return the least of each figure."""
    with tempfile.TemporaryDirectory() as place:
        sample = Path(place) / "sample"
        make_sample_folder(sample)
        size = sum(path.stat().st_size for path in sample.rglob("*") if path.is_file()) / _MILLION
        with _others_at_work():
            rounds = [_child(sample, Path(place) / str(number)) for number in range(CHILDREN)]
    return Round(
        screens=tuple(_least(of) for of in zip(*(each.screens for each in rounds), strict=True)),
        empty=_least(tuple(each.empty for each in rounds)),
        home=min(each.home for each in rounds),
        resident=min(each.resident for each in rounds),
        peak=min(each.peak for each in rounds),
        data=size,
        hardest=max(
            (work, f"{one.name}（{when}）")
            for each in rounds
            for one in each.screens
            for work, when in ((one.first_work, "はじめて"), (one.work, "2度目から"))
        ),
    )


@contextmanager
def _others_at_work() -> Iterator[None]:
    """Two processes burn the processor meanwhile."""
    burners = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(BURNERS)]
    try:
        yield
    finally:
        for burner in burners:
            burner.kill()
            burner.wait()


def too_long(found: Round) -> tuple[Opening, ...]:
    """Return the screens that held the window for longer than is allowed, the longest first."""
    return tuple(sorted((each for each in found.screens if each.longest > LIMIT), key=lambda each: -each.longest))


def lines(found: Round) -> Iterator[str]:
    """Yield what is printed: a line for each screen, the memory, the worst five, those that are too long."""
    empty = found.empty

    def figures(one: Opening) -> str:
        pairs = (
            (one.first_stall, empty.first_stall), (one.first_whole, empty.first_whole),
            (one.stall, empty.stall), (one.whole, empty.whole),
        )  # fmt: skip
        return "　".join(f"{of * 1000:5.0f} ms（{of / max(bare, 0.001):5.1f} 倍）" for of, bare in pairs)

    yield (
        f"画面を開く（ほかに{BURNERS}つのプロセスが動く中で。はじめて：止まる・そろうまで／2度目から：止まる・そろうまで、"
        "倍は何もない画面に対して／止まった間のうち画面の処理、はじめて・2度目から／画面の処理がいちばん長い1回、"
        "はじめて・2度目から。止まる時間はコアの順番待ちを含み、処理の時間は含まない）"
    )
    for one in (empty, *found.screens):
        works = (one.first_within, one.within, one.first_work, one.work)
        shown = "・".join(f"{work * 1000:4.0f}" for work in works)
        yield f"    {figures(one)}　{shown} ms　{one.name}"
    worst = sorted(found.screens, key=lambda each: each.stall, reverse=True)[:5]
    yield f"    2度目に長く止まる5つ：{'、'.join(f'{each.name} {each.stall * 1000:.0f} ms' for each in worst)}"
    worst = sorted(found.screens, key=lambda each: each.first_stall, reverse=True)[:5]
    yield f"    はじめに長く止まる5つ：{'、'.join(f'{each.name} {each.first_stall * 1000:.0f} ms' for each in worst)}"
    works = [(one.first_work, f"{one.name}（はじめて）") for one in found.screens]
    works += [(one.work, f"{one.name}（2度目から）") for one in found.screens]
    hard = "、".join(f"{name} {work * 1000:.0f} ms" for work, name in sorted(works, reverse=True)[:15])
    yield f"    画面の処理が長い15：{hard}"
    yield f"    どれか1回での画面の処理の最大：{found.hardest[1]} {found.hardest[0] * 1000:.0f} ms"
    long = too_long(found)
    named = "、".join(f"{each.name} {each.longest * 1000:.0f} ms" for each in long)
    yield f"    {LIMIT * 1000:.0f} ms より長く止まる画面：{named or 'なし'}{'　超過' if long else ''}"
    yield (
        f"    メモリー　ホームまで {found.home:.0f} MB、すべて開いたあと {found.resident:.0f} MB、途中の最大 "
        f"{found.peak:.0f} MB"
    )
    yield f"    見本の1年分のデータ {found.data:.0f} MB"


def _least(several: tuple[Opening, ...]) -> Opening:
    return Opening(
        several[0].name,
        min(each.first_stall for each in several),
        min(each.first_whole for each in several),
        min(each.stall for each in several),
        min(each.whole for each in several),
        min(each.first_work for each in several),
        min(each.work for each in several),
        min(several, key=lambda each: each.first_stall).first_within,
        min(several, key=lambda each: each.stall).within,
    )


def make_sample_folder(folder: Path) -> None:
    """Make the sample year, apart from the children: what making it loads is no memory of the window."""
    from app.data_folder.services.data_folder import close_data_folder
    from app.sample.services.sample_folder import make_sample
    from app.startup.pictures.sample_additions import add_for_pictures

    store = make_sample(folder, password=PASSWORD, now=NOW)
    add_for_pictures(store, now=NOW)
    close_data_folder(store, now=NOW)


def open_sample_folder(folder: Path) -> Store:
    """Open a folder that was made here."""
    from app.contributions import register_contributions
    from app.sample.services.sample_folder import open_sample

    register_contributions()
    return open_sample(folder, password=PASSWORD, now=NOW).store


def _child(sample: Path, home: Path) -> Round:
    shutil.copytree(sample, home / "sample")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "default.warning=false"}
    environment |= {"PYTHONPATH": str(ROOT), "DEJIKATSU_DESK_HOME": str(home)}
    done = subprocess.run(
        [sys.executable, "-c", _AS_STARTED, str(home)],
        check=True,
        env=environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )
    told = json.loads(done.stdout.splitlines()[-1])
    return Round(
        screens=tuple(Opening(**each) for each in told["screens"]),
        empty=Opening(**told["empty"]),
        home=told["home"],
        resident=told["resident"],
        peak=told["peak"],
    )


# in the child


def visits(events: dict[str, int]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield every screen: what it is called, its place, and what is handed to it."""
    from app.startup.pictures.sample_additions import event_with
    from app.startup.screens import event_tabs
    from app.surveys.compare.screens import PAGES as YEAR_PAGES
    from app.surveys.overview.screens import PAGES

    coming, open_one = event_with(events, "第6回"), event_with(events, "第7回")
    fifth, exchange = (event_with(events, part) for part in ("第5回", "第1回 意見交換会"))
    yield "ホーム", "home", {}
    yield "事業", "events", {}
    yield "実施回 概要", "event", {"event_id": coming, "tab": "概要"}
    for tab in event_tabs():
        shown = event_with(events, "派遣") if tab.only_form is not None else coming
        yield f"実施回 {_NAMED_BEFORE.get(tab.title, tab.title)}", "event", {"event_id": shown, "tab": tab.title}
    yield "実施回 人数連絡", "event", {"event_id": coming, "tab": "参加者", "part": "人数連絡"}
    yield "実施回 履歴", "changes", {"event_id": coming}
    for name, place in (
        ("中止・変更の連絡", "calls"),
        ("確認の電話", "confirmations"),
        ("当日", "day"),
        ("受付", "reception"),
    ):
        yield name, place, {"event_id": coming}
    yield "紙の名簿から出欠", "attendance", {"event_id": coming}
    yield "班分け", "groups", {"event_id": exchange}
    yield "事例発表", "presentations", {"event_id": event_with(events, "第2回 意見交換会")}
    for page in ("班の記録", "まとめ"):
        yield f"討議の記録 {page}", "discussion", {"event_id": exchange, "page": page}
    for name, part in (("配慮の手配", "配慮"), ("貸与タブレット", "貸与")):
        yield name, "event", {"event_id": coming, "tab": "当日", "part": part}
    yield "その日の状態", "past", {"event_id": coming}
    yield "応対メモ", "memos", {}
    yield "本人からの請求", "data_requests", {}
    yield "変更", "changes", {}
    yield "年度", "summary", {}
    for page in ("仕様との対照", "支部ごとの数", "満足計・前年", "数を絵で", "照会への回答"):
        yield page, "summary", {"page": page}
    yield "年度の期日", "year", {}
    yield "次年度提案書の根拠", "proposal", {}
    yield "検討メモ", "budget_memo", {}
    yield "引継書", "handover", {}
    yield "仕様書の読み比べ", "specification", {}
    yield "協議・打合せ", "agreements", {}
    yield "派遣の希望票", "events", {"view": "派遣"}
    yield "会場・予約", "venues", {}
    yield "日程の比べ", "schedules", {}
    yield "区の年中行事", "ward_days", {}
    for page in ("取り込み", "一覧", "電話"):
        yield f"申込 {page}", "applications", {"event_id": open_one, "page": page}
    for page in ("団体", "人", "取り込み"):
        yield f"団体 {page}", "organisations", {"view": page}
    yield "参加者", "roster", {"event_id": open_one}
    yield "持出し管理簿", "takeouts", {}
    yield "消す時期が来たもの", "disposal", {}
    yield "契約の終わり", "contract_end", {}
    yield "事故の対応", "incidents", {}
    yield "守ることの一覧", "duties", {}
    yield "目的を選んで出力", "purpose_export", {"event_id": coming}
    yield "受託者の提出物", "turns", {}
    yield "完了・検査・支払", "completion", {}
    yield "情報保護", "ledgers", {"ledger": "transfers"}
    yield "従事者名簿", "ledgers", {"ledger": "workers"}
    yield "確認票", "check_sheet", {"ledger": "cloud"}
    yield "参加者を決める", "choice", {"event_id": open_one}
    yield "参加人数", "participants", {"event_id": coming}
    yield "資料確認", "turns", {"kind": "資料"}
    yield "資料のページと指摘", "materials", {"event_id": coming}
    yield "アンケートの一覧", "survey", {}
    for page in PAGES:
        yield f"アンケート {page}", "survey", {"event_id": fifth, "page": page}
    for page in YEAR_PAGES:
        yield f"年間の集計 {page}", "survey_year", {"page": page}
    yield "年間の集計 実績の一行", "summary", {}
    yield "設問のひな形", "questionnaires", {}
    yield "数字の食い違い検査", "numbers", {"event_id": fifth}
    yield "数字の食い違い（年度）", "numbers", {}
    yield "帳票", "documents", {"kind": "年間計画"}
    yield "通知・募集", "event", {"event_id": open_one, "tab": "書類", "kind": "募集チラシ"}
    yield "報告書の一覧", "turns", {"kind": "実施報告書"}
    yield "報告書 様式", "event", {"event_id": exchange, "tab": "報告", "part": "様式"}
    yield "報告書 内容確認", "report", {"event_id": exchange, "view": "check"}
    for page in _SETTINGS:
        yield f"設定 {page}", "settings", {"page": page}


class Pulse:
    """A heartbeat of the window's thread: what it could not beat through is what a person feels."""

    def __init__(self, window: MainWindow) -> None:
        from PySide6.QtCore import QEventLoop, Qt, QTimer

        self._window = window
        self._loop = QEventLoop()
        self._timer = QTimer(interval=HEARTBEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def open(self, place: str, arguments: dict[str, Any]) -> tuple[float, float, float, float]:
        """Go there; return the longest block, the time until nothing more was to come, the longest turn in processor
        time, and that of the longest block, in seconds."""
        self._longest = self._hardest = self._within = 0.0
        self._start = self._at = self._last_busy = time.perf_counter()
        self._worked = time.thread_time()
        self._timer.start()
        self._window.go(place, **arguments)
        self._beat()
        self._loop.exec()
        self._timer.stop()
        self._close_dialogs()
        return self._longest, self._last_busy - self._start, self._hardest, self._within

    def _close_dialogs(self) -> None:
        """Nobody goes elsewhere while a dialog is open."""
        from PySide6.QtWidgets import QDialog

        for dialog in self._window.findChildren(QDialog):
            dialog.reject()

    def rest(self) -> None:
        """Wait until the window has let go of what it does not keep."""
        from app.main_window.main_window import DISCARD_AFTER_MS

        self._longest = self._hardest = self._within = 0.0
        self._start = self._at = self._last_busy = time.perf_counter() + 2 * DISCARD_AFTER_MS / 1000
        self._worked = time.thread_time()
        self._timer.start()
        self._loop.exec()
        while self._window._discard_timer.isActive() or self._window._memory_timer.isActive():
            self._loop.exec()
        self._timer.stop()

    def _beat(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        self._longest, self._within = max((self._longest, self._within), (now - self._at, worked - self._worked))
        self._hardest = max(self._hardest, worked - self._worked)
        # Work of this thread alone says that something still comes: a busy machine delays a beat as well.
        if worked - self._worked > _BUSY_SECONDS or not self._window.app_context.tasks.is_idle:
            self._last_busy = now
        self._at, self._worked = now, worked
        if now - self._last_busy > _QUIET_SECONDS:
            self._loop.quit()


def window_on(store: Store, home: Path) -> MainWindow:
    """Give the shown window over ``store`` as a login leaves it: what is loaded ahead is loaded."""
    from PySide6.QtWidgets import QApplication

    from app.contributions import register_contributions
    from app.history import services
    from app.main_window.main_window import MainWindow
    from app.settings.pages.screens.settings_host import SettingsHost
    from app.startup.screens import preload_screens, register_screens
    from app.window.app_context import AppContext
    from app.window.background_task import Tasks
    from app.window.language import install_japanese
    from app.window.style_sheet import apply_text_size
    from app.window.ui_settings import use_settings_file
    from tests.support.system_dialogs import answer_file_dialogs

    answer_file_dialogs(setattr)
    application = QApplication.instance() or QApplication(["dejikatsu"])
    assert isinstance(application, QApplication)
    application.setQuitOnLastWindowClosed(False)
    register_contributions()
    install_japanese(application)
    apply_text_size(application, "標準")
    use_settings_file(home / "settings.ini")
    for _name in preload_screens():
        pass
    # Not ``context_over``: what tests stand on loads pytest, a thirtieth of the memory measured here.
    desk = AppContext(
        tasks=Tasks(),
        store=store,
        fiscal_year=2026,
        user_name=store.display_name,
        clock=lambda: NOW,
        sample=True,
        undo=services.undo,
        redo=services.redo,
    )
    window = MainWindow(desk)
    doors = SettingsHost(
        folder=store.folder,
        login_id=store.login_id,
        clock=lambda: NOW,
        on_backup_made=lambda: None,
        leave_for_restore=lambda: None,
        leave_to_change_key=lambda _wish: None,
    )
    register_screens(window, doors)
    window.idle_watch.stop()
    window.open_first_screen()
    window.show()
    window.setMinimumSize(0, 0)
    window.resize(1366, 768)
    return window


def _open_all(store: Store, home: Path) -> dict[str, Any]:
    from app.main_window.navigation import ScreenEntry
    from app.startup.pictures.sample_additions import event_ids
    from app.startup.pictures.waiting import wait_until_idle

    window = window_on(store, home)
    window.register_screen(
        ScreenEntry(screen_name="empty", icon="house", title=EMPTY, factory=_empty_screen, parent_screen="home")
    )
    # The store belongs to its own thread until nothing is asked of it.
    wait_until_idle(window.app_context.tasks)
    home_alone = _memory("VmRSS")
    all_of_them = list(visits(dict(event_ids(store, NOW.date()))))
    missing = set(window._screen_entries) - {"empty"} - {place for _name, place, _arguments in all_of_them}
    if missing:
        raise SystemExit(f"not visited: {sorted(missing)}")
    pulse = Pulse(window)
    times = [pulse.open("empty", {}), *(pulse.open(place, arguments) for _name, place, arguments in all_of_them)]
    again = []
    for _ in range(_AGAIN):
        again.append(
            [pulse.open("empty", {}), *(pulse.open(place, arguments) for _name, place, arguments in all_of_them)]
        )
    window.go("empty")
    wait_until_idle(window.app_context.tasks)
    pulse.rest()
    found = [
        {
            "name": name, "first_stall": first[0], "first_whole": first[1], "first_work": first[2],
            "stall": min(one[number][0] for one in again), "whole": min(one[number][1] for one in again),
            "work": min(one[number][2] for one in again),
            "first_within": first[3], "within": min(one[number] for one in again)[3],
        }
        for number, (name, first) in enumerate(
            zip((EMPTY, *(name for name, _place, _arguments in all_of_them)), times, strict=True)
        )
    ]  # fmt: skip
    resident, peak = _memory("VmRSS"), _memory("VmHWM")
    window.hide()
    window.app_context.tasks.shutdown()
    return {"empty": found[0], "screens": found[1:], "home": home_alone, "resident": resident, "peak": peak}


def _empty_screen(desk: Any) -> Any:
    """Give a screen with nothing but a table of twelve rows."""
    from types import SimpleNamespace

    from app.widgets.lists.record_model import Column
    from app.widgets.lists.record_table import RecordTable
    from app.widgets.screen import Screen, page_column

    class Empty(Screen):
        """One table. Signals: none."""

        def __init__(self) -> None:
            super().__init__(desk)
            columns = (
                Column(key="a", title="名前", show=lambda row: row.name),
                Column(key="b", title="数", show=lambda row: str(row.id)),
            )
            self.table = RecordTable("empty", columns, title=EMPTY, empty="")
            page_column(self).addWidget(self.table)

        def reload(self) -> None:
            """Read nothing, show twelve rows."""
            desk.read(lambda _store: tuple(SimpleNamespace(id=n, name="見本") for n in range(12)), self.table.show_rows)

    return Empty()


def _memory(name: str) -> float:
    """Return a figure of this process in megabytes; Linux alone tells it here."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) / 1024
    raise SystemExit(f"no {name}")


def main(home: Path) -> None:
    """Open every screen on ``home / "sample"``, once and again, and print what was found as JSON."""
    sys.stdout.write(json.dumps(_open_all(open_sample_folder(home / "sample"), home), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
