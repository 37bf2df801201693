"""設定 says how long people waited for the seat, and when that is too long for a folder."""

import json

from app.data_folder.services import lock_transfer
from app.settings.pages.screens.settings_screen import EditionPage
from db.tables import accounts
from tests.support.settings_pages import no_doors
from tests.support.years import NOW


def shown(desk, store, qtbot) -> str:
    page = EditionPage(desk, no_doors(store.folder, login_id="", clock=lambda: NOW))
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: bool(page.waited.text()))
    return page.waited.text()


def test_the_minutes_waited_stand_in_the_settings(desk_at, store, qtbot):
    days = {NOW.date().isoformat(): 12 * 60, "2026-08-20": 5 * 60, "2026-06-01": 900 * 60}
    accounts.set_fact(store.database, lock_transfer.WAITED_FACT, json.dumps(days))
    assert shown(desk_at(), store, qtbot) == "席を待った時間　本日 12分、この30日間 17分（いちばん長い日 12分）"


def test_a_long_wait_leads_to_it_support(desk_at, store, qtbot):
    accounts.set_fact(store.database, lock_transfer.WAITED_FACT, json.dumps({NOW.date().isoformat(): 45 * 60}))
    assert "情報システム担当者にご相談ください" in shown(desk_at(), store, qtbot)
