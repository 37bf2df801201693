"""A day of return that was written down wrong: corrected in the ledger by keyboard, and home says the right one,
tomorrow too."""

from datetime import datetime
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt

from tests.bench import opening
from tests.bench.opening import window_on
from tests.support.clerk import Clerk
from tests.support.sample import sample_store
from tests.support.stores import give_a_slot

WHAT = "持出しの返却を記録する"


@pytest.fixture
def sits(qtbot, qapp, tmp_path, monkeypatch):
    """A clerk who comes in on a day; the window of the day before is gone."""
    store = sample_store(tmp_path / "year")
    give_a_slot(store)
    shown = []

    def leave():
        for window in shown:
            window.hide()
            window.app_context.tasks.shutdown()
        shown.clear()

    def come(moment: datetime) -> Clerk:
        leave()
        monkeypatch.setattr(opening, "NOW", moment)
        shown.append(window_on(store, tmp_path / "home"))
        clerk = Clerk(qtbot, SimpleNamespace(main_window=shown[0], tasks=shown[0].app_context.tasks))
        clerk.wait()
        return clerk

    yield come
    leave()


@pytest.mark.nightly
def test_home_has_the_corrected_day_of_return_today_and_tomorrow(sits):
    clerk = sits(datetime(2026, 12, 1, 9, 5))
    clerk.sees(f"今日　目安日 返却予定　{WHAT}")
    clerk.press("設定", starts=True)
    clerk.item("情報保護")
    clerk.row("持出し管理簿")
    clerk.row("配慮の手配の一覧")
    clerk.key(Qt.Key.Key_F2)
    clerk.choose("直す欄", "返却予定")
    clerk.type("返却予定", "11/4")
    clerk.type("理由", "日を書き誤った", leave=False)
    clerk.press("訂正行を加える")
    clerk.sees("返却予定が、持ち出し日時より前です")
    clerk.type("返却予定", "12/4")
    clerk.press("訂正行を加える")
    clerk.press("ホーム", starts=True)
    clerk.sees(f"あと3日・開庁日 3日　12/4(金) 目安日 返却予定　{WHAT}")

    clerk = sits(datetime(2026, 12, 5, 9, 5))
    clerk.press("目安日を過ぎたもの", starts=True)
    clerk.sees(f"目安日を1日過ぎ　12/4(金) 目安日 返却予定　{WHAT}")
    clerk.press("設定", starts=True)
    clerk.item("情報保護")
    clerk.row("持出し管理簿")
    clerk.sees("予定を過ぎています")
