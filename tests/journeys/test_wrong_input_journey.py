"""Whatever a clerk in a hurry does wrong is answered with a Japanese sentence that says what to do; nothing is lost."""

import io
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from tests.support.clerk import Clerk
from tests.support.office_days import CLERK, PASSWORD, add_lecture
from tests.support.second_instance import ask_second_instance

DAY = datetime(2026, 10, 1, 9, 0)
EVENT = "第1回 LINE講習会"
HEAD = "タイムスタンプ,町会・自治会での役割,講習会全体の満足度\n"
STAMP = "2026/09/30 3:52:08 午後 GMT+9"
UNCHANGED = "保存済みのデータは変わっていません。"


@pytest.mark.in_full
def test_a_wrong_or_empty_password_and_a_second_instance_are_told_what_to_do(desk_office, tmp_path):
    clerk = desk_office.start(DAY)
    desk_office.begin_anew(clerk)
    add_lecture(clerk)
    desk_office.close(clerk)

    clerk = desk_office.start(DAY)
    clerk.sees("ログイン")
    clerk.press("開く")
    clerk.sees("パスワードがまだ入力されていません。")
    desk_office.log_in(clerk, "asagao to himawari 9")
    clerk.sees("IDまたはパスワードが違います。", "もう一度お試しください", "データはそのまま保管されています。")
    desk_office.log_in(clerk)
    desk_office.entered(clerk)

    colleague = ask_second_instance(
        tmp_path / "home" / "data", tmp_path / "colleague", password=PASSWORD, moment=datetime(2026, 10, 1, 9, 5)
    )

    for words in (f"{CLERK}さん", "入力中です", "入力したい", "閲覧専用"):
        assert words in colleague["reading"]
    assert EVENT in colleague["reading"]
    clerk.press("事業")
    clerk.sees(EVENT, "みほん区民館")
    desk_office.close(clerk)


def test_wrong_dates_and_numbers_are_said_at_their_field_and_one_event_is_made_of_two_clicks(desk_office):
    clerk = desk_office.start(DAY)
    desk_office.begin_anew(clerk)
    clerk.press("事業")
    clerk.press("実施回を追加")
    clerk.press("実施回を追加する")
    clerk.sees("名称がまだ入力されていません。")
    clerk.type("名称", "Instagram講習会")
    for typed, answer in (
        ("2026-13-40", "13月という月はありません。日付を確かめてください。"),
        ("9/31", "令和8年9月に31日はありません。日付を確かめてください。"),
        ("12/26(金)", "令和8年12月26日は土曜日です。入力された（金）と合いません。"),
        ("あさって", "「あさって」は日付として読めません"),
    ):
        clerk.type("実施日", typed)
        clerk.sees(answer, typed)
    clerk.press("詳しく", starts=True)
    clerk.type("会場の定員", "2x")
    clerk.sees("「2x」は数として読めません。12 のように数字で入力してください。")
    clerk.type("会場の定員", "24")
    clerk.sees_not("数として読めません")

    clerk.type("実施日", "12/26")
    clerk.sees(
        "講習会の期間（9/1(火)から12/25(金)まで。仕様書4(1)ア）の外です。", "保存には理由を書きます（止めません）。"
    )
    clerk.press("実施回を追加する")
    clerk.sees("理由がまだ入力されていません。")
    clerk.key(Qt.Key.Key_Escape)
    clerk.sees("入力した内容は、まだ保存していません。閉じると消えます。")
    clerk.press("入力をつづける")
    clerk.type("理由", "会場の都合のため、受託者と協議した。")
    clerk.press_twice("実施回を追加する")
    clerk.sees("第1回 Instagram講習会を加えました。", "すべて 1件")
    clerk.row("Instagram講習会", double=True)
    clerk.sees(
        "記録した理由　会場の都合のため、受託者と協議した。（協議のみ（契約変更なし））", "令和8年12月26日（土）"
    )
    clerk.press("参加者")
    clerk.press("人数連絡を開く")
    clerk.type("団体", "みほん第二自治会")
    clerk.write("6x")
    clerk.key(Qt.Key.Key_Tab)
    clerk.sees("「6x」は数として読めません。12 のように数字で入力してください。")
    desk_office.close(clerk)


def test_files_that_are_no_answers_are_refused_with_the_way_out_and_nothing_is_taken_in(
    desk_office, tmp_path, monkeypatch
):
    clerk = desk_office.start(DAY)
    desk_office.begin_anew(clerk)
    add_lecture(clerk)
    clerk.press("アンケート")
    clerk.row(EVENT, double=True)
    clerk.press("標準の設問を使う")
    clerk.press("回答を入れる")
    clerk.press("ファイルを取り込む")
    refused = {
        "空.csv": (b"", "空のファイルです", "ダウンロードをやり直して"),
        "名簿.csv": ("品名,値段\nみほん,100\n".encode(), "見出しの行が見つかりません", "見出しが並ぶファイルを選んで"),
        "写真.csv": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "画像ですので", "ダウンロードして選んで"),
        "壊れた.csv": (bytes(range(256)) * 20, "UTF-8としてもシフトJISとしても読めません", "ダウンロードをやり直して"),
    }  # fmt: skip
    for name, (data, happened, way_out) in refused.items():
        _choose(clerk, tmp_path / name, data, monkeypatch)
        clerk.sees(happened, way_out, UNCHANGED)

    # One row is damaged: it is named and stays out, the one after it is not swallowed.
    unclosed = f'{HEAD}"{STAMP}","会長","満足\n"{STAMP}","会計","満足"\n'.encode()
    _choose(clerk, tmp_path / "閉じない.csv", unclosed, monkeypatch)
    _with_few_columns(clerk)
    clerk.sees("取り込まない 1行", '引用符（"）が正しく閉じていない', "1件を取り込む")
    clerk.press("やめる")

    # A workbook under another name is known by what it holds.
    _choose(clerk, tmp_path / "Excelの表.csv", _workbook(), monkeypatch)
    _with_few_columns(clerk)
    clerk.sees("Excelブック", "1件を取り込む")
    clerk.press("やめる")

    shifted = f"{HEAD}{STAMP},会長\n{STAMP},会長,満足,余分\n".encode()
    _choose(clerk, tmp_path / "列ずれ.csv", shifted, monkeypatch)
    _with_few_columns(clerk)
    clerk.sees(
        "取り込まない 2行", "列がずれているおそれがあります", "まだ保存していません", "取り込める回答はありません"
    )
    clerk.press("やめる")

    good = f"{HEAD}{STAMP},会長,満足\n".encode()
    _choose(clerk, tmp_path / "回答.csv", good, monkeypatch)
    _with_few_columns(clerk)
    clerk.press_twice("1件を取り込む")
    clerk.sees("1件の回答を取り込みました。")
    _choose(clerk, tmp_path / "回答.csv", good, monkeypatch)
    _with_few_columns(clerk)
    clerk.sees("重複 1行", "新しい回答はありません")
    clerk.press("やめる")
    clerk.press("回答を入れる")
    clerk.sees("1件（紙 0・オンライン 1）")
    desk_office.close(clerk)


def test_a_day_to_come_is_no_day_on_which_something_was_received(desk_office):
    clerk = desk_office.start(DAY)
    desk_office.begin_anew(clerk)
    add_lecture(clerk, day="10/30")
    clerk.press("資料・報告")
    clerk.press("これから届くもの", starts=True)
    clerk.row("資料は未登録")
    clerk.press("届いたものを受領する")
    clerk.press("第1版を受領する")
    clerk.sees("資料の名前がまだ入力されていません。")
    clerk.type("資料の名前", "LINE講習会テキスト")
    clerk.type("受領日", "12/31")
    clerk.press("第1版を受領する")
    clerk.sees("受領した日が、本日より後になっています。", "日付を確かめてください。", UNCHANGED)
    clerk.type("受領日", "10/1")
    clerk.press_twice("第1版を受領する")
    clerk.sees("第1版を受領しました。", "区の対応待ち 1")
    desk_office.close(clerk)


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["タイムスタンプ", "講習会全体の満足度"])
    book.active.append(["2026/09/30 15:52:08", "満足"])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _with_few_columns(clerk: Clerk) -> None:
    """Most questions have no column in these files: that is asked for before the rows are shown."""
    clerk.sees("設問の3分の1を超えて列がないため、このままでは先へ進めません。")
    clerk.press("列がない設問を、全員の無回答として数える")
    clerk.press("1行ずつ確かめる")


def _choose(clerk: Clerk, path: Path, data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_bytes(data)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_given, **_named: (str(path), ""))
    clerk.press("回答のファイルを選ぶ")
