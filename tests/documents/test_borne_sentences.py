"""What a paper says of an event, a fee or a talk follows the record that bears it."""

from datetime import date

from app.actions.action_context import ActionContext
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import build_document
from app.events.dispatches.services.dispatch_documents import call_passages
from app.events.letters.services.letter_building import default_passages
from app.programme.services import set_document_setting
from app.registers.venues.services import application_passages
from db.records.events import AgendaItem, EquipmentItem
from db.records.programme import DocumentSetting
from db.rows import rows
from tests.support.paper_words import said_by
from tests.support.years import BY, NOW, TODAY, add_dispatch, add_lecture, the_event

WHO = {"by": BY, "now": NOW}
YEAR = DocumentScope(fiscal_year=2026)
LETTERS = ("募集チラシ", "会長あて案内文", "ホームページ原稿", "決定通知", "開催通知", "変更通知")


def sheet_of(store, event_id: int) -> str:
    return said_by(build_document(store, event_id=event_id, kind="実施確認票", now=NOW))


def said_of_the_fee(store, event_id: int) -> str:
    event = the_event(store, event_id)
    texts = [one.text for kind in LETTERS for one in default_passages(store, event=event, kind=kind, on=TODAY)]
    texts += [one.text for one in application_passages(store, event, TODAY)]
    return "\n".join([*texts, *(one.text for one in call_passages(store, YEAR, TODAY))])


def test_what_taking_part_costs_is_what_the_settings_say(store):
    event_id = add_lecture(store)
    free = said_of_the_fee(store, event_id)
    assert free.count("無料") == len(LETTERS)
    assert "参加費を取りません" in free
    assert "費用はかかりません" in free

    setting = DocumentSetting(document_kind="募集チラシ", extra={"参加費": "500円（教材費）"})
    set_document_setting(ActionContext(store, **WHO), setting=setting)
    paid = said_of_the_fee(store, event_id)
    assert paid.count("500円（教材費）") == len(LETTERS) + 1  # and the call for visits
    assert [word for word in ("無料", "取りません", "かかりません") if word in paid] == []


def test_who_brings_a_router_is_what_the_list_of_equipment_says(store):
    here, nowhere = add_dispatch(store, network="有"), add_dispatch(store, date(2026, 10, 22), network="無")
    assert "会場にあり" in sheet_of(store, here)
    assert "会場になし。受託者がモバイルルーター1台を持参" in sheet_of(store, nowhere)

    with store.change(action="区のルーターにした", by=BY, now=NOW) as change:
        (router,) = rows(store.database, EquipmentItem, event_id=nowhere, name="モバイルルーター")
        change.update(EquipmentItem, router.id, owner="区")
    assert "会場になし。区がモバイルルーター1台を持参" in sheet_of(store, nowhere)
    with store.change(action="ルーターを外した", by=BY, now=NOW) as change:
        change.delete(EquipmentItem, router.id)
    assert "持参" not in sheet_of(store, nowhere)


def test_who_hands_out_the_survey_is_what_the_timetable_says(store):
    event_id = add_lecture(store)
    assert "配布・回収は受託者" in sheet_of(store, event_id)
    with store.change(action="区が配ることにした", by=BY, now=NOW) as change:
        (line,) = [one for one in rows(store.database, AgendaItem, event_id=event_id) if "アンケート" in one.title]
        change.update(AgendaItem, line.id, owner="区")
    assert "配布・回収は区" in sheet_of(store, event_id)
    with store.change(action="進行を消した", by=BY, now=NOW) as change:
        change.delete(AgendaItem, line.id)
    assert "配布・回収" not in sheet_of(store, event_id)
