"""The 配慮 of an event as it is read after each step, and what the suppliers were told."""

from dataclasses import replace
from datetime import date

import pytest

from app.actions.user_error import UserError
from app.event.services.event_records import read_event_records
from app.events.arrangements import services
from app.events.roster.services.roster import assign_roster_numbers
from db.records.documents import Notification
from db.records.events import Event
from db.records.roster import Arrangement, Entry, PhotoConsent
from db.rows import by_id, rows
from tests.support.door_people import DOOR, acting, door_event, entries_by_name, who, write
from tests.support.paper_lines import assert_paper

DAY = DOOR.date()


def test_who_needs_something_stands_by_number_with_what_was_arranged_and_then_the_whole_event(store):
    event_id, said = door_event(store), []
    people = entries_by_name(store, event_id)
    first, hearing, signing = (people[name].id for name in ("みほん 節子", "髙橋 見本子", "渡邉 例子"))

    def look(title, message=""):
        view = services.read_arrangements(store, event_id=event_id)
        said.append(f"【{title}】{view.count.people}人のうち済{view.count.settled}　{message}")
        for one in view.rows:
            name = f"{one.row.entry.number} {one.row.name}" if one.row else "回の全体"
            state = "手配不要　" * one.is_nothing_needed + "済" * one.is_settled
            made = [f"{each.kind} {each.content}（{each.settled_on}）" for each in one.arrangements]
            said.append(f"{name}　{'・'.join(one.proposed)}　{state}　{'、'.join(made)}")

    def subject():
        return read_event_records(store, event_id).as_subject

    def add(entry_id, kind, **values):
        given = Arrangement(event_id=event_id, entry_id=entry_id, kind=kind, **values)
        return services.add_arrangement(acting(store), arrangement=given)

    look("はじめ")
    assign_roster_numbers(acting(store), event_id=event_id)
    write(store, Arrangement(event_id=event_id, content="手配不要", settled_on=DAY))
    ordered = {"content": " 2人 ", "ordered_on": date(2026, 9, 10), "ordered_to": "みほん手話の会"}
    signs = add(signing, "手話通訳", **ordered)
    look("手話通訳を頼んだ", signs.message)
    look("配慮のない方の手配", add(first, "席").message)
    look("断られた", add(hearing, "席", refused_because="席がない").message)
    look("もう1つ", add(hearing, "その他", refused_because=" ", settled_on=date(2026, 9, 2)).message)
    look("回の全体", add(None, "要約筆記", ordered_on=date(2026, 9, 12)).message)
    done = services.settle_arrangement(acting(store), event_id=event_id, arrangement_id=signs.id)
    look("済", done.message)
    with store.change(action="欠席", **who()) as change:
        change.update(Entry, hearing, state="辞退")
        change.update(Entry, first, number=None)
        change.update(Entry, signing, number=1)
    look("辞退と番号のない方")
    with pytest.raises(UserError, match="もう手配があります"):
        services.mark_nothing_needed(acting(store), entry_id=first)

    def told(title):
        for one in rows(store.database, Notification, event_id=event_id):
            withdrawn = f"取消 {one.withdrawn_reason}" if one.withdrawn else ""
            said.append(f"{title}　{one.key} {one.title}　{one.told_on} {one.told_to} {one.told_how}　{withdrawn}")

    told("連絡")
    kept = by_id(store.database, Arrangement, signs.id)
    for title, values in (
        ("備考だけ", {"note": "見本"}), ("頼み先", {"ordered_to": ""}), ("日", {"ordered_on": date(2026, 9, 11)}),
        ("頼んでいない", {"ordered_on": None}),
    ):  # fmt: skip
        services.change_arrangement(acting(store), arrangement=replace(kept, **values))
        kept = by_id(store.database, Arrangement, signs.id)
        told(title)
    services.change_arrangement(acting(store), arrangement=replace(kept, settled_on=None, refused_because="いない"))
    look("頼めなかった")
    services.reopen_arrangement(acting(store), event_id=event_id, arrangement_id=signs.id)
    look("戻した")
    matters = services.order_matters(subject())
    said += services.order_message(subject(), matters[0]).split("\n")
    with store.change(action="中止", **who()) as change:
        change.update(Event, event_id, status="中止")
    assert (len(matters), services.order_matters(subject())) == (1, ())
    assert_paper(said, "配慮の手配")


def test_nothing_to_arrange_is_one_mark_and_gone_arrangements_are_refused(store):
    event_id = door_event(store)
    person = entries_by_name(store, event_id)["渡邉 例子"]
    services.mark_nothing_needed(acting(store), entry_id=person.id)
    (row,) = [one for one in services.read_arrangements(store, event_id=event_id).rows if one.is_settled]
    assert (row.row.name, row.is_nothing_needed, row.arrangements[0].settled_by) == (
        "渡邉 例子",
        True,
        acting(store).by,
    )
    with pytest.raises(UserError, match="もうありません"):
        services.settle_arrangement(acting(store), event_id=event_id, arrangement_id=999)
    done = services.set_photo_consent(acting(store), entry_ids=[person.id, person.id], photo=PhotoConsent.CONDITIONAL)
    assert done.message == "1人を条件つきにしました。"


@pytest.mark.parametrize(
    ("care", "kinds"),
    [
        ("手話通訳と前の方の席", "手話通訳 席"), ("字幕", "要約筆記"), ("大きい字の資料", "拡大資料"),
        ("車椅子、要約筆記", "要約筆記 席"),
        ("", "その他"), ("アレルギー", "その他"),
    ],
)  # fmt: skip
def test_the_words_of_a_need_suggest_what_to_arrange(care, kinds):
    assert " ".join(services.proposed_kinds(care)) == kinds
