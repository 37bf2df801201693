"""Pictures of every screen on the sample year, for the manual and for looking at what a change did."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget

from app.services import history
from app.services.clock import now_of
from app.services.events import list_events
from app.startup.launch import pc_clock
from app.startup.screens import register_screens
from app.startup.window import start_window
from app.ui.background_task import Tasks
from app.ui.desk import Desk
from app.ui.language import speak_japanese
from app.ui.main_window import MainWindow
from app.ui.remembered import remember_in
from app.ui.screens.settings.doors import SettingsDoors
from app.ui.style_sheet import put_on
from db import on_disk
from db.store import Store

_PATIENCE = 20_000
_QUIET = 6


@dataclass(frozen=True)
class Shot:
    """One picture: its name, where to go, and the words of buttons to press there, in turn."""

    name: str
    place: str
    arguments: dict[str, Any] = field(default_factory=dict)
    press: tuple[str, ...] = ()


def take_pictures(store: Store, folder: Path, width: int, height: int) -> list[str]:
    """Write a picture of every screen into ``folder`` at ``width`` × ``height`` logical pixels; return the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    application = QApplication.instance() or QApplication(["dejikatsu"])
    assert isinstance(application, QApplication)
    speak_japanese(application)
    with on_disk.folder_for_a_while(folder) as place:
        remember_in(place / "settings.ini")
        put_on(application, "標準")
        paths = _start_pages(place, folder, width, height)
        paths += _desk_pages(store, folder, width, height)
    return paths


def _desk_pages(store: Store, folder: Path, width: int, height: int) -> list[str]:
    now = now_of(store, pc_clock())
    tasks = Tasks()
    desk = Desk(
        tasks=tasks, store=store, user_name=store.display_name, fiscal_year=2026, clock=lambda: now,
        undo=history.undo, redo=history.redo, sample=True,
    )  # fmt: skip
    window = MainWindow(desk)
    doors = SettingsDoors(
        folder=store.folder, login_id=store.login_id, clock=pc_clock, backup_made=lambda: None,
        leave_for_restore=lambda: None,
    )  # fmt: skip
    register_screens(window, doors)
    window.idle_watch.stop()
    window.open_last()
    window.show()
    # After showing: the window first takes the size it had last time.
    window.setMinimumSize(0, 0)
    window.resize(width, height)
    paths = []
    rows = list_events(store, today=now.date()).rows
    events = {row.title: row.id for row in rows}
    for shot in _shots(events):
        desk.go(shot.place, **shot.arguments)
        _settle(tasks)
        for words in shot.press:
            _press(window, words)
            _settle(tasks)
        paths.append(_save(_front(window), folder / f"{shot.name}.png"))
        _close_dialogs(window)
        _settle(tasks)
    window.hide()
    tasks.shutdown()
    window.deleteLater()
    return paths


def _shots(events: dict[str, int]) -> Iterator[Shot]:
    def number(part: str) -> int:
        return next(found for title, found in events.items() if part in title)

    instagram, homepage = number("第6回"), number("第7回")
    line, exchange, fifth = number("第2回 LINE"), number("第1回 意見交換会"), number("第5回")
    yield Shot("01-ホーム", "home")
    yield Shot("02-事業・日程", "events")
    yield Shot("02b-実施回を追加", "events", press=("実施回を追加",))
    yield Shot("03-実施回の概要", "event", {"event_id": instagram, "tab": "概要"})
    yield Shot("04-日付を変える", "event", {"event_id": homepage, "tab": "概要"}, press=("日付を変える",))
    yield Shot("05-参加人数", "event", {"event_id": instagram, "tab": "人数連絡"})
    yield Shot("05-団体", "organisations")
    yield Shot("05-人", "organisations", {"view": "人"})
    yield Shot("05-団体の一覧を取り込む", "organisations", {"view": "取り込み"})
    yield Shot("05a-申込を取り込む", "applications", {"event_id": homepage})
    yield Shot("05b-電話の申込", "applications", {"event_id": homepage, "page": "電話"})
    yield Shot("05c-参加者", "roster", {"event_id": homepage})
    yield Shot("05d-参加者を決める", "choice", {"event_id": homepage})
    yield Shot("05e-通知と募集の書類", "letters", {"event_id": homepage, "kind": "募集チラシ"})
    yield Shot("05f-目的を選んで出力", "purpose_export", {"event_id": instagram})
    yield Shot("06-受付", "reception", {"event_id": instagram})
    yield Shot("06a-紙の名簿から出欠", "attendance", {"event_id": instagram})
    yield Shot("06b-当日", "event", {"event_id": instagram, "tab": "当日"})
    yield Shot("06c-班分け", "groups", {"event_id": exchange})
    yield Shot("06d-配慮の手配", "arrangements", {"event_id": instagram})
    yield Shot("06e-貸与タブレット", "tablets", {"event_id": instagram})
    yield Shot(
        "06f-当日持出しファイル", "event", {"event_id": instagram, "tab": "当日"}, press=("持出しファイルを作る",)
    )
    yield Shot("07-資料確認", "materials", {"event_id": instagram})
    yield Shot("08-アンケートの一覧", "survey")
    yield Shot("08a-設問", "survey", {"event_id": instagram, "page": "設問"})
    yield Shot("08d-設問のひな形", "questionnaires")
    yield Shot("08e-年間の集計", "survey_year")
    yield Shot("08f-設問のひな形", "questionnaires")
    yield Shot("08g-設問を比べる", "questionnaires", {"compare": (("ひな形", 1), ("ひな形", 2))})
    yield Shot("08b-集計", "survey", {"event_id": line, "page": "集計"})
    yield Shot("08c-回答", "survey", {"event_id": fifth, "page": "回答"})
    yield Shot("09-検算・代行入力", "survey", {"event_id": fifth, "page": "検算・代行入力"})
    yield Shot("09b-オンラインの取込み", "survey", {"event_id": fifth, "page": "取り込み"})
    yield Shot("10-報告書の一覧", "report")
    yield Shot("10b-報告書の様式", "report", {"event_id": line, "view": "form"})
    yield Shot("11-帳票", "documents", {"event_id": line, "kind": "実施報告書"})
    yield Shot("16-報告書の内容確認", "report", {"event_id": exchange, "view": "check"})
    yield Shot("15-団体・参加者", "organisations")
    yield Shot("15a-人", "organisations", {"view": "people"})
    yield Shot("17-中止・変更の連絡", "calls", {"event_id": instagram})
    yield Shot("19-会場・予約", "venues")
    yield Shot("19a-持出し管理簿", "takeouts")
    yield Shot("18-履歴", "event", {"event_id": fifth, "tab": "履歴"})
    for name, words in (("numbers", "契約の数"), ("closed_days", "閉庁日"), ("office", "所属・担当者"),
                        ("papers", "帳票の宛先"), ("users", "利用者"), ("backup", "バックアップ"), ("look", "表示")):  # fmt: skip
        yield Shot(f"20-設定-{words}", "settings", {"page": name})


def _start_pages(home: Path, folder: Path, width: int, height: int) -> list[str]:
    """The pages before the window: the question at the first start and its steps."""
    frame = start_window(settings_folder=home / "start", clock=pc_clock)
    _pause(200)
    frame.resize(width, height)
    _pause(300)
    paths = [_save(frame, folder / "13-はじめて使うとき.png")]
    if _press(frame, "新しく始める"):
        _pause(400)
        paths.append(_save(frame, folder / "13b-新しく始める.png"))
    frame.hide()
    frame.tasks.shutdown()
    frame.deleteLater()
    return paths


def _press(window: QWidget, words: str) -> bool:
    for button in _front(window).findChildren(QPushButton):
        if button.isVisible() and button.isEnabled() and words in button.text():
            button.click()
            return True
    return False


def _front(window: QWidget) -> QWidget:
    dialogs = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
    return dialogs[-1] if dialogs else window


def _close_dialogs(window: QWidget) -> None:
    while isinstance(front := _front(window), QDialog):
        front.reject()
        if front.isVisible():
            front.hide()


def _save(part: QWidget, path: Path) -> str:
    part.grab().save(str(path))
    return str(on_disk.absolute(path))


def _settle(tasks: Tasks) -> None:
    """Wait until nothing has been under way for a while: one answer may ask the next question."""
    quiet = 0
    while quiet < _QUIET:
        if not tasks.idle:
            _wait_for(lambda: tasks.idle)
            quiet = 0
        _pause(50)
        quiet += 1


def _wait_for(reached: Callable[[], bool]) -> None:
    loop = QEventLoop()
    ticker = QTimer(interval=10)
    ticker.timeout.connect(lambda: loop.quit() if reached() else None)
    end = QTimer(singleShot=True, interval=_PATIENCE)
    end.timeout.connect(loop.quit)
    ticker.start()
    end.start()
    if not reached():
        loop.exec()


def _pause(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
