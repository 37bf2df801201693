"""Before printing: each finding of the check, and the way to where it is mended."""

from datetime import date, datetime

from app.actions.action_context import ActionContext
from app.event_day.day.services.preflight import evaluate_preflight, read_preflight_facts
from app.events.headcount import services as headcount_services
from app.events.materials.services import material_board
from app.events.roster.services.roster import read_roster
from db.records.event_status import EventStatus
from db.records.events import Event
from db.records.organisations import Person
from db.records.roster import Arrangement, Entry
from db.tables import roster as roster_table

BY, NOW, TODAY = "見本　係員", datetime(2026, 12, 1, 9, 5), date(2026, 12, 1)


def found(world, subject: str, event: str = "L6"):
    check = evaluate_preflight(read_preflight_facts(world.store, event_id=world.events[event], today=TODAY))
    return [row for row in check.rows if row.finding.subject == subject]


def change(world, *updates) -> None:
    with world.store.change(action="x", by=BY, now=NOW) as open_change:
        for record, row_id, values in updates:
            open_change.update(record, row_id, **values)


def door(world, event: str = "L6"):
    return [row for row in read_roster(world.store, event_id=world.events[event]).check_in_rows if row.person]


def test_a_character_no_font_holds_stops_and_names_person_and_sign(world):
    somebody = door(world)[0]
    change(world, (Person, somebody.person.id, {"name": "\U0003134a木　花子"}))

    (row,) = found(world, "字形")
    assert row.finding.severity == "止まる"
    assert "\U0003134a木　花子" in row.finding.details[0]
    assert "U+3134A" in row.finding.details[0]
    assert (row.link.action, row.link.entry_id) == ("参加者", somebody.entry.id)


def test_a_long_name_is_told_with_the_size_it_gets_and_one_that_fits_nowhere_stops(world):
    first, second = door(world)[:2]
    change(
        world,
        (Person, first.person.id, {"name": "佐久間 アレクサンドラ 美智子"}),
        (Person, second.person.id, {"name": "みほん" * 20}),
    )

    stops, small = found(world, "長い名前")
    assert (stops.finding.severity, small.finding.severity) == ("止まる", "参考")
    assert "名札に入りません" in stops.finding.details[0]
    assert any("佐久間 アレクサンドラ 美智子" in words and "ポイント" in words for words in small.finding.details)


def test_the_same_person_twice_and_at_another_event_of_the_day_is_seen(world):
    first, second = door(world)[:2]
    change(world, (Entry, second.entry.id, {"person_id": first.person.id}))
    (twice,) = found(world, "重複")
    assert twice.finding.sentence == "同じ人と思われる行 2行"

    day = read_roster(world.store, event_id=world.events["L6"]).event.event_date
    other = door(world, "L7")[0]
    change(
        world,
        (Entry, second.entry.id, {"person_id": second.person.id}),
        (Event, world.events["L7"], {"event_date": day, "start_time": "15:00", "end_time": "17:00"}),
        (Entry, other.entry.id, {"person_id": first.person.id}),
    )
    (elsewhere,) = found(world, "重複")
    assert first.name in elsewhere.finding.details[0]
    assert "時間が重なります" in elsewhere.finding.details[0]


def test_a_care_need_is_open_until_it_is_arranged_and_never_says_what_it_is(world):
    event_id = world.events["L6"]
    needing = [row for row in door(world) if row.entry.care.strip()]
    (row,) = found(world, "配慮")
    assert row.finding.sentence == f"配慮 {len(needing)}人の手配がまだ"
    assert not any(one.entry.care in words for one in needing for words in row.finding.details)

    made = roster_table.arrangements(world.store.database, event_id)
    with world.store.change(action="x", by=BY, now=NOW) as open_change:
        for one in needing:
            open_change.insert(Arrangement(event_id=event_id, entry_id=one.entry.id, kind="席", settled_on=TODAY))
        for each in made:
            open_change.update(Arrangement, each.id, settled_on=TODAY)
    assert found(world, "配慮") == []


def test_tablets_materials_and_the_count_told_are_compared(world):
    assert found(world, "タブレット")[0].link.action == "貸与タブレット"
    (handouts,) = found(world, "資料")
    assert handouts.finding.sentence == "まだ使えない資料 2点"
    assert handouts.link.action == "資料"
    event_id = world.events["L6"]
    assert "参加人数を連絡していません" in found(world, "人数")[0].finding.sentence

    made = headcount_services.make_headcount_notice(ActionContext(world.store, BY, NOW), event_id=event_id)
    headcount_services.mark_headcount_notified(
        ActionContext(world.store, BY, NOW), notice_id=made.id, notified_to="業務責任者", notified_how="メール"
    )
    assert found(world, "人数") == []
    change(world, (Entry, door(world)[0].entry.id, {"state": "辞退"}))
    assert found(world, "人数")[0].finding.sentence == "連絡した14人が、いまは13人。変更連絡が必要です"


def test_an_event_with_nothing_to_mend_says_so(world):
    check = evaluate_preflight(read_preflight_facts(world.store, event_id=world.events["E1"], today=TODAY))
    assert all(row.finding.severity != "止まる" for row in check.rows)
    assert material_board.read_handouts_to_check(world.store, event_id=world.events["E1"])


def test_once_it_was_held_only_what_stops_a_paper_is_still_said(world):
    somebody = door(world)[0]
    change(world, (Person, somebody.person.id, {"name": "\U0003134a木　花子", "furigana": ""}))
    assert "木　花子" in found(world, "ふりがな")[0].finding.details[0]
    assert found(world, "氏名未定")[0].finding.sentence == "氏名未定 1人。名簿の氏名が空きます"
    change(world, (Event, world.events["L6"], {"status": EventStatus.HELD}))

    check = evaluate_preflight(read_preflight_facts(world.store, event_id=world.events["L6"], today=TODAY))
    assert {row.finding.severity for row in check.rows} == {"止まる"}
    assert found(world, "字形")
