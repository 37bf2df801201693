"""入場番号: given when a place is decided, never twice, on letter, roster and at the door; letters of before stay."""

import io
import re
from dataclasses import replace
from datetime import datetime

import openpyxl
import pypdf
import pytest
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument
from reportlab.graphics.barcode import code128

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.blocks import Letterhead, LetterItems, RosterList
from app.documents.services import documents
from app.documents.services.document_saving import save_document, set_letter_state
from app.documents.services.document_scope import DocumentScope
from app.documents.services.editions import fingerprint
from app.documents.services.file_saving import SaveOptions
from app.event.services.event_changes import duplicate_event
from app.event_day.reception.services import matching_rows, read_reception, receive, record_attendance
from app.events.letters.services.letter_documents import render_each, save_each
from app.events.letters.services.letter_page import build_each
from app.events.roster.rules import AdmissionCode, SelectionTerms, read_admission_code
from app.events.roster.services.admissions import enable_admission_numbers
from app.events.roster.services.entry_changes import remove_entries, replace_person, set_state
from app.events.roster.services.entry_names import WantedPerson
from app.events.roster.services.roster import assign_roster_numbers, read_roster
from app.events.roster.services.selections import save_selection
from app.history.services import last_action, undo, undo_entry
from app.registers.venues.services import remove_map, save_map
from db.records.documents import LetterForm, LetterState
from db.records.events import Event
from db.records.organisations import Organisation, Person
from db.records.roster import Entry, EntryState
from db.records.venues import Venue
from db.rows import by_id, rows
from tests.support.sample import BY, NOW, acting, back_to_draft
from tests.support.undo_venues import MAP

DOOR = datetime(2026, 12, 8, 13, 35)
WHO = {"by": BY, "now": NOW}


@pytest.fixture
def event_id(world):
    return world.events["L6"]


def letter(world, event: str = "L6"):
    return documents.build_document(world.store, event_id=world.events[event], kind="決定通知", now=NOW)


def entries(world, event: str = "L6") -> list[Entry]:
    return rows(world.store.database, Entry, event_id=world.events[event])


def test_switched_off_a_letter_and_a_roster_are_byte_for_byte_what_they_were(world):
    before = documents.render(letter(world), format="pdf").data
    roster = documents.render_document(
        world.store, event_id=world.events["L6"], kind="受付名簿", format="pdf", now=NOW
    ).data
    enable_admission_numbers(acting(world.store), event_id=world.events["L7"], on=True)
    assert documents.render(letter(world), format="pdf").data == before
    again = documents.render_document(
        world.store, event_id=world.events["L6"], kind="受付名簿", format="pdf", now=NOW
    ).data
    assert again == roster


def test_switched_on_everybody_decided_has_a_number_and_the_letter_bears_it_with_the_map(world, event_id):
    back_to_draft(world.store, event_id)
    enable_admission_numbers(acting(world.store), event_id=event_id, on=True)
    given = [one.admission for one in entries(world) if one.admission]
    assert given == list(range(501, 501 + len(given)))
    assert len(given) >= 13
    content = letter(world)
    heads = [one.admission for one in content.blocks if isinstance(one, Letterhead)]
    assert heads[0][0] == "501"
    assert {under for head in heads for under in head[1:]} <= {f"ほか {number}人" for number in range(1, 9)}
    event = by_id(world.store.database, Event, event_id)
    venue = next(one for one in rows(world.store.database, Venue, name=event.venue) if one.room == event.room)
    with world.store.change(action="x", **WHO) as change:
        change.update(
            Venue, venue.id, map_station="見本台駅", map_minutes=6, map_source="区で作成", map_permission="区の著作"
        )
    content = letter(world)
    assert [one.place_map.station for one in content.blocks if isinstance(one, LetterItems) and one.place_map] == [
        "見本台駅"
    ] * len(heads)
    drawn = documents.render(content, format="pdf")
    assert drawn.pages == len(heads)  # each letter is one page
    text = re.sub(r"\s", "", pypdf.PdfReader(io.BytesIO(drawn.data)).pages[0].extract_text())
    for word in ("入場番号", "501", "受付では入場番号をお聞きします", "徒歩6分", "問合せ先"):
        assert word in text


def test_a_letter_that_is_kept_has_the_picture_of_its_map_and_takes_no_other(world):
    event = by_id(world.store.database, Event, world.events["L7"])
    venue = next(one for one in rows(world.store.database, Venue, name=event.venue) if one.room == event.room)
    with world.store.change(action="x", **WHO) as change:
        change.update(Venue, venue.id, map_source="区で作成", map_permission="区の著作")
    save_map(acting(world.store), venue_id=venue.id, picture=MAP)
    set_letter_state(
        acting(world.store), event_id=event.id, kind="決定通知", form=LetterForm.FORMAL, state=LetterState.IN_APPROVAL
    )
    remove_map(acting(world.store), venue_id=venue.id)
    content = letter(world, "L7")
    assert content.kept is not None
    maps = [one.place_map for one in content.blocks if isinstance(one, LetterItems) and one.place_map]
    assert maps
    assert {one.data for one in maps} == {MAP.data}


def put_group(world, people: int) -> None:
    event = by_id(world.store.database, Event, world.events["E2"])
    with world.store.change(action="x", **WHO) as change:
        change.update(Event, world.events["L7"], venue=event.venue, room=event.room)
        group = change.insert(Organisation(name="見本大人数の会", branch="第1支部"))
        for number in range(people):
            one = change.insert(Person(organisation_id=group, name=f"見本　八{number}", role="会長"))
            change.insert(
                Entry(
                    event_id=world.events["L7"],
                    person_id=one,
                    organisation_id=group,
                    state="申込",
                    applied_at=NOW,
                    role="会員",
                    device="貸与",
                )
            )
    enable_admission_numbers(acting(world.store), event_id=world.events["L7"], on=True)


def test_a_letter_to_eight_people_with_a_long_subject_and_the_map_is_one_page(world):
    """The map takes no line of the page: it stands beside day and venue, smaller where room is short."""
    put_group(world, 8)
    content = letter(world, "L7")
    assert (
        max(
            int(one.admission[1].strip("ほか 人"))
            for one in content.blocks
            if isinstance(one, Letterhead)
            if one.admission[1:]
        )
        == 7
    )
    items = [one for one in content.blocks if isinstance(one, LetterItems) and one.place_map is not None]
    heads = [one for one in content.blocks if isinstance(one, Letterhead)]
    assert len(items) == len(heads)
    assert [label for label, _value in items[0].rows] == ["日時", "会場"]
    assert items[0].rows[0][1].split("\n")[1].startswith("午後2時から午後4時まで")
    assert documents.render(content, format="pdf").pages == len(heads)


def test_of_a_letter_to_twelve_people_only_their_table_goes_over(world):
    put_group(world, 12)
    (content,) = [
        one
        for one in build_each(world.store, event_id=world.events["L7"], kind="決定通知", now=NOW)
        if "大人数" in one.file_stem
    ]
    drawn = documents.render(content, format="pdf")
    first, second = (re.sub(r"\s", "", page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(drawn.data)).pages)
    (head,) = [block for block in content.blocks if isinstance(block, Letterhead)]
    given = [str(number) for _entry, number in head.places]
    assert ("別紙のとおり（12人）" in first, "問合せ先" in first, "徒歩" in first) == (True, True, True)
    assert [number for number in given if number not in second] == []
    assert given[1] not in first
    assert ("見本八11様（会員）" in second, "問合せ先" in second, "見本大人数の会" in second) == (True, False, True)


def test_a_number_is_never_given_twice(world, event_id):
    enable_admission_numbers(acting(world.store), event_id=event_id, on=True)
    last = max(one.admission for one in entries(world) if one.admission)
    gone = next(one for one in entries(world) if one.admission == last)
    set_state(acting(world.store), entry_id=gone.id, state=EntryState.WITHDRAWN, reason="都合")
    assert by_id(world.store.database, Entry, gone.id).admission == last
    remove_entries(acting(world.store), entry_ids=(gone.id,))
    with world.store.change(action="x", **WHO) as change:
        new = change.insert(Entry(event_id=event_id, organisation_name="見本　新しい会", state="落選"))
    set_state(acting(world.store), entry_id=new, state=EntryState.CHOSEN, reason="空きが出たため")
    assert by_id(world.store.database, Entry, new).admission == last + 1


def test_a_copy_of_an_event_begins_its_numbers_anew(world):
    enable_admission_numbers(acting(world.store), event_id=world.events["L6"], on=True)
    copied = duplicate_event(acting(world.store), event_id=world.events["L6"]).id
    assert by_id(world.store.database, Event, copied).last_admission == 0


def test_a_substitute_takes_the_number_of_the_place(world, event_id):
    enable_admission_numbers(acting(world.store), event_id=event_id, on=True)
    first = next(one for one in entries(world) if one.admission and one.person_id)
    made = replace_person(acting(world.store), entry_id=first.id, wanted=WantedPerson(name="見本　代理")).id
    assert by_id(world.store.database, Entry, made).admission == first.admission
    assert by_id(world.store.database, Entry, first.id).admission is None


def test_the_roster_has_its_column_keeps_its_order_and_counts_as_changed(world, event_id):
    assign_roster_numbers(acting(world.store), event_id=event_id)
    before = documents.build_document(world.store, event_id=event_id, kind="受付名簿", now=NOW)
    enable_admission_numbers(acting(world.store), event_id=event_id, on=True)
    after = documents.build_document(world.store, event_id=event_id, kind="受付名簿", now=NOW)
    lines = next(one for one in after.blocks if isinstance(one, RosterList)).lines
    assert [one.number for one in lines] == [str(number) for number in range(1, 15)]
    assert lines[0].admission
    assert fingerprint(before) != fingerprint(after)
    book = openpyxl.load_workbook(io.BytesIO(documents.render(after, format="xlsx").data)).active
    assert any([cell.value for cell in row][:3] == ["No", "入場番号", "受付"] for row in book.iter_rows())


def test_the_door_takes_either_number_and_refuses_one_that_fits_two_by_name(world, event_id):
    enable_admission_numbers(acting(world.store), event_id=event_id, on=True)
    assign_roster_numbers(acting(world.store), event_id=event_id)
    one, other = read_roster(world.store, event_id=event_id).check_in_rows[:2]
    door = read_reception(world.store, event_id=event_id)
    for typed in (str(one.entry.number), str(one.entry.admission)):
        assert matching_rows(door.rows, typed)[0].entry_id == one.entry.id
    keyed = record_attendance(ActionContext(world.store, BY, DOOR), event_id=event_id, present=(one.entry.admission,))
    assert keyed.recorded == (one.entry.admission,)
    assert by_id(world.store.database, Entry, one.entry.id).attendance == "出席"
    with world.store.change(action="x", **WHO) as change:
        change.update(Entry, other.entry.id, number=one.entry.admission)
    with pytest.raises(UserError, match="2人にあたります") as refused:
        record_attendance(ActionContext(world.store, BY, DOOR), event_id=event_id, present=(one.entry.admission,))
    assert one.name in refused.value.happened
    assert other.name in refused.value.happened


def test_who_applied_after_the_switch_gets_the_number_that_the_letter_showed_when_it_leaves(world, tmp_path):
    event_id = world.events["L7"]
    enable_admission_numbers(acting(world.store), event_id=event_id, on=True)
    state = next(one.state for one in entries(world, "L7") if one.admission)
    with world.store.change(action="x", **WHO) as change:
        new = change.insert(Entry(event_id=event_id, organisation_name="見本　あとの会", state=state))
    content = letter(world, "L7")
    shown = [one.admission[0] for one in content.blocks if isinstance(one, Letterhead)]
    assert by_id(world.store.database, Entry, new).admission is None
    drawn = documents.render(content, format="pdf")
    scope = DocumentScope(event_id=event_id)
    save_document(
        acting(world.store),
        scope=scope,
        rendered=drawn,
        options=SaveOptions(path=tmp_path / "通知.pdf", reason="郵送"),
        kind="決定通知",
        format="pdf",
    )
    assert str(by_id(world.store.database, Entry, new).admission) in shown


def test_from_the_decision_to_the_door_by_the_number_of_the_letter(world):
    event_id = world.events["E2"]
    with world.store.change(action="x", **WHO) as change:
        made = [
            change.insert(Entry(event_id=event_id, organisation_name=f"見本　{name}の会", applied_at=NOW))
            for name in ("あ", "い", "う")
        ]
    enable_admission_numbers(acting(world.store), event_id=event_id, on=False)
    enable_admission_numbers(acting(world.store), event_id=event_id, on=True)
    save_selection(acting(world.store), event_id=event_id, terms=SelectionTerms(method="先着順", capacity=40))
    numbers = [by_id(world.store.database, Entry, one).admission for one in made]
    assert all(numbers)
    assert len({*numbers}) == 3
    shown = {one.admission[0] for one in letter(world, "E2").blocks if isinstance(one, Letterhead)}
    assert {str(number) for number in numbers} <= shown
    assign_roster_numbers(acting(world.store), event_id=event_id)
    lines = next(
        one
        for one in documents.build_document(world.store, event_id=event_id, kind="受付名簿", now=NOW).blocks
        if isinstance(one, RosterList)
    ).lines
    assert {str(number) for number in numbers} <= {line.admission for line in lines}
    door = read_reception(world.store, event_id=event_id)
    found = matching_rows(door.rows, f"{numbers[1]}番")[0]
    assert found.entry_id == made[1]
    receive(ActionContext(world.store, BY, datetime(2027, 2, 3, 13, 40)), entry_id=found.entry_id)
    assert by_id(world.store.database, Entry, made[1]).attendance == "出席"


def test_numbers_that_a_letter_told_are_not_taken_back_by_the_way_back(world, tmp_path):
    event_id = world.events["E2"]
    with world.store.change(action="x", **WHO) as change:
        change.insert(Entry(event_id=event_id, organisation_name="見本　あの会", applied_at=NOW))
    enable_admission_numbers(acting(world.store), event_id=event_id, on=True)
    given = last_action(world.store)
    content = letter(world, "E2")
    save_document(
        ActionContext(world.store, "見本　同僚", NOW),
        scope=DocumentScope(event_id=event_id),
        kind="決定通知",
        format="pdf",
        options=SaveOptions(reason="郵送", path=tmp_path / "通知.pdf"),
        rendered=documents.render(content, format="pdf"),
    )
    with pytest.raises(UserError, match="入場番号が伝わっている"):
        undo_entry(world.store, seq=given, **WHO)


def saved_letter(world, event, drawn, path):
    scope = DocumentScope(event_id=world.events[event])
    more = {"kind": "決定通知", "format": "pdf", "rendered": drawn}
    return save_document(acting(world.store), scope=scope, options=SaveOptions(path=path, reason="郵送"), **more)


def test_a_letter_that_shows_a_number_at_somebody_else_by_now_does_not_leave(world, tmp_path):
    event_id = world.events["L7"]
    enable_admission_numbers(acting(world.store), event_id=event_id, on=True)
    state = next(one.state for one in entries(world, "L7") if one.admission)

    def applied(name):
        with world.store.change(action="x", **WHO) as change:
            return change.insert(Entry(event_id=event_id, organisation_name=name, state=state, applied_at=NOW))

    gone, stays = applied("見本　甲の会"), applied("見本　乙の会")
    drawn = documents.render(letter(world, "L7"), format="pdf")
    remove_entries(acting(world.store), entry_ids=(gone,))
    applied("見本　丙の会")  # the same two numbers, each at somebody else
    with pytest.raises(UserError, match="表示したときから変わっています"):
        saved_letter(world, "L7", drawn, tmp_path / "通知.pdf")
    assert not (tmp_path / "通知.pdf").exists()
    assert by_id(world.store.database, Entry, stays).admission is None
    assert saved_letter(world, "L7", documents.render(letter(world, "L7"), format="pdf"), tmp_path / "通知.pdf").path


def test_who_is_keyed_as_there_by_one_number_and_as_missing_by_the_other_is_refused_by_name(world, event_id):
    enable_admission_numbers(acting(world.store), event_id=event_id, on=True)
    assign_roster_numbers(acting(world.store), event_id=event_id)
    one = read_roster(world.store, event_id=event_id).check_in_rows[0]
    number, admission = one.entry.number, one.entry.admission
    for present, absent in (((number,), (admission,)), ((admission,), (number,))):
        with pytest.raises(UserError, match="両方にあります") as refused:
            record_attendance(ActionContext(world.store, BY, DOOR), event_id=event_id, present=present, absent=absent)
        for word in (one.name, f"出席（{present[0]}番）", f"欠席（{absent[0]}番）"):
            assert word in refused.value.happened
    keyed = record_attendance(ActionContext(world.store, BY, DOOR), event_id=event_id, present=(number, admission))
    assert (keyed.recorded, keyed.recorded_before) == ((number,), (admission,)), "one person came once"


def test_a_letter_that_left_before_the_switch_bore_no_number_and_keeps_nothing_back(world, tmp_path, event_id):
    back_to_draft(world.store, event_id)
    saved_letter(world, "L6", documents.render(letter(world), format="pdf"), tmp_path / "1.pdf")
    enable_admission_numbers(acting(world.store), event_id=event_id, on=True)
    undo(world.store, **WHO)
    assert not by_id(world.store.database, Event, event_id).admissions
    enable_admission_numbers(acting(world.store), event_id=event_id, on=True)
    given = last_action(world.store)
    each = render_each(build_each(world.store, event_id=event_id, kind="決定通知", now=NOW), format="pdf")
    options = SaveOptions(path=tmp_path / "each", reason="郵送")
    save_each(
        ActionContext(world.store, "見本　同僚", NOW), event_id=event_id, kind="決定通知", drawn=each, options=options
    )
    with pytest.raises(UserError, match="入場番号が伝わっている"):
        undo_entry(world.store, seq=given, **WHO)


def bars_read(pdf: bytes, folder, *, page: int = 0) -> set[str]:
    """Read every Code 128 of a printed page as a scanner does: along its lines of dots, by the widths of its bars."""
    (folder / "p.pdf").write_bytes(pdf)
    printed = QPdfDocument()
    printed.load(str(folder / "p.pdf"))
    size = printed.pagePointSize(page) * (300 / 72)
    image = QImage(size.toSize(), QImage.Format.Format_RGB32)
    image.fill("white")
    with QPainter(image) as painter:
        painter.drawImage(0, 0, printed.render(page, size.toSize()))
    image = image.convertToFormat(QImage.Format.Format_Grayscale8)
    found = set()
    for y in range(0, image.height(), 12):
        dots = bytes(image.constScanLine(y))[: image.width()]
        row = "".join("1" if dot < 128 else "0" for dot in dots)
        widths = [(len(run.group()), run.start()) for run in re.finditer("1+|0+", row)]
        for at in range(len(widths) - 55):
            found |= _code_at([width for width, _start in widths[at : at + 55]])
    return found


def _code_at(widths: list[int]) -> set[str]:
    """Return the digits whose bars have these widths in dots: start, six pairs, check, stop."""
    module = sum(widths) / 101
    if module < 2 or max(abs(width / module - round(width / module)) for width in widths) > 0.4:
        return set()
    wide = ["?ABCD"[round(width / module)] if round(width / module) < 5 else "?" for width in widths]
    letters = ["".join(wide[at : at + 6]) for at in range(0, 54, 6)]
    known = {pattern.upper(): value for value, pattern in code128._patterns.items()}
    values = [known.get(one) for one in letters]
    if values[0] != 105 or None in values[:8]:
        return set()
    pairs = values[1:7]
    if (105 + sum(place * pair for place, pair in enumerate(pairs, 1))) % 103 != values[7]:
        return set()
    return {"".join(f"{pair:02d}" for pair in pairs)}


def test_letter_and_name_tag_bear_the_number_as_a_barcode_that_is_read_again(world, tmp_path, event_id):
    tags = documents.build_document(world.store, event_id=event_id, kind="名札", now=NOW)
    assert {one.barcode for block in tags.blocks for one in block.tags} == {""}
    before = fingerprint(tags)
    back_to_draft(world.store, event_id)
    enable_admission_numbers(acting(world.store), event_id=event_id, on=True)
    content = letter(world)
    (first, *_more) = [one for one in content.blocks if isinstance(one, Letterhead)]
    code = AdmissionCode(event_id=event_id, number=501, is_for_several=len(first.places) > 1)
    assert first.barcode == code.digits
    assert read_admission_code(first.barcode) == code
    assert bars_read(documents.render(content, format="pdf").data, tmp_path) == {code.digits}
    tags = documents.build_document(world.store, event_id=event_id, kind="名札", now=NOW)
    assert fingerprint(tags) == before, "a code beside a number makes no other 版"
    named = [one for block in tags.blocks for one in block.tags if one.name]
    by_number = {one.admission: one for one in entries(world) if one.admission}
    assert all(read_admission_code(one.barcode).number == int(one.admission) for one in named)
    assert {int(one.admission) for one in named} <= {*by_number}
    assert bars_read(documents.render(tags, format="pdf").data, tmp_path) == {one.barcode for one in named[:10]}


def test_beside_the_address_in_a_window_the_barcode_stands_under_the_number(world, tmp_path):
    put_group(world, 8)
    content = letter(world, "L7")
    windowed = replace(
        content,
        blocks=tuple(
            replace(one, window=("〒176-0001", "練馬区見本1丁目2番3号")) if isinstance(one, Letterhead) else one
            for one in content.blocks
        ),
    )
    drawn = documents.render(windowed, format="pdf")
    heads = [one for one in content.blocks if isinstance(one, Letterhead)]
    assert drawn.pages == len(heads)
    assert bars_read(drawn.data, tmp_path) == {heads[0].barcode}
