"""A list of bookings is judged row by row, taken in once, brought up to date, and taken back as a whole."""

from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.history import services as history_services
from app.importing.list_target import past_imports, revert_import
from app.importing.missing_years import YEAR_SETTING
from app.importing.row_target import RowChoice, import_list, preview_list
from app.registers.venues import services as venues_services
from app.registers.venues.services import BOOKINGS
from db.records.events import Event
from db.records.venues import Booking
from db.rows import by_id
from db.tables import venues as table
from tests.support.booking_files import BOOKING_CSV, BOOKING_TEXT
from tests.support.foreign_books import struck_book
from tests.support.years import BY, NOW, acting, add_lecture

OTHER = "見本 林"


@pytest.fixture
def csv(tmp_path):
    def write(data: bytes, name: str = "予約.csv"):
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


def take(store, path, by=BY):
    return import_list(ActionContext(store, by, NOW), target=BOOKINGS, path=path)


def outcomes(store, path):
    return [row.outcome for row in preview_list(store, target=BOOKINGS, path=path).rows]


def test_each_row_has_an_outcome_and_the_impossible_day_is_to_be_checked(store, csv):
    found = preview_list(store, target=BOOKINGS, path=csv(BOOKING_CSV))
    assert [row.outcome for row in found.rows] == ["新規", "新規", "新規", "確認が必要"]
    assert "利用日" in found.rows[3].reason
    assert found.file.encoding == "cp932"
    assert table.bookings(store.database) == []


def test_a_booking_finds_its_event_by_day_and_venue_when_there_is_only_one(store, csv):
    event_id = add_lecture(store, date(2026, 12, 15))
    with store.change(action="会場", by="準備", now=NOW, subject="events") as change:
        change.update(Event, event_id, venue="見本つつじ区民館", room="研修室")
    found = preview_list(store, target=BOOKINGS, path=csv(BOOKING_CSV)).rows
    assert [row.event.id if row.event else None for row in found] == [event_id, None, None, None]
    assert found[0].venue_text == "見本つつじ区民館 研修室"
    take(store, csv(BOOKING_CSV))
    rows = table.bookings(store.database)
    assert [row.event_id for row in rows] == [event_id, None, None]
    told = [getattr(rows[0], name) for name in ("approval_number", "state", "fee", "purpose", "note")]
    assert told == ["0000101", "承認", 0, "LINE講習会", ""]
    assert [row.kind for row in venues_services.list_bookings(store, today=NOW.date(), fiscal_year=2026).warnings] == [
        "実施回なし",
        "実施回なし",
    ]


def test_the_same_file_again_writes_nothing_and_a_newer_one_updates_what_it_brought(store, csv):
    done = take(store, csv(BOOKING_CSV))
    assert (done.new, done.updated) == (3, 0)
    before = table.bookings(store.database)
    again = take(store, csv(BOOKING_CSV))
    assert (again.id, again.can_undo) == (0, False)
    assert table.bookings(store.database) == before

    newer = BOOKING_TEXT.replace("申請中,1200", "承認,1500").encode("utf-8-sig")
    assert outcomes(store, csv(newer)) == ["重複", "更新", "重複", "確認が必要"]
    assert take(store, csv(newer)).message == "予約1件を更新しました。確認が必要な1行は取り込んでいません。"
    assert table.bookings(store.database) == [before[0], replace(before[1], state="承認", fee=1500), before[2]]


def test_what_staff_added_to_a_booking_stays_when_the_list_comes_again(store, csv):
    take(store, csv(BOOKING_CSV))
    row = table.bookings(store.database)[0]
    days = {"applied_on": date(2026, 8, 1), "approved_on": date(2026, 8, 9), "cancel_by": date(2026, 12, 1)}
    edited = replace(row, key_note="窓口", note="マイクを借りる", **days)
    venues_services.save_booking(acting(store), booking=edited)
    take(store, csv(BOOKING_CSV))
    assert by_id(store.database, Booking, row.id) == edited


def test_a_booking_typed_before_for_the_same_time_is_to_be_checked_and_a_cancelled_one_is_not_taken(store, csv):
    typed = Booking(venue_name="見本つつじ区民館", room="研修室", day=date(2026, 12, 15))
    venues_services.save_booking(acting(store), booking=typed)
    assert outcomes(store, csv(BOOKING_CSV))[0] == "確認が必要"
    cancelled = BOOKING_TEXT.replace("仮予約,0,意見交換会", "取消,0,意見交換会").encode("cp932")
    assert outcomes(store, csv(cancelled))[2] == "取り込まない"


def test_an_import_is_taken_back_as_a_whole_unless_something_was_built_on_it(store, csv):
    done = take(store, csv(BOOKING_CSV))
    revert_import(ActionContext(store, OTHER, NOW), BOOKINGS, import_id=done.id)
    assert table.bookings(store.database) == []
    history_services.undo(store, by=OTHER, now=NOW)
    row = table.bookings(store.database)[0]
    venues_services.confirm_use(acting(store), booking_id=row.id)
    with pytest.raises(UserError, match="内容が変わっているため"):
        revert_import(ActionContext(store, OTHER, NOW), BOOKINGS, import_id=done.id)
    assert [one.id for one in past_imports(store, BOOKINGS)] == [done.id]


def test_a_file_that_changed_after_it_was_seen_is_not_taken_in(store, csv):
    with pytest.raises(UserError, match="中身が変わっています"):
        import_list(acting(store), target=BOOKINGS, path=csv(BOOKING_CSV), seen_sha256="0" * 64)


def test_what_is_no_list_of_bookings_is_refused_with_what_to_do(store, csv):
    with pytest.raises(UserError):
        preview_list(store, target=BOOKINGS, path=csv(b"", "空.csv"))


def test_columns_set_by_hand_are_used_again_for_the_next_list_of_the_same_form(store, csv):
    strange = "見出しA,見出しB,見出しC\r\n見本つつじ区民館　研修室,2026/12/15,13:00～17:00\r\n"
    path = csv(strange.encode(), "変わった一覧.csv")
    first = preview_list(store, target=BOOKINGS, path=path)
    assert first.missing_fields == ("施設", "利用日")
    assert [row.outcome for row in first.rows] == ["確認が必要"]

    by_hand = {0: "venue", 1: "day", 2: "slot"}
    seen = preview_list(store, target=BOOKINGS, path=path, columns=by_hand)
    assert (seen.missing_fields, seen.count("新規")) == ((), 1)
    assert past_imports(store, BOOKINGS) == ()
    import_list(acting(store), target=BOOKINGS, path=path, columns=by_hand)
    row = table.bookings(store.database)[0]
    assert (row.day, row.start_time, row.end_time) == (date(2026, 12, 15), "13:00", "17:00")

    later = csv(strange.replace("12/15", "12/16").encode(), "翌月.csv")
    again = preview_list(store, target=BOOKINGS, path=later)
    assert (again.remembered, again.count("新規"), again.columns) == (True, 1, by_hand)


def test_taking_an_import_back_leaves_what_was_remembered_about_its_columns(store, csv):
    done = import_list(acting(store), target=BOOKINGS, path=csv(BOOKING_CSV), columns={1: "venue", 3: "day"})
    import_list(
        acting(store),
        target=BOOKINGS,
        path=csv(BOOKING_CSV.replace(b"2026/12/15", b"2026/12/16")),
        columns={1: "venue", 2: "room", 3: "day"},
    )
    revert_import(ActionContext(store, OTHER, NOW), BOOKINGS, import_id=done.id)
    assert preview_list(store, target=BOOKINGS, path=csv(BOOKING_CSV)).remembered


NUMBER = "123456789018"


def test_a_row_with_what_may_be_a_personal_number_waits_masked_and_goes_on_with_a_reason(store, csv):
    path = csv(BOOKING_TEXT.replace("意見交換会", f"意見交換会　{NUMBER}").encode("cp932"))
    row = next(row for row in preview_list(store, target=BOOKINGS, path=path).rows if row.has_personal_number)
    assert (row.outcome, row.is_decidable) == ("確認が必要", True)
    assert "個人番号" in row.reason
    assert NUMBER not in "".join(row.shown_cells) + row.booking.purpose
    take(store, path)
    assert len(table.bookings(store.database)) == 2

    for reason, outcome in (("　", "確認が必要"), ("管理番号と確認", "新規")):
        choices = {row.row: RowChoice(action="取り込む", reason=reason)}
        found = preview_list(store, target=BOOKINGS, path=path, choices=choices)
        assert next(one for one in found.rows if one.row == row.row).outcome == outcome
    import_list(acting(store), target=BOOKINGS, path=path, choices=choices)
    assert NUMBER in table.bookings(store.database)[-1].purpose


def test_a_doubtful_row_goes_on_alone_and_one_that_is_sure_may_be_left_out(store, csv):
    typed = Booking(venue_name="見本つつじ区民館", room="研修室", day=date(2026, 12, 15))
    venues_services.save_booking(acting(store), booking=typed)
    path = csv(BOOKING_CSV)
    first, second, *_, broken = preview_list(store, target=BOOKINGS, path=path).rows
    assert (first.outcome, first.is_decidable, broken.outcome, broken.is_decidable) == (
        "確認が必要",
        True,
        "確認が必要",
        False,
    )
    choices = {
        first.row: RowChoice(action="取り込む"), second.row: RowChoice(action="取り込まない"),
        broken.row: RowChoice(action="取り込む"),
    }  # fmt: skip
    found = preview_list(store, target=BOOKINGS, path=path, choices=choices)
    assert [row.outcome for row in found.rows] == ["新規", "取り込まない", "新規", "確認が必要"]
    done = import_list(acting(store), target=BOOKINGS, path=path, choices=choices)
    assert (done.new, done.waiting) == (2, 1)


def test_a_line_of_nothing_but_a_sum_is_named_among_those_left_out_by_the_number_excel_shows(store, csv):
    lines = BOOKING_TEXT.rstrip().splitlines()
    fields = ["合計", *[""] * (len(lines[0].split(",")) - 2), "4件"]
    path = csv("\r\n".join([*lines, ",".join(fields)]).encode("cp932"))
    found = preview_list(store, target=BOOKINGS, path=path).rows
    assert [row.spreadsheet_row for row in found] == [2, 3, 4, 5, 6]
    assert (found[-1].outcome, found[-1].is_decidable) == ("取り込まない", False)
    assert "合計の行" in found[-1].reason
    assert "予約ではありません" in found[-1].reason


HEADINGS = ("施設名", "室場名", "利用日", "利用時間帯", "状態")
HALL = ("見本ホール", "和室")


def test_a_booking_struck_out_waits_for_a_person_and_one_known_before_says_so(store, tmp_path):
    lines = [HEADINGS, (*HALL, "2026/12/1", "9:00～12:00", "承認"), (*HALL, "2026/12/2", "9:00～12:00", "承認")]
    path = struck_book(tmp_path / "予約.xlsx", lines, {2})
    first, second = preview_list(store, target=BOOKINGS, path=path).rows
    assert (first.outcome, first.reason, second.outcome) == ("確認が必要", "行に取消線が引かれている", "新規")
    taken = preview_list(store, target=BOOKINGS, path=path, choices={1: RowChoice(action="取り込む")})
    assert taken.rows[0].outcome == "新規"
    take(store, struck_book(tmp_path / "前.xlsx", lines, set()))
    assert [(row.outcome, row.note) for row in preview_list(store, target=BOOKINGS, path=path).rows] == [
        ("重複", "行に取消線が引かれている"),
        ("重複", ""),
    ]


def test_the_year_of_days_without_one_is_asked_once_for_all_rows(store, tmp_path):
    days = ("12/1", "1月5日")
    path = struck_book(tmp_path / "予約.xlsx", [HEADINGS, *((*HALL, day, "9:00～12:00", "承認") for day in days)], ())
    found = preview_list(store, target=BOOKINGS, path=path)
    assert (found.days_without_year, [row.outcome for row in found.rows]) == (days, ["確認が必要"] * 2)
    given = {YEAR_SETTING: date(2026, 4, 1)}
    assert import_list(acting(store), target=BOOKINGS, path=path, settings=given).new == 2
    assert [row.day for row in table.bookings(store.database)] == [date(2026, 12, 1), date(2027, 1, 5)]


def test_a_booking_that_is_read_otherwise_today_is_asked_about_and_comes_no_second_time(store, tmp_path):
    heads = ("施設名", "部屋名", "利用日", "利用開始時刻", "利用終了時刻", "状態")
    made = openpyxl.Workbook()
    sheet = made.active
    for texts in (heads, ("見本区民館", "研修室", "2026/12/15", "13:00", "17:00", "承認")):
        sheet.append([*texts[:4], None, None, None, *texts[4:]])
        sheet.merge_cells(start_row=sheet.max_row, start_column=4, end_row=sheet.max_row, end_column=7)
    path = tmp_path / "予約.xlsx"
    made.save(path)
    # As the program of before kept it: the merged column cut the table, and end and state were lost.
    key = store.keys.keyed_hash("\n".join(("booking", "見本区民館", "研修室", "2026-12-15", "13:00")))
    kept = Booking(
        venue_name="見本区民館", room="研修室", day=date(2026, 12, 15), start_time="13:00", end_time="", row_key=key
    )
    with store.change(action="取り込み", by=BY, now=NOW, subject="bookings") as change:
        change.insert(kept)
    [row] = preview_list(store, path=path, target=BOOKINGS).rows
    assert row.outcome == "確認が必要"
    assert "読みちがえの疑い" in row.words
    assert "終了　前は「（なし）」、今は「17:00」" in row.words
    import_list(acting(store), path=path, target=BOOKINGS)
    assert [one.end_time for one in table.bookings(store.database)] == [""]
    choices = {1: RowChoice(action="取り込む")}
    import_list(acting(store), path=path, target=BOOKINGS, choices=choices)
    assert [(one.end_time, one.state) for one in table.bookings(store.database)] == [("17:00", "承認")]
    [row] = preview_list(store, path=path, target=BOOKINGS).rows
    assert row.outcome == "重複"


def test_a_booking_is_known_by_what_it_says_today_before_what_was_read_in_its_row_earlier(store, tmp_path):
    """The merged day cut the table for the reader of before: it lost the start, by which a booking is told apart."""
    made = openpyxl.Workbook()
    sheet = made.active
    for texts in (
        ("施設名", "部屋名", "利用日", "利用開始時刻", "利用終了時刻", "状態"),
        ("見本区民館", "研修室", "2026/12/15", "13:00", "17:00", "承認"),
    ):
        sheet.append([*texts[:3], None, None, None, *texts[3:]])
        sheet.merge_cells(start_row=sheet.max_row, start_column=3, end_row=sheet.max_row, end_column=6)
    path = tmp_path / "予約.xlsx"
    made.save(path)
    import_list(acting(store), path=path, target=BOOKINGS)
    [kept] = table.bookings(store.database)
    assert (kept.start_time, kept.end_time) == ("13:00", "17:00")
    assert outcomes(store, path) == ["重複"]

    before = store.keys.keyed_hash("\n".join(("booking", "見本区民館", "研修室", "2026-12-15", "")))
    with store.change(action="前の読み方", by=BY, now=NOW, subject="bookings") as change:
        change.update(Booking, kept.id, row_key=before, start_time="", end_time="")
    [row] = preview_list(store, path=path, target=BOOKINGS).rows
    assert (row.outcome, "読みちがえの疑い" in row.words) == ("確認が必要", True)
    assert (row.booking.id, row.booking.start_time, row.booking.row_key) == (kept.id, "13:00", kept.row_key)


def test_a_list_without_the_rooms_knows_the_bookings_again_and_leaves_them_as_they_are(store, csv):
    take(store, csv(BOOKING_CSV))
    before = table.bookings(store.database)
    lines = [line.split(",") for line in BOOKING_TEXT.splitlines()[:4]]
    fewer = "\r\n".join(",".join([*line[:2], *line[3:]]) for line in lines)

    assert outcomes(store, csv(fewer.encode("cp932"), "部屋なし.csv")) == ["重複"] * 3
    rooms = "\r\n".join(",".join([line[0], *line[2:]]) for line in lines)
    assert outcomes(store, csv(rooms.encode("cp932"), "施設なし.csv")) == ["重複"] * 3
    newer = fewer.replace("申請中,1200", "承認,1500").encode("cp932")
    assert take(store, csv(newer, "部屋なし.csv")).updated == 1
    changed = replace(before[1], state="承認", fee=1500)
    assert table.bookings(store.database) == [before[0], changed, before[2]]
