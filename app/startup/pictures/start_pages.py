"""The pages before the window, gone through as on the first day: the question, three steps, the key, a colleague's login."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.startup.pictures.steps import fill, press
from app.startup.pictures.waiting import pause, settle
from app.startup.start_window import StartWindow
from app.startup.window import start_window

_FIRST_DAY = datetime.fromisoformat("2026-08-03T09:00")
_LOGIN, _NAME, _PASSWORD = "mihon01", "見本　係員", "みほんの鍵はながいほどよい"


@dataclass(frozen=True, kw_only=True)
class StartPage:
    """A page to take: its name, words that must be seen, its name in ``docs/pictures`` (or none), the window."""

    name: str
    shows: str
    window: QWidget
    paper: str = ""


def start_pages(home: Path, width: int, height: int) -> Iterator[StartPage]:
    """Yield the pages one after the other; data, settings and logs lie in ``home``."""
    first = _window(home / "first", home / "data", width, height)
    yield StartPage(name="はじめて使うとき", shows="見本データで試す", window=first, paper="start")
    press("新しく始める")(first)
    settle(first.tasks)
    yield StartPage(name="新しく始める 年度と契約の数", shows="仕様書の数", window=first)
    press("つぎへ　所属・担当者")(first)
    fill("担当者", "見本　係員")(first)
    settle(first.tasks)
    yield StartPage(name="新しく始める 所属・担当者", shows="このように印字されます", window=first)
    press("つぎへ　IDとパスワード")(first)
    for name, text in (
        ("ID", _LOGIN),
        ("表示名", _NAME),
        ("パスワード", _PASSWORD),
        ("パスワード（もう一度）", _PASSWORD),
    ):
        fill(name, text)(first)
    settle(first.tasks)
    yield StartPage(name="新しく始める IDとパスワード", shows="データを置く場所", window=first)
    press("データフォルダーを作成する")(first)
    settle(first.tasks)
    yield StartPage(name="回復キー", shows="回復キーを印刷する", window=first)
    second = _window(home / "second", home / "data", width, height)
    yield StartPage(name="ログイン", shows="閲覧専用で開く", window=second)
    fill("ID", _LOGIN)(second)
    fill("パスワード", _PASSWORD)(second)
    press("開く")(second)
    settle(second.tasks)
    yield StartPage(name="ほかの人が使用中", shows="使用中", window=second, paper="in-use")
    for window in (second, first):
        window.hide()
        window.tasks.shutdown()
        window.deleteLater()


def _window(settings: Path, data: Path, width: int, height: int) -> StartWindow:
    made = start_window(settings_folder=settings, data_folder=data, clock=lambda: _FIRST_DAY, wait=0.2)
    made.setMinimumSize(0, 0)
    pause(200)
    made.resize(width, height)
    settle(made.tasks)
    return made
