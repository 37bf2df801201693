"""当日のしおり: what it says of each event, what is left out until somebody looked at it, and what stops it."""

import io
import re
from dataclasses import replace
from datetime import date, datetime

import pypdf
import pytest

from app.actions.user_error import UserError
from app.documents.blocks import DocumentContent
from app.documents.guide_blocks import GuideLines, GuidePanel, GuideSheet, GuideWriting, PlaceMap
from app.documents.pdf.blocks.guide_panels import arrange_panels
from app.documents.pdf.blocks.guide_sheet import FOLD, FOLDED, PANEL
from app.documents.pdf.blocks.place_map import draw_map
from app.documents.pdf.output.pdf_archive import DocumentCanvas
from app.documents.pdf.typesetting.pen import Pen
from app.documents.pdf.typesetting.typefaces import open_collection
from app.documents.services import documents
from app.documents.services.document_doubts import read_doubts
from app.documents.services.document_passages import set_passage
from app.documents.services.document_scope import DocumentScope
from app.documents.services.document_states import StoppedByState, override_stop
from app.documents.services.editions import fingerprint
from app.event.rules.agenda import default_agenda
from app.event.services import event_moves
from app.event_day.day.rules import AIMS, KIND, LARGE_KIND, LEARNT, NEXT, STEPS, TROUBLE, attendee_rows
from app.event_day.day.services.day_pack import read_pack
from app.event_day.day.services.guide_documents import mark_guide_checked, read_guide
from app.programme.intake import preset
from app.surveys.questions.services.surveys import set_online
from db.records.documents import DocumentPassage
from db.records.event_status import EventStatus
from db.records.events import AgendaItem, Event
from db.records.participants import ExpectedCount
from db.records.surveys import EventSurvey
from db.records.venues import Venue
from db.rows import rows
from tests.support.cancelling import cancel_event
from tests.support.sample import BY, NOW, acting
from tests.support.type_sizes import sizes_of

WHO = {"by": BY, "now": NOW}


def built(world, event: str = "L6", kind: str = KIND, now: datetime = NOW) -> DocumentContent:
    return documents.build_document(world.store, event_id=world.events[event], kind=kind, now=now)


def sheet(world, event: str = "L6") -> GuideSheet:
    return next(one for one in built(world, event).blocks if isinstance(one, GuideSheet))


def part(panel: GuidePanel, heading: str):
    found = [one for one in (*panel.parts, *panel.foot) if getattr(one, "heading", None) == heading]
    return found[0] if found else None


def said_after(made: GuideSheet) -> str:
    return "".join(part(made.back, "おわったあと").lines)


def pages(content: DocumentContent) -> list[str]:
    drawn = documents.render(content, format="pdf")
    reader = pypdf.PdfReader(io.BytesIO(drawn.data))
    return [re.sub(r"\s", "", page.extract_text()) for page in reader.pages]


def test_every_event_with_a_timetable_has_two_sides_that_name_nobody_and_bear_no_number(world):
    for name in world.events:
        content = built(world, name)
        assert (len(pages(content)), content.personal, content.header_left, content.footer_right) == (2, False, "", "")
    people = {one for (one,) in world.store.database.conn.execute("SELECT name FROM people")}
    said = "".join(pages(built(world, "L6")))
    assert not [name for name in people if name.replace(" ", "").replace("　", "") in said]


def test_the_timetable_is_that_of_whoever_comes(world):
    rows_ = part(sheet(world).left, "きょうの流れ").rows
    assert rows_[0] == ("1:30", "受付", "")
    assert rows_[-1] == ("4:00", "おわり", "")
    assert ("3:55", "アンケート、閉会", "") in rows_
    with world.store.change(action="x", **WHO) as change:
        item = rows(world.store.database, AgendaItem, event_id=world.events["L6"], order="position")[0]
        change.update(AgendaItem, item.id, title="会場設営")
    assert "会場設営" not in [words for _clock, words, _line in part(sheet(world).left, "きょうの流れ").rows]


def test_its_end_is_that_of_the_cover_and_a_survey_after_the_end_stands_there_too():
    """A 派遣 whose parts make 110 minutes of the two hours ends when the cover says, not when its last part does."""
    visit = attendee_rows([one for one in default_agenda(preset().kinds[1]) if one.minutes], "10:00", "12:00", "9:30")
    assert visit[-2:] == (("11:20", "質疑応答", ""), ("12:00", "おわり", ""))
    rows_ = default_agenda(preset().kinds[2])
    timed, after = [one for one in rows_ if one.minutes], [one for one in rows_ if not one.minutes]
    assert attendee_rows(timed, "14:00", "16:00", "13:30", after=after)[-1] == ("4:00", "おわり、アンケート", "")
    longer = [*timed, replace(timed[-1], minutes=15)]
    assert attendee_rows(longer, "14:00", "16:00", "13:30")[-1] == ("4:15", "おわり", ""), "then the doubts say so"


def test_nothing_meant_for_whoever_comes_is_left_out_and_what_is_left_out_is_named(world):
    event_id = world.events["L6"]
    told = (
        "LINEを使う準備（友だち追加）", "集合写真", "機材トラブルのときの直し方", "おわり・片付け方の説明", "質問",
    )  # fmt: skip
    inside = ("集合、会場設営、機材の動作確認", "職員の打合せ", "片付け（受託者）")
    with world.store.change(action="x", **WHO) as change:
        for row in rows(world.store.database, AgendaItem, event_id=event_id):
            change.delete(AgendaItem, row.id)
        for number, title in enumerate((*told, *inside, "見回り")):
            form = "撤収" if title == "見回り" else "実習"
            change.insert(AgendaItem(event_id=event_id, position=number, minutes=13, title=title, form=form))
    listed = [words for _clock, words, _line in part(sheet(world).left, "きょうの流れ").rows]
    assert listed == ["受付", *told, "おわり"]
    said = read_doubts(world.store, scope=DocumentScope(event_id=event_id), kind=KIND, today=NOW.date())
    named = "」「".join((*inside, "見回り"))
    assert f"「{named}」は職員の作業とみて、「きょうの流れ」に入れていません。" in said


def test_what_is_proposed_is_printed_only_once_somebody_looked_and_not_when_it_changed_since(world):
    event_id = world.events["L4"]
    view = read_guide(world.store, event_id=event_id, on=NOW.date())
    assert view.unchecked == (AIMS, LEARNT)
    assert part(sheet(world, "L4").back, LEARNT) is None
    mark_guide_checked(acting(world.store), event_id=event_id)
    assert part(sheet(world, "L4").back, LEARNT).lines == (
        "活用事例の紹介", "比較、メリットおよびデメリットの説明", "操作体験",
    )  # fmt: skip
    with pytest.raises(UserError):
        mark_guide_checked(acting(world.store), event_id=event_id)
    with world.store.change(action="x", **WHO) as change:
        item = next(one for one in rows(world.store.database, AgendaItem, event_id=event_id) if "事例" in one.title)
        change.update(AgendaItem, item.id, title="LINEの事例")
    assert read_guide(world.store, event_id=event_id, on=NOW.date()).unchecked == (LEARNT,)
    assert part(sheet(world, "L4").back, LEARNT) is None


def test_steps_are_only_what_somebody_typed_and_stand_numbered_with_a_line(world):
    assert part(sheet(world, "L4").right, STEPS) is None
    set_passage(
        acting(world.store),
        event_id=world.events["L4"],
        kind=KIND,
        part=STEPS,
        text="「＋」を押す　画面の下\n写真を選ぶ",
    )
    assert part(sheet(world, "L4").right, STEPS).rows == (("1", "「＋」を押す", "画面の下"), ("2", "写真を選ぶ", ""))
    assert len(part(sheet(world, "L6").right, STEPS).rows) == 5  # those of the sample year


def test_the_next_step_names_what_its_readers_may_still_join_and_what_others_do_makes_no_other_edition(world):
    """Made on 12/1 for 12/8: applications for 第7回 close before anybody reads it, those for the next one do not."""
    said = part(sheet(world).back, NEXT)
    assert said.as_of == "12月1日現在"
    assert not [line for line in said.lines if "第7回" in line]
    lines = part(sheet(world, "L5").back, NEXT).lines  # long held: read today
    assert lines[0] == "12月18日（金）　第7回 ホームページ・電子回覧板講習会（申込みは12月1日（火）まで）"
    third = built(world, now=datetime(2026, 12, 3, 9, 0))
    assert part(third.blocks[0].back, NEXT).as_of == "12月3日現在"
    assert fingerprint(built(world)) == fingerprint(third)

    before = built(world, "L5")
    event_moves.move_event(
        acting(world.store), event_id=world.events["L7"], new_date=date(2027, 1, 22), reason="講師の都合による"
    )
    after = built(world, "L5")
    assert part(after.blocks[0].back, NEXT).lines != part(before.blocks[0].back, NEXT).lines
    assert fingerprint(after) == fingerprint(before)


@pytest.mark.parametrize("kind", [KIND, LARGE_KIND, "アンケート用紙", "アンケート用紙（拡大版）"])
def test_a_day_to_answer_by_that_ends_before_the_event_stops_what_says_it(world, kind):
    event_moves.move_event(
        acting(world.store), event_id=world.events["L6"], new_date=date(2026, 12, 17), reason="講師の都合による"
    )
    with pytest.raises(StoppedByState, match=r"締切（12月15日（火））が、実施日（12月17日（木））より前"):
        built(world, kind=kind)

    survey = rows(world.store.database, EventSurvey, event_id=world.events["L6"])[0]
    set_online(acting(world.store), survey_id=survey.id, url=survey.online_url, close=date(2026, 12, 24))
    assert built(world, kind=kind).passed_reason == ""


def test_devices_wifi_and_survey_follow_the_event(world):
    exchange, visit = sheet(world, "E2"), sheet(world, "D3")
    assert part(exchange.left, "きょう使うもの").lines == ("このしおり、筆記用具、眼鏡",)
    assert part(sheet(world).back, "おわったあと").url
    assert not part(visit.back, "おわったあと").url
    assert "スマートフォン" in said_after(sheet(world))
    bare = part(exchange.back, "おわったあと")
    assert (bare.url, "スマートフォン" in said_after(exchange)) == ("", False), "nobody is sent to what stands nowhere"
    with world.store.change(action="x", **WHO) as change:
        change.update(Event, world.events["L6"], network="無")
    assert part(sheet(world).left, "Wi-Fi") is None


def test_venue_names_aed_refuge_and_a_map_only_with_its_source_and_permission(world):
    scope = DocumentScope(event_id=world.events["L6"])
    event = rows(world.store.database, Event, id=world.events["L6"])[0]
    venue = next(one for one in rows(world.store.database, Venue, name=event.venue) if one.room == event.room)
    outside = pages(built(world))[0]
    for word in ("AED1階の受付", "避難場所北がわの公園", "つつじ通り", "徒歩8分", "区の著作"):
        assert word in outside
    with world.store.change(action="x", **WHO) as change:
        change.update(Venue, venue.id, aed="", refuge="", map_permission="")
    said = "".join(read_doubts(world.store, scope=scope, kind=KIND, today=NOW.date()))
    assert "AEDの場所と避難場所" in said
    assert "使用の許可が会場の一覧に書かれるまで" in said
    assert "つつじ通り" not in pages(built(world))[0]


def test_typed_words_hold_no_venue_and_no_event_so_that_neither_grows_old_in_them(world):
    event_id = world.events["L6"]
    texts = {one.part: one.text for one in read_guide(world.store, event_id=event_id, on=NOW.date()).texts}
    for name, more in ((TROUBLE, "黄色い腕章の職員へ"), (NEXT, "動画も見られます。")):
        set_passage(acting(world.store), event_id=event_id, kind=KIND, part=name, text=f"{texts[name]}\n{more}")
    event = rows(world.store.database, Event, id=event_id)[0]
    coming = next(one for one in part(sheet(world).back, NEXT).lines if "意見交換会" in one)
    with world.store.change(action="x", **WHO) as change:
        change.insert(Venue(name="べつの会館", room=event.room, aed="3階の事務室", refuge="南の学校"))
        change.update(Event, event_id, venue="べつの会館")
        change.update(Event, world.events["E2"], status=EventStatus.CANCELLED, cancel_reason="大雪")
    back = sheet(world).back
    helped = {first: line for first, line, _more in part(back, TROUBLE).rows}
    assert (helped["AED"], helped["避難場所"]) == ("3階の事務室", "南の学校")
    assert "黄色い腕章の職員へ" in helped
    assert (part(back, NEXT).as_of, coming in part(back, NEXT).lines) == ("12月1日現在", False)
    (typed,) = [one for one in back.parts if isinstance(one, GuideLines) and "動画も見られます。" in one.lines]
    assert typed.as_of == "", "what somebody typed on another day is not of today"


@pytest.mark.parametrize("kind", [KIND, LARGE_KIND])
def test_words_of_another_venue_stop_the_guide_until_they_are_mended_or_a_reason_is_written(world, kind):
    scope = DocumentScope(event_id=world.events["L6"])
    typed = "気分がわるい　近くの職員へ。AEDは2階の給湯室です。"
    set_passage(acting(world.store), scope=scope, kind=KIND, part=TROUBLE, text=typed)
    with pytest.raises(StoppedByState, match="AEDの場所が、会場の一覧（1階の受付）と合いません") as stop:
        built(world, kind=kind)
    assert not stop.value.final
    (row,) = [one for one in read_pack(world.store, event_id=world.events["L6"], now=NOW).rows if one.kind == KIND]
    assert "確かめるところ" in row.state
    override_stop(acting(world.store), scope=scope, kind=kind, reason="2台ある")
    assert built(world, kind=kind).passed_reason == "2台ある"
    right = typed.replace("2階の給湯室", "1階の受付")
    set_passage(acting(world.store), scope=scope, kind=KIND, part=TROUBLE, text=right)
    assert built(world, kind=kind).passed_reason == ""
    with world.store.change(action="x", **WHO) as change:  # as it was kept while the place stood in the words
        base = rows(world.store.database, DocumentPassage, document_kind=KIND, part=f"{TROUBLE}（元の文）")[0]
        change.update(DocumentPassage, base.id, text="気分がわるい　近くの職員へ。AEDは1階の受付です。")
    with pytest.raises(StoppedByState, match="もとの内容が変わっています：「困ったとき」"):
        built(world, kind=kind)
    assert "「困ったとき」" in read_doubts(world.store, scope=scope, kind=kind, today=NOW.date())[0]


def test_a_cancelled_event_has_none_whatever_the_reason_and_names_the_letter_that_fits(world):
    event_id = world.events["L7"]
    cancel_event(world.store, event_id=event_id, reason="大雪", **WHO)
    with pytest.raises(StoppedByState) as stopped:
        built(world, "L7")
    assert stopped.value.final
    assert "中止通知" in stopped.value.happened
    with pytest.raises(UserError, match="中止"):
        override_stop(acting(world.store), scope=DocumentScope(event_id=event_id), kind=KIND, reason="それでも")


def test_a_moved_event_is_made_again_with_its_new_day(world):
    with world.store.change(action="x", **WHO) as change:
        change.update(Event, world.events["L7"], event_date=date(2027, 1, 15))
    assert part(sheet(world, "L7").front, "1月15日（金）") is not None


def test_copies_are_the_people_and_the_reserve_for_nobody_one_and_199(world):
    event_id = world.events["E2"]
    one = ExpectedCount(event_id=event_id, position=1, organisation_name="見本　１９９人の会", people=1)
    for people, copies in ((0, 0), (1, 3), (199, 219)):
        with world.store.change(action="x", **WHO) as change:
            change.update(Event, event_id, count_source="入力")
            for row in rows(world.store.database, ExpectedCount, event_id=event_id):
                change.delete(ExpectedCount, row.id)
            if people:
                change.insert(replace(one, people=people))
        content = built(world, "E2")
        assert (content.copies, len(pages(content))) == (copies, 2)
        pack = read_pack(world.store, event_id=event_id, now=NOW)
        assert next(row for row in pack.rows if row.kind == KIND).copies == max(copies, 1)


def drawn_of(content: DocumentContent) -> bytes:
    return documents.render(content, format="pdf").data


def smallest_inside(data: bytes) -> float:
    """The smallest type on the pages after the cover and its back, without marks and page numbers."""
    return min(size for size, sign in sizes_of(data, first=1) if sign not in set("見本0123456789"))


def test_a_full_back_gives_a_part_to_the_inside_and_keeps_its_fourteen_points(world):
    data = drawn_of(built(world))
    outside, inside = pages(built(world))
    assert ("きょうのまとめ" in inside, "きょうのまとめ" in outside) == (True, False)
    assert inside.index("手順") < inside.index("きょうのまとめ") < inside.index("書きとめる")
    assert smallest_inside(data) >= 14
    assert max(size for size, _sign in sizes_of(data, last=1)) > 20


def test_words_that_no_panel_has_room_for_make_a_booklet_of_whole_sheets(world):
    event_id = world.events["L6"]
    long = "\n".join(f"{'長い名前の部分' * 6}{number}" for number in range(9))
    for name in (STEPS, LEARNT, NEXT):
        set_passage(acting(world.store), event_id=event_id, kind=KIND, part=name, text=long)
    content = built(world)
    sides = pages(content)
    assert len(sides) == 4
    assert "".join(sides).count("長い名前の部分8") == 3
    assert smallest_inside(drawn_of(content)) >= 14
    # Folded into each other, the sheets have the pages 8 and 1, 2 and 7, 6 and 3, 4 and 5.
    assert ("当日のしおり" in sides[0], "問合せ先" in sides[0], "きょうの流れ" in sides[1]) == (True, True, True)
    assert FOLD - 14 - PANEL >= 13.9


def panel_of(*heights: int) -> GuidePanel:
    return GuidePanel(parts=tuple(GuideLines(f"{number}", ("x",) * size) for number, size in enumerate(heights)))


def measured(part: GuideLines | GuideWriting, _inside: bool) -> float:
    return len(part.lines) if isinstance(part, GuideLines) else part.least


def test_as_little_as_possible_is_moved_to_a_panel_with_room():
    left, right, back = panel_of(6, 3), panel_of(4), panel_of(5, 4, 2)
    arranged = arrange_panels(GuideSheet(front=panel_of(1), left=left, right=right, back=back), measured, 10)
    assert [len(panel.parts) for panel in arranged] == [1, 2, 2, 2]
    assert arranged[2].parts[1] is back.parts[2]
    same = GuideSheet(front=panel_of(1), left=left, right=right, back=panel_of(5, 4))
    assert arrange_panels(same, measured, 10) == same.in_order


def test_a_booklet_has_whole_sheets_in_reading_order_and_a_long_part_goes_on():
    sheet_ = GuideSheet(front=panel_of(1), left=panel_of(12), right=panel_of(9), back=panel_of(9, 9, 3))
    pages_ = arrange_panels(sheet_, measured, 10)
    assert len(pages_) % 4 == 0
    held = [part for panel in pages_ for part in panel.parts if isinstance(part, GuideLines)]
    assert [(part.heading, len(part.lines)) for part in held] == [
        ("0", 1), ("0", 5), ("0（つづき）", 5), ("0（つづき）", 2), ("0", 5), ("0（つづき）", 4),
        ("0", 5), ("0（つづき）", 4), ("1", 5), ("1（つづき）", 4), ("2", 3),
    ]  # fmt: skip
    filled = [panel for panel in pages_[1:] if not isinstance(panel.parts[0], GuideWriting)]
    assert all(sum(measured(part, True) for part in panel.parts) <= 5 for panel in filled)


def test_the_large_form_is_a4_portrait_in_18_points(world):
    content = built(world, kind=LARGE_KIND)
    assert content.type_size == 18
    drawn = documents.render(content, format="pdf")
    page = pypdf.PdfReader(io.BytesIO(drawn.data)).pages[0]
    assert (round(float(page.mediabox.width)), round(float(page.mediabox.height))) == (595, 842)
    assert "おわり" in "".join(pages(content))


def test_a_map_of_names_of_32_signs_stays_within_its_frame(world):
    long = "見本区民館別館多目的総合交流研修施設第二会議室兼視聴覚室北棟三階"
    assert len(long) == 32
    block = PlaceMap(station=long, building=long, exit=long, street=long, minutes=99)
    drawn: list[tuple[float, float]] = []

    class Ruler(Pen):
        def text(self, x, y, text, style, anchor="left", **more):
            wide = self.width(text, style)
            left = x - wide / 2 if anchor == "center" else x - wide if anchor == "right" else x
            drawn.append((left, left + wide))
            super().text(x, y, text, style, anchor, **more)

    canvas = DocumentCanvas(io.BytesIO(), open_collection().face("gothic").primary)
    pen = Ruler(canvas, open_collection(), FOLDED)
    draw_map(pen, 58, block)
    assert len(drawn) == 7  # 通り and 出口 on two lines
    assert min(left for left, _right in drawn) >= 0
    assert max(right for _left, right in drawn) <= 58
