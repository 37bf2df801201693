"""Undo, redo and the 履歴: own actions, newest first, also after a restart, until an export."""

from datetime import date, datetime, timedelta

import pytest

from app.actions.user_error import UserError
from app.history import services as history_services
from db import journal
from db.records.documents import Outgoing
from db.records.event_form import EventForm
from db.records.events import AgendaItem, Event
from db.records.programme import Programme
from db.records.submissions.materials import Finding, Material, MaterialVersion
from db.tables import journal as journal_table
from tests.support.history_lines import list_history
from tests.support.next_undo import next_redo, next_undo
from tests.support.stores import new_store

ME, OTHER = "見本 花子", "見本 太郎"
NOW = datetime.fromisoformat("2026-09-16T14:05")


@pytest.fixture
def store(tmp_path):
    opened = new_store(tmp_path)
    with opened.change(action="年度を始めた", by="準備", now=NOW, subject="programme") as change:
        change.insert(Programme(fiscal_year=2026, title="見本の事業", term_end=date(2027, 3, 31)))
        change.insert(Event(kind="講習会", form=EventForm.LECTURE, subject="はじめ"))
        change.insert(Event(kind="派遣", form=EventForm.VISIT, subject="別の事業"))
    yield opened
    opened.database.conn.close()


def rename(store, subject, *, by=ME, event_id=1, minutes=0):
    with store.change(
        action=f"題名を「{subject}」に変えた",
        by=by,
        now=NOW + timedelta(minutes=minutes),
        subject="events",
        event_id=event_id,
    ) as change:
        change.update(Event, event_id, subject=subject)


def title(store, event_id=1):
    return store.database.execute("SELECT subject FROM events WHERE id = ?", [event_id]).fetchone()[0]


def undo(store, by=ME):
    return history_services.undo(store, by=by, now=NOW)


def redo(store, by=ME):
    return history_services.redo(store, by=by, now=NOW)


def test_actions_are_taken_back_newest_first_and_repeated_in_order(store):
    for subject in ("一", "二", "三"):
        rename(store, subject)
    seen = []
    for _ in range(3):
        undo(store)
        seen.append(title(store))
    assert seen == ["二", "一", "はじめ"]
    with pytest.raises(UserError, match="元に戻せる操作がありません"):
        undo(store)
    for expected in ("一", "二", "三"):
        redo(store)
        assert title(store) == expected
    with pytest.raises(UserError, match="やり直せる操作がありません"):
        redo(store)
    undo(store)
    redo(store)
    undo(store)
    undo(store)
    assert title(store) == "一"
    assert journal.check_chain(store.database, store.keys.chain) == []


def test_an_undo_is_an_action_of_its_own_and_says_what_it_took_back(store):
    rename(store, "一")
    assert next_undo(store, by=ME) == "題名を「一」に変えた"
    assert undo(store).message == "「題名を「一」に変えた」を元に戻しました。"
    assert next_undo(store, by=ME) == ""
    assert next_redo(store, by=ME) == "題名を「一」に変えた"
    lines = list_history(store, event_id=1)
    assert [line.action for line in lines] == ["「題名を「一」に変えた」を元に戻した", "題名を「一」に変えた"]
    assert [line.is_undone for line in lines] == [False, True]


def test_only_ones_own_actions_are_taken_back(store):
    rename(store, "わたしの", event_id=1)
    rename(store, "同僚の", by=OTHER, event_id=2)
    undo(store)
    assert (title(store, 1), title(store, 2)) == ("はじめ", "同僚の")


def test_a_row_changed_since_by_somebody_else_refuses_and_names_the_later_change(store):
    rename(store, "わたしの")
    rename(store, "同僚の", by=OTHER, minutes=5)
    with pytest.raises(UserError) as refused:
        undo(store)
    assert "見本 太郎さんが9/16(水) 14:10に「題名を「同僚の」に変えた」" in refused.value.happened
    assert title(store) == "同僚の"


def test_a_new_row_that_others_refer_to_by_now_is_not_taken_away(store):
    with store.change(action="事業を加えた", by=ME, now=NOW, subject="events") as change:
        new = change.insert(Event(kind="講習会", form=EventForm.LECTURE, subject="新しい"))
    with store.change(action="当日進行を加えた", by=OTHER, now=NOW, subject="events", event_id=new) as change:
        change.insert(AgendaItem(event_id=new, position=1, minutes=10, title="開会"))
    with pytest.raises(UserError, match="当日進行を加えた"):
        undo(store)
    assert title(store, new) == "新しい"


def test_rows_that_hang_on_one_another_go_and_come_back_together(store):
    with store.change(action="資料を受領した", by=ME, now=NOW, subject="materials", event_id=1) as change:
        material = change.insert(Material(event_id=1, position=1, title="テキスト"))
        version = change.insert(MaterialVersion(material_id=material, version=1, received_on=date(2026, 9, 1)))
        change.insert(Finding(version_id=version, position=1, page="3", text="字が小さい"))
        change.update(Material, material, note="第1版")
    undo(store)
    assert [
        store.database.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("materials", "findings")
    ] == [0, 0]
    redo(store)
    assert store.database.execute("SELECT note FROM materials").fetchone()[0] == "第1版"
    assert store.database.execute("SELECT count(*) FROM findings").fetchone()[0] == 1


def test_what_was_done_before_a_screen_opened_is_left_to_the_other_screens(store):
    def why(since):
        with pytest.raises(UserError, match="元に戻せる操作がありません") as refused:
            history_services.undo(store, by=ME, now=NOW, since=since)
        return refused.value.todo

    elsewhere = "この画面を開く前の操作は、ほかの画面で元に戻せます。"
    assert why(history_services.last_action(store)) != elsewhere, "nothing of one's own was done before either"
    rename(store, "開く前")
    opened = history_services.last_action(store)
    assert why(opened) == elsewhere
    rename(store, "開いたあと")
    history_services.undo(store, by=ME, now=NOW, since=opened)
    assert title(store) == "開く前"
    assert why(opened) == elsewhere


def test_a_new_action_closes_the_way_to_redo(store):
    rename(store, "一")
    undo(store)
    rename(store, "二")
    assert next_redo(store, by=ME) == ""


def test_what_cannot_be_repeated_is_named_with_the_later_change(store):
    rename(store, "一")
    undo(store)
    rename(store, "二", by=OTHER)
    with pytest.raises(UserError, match=r"\A「題名を「一」に変えた」はやり直せません。.*「題名を「二」に変えた」"):
        redo(store)


def test_a_row_that_was_referred_to_since_is_not_deleted_again(store):
    with store.change(action="実施回を外した", by=ME, now=NOW, subject="events") as change:
        change.delete(Event, 2)
    undo(store)
    with store.change(action="資料を加えた", by=OTHER, now=NOW, subject="materials") as change:
        change.insert(Material(event_id=2, position=0, title="手順書"))
    with pytest.raises(UserError, match=r"\A「実施回を外した」はやり直せません。.*「資料を加えた」"):
        redo(store)
    assert title(store, 2) == "別の事業"


def export(store, *, by=ME, event_id=None, subject="papers", minutes=0):
    with store.change(
        action="名簿を保存した",
        by=by,
        now=NOW + timedelta(minutes=minutes),
        subject=subject,
        event_id=event_id,
        barrier=True,
    ) as change:
        change.insert(
            Outgoing(document_kind="受付名簿", reference="", version=1, format="pdf", way="印刷", by=by, at=NOW)
        )


def test_nothing_of_an_event_is_taken_back_before_ones_own_export_of_it(store):
    rename(store, "出力の前")
    export(store, event_id=1)
    with pytest.raises(UserError) as refused:
        undo(store)
    assert "「名簿を保存した」より前の操作は、元に戻せません" in refused.value.todo
    rename(store, "出力のあと")
    undo(store)
    assert title(store) == "出力の前"


def test_what_a_colleague_prints_stops_nobody_else(store):
    rename(store, "わたしの")
    export(store, by=OTHER, event_id=1)
    assert next_undo(store, by=ME) == "題名を「わたしの」に変えた"
    undo(store)
    assert title(store) == "はじめ"
    export(store, by=OTHER, event_id=1)
    redo(store)
    assert title(store) == "わたしの"


def test_an_export_of_one_event_leaves_the_others_open_and_what_is_passed_by_is_said(store):
    rename(store, "別の題名", event_id=2)
    rename(store, "出した題名", event_id=1)
    export(store, event_id=1)
    assert undo(store).message == (
        "「題名を「別の題名」に変えた」を元に戻しました。"
        "「題名を「出した題名」に変えた」は、「名簿を保存した」より前のため、そのままです（直すときは、"
        "「変更」でその操作を選び、「この場所を開く」から直せます）。"
    )
    assert (title(store, 1), title(store, 2)) == ("出した題名", "別の事業")


def test_a_change_across_events_is_stopped_by_an_export_of_any_of_them(store):
    with store.change(action="まとめて変えた", by=ME, now=NOW, subject="organisations") as change:
        change.update(Event, 2, subject="まとめて")
    export(store, event_id=1)
    assert next_undo(store, by=ME)
    export(store, event_id=2)
    with pytest.raises(UserError, match="元に戻せる操作がありません"):
        undo(store)
    with store.change(action="進行を変えた", by=ME, now=NOW, subject="organisations") as change:
        change.insert(AgendaItem(event_id=2, position=1, minutes=10, title="開会"))
    export(store, event_id=1)
    assert next_undo(store, by=ME) == "進行を変えた"


def test_an_export_without_an_event_stops_what_concerns_no_event_and_has_its_subject(store):
    def close(subject):
        with store.change(action=f"{subject}を変えた", by=ME, now=NOW, subject=subject) as change:
            change.update(Programme, 1, title=f"見本の事業（{subject}）")

    close("programme")
    export(store)
    assert next_undo(store, by=ME) == "programmeを変えた"
    undo(store)
    close("papers")
    rename(store, "実施回の")
    export(store)
    assert next_undo(store, by=ME) == "題名を「実施回の」に変えた"
    undo(store)
    with pytest.raises(UserError, match="元に戻せる操作がありません"):
        undo(store)


def test_the_beginning_of_a_folder_holds_for_everybody(store):
    rename(store, "わたしの", event_id=1)
    rename(store, "同僚の", by=OTHER, event_id=2)
    export(store, by="準備", subject="programme")
    for somebody in (ME, OTHER):
        with pytest.raises(UserError, match="元に戻せる操作がありません"):
            undo(store, by=somebody)


@pytest.mark.parametrize(
    ("of_event", "later", "refused"),
    [
        (True, {"event_id": 1}, True), (True, {"event_id": 2}, False), (True, {"subject": "events"}, False),
        (True, {"event_id": 1, "by": OTHER}, False), (True, None, False),
        (False, {"subject": "programme"}, True), (False, {"subject": "papers"}, False), (False, {"event_id": 1}, False),
        (False, {"by": OTHER, "subject": "programme"}, True),
    ],
)  # fmt: skip
def test_one_action_is_taken_back_alone_unless_an_export_of_ones_own_covers_it(store, of_event, later, refused):
    if of_event:
        rename(store, "一")
    else:
        with store.change(action="題名を変えた", by=ME, now=NOW, subject="programme") as change:
            change.update(Programme, 1, title="別の事業")
    entry = journal_table.entry_of(store.database, history_services.last_action(store))
    with store.change(action="進行を変えた", by=ME, now=NOW, subject="events", event_id=1) as change:
        change.insert(AgendaItem(event_id=1, position=1, minutes=10, title="開会"))
    if later is not None:
        export(store, **later)
    said = "そのあとに「名簿を保存した」（9/16(水) 14:05）があります。その場所を開いて直してください。"
    assert history_services.undo_entry_problem(store, entry=entry, by=ME) == (said if refused else "")


def test_an_export_of_ones_own_ends_what_could_be_repeated(store):
    rename(store, "一")
    undo(store)
    export(store, event_id=1)
    assert next_redo(store, by=ME) == ""


def test_a_ledger_row_is_never_deleted_but_cancelled(store):
    with store.change(action="書類を渡した", by=ME, now=NOW, subject="papers") as change:
        change.insert(
            Outgoing(document_kind="受付名簿", reference="", version=1, format="pdf", way="印刷", by=ME, at=NOW)
        )
        change.update(Event, 1, note="渡した")
    undo(store)
    ways = [row[0] for row in store.database.execute("SELECT way FROM outgoing ORDER BY id").fetchall()]
    assert ways == ["印刷", "取消"]
    redo(store)
    ways = [row[0] for row in store.database.execute("SELECT way FROM outgoing ORDER BY id").fetchall()]
    assert ways == ["印刷", "取消", "印刷"]
    assert store.database.execute("SELECT note FROM events WHERE id = 1").fetchone()[0] == "渡した"


def test_the_history_reads_in_words_with_before_and_after(store):
    with store.change(action="実施日を変えた", by=ME, now=NOW, subject="events", event_id=1) as change:
        change.update(Event, 1, event_date=date(2026, 9, 30), tools=("LINE", "Zoom"), extra_materials=False)
        change.insert(AgendaItem(event_id=1, position=1, minutes=10, title="開会"))
    line = list_history(store, event_id=1)[0]
    assert (line.by, line.action, line.at) == (ME, "実施日を変えた", NOW)
    assert [(one.row_name, one.field, one.before, one.after) for one in line.changes] == [
        ("事業「はじめ」", "実施日", "（空欄）", "令和8年9月30日（水）"),
        ("事業「はじめ」", "使うもの", "（空欄）", "LINE、Zoom"),
        ("事業「はじめ」", "追加資料あり", "はい", "いいえ"),
        ("当日進行「開会」", "", "", "加えた"),
    ]


def test_the_history_comes_page_by_page(store):
    for count in range(5):
        rename(store, f"題名{count}")
    pages = [list_history(store, event_id=1, limit=2, offset=offset) for offset in (0, 2, 4)]
    assert [len(page) for page in pages] == [2, 2, 1]
    assert pages[0][0].action == "題名を「題名4」に変えた"


def test_every_table_and_field_has_a_japanese_name(store):
    from app.history import services as history_services
    from db.mapping import TABLE_OF

    for stored in TABLE_OF.values():
        assert stored in history_services.TABLES
        for column in store.database.query(f"PRAGMA table_info([{stored}])"):
            if history_services.is_shown(stored, column["name"]):
                name = history_services.field_name(stored, column["name"])
                assert name not in ("", "そのほか"), f"{stored}.{column['name']}"
                assert not name.isascii() or name in ("ID", "FAX")


NAMES = {"person_id": {4: "見本 一子"}, "organisation_id": {5: "みほん町会"}, "entry_id": {6: "見本 二子"}}


@pytest.mark.parametrize(
    ("table", "row", "names", "said"),
    [
        ("entries", {"person_id": 4, "organisation_id": 5}, NAMES, "名簿「見本 一子」"),
        ("entries", {"person_id": None, "organisation_id": 5}, NAMES, "名簿「みほん町会」"),
        ("arrangements", {"entry_id": 6}, NAMES, "配慮の手配「見本 二子」"),
        ("entries", {"person_id": 9, "organisation_id": None}, NAMES, "名簿"),
        ("entries", {}, NAMES, "名簿"),
        ("entries", {}, {"person_id": {1: "見本 四子"}}, "名簿"),
        ("entries", {"person_id": 4}, None, "名簿"),
        ("people", {"name": "見本 三子", "organisation_id": 5}, NAMES, "参加者「見本 三子」"),
        ("events", {"subject": "LINE講習会", "organisation_id": 5}, NAMES, "事業「LINE講習会」"),
        ("materials", {"title": "テキスト"}, NAMES, "資料「テキスト」"),
        ("materials", {"title": ""}, None, "資料"),
        ("nothing_of_ours", {"name": "x"}, NAMES, "記録"),
    ],
)
def test_a_row_is_named_by_whom_it_is_about_else_by_its_own_name(table, row, names, said):
    assert history_services.row_name(table, row, names) == said


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        ("events.event_date", None, "（空欄）"), ("events.event_date", "2026-09-30", "令和8年9月30日（水）"),
        ("events.event_date", "あした", "あした"), ("outgoing.at", "2026-09-16T14:05", "令和8年9月16日（水） 14:05"),
        ("events.extra_materials", 1, "はい"), ("events.extra_materials", 0, "いいえ"),
        ("programmes.amount", 2_970_000, "2,970,000"), ("events.venue_capacity", 24, "24人"),
        ("events.subject", "[仮]", "[仮]"), ("gone.x", 7, "7"),
        ("events.tools", "[]", "（空欄）"), ("events.tools", '["LINE","Zoom"]', "LINE、Zoom"),
        ("events.tools", "[壊れた", "[壊れた"), ("organisations.stages", '{"LINE":""}', "（空欄）"),
        ("kind_numbers.held_last_year", '{"LINE":2,"Zoom":null}', "LINE：2"),
        ("reports.points", '{"写真":true,"感想":false}', "写真：はい、感想：いいえ"),
        ("programmes.owed", '[{"paper":"届","when":"求めたとき","clause":""}]', "提出物：届、いつまで：求めたとき"),
        ("kind_numbers.questions", '[{"title":"満足度","code":"q1"},{"title":"年代"}]', "満足度、年代"),
    ],
)  # fmt: skip
def test_a_stored_value_is_said_in_words_by_the_type_of_its_field(place, value, said):
    assert history_services.value_words(*place.split("."), value) == said


@pytest.mark.parametrize(
    ("place", "part", "value", "said"),
    [
        ("events.event_date", "", "2026-09-30", "令和8年9月30日（水）"), ("gone.x", "", 7, "7"),
        ("kind_numbers.questions", "0", '{"title":"満足度","code":"q1"}', "設問文：満足度、設問の番号：q1"),
        ("received_papers.points", "", '{"内容":{"note":"よい"}}', "内容：注記：よい"),
        ("received_papers.points", "内容", '{"result":"適","note":"よい"}', "結果：適、注記：よい"),
    ],
)  # fmt: skip
def test_a_part_of_a_value_is_said_with_all_its_fields(place, part, value, said):
    assert history_services.part_words(*place.split("."), part, value) == said
