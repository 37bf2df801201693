"""A list of venues is judged row by row, changes only what it says, and our own workbook of them comes back whole."""

import csv
import io
from dataclasses import replace

import openpyxl
import pytest

from app.actions.user_error import UserError
from app.documents.services.file_saving import SaveOptions
from app.documents.services.list_export import export_list
from app.history import services as history_services
from app.importing.list_target import revert_import
from app.importing.row_target import RowChoice, import_list, preview_list
from app.registers.venues import services as venues_services
from app.registers.venues.screens import venue_columns
from app.registers.venues.services import VENUES, list_venues
from app.widgets.forms.form import Form
from app.widgets.forms.record_fields import record_field
from db.records.applications import ForeignImport
from db.records.venues import Venue
from db.rows import rows
from db.tables import venues as table
from tests.support.history_lines import list_history
from tests.support.years import BY, NOW, acting

WHO = {"by": BY, "now": NOW}
HEAD = (
    "会場名", "室名", "住所", "最寄駅からの道順", "電話番号", "定員（名）", "貸出備品", "Wi-Fi", "バリアフリー", "区分",
    "AED設置場所", "避難先", "使用上の注意", "備考",
)  # fmt: skip
HALL = (
    "見本もみじ会館", "大ホール", "みほん町1-2-3", "見本台駅から徒歩8分", "03-0000-1111", "１２０名", "マイク2本", "○",
    "スロープあり", "区立", "1階の受付", "北の公園", "土足厳禁", "",
)  # fmt: skip


def a_list(folder, *lines, name="会場.csv"):
    out = io.StringIO()
    csv.writer(out).writerows([HEAD, *(tuple(line) + ("",) * (len(HEAD) - len(line)) for line in lines)])
    path = folder / name
    path.write_bytes(out.getvalue().encode("cp932"))
    return path


def judged(store, path, **given):
    return preview_list(store, target=VENUES, path=path, **given).rows


def test_a_foreign_list_brings_every_column_that_a_venue_has(store, tmp_path):
    found = preview_list(store, target=VENUES, path=a_list(tmp_path, HALL))
    assert found.unused_columns == ("使用上の注意",), "what no field takes is named, and not put beside the 備考"
    done = import_list(acting(store), target=VENUES, path=a_list(tmp_path, HALL))
    assert done.message == "会場1件を加えました。"
    (venue,) = table.venues(store.database)
    assert venue == Venue(
        id=venue.id,
        name="見本もみじ会館",
        room="大ホール",
        address="みほん町1-2-3",
        access="見本台駅から徒歩8分",
        phone="03-0000-1111",
        capacity=120,
        equipment="マイク2本",
        network="有",
        barrier_free="スロープあり",
        facility="区立施設",
        aed="1階の受付",
        refuge="北の公園",
    )
    assert list_history(store)[0].action == "会場の一覧を取り込み（1件）"


def test_what_cannot_be_read_or_trusted_is_asked_row_by_row_and_nothing_of_it_is_stored(store, tmp_path):
    path = a_list(
        tmp_path,
        HALL,
        ("見本もみじ会館", "和室", "", "", "", "約30"),
        ("見本もみじ会館", "会議室", "", "", "", "", "", "要相談"),
        ("〃", "第2会議室"),
        ("", "第3会議室"),
        HALL,
        (*HALL[:4], "03-0000-2222"),
        ("見本もみじ会館", "大ﾎｰﾙ"),
        ("見本さくら会館", "研修室", "", "", "", "０"),
        name="くせ.csv",
    )
    import_list(acting(store), target=VENUES, path=a_list(tmp_path, HALL))
    found = judged(store, path)
    assert [(row.outcome, row.reason) for row in found] == [
        ("重複", "登録と同じ内容です"),
        ("確認が必要", "定員「約30」を数として読めません"),
        ("確認が必要", "ネット環境「要相談」がどれに当たるか分かりません（有・無・不明）"),
        ("確認が必要", "名称が「〃」です。上の行と同じ内容なら、その内容をセルに書いてください"),
        ("確認が必要", "名称が空です"),
        ("重複", "2行目と同じ会場です"),
        ("確認が必要", "2行目と同じ会場ですが、内容が違います"),
        ("確認が必要", "同じ会場の別の書き方かもしれません：見本もみじ会館 大ホール"),
        ("確認が必要", "定員「０」を数として読めません"),
    ]
    said = import_list(acting(store), target=VENUES, path=path).message
    assert said == "新しい会場はありませんでした。何も変えていません。"
    agreed = judged(store, path, choices={found[7].row: RowChoice(action="取り込む")})
    assert agreed[7].outcome == "新規", "a person may say that it is another one"


def test_a_later_list_changes_what_it_says_and_an_empty_cell_nothing(store, tmp_path):
    import_list(acting(store), target=VENUES, path=a_list(tmp_path, HALL))
    (before,) = table.venues(store.database)
    later = a_list(tmp_path, (*HALL[:4], "03-0000-9999", "", "", "", "", "", "2階の事務室"), name="later.csv")
    (row,) = judged(store, later)
    assert (row.outcome, row.reason) == (
        "更新",
        "電話　前は「03-0000-1111」、今は「03-0000-9999」、AEDの場所　前は「1階の受付」、今は「2階の事務室」",
    )
    done = import_list(acting(store), target=VENUES, path=later)
    after = replace(before, phone="03-0000-9999", aed="2階の事務室")
    assert table.venues(store.database) == [after]
    assert [row.outcome for row in judged(store, later)] == ["重複"]
    with store.change(action="直した", **WHO, subject="venues") as change:
        change.update(Venue, after.id, note="鍵は事務室")
    with pytest.raises(UserError) as refused:
        revert_import(acting(store), VENUES, import_id=done.id)
    assert "1件ずつ直すか消してください" in refused.value.todo
    history_services.undo(store, **WHO)
    revert_import(acting(store), VENUES, import_id=done.id)
    assert table.venues(store.database) == [before]
    assert len(rows(store.database, ForeignImport)) == 1, "the record of the import that was taken back is gone"


def test_a_list_without_rooms_means_the_only_one_or_asks(store, tmp_path):
    for room in ("大ホール", "和室"):
        venues_services.save_venue(acting(store), venue=Venue(name="見本もみじ会館", room=room))
    venues_services.save_venue(acting(store), venue=Venue(name="見本さくら会館", room="研修室"))
    path = tmp_path / "電話.csv"
    path.write_text("会場名,電話,メモ\n見本もみじ会館,03-0000-1111,\n見本さくら会館,03-0000-2222,\n", encoding="utf-8")
    assert [(row.outcome, row.reason) for row in judged(store, path)] == [
        ("確認が必要", "見本もみじ会館 大ホール、見本もみじ会館 和室のどれかを、このファイルの列では決められません"),
        ("更新", "電話　前は「（なし）」、今は「03-0000-2222」"),
    ]


def exported(store, path):
    columns = [one for column in venue_columns() for one in column.export_columns()]
    shown = [[one.show(row) for one in columns] for row in list_venues(store)]
    titles = [one.title for one in columns]
    export_list(
        acting(store), title="会場の一覧", columns=titles, rows=shown, options=SaveOptions(path=path), personal=False
    )
    return titles


def test_our_own_workbook_holds_one_fact_a_cell_and_comes_back_whole(store, tmp_path):
    full = Venue(
        name="見本つつじ区民館",
        room="研修室",
        address="みほん町5-6",
        access="北口から5分",
        phone="03-0000-3333",
        capacity=30,
        equipment="プロジェクター\n延長コード",
        network="無",
        facility="その他の施設",
        barrier_free="エレベーター",
        note="鍵は前日",
        aed="1階の玄関",
        refuge="南の学校",
        map_station="見本台駅",
        map_exit="北口",
        map_street="つつじ通り",
        map_building="区民館",
        map_minutes=8,
        map_source="区で作成",
        map_permission="区の著作",
    )
    for venue in (full, Venue(name="見本つつじ区民館")):
        venues_services.save_venue(acting(store), venue=venue)
    known = table.venues(store.database)
    path = tmp_path / "会場の一覧.xlsx"
    titles = exported(store, path)
    assert len(titles) == len(set(titles))
    assert not [title for title in titles if "・" in title and title != "段差・設備"], "one fact a cell"
    assert openpyxl.load_workbook(path).active.max_row >= 3
    assert [(row.outcome, row.reason) for row in judged(store, path)] == [("重複", "登録と同じ内容です")] * 2

    with store.change(action="消した", **WHO, subject="venues") as change:
        for venue in known:
            change.delete(Venue, venue.id)
    import_list(acting(store), target=VENUES, path=path)
    back = table.venues(store.database)
    assert [replace(one, id=0) for one in back] == [replace(one, id=0) for one in known]


def test_a_text_that_is_longer_than_its_field_waits_and_the_form_says_the_same(store, tmp_path, qtbot):
    long = "道" * 301
    path = a_list(tmp_path, HALL, ("見本つばき会館", "", "", long), ("見本さつき会館", "", "", "道" * 300))
    written, waiting, fits = judged(store, path)
    assert (written.outcome, fits.outcome) == ("新規", "新規")
    assert (waiting.outcome, waiting.reason) == (
        "確認が必要",
        "行き方が301字ある（300字まで）。元の一覧で短くして、もう一度取り込んでください",
    )
    done = import_list(acting(store), target=VENUES, path=path)
    assert done.message.endswith("確認が必要な1行は取り込んでいません。")
    assert {one.name for one in table.venues(store.database)} == {"見本もみじ会館", "見本さつき会館"}

    form = Form((record_field(Venue, "access"), record_field(Venue, "note", kind="lines")))
    qtbot.addWidget(form)
    form.set_values({"access": "", "note": "注" * 1001})
    assert form.check_all(), "a text from before the limit stops nothing"
    form.set_values({"access": "", "note": ""})
    form.editor("access").setText(long)
    assert not form.check_all()
    assert form.problem_shown("access") == "行き方に301字ある（300字まで）ため、保存できません。短くしてください。"
    form.editor("access").setText("道" * 300)
    assert form.check_all()
