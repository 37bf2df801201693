"""One questionnaire from its design to the report: printed, answered online and on paper, typed by two, fixed,
reported."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from app.surveys.tally.screens.comparison_dialog import CountBox
from tests.support import answer_sheets
from tests.support.answer_sheets import Sheet, counted, form_answer, paper_keys, summed
from tests.support.clerk import Clerk
from tests.support.google_form import AskedQuestion, read_questions, write_form_csv
from tests.support.office_days import LOGIN_ID, PASSWORD, Office, add_lecture

BEFORE = datetime(2026, 9, 1, 9, 0)
AFTER = datetime(2026, 10, 1, 9, 0)
EVENT = "第1回 LINE講習会"
COLLEAGUE, HER_ID, GIVEN, HER_PASSWORD = "みほん葛󠄀西", "102", "kari no kagi 102 ban", "himawari to asagao 9"
URL = "https://example.jp/f/line"
MASTER, PACE = "みほんのアンケート", "話の進む速さ"

# By the number of each question: 1 role, 2 satisfaction, 3 understood, 4 pace, 5 length, 6 useful, 7 tools,
# 8 worries, 9 wants to use, 10 opinion.
ONLINE: tuple[Sheet, ...] = (
    {1: (1,), 2: (1,), 3: (1,), 4: (3,), 5: (3,), 6: (1, 3), 7: (1,), 8: (2, 4), 9: (1,), 10: "来てよかったです。"},
    {1: (1,), 2: (1,), 3: (1,), 4: (3,), 5: (3,), 6: (3,), 7: (1, 2), 8: (2,), 9: (2,)},
    {1: (2,), 2: (2,), 3: (2,), 4: (3,), 5: (4,), 6: (1, 2, 3), 7: (2,), 8: (9,), 9: (1,)},
    {1: (2,), 2: (2,), 3: (2,), 4: (2,), 5: (3,), 6: (3, 5), 7: (1,), 8: (4, 6), 9: (3,)},
    {1: (6,), 2: (2,), 3: (1,), 4: (3,), 5: (3,), 6: (8,), 8: (3,), 9: (2,), 10: "資料の字が大きくて読みやすい。"},
    {1: (4,), 2: (3,), 3: (3,), 4: (1,), 5: (4,), 6: (4,), 7: (3,), 8: (2, 3, 4), 9: (3,)},
    {1: (1,), 2: (1,), 3: (2,), 4: (3,), 5: (3,), 6: (3,), 7: (1,), 8: (1,), 9: (2,)},
    {1: (5,), 2: (2,), 3: (1,), 4: (3,), 5: (3,), 6: (1,), 7: (6,), 8: (7,), 9: (2,)},
    {1: (3,), 2: (2,), 3: (2,), 4: (4,), 5: (3,), 6: (2, 6), 7: (5,), 8: (1, 2), 9: (4,)},
    {1: (6,), 2: (4,), 3: (4,), 4: (2,), 5: (5,), 6: (6,), 7: (8,), 8: (5,), 9: (5,)},
    {1: (1,), 2: (2,), 3: (1,), 4: (3,), 5: (3,), 6: (1, 5), 7: (1, 4), 8: (4,), 9: (1,)},
    {1: (6,), 3: (2,), 4: (3,), 5: (3,), 6: (3,), 7: (1,), 9: (2,)},
)  # fmt: skip
PAPER: tuple[Sheet, ...] = (
    {1: (1,), 2: (2,), 3: (1,), 4: (3,), 5: (3,), 6: (1, 3), 7: (1,), 8: (7,), 9: (1,)},
    {1: (2,), 2: (1,), 3: (1,), 4: (3,), 5: (3,), 6: (3,), 7: (1, 5), 8: (1, 2), 9: (2,), 10: "もう一度聞きたい。"},
    {1: (6,), 2: (2,), 3: (4,), 4: (2,), 5: (2,), 6: (2,), 7: (8,), 8: (5,), 9: (4,)},
    {1: (5,), 2: (2,), 3: (2,), 4: (3,), 5: (3,), 6: (6,), 7: (6,), 9: (3,)},
    {1: (3,), 2: (3,), 3: (2,), 4: (3,), 5: (1,), 6: (3,), 7: (1,), 8: (2, 3, 7), 9: (2,)},
    {1: (1,), 2: (2,), 3: (1,), 4: (3,), 5: (3,), 6: (1,), 7: (1, 3), 8: (4,), 9: (1,)},
    {1: (4,), 2: (1,), 3: (1,), 4: (3,), 5: (4,), 6: (3, 5), 7: (2,), 8: (9,), 9: (1,)},
    {2: (2,), 4: (3,), 5: (3,)},
)  # fmt: skip
MISTYPED = 5
"""The paper whose 「どちらともいえない」 the first person types as 「満足」."""
BY_HAND = {
    2: {
        "とても満足": (5, "25.0"), "満足": (11, "55.0"), "どちらともいえない": (2, "10.0"), "不満": (1, "5.0"),
        "とても不満": (0, "0.0"), "無回答": (1, "5.0"),
    },
    9: {
        "すぐに使いたい": (6, "30.0"), "準備をして使いたい": (7, "35.0"), "どちらともいえない": (3, "15.0"),
        "あまり使いたくない": (2, "10.0"), "使いたくない": (1, "5.0"), "無回答": (1, "5.0"),
    },
}  # fmt: skip
"""Counted with a pencil on the lists above: 20 answers, 12 online and 8 on paper."""


@pytest.mark.in_full
def test_from_the_design_to_the_report_with_paper_typed_twice(desk_office, tmp_path, monkeypatch):
    clerk = desk_office.start(BEFORE)
    desk_office.begin_anew(clerk)
    add_lecture(clerk)
    questions = _design(clerk)
    _print_the_sheet(clerk, questions, tmp_path / "用紙", monkeypatch)
    _give_the_colleague_an_id(clerk)
    desk_office.close(clerk)

    clerk = desk_office.come_in(AFTER)
    _record_the_day(clerk)
    _import_answers(clerk, questions, tmp_path / "LINE講習会アンケート.csv", monkeypatch)
    _type_the_paper(clerk, questions)
    desk_office.close(clerk)

    clerk = _come_in(desk_office, AFTER + timedelta(hours=1), HER_ID, GIVEN, own=HER_PASSWORD)
    _type_it_again(clerk, questions)
    desk_office.close(clerk)

    clerk = _come_in(desk_office, AFTER + timedelta(hours=2), LOGIN_ID, PASSWORD)
    _settle_and_fix(clerk)
    saved = _report(clerk, tmp_path / "報告", monkeypatch)
    _check(saved, questions)
    _change_the_master(clerk)
    again = _report(clerk, tmp_path / "あとで", monkeypatch, begun=True)
    _nothing_changed(clerk, saved, again, questions)
    desk_office.close(clerk)


# before the day


def _make_a_master(clerk: Clerk) -> None:
    """The questions of the programme, begun with the standard ones and with one title of our own."""
    clerk.press("アンケート", starts=True)
    clerk.choose_act("ほかの操作", "設問のひな形")
    clerk.press("ひな形を作る")
    clerk.type("名称", MASTER)
    clerk.press("標準の10問から始める")
    clerk.press("ひな形を作成する")
    _retitle(clerk, "進む速さ", PACE)
    clerk.sees(f"問4　{PACE}")


def _retitle(clerk: Clerk, question: str, title: str) -> None:
    clerk.row(question)
    clerk.key(Qt.Key.Key_Return)
    clerk.type("設問文", title, leave=False)
    clerk.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def _design(clerk: Clerk) -> tuple[AskedQuestion, ...]:
    """The event takes the master, which is agreed and fixed, and gets its online form."""
    _make_a_master(clerk)
    _open_survey(clerk)
    clerk.press(f"令和8年度　{MASTER}（10問）を使う")
    questions = read_questions(clerk.rows("設問の一覧"))
    assert [question.title for question in questions][3] == PACE
    clerk.press("9/1(火)の協議で設問を決定する")
    clerk.sees("設問を決定しました")
    clerk.press("用紙・オンラインへ進む")
    clerk.press("配布とオンラインを直す")
    clerk.type("フォームのURL", URL)
    clerk.type("回答の締切", "10/7")
    clerk.press("保存する")
    clerk.sees(URL)
    return questions


def _print_the_sheet(
    clerk: Clerk, questions: tuple[AskedQuestion, ...], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk.search("帳票")
    clerk.row("アンケート用紙", "10問")
    clerk.sees("1 / 2", "印刷されるとおりの見本")
    plain = "".join(answer_sheets.pdf_words(_save(clerk, "PDFで保存", folder, monkeypatch, in_menu=False)).split())
    for piece in (
        "令和8年9月30日（水）",
        "第1回「LINE講習会」",
        "お名前は書かないでください",
        "主催練馬区",
        "問合せ先",
    ):
        assert piece in plain
    for number, question in enumerate(questions, start=1):
        assert "".join(f"問{number}{question.title}".split()) in plain
        for option in question.options:
            assert "".join(option.split()) in plain


def _give_the_colleague_an_id(clerk: Clerk) -> None:
    # Its online form asks for a 確認票: the entry bears a number.
    clerk.press("設定", starts=True)
    clerk.item("利用者とこの版")
    clerk.press("利用者を加える")
    clerk.type("ID", HER_ID)
    clerk.type("表示名", COLLEAGUE)
    clerk.type("パスワード", GIVEN)
    clerk.type("パスワード（もう一度）", GIVEN)
    clerk.press("利用者を加える")
    clerk.sees(COLLEAGUE)


# after the day


def _record_the_day(clerk: Clerk) -> None:
    clerk.row("実施結果を記録する", EVENT, button="結果を記録")
    for typed in ("25", "5", "0", "0"):
        clerk.write(typed)
        clerk.key(Qt.Key.Key_Tab)
    clerk.press("記録して実施済にする")
    clerk.sees("実施結果を記録しました")


def _import_answers(
    clerk: Clerk, questions: tuple[AskedQuestion, ...], path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    end = datetime(2026, 9, 30, 16, 5, 0)
    answers = [(end + timedelta(minutes=3 * n), form_answer(questions, sheet)) for n, sheet in enumerate(ONLINE)]
    csv = write_form_csv(path, questions, answers)
    _open_survey(clerk)
    clerk.press("回答を入れる")
    clerk.press("ファイルを取り込む")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_given, **_named: (str(csv), ""))
    clerk.press("回答のファイルを選ぶ")
    clerk.sees("新規 12行")
    clerk.press("12件を取り込む")
    clerk.sees("12件の回答を取り込みました。")


def _type_the_paper(clerk: Clerk, questions: tuple[AskedQuestion, ...]) -> None:
    clerk.press("回答を入れる")
    clerk.press("用紙を入力する")
    clerk.type("用紙の全枚数", str(len(PAPER)))
    clerk.press("入力を始める")
    for number, sheet in enumerate(PAPER, start=1):
        _type(clerk, questions, {**sheet, 2: (2,)} if number == MISTYPED else sheet)
    clerk.wait()
    clerk.sees("枚数がそろいました。", "2回目の入力", "まだ始まっていません（紙 8枚）")


def _type(clerk: Clerk, questions: tuple[AskedQuestion, ...], sheet: Sheet) -> None:
    clerk.keys(paper_keys(questions, sheet))
    if 10 in sheet:
        clerk.write(str(sheet[10]))
    clerk.keys("⏎⏎")


def _come_in(desk_office: Office, moment: datetime, login_id: str, password: str, *, own: str = "") -> Clerk:
    """Log in at the PC where somebody else was last; ``own`` takes the place of a password that was given."""
    clerk = desk_office.start(moment)
    clerk.sees("ログイン")
    clerk.type("ID", login_id)
    clerk.type("パスワード", password, leave=False)
    clerk.key(Qt.Key.Key_Return)
    if own:
        clerk.sees("ご自分のパスワードを決める")
        clerk.type("新しいパスワード", own)
        clerk.type("新しいパスワード（もう一度）", own, leave=False)
        clerk.key(Qt.Key.Key_Return)
    desk_office.entered(clerk)
    return clerk


def _type_it_again(clerk: Clerk, questions: tuple[AskedQuestion, ...]) -> None:
    _open_survey(clerk)
    clerk.press("回答を入れる")
    clerk.press("用紙を入力する")
    clerk.press("2回目", starts=True)
    clerk.sees("2回目がまだの用紙　1～8")
    clerk.press("入力を始める")
    for sheet in PAPER:
        _type(clerk, questions, sheet)
    clerk.wait()
    clerk.sees("8 / 8枚　すべて済みました", "回答の一致　79 / 80（98.8%）", f"（{MISTYPED}枚目）")


def _settle_and_fix(clerk: Clerk) -> None:
    _open_survey(clerk)
    clerk.press("確かめる")
    clerk.press("2回目とのちがいを決める")
    clerk.press("ちがいを決める")
    clerk.sees("問2　講習会全体の満足度", "満足", "どちらともいえない", f"2回目　{COLLEAGUE}")
    clerk.key(Qt.Key.Key_2)
    clerk.key(Qt.Key.Key_Return)
    clerk.sees(f"{MISTYPED}枚目 問2　満足 ／ どちらともいえない → どちらともいえない")
    clerk.press("確定する")
    clerk.sees("20件", "紙 8・オンライン 12", "80.0%", "満足計 16人 80.0%", "％は参考値（n＜30）")
    clerk.press("確かめる")
    clerk.press("受託者の数を入れる")
    _type_their_numbers(clerk)
    clerk.press("照合を保存する")
    clerk.press("問2の差を決めてつぎへ")
    clerk.press("「5 確定する」へ進む")
    clerk.press("集計を確定する")
    clerk.sees("集計を確定しました", "集計確定", "照合 ", "差 2か所")
    clerk.press("回答を入れる")
    clerk.sees_not("用紙を入力する")


def _type_their_numbers(clerk: Clerk) -> None:
    """The contractor counted one 「とても満足」 too many; everything else is as ours."""
    clerk.sees("受託者の集計と照合する", "回収した枚数", "無回答")
    boxes = clerk.all(CountBox)
    assert boxes
    for box in boxes:
        more = {"とても満足": 1, "満足": -1}.get(box.row.text, 0) if box.row.code == "satisfaction" else 0
        clerk.click(box, wait=False)
        box.selectAll()
        clerk.write(str(box.row.own_count + more))


def _report(clerk: Clerk, folder: Path, monkeypatch: pytest.MonkeyPatch, *, begun: bool = False) -> dict[str, Path]:
    clerk.press("資料・報告", starts=True)
    clerk.row("実施報告書", EVENT, double=True)
    if not begun:
        clerk.press("様式を作成")
    return {
        "pdf": _save(clerk, "PDFで保存", folder / "pdf", monkeypatch),
        "xlsx": _save(clerk, "Excelで保存", folder / "xlsx", monkeypatch),
    }


def _check(saved: dict[str, Path], questions: tuple[AskedQuestion, ...]) -> None:
    expected = counted(questions, (*ONLINE, *PAPER))
    assert {number: expected[number] for number in BY_HAND} == BY_HAND
    words = answer_sheets.pdf_words(saved["pdf"])
    for piece in ("満足計\n16 人\n回収20件中 80.0％", "活用の意向あり\n13 人", "確定 R8.10.1", "受託者"):
        assert piece in words
    workbook = answer_sheets.in_workbook(saved["xlsx"])
    for number, counts in expected.items():
        assert {label: workbook[number][label] for label in counts} == counts
        part = answer_sheets.pdf_of_question(saved["pdf"], number, questions[number - 1].title)
        if questions[number - 1].kind == answer_sheets.SINGLE:
            assert f"人数 {' '.join(str(count) for count, _share in counts.values())} 20" in part
            assert f"％（参考） {' '.join(share for _count, share in counts.values())} 100.0" in part
        else:
            for place, option in enumerate(questions[number - 1].options, start=1):
                assert f"{place} {option} {counts[option][0]} {counts[option][1]}" in part
    assert answer_sheets.key_figures(saved["xlsx"]) == {
        "出席者": 25, "参加団体": 5, "アンケート回収": 20, "満足計": 16, "活用の意向あり": 13,
    }  # fmt: skip
    assert answer_sheets.charts_in(saved["xlsx"]) == len(expected)
    assert summed(expected[2], ("とても満足", "満足")) == (16, "80.0")


def _change_the_master(clerk: Clerk) -> None:
    clerk.press("アンケート", starts=True)
    clerk.choose_act("ほかの操作", "設問のひな形")
    clerk.row(MASTER, double=True)
    _retitle(clerk, PACE, "講師の話の速さ")
    clerk.sees("問4　講師の話の速さ")
    clerk.row("講習会の長さ")
    clerk.key(Qt.Key.Key_Delete)
    clerk.sees_not("講習会の長さ")


def _nothing_changed(
    clerk: Clerk, before: dict[str, Path], after: dict[str, Path], questions: tuple[AskedQuestion, ...]
) -> None:
    assert answer_sheets.in_workbook(after["xlsx"]) == answer_sheets.in_workbook(before["xlsx"])
    assert answer_sheets.pdf_words(after["pdf"]) == answer_sheets.pdf_words(before["pdf"])
    _open_survey(clerk)
    clerk.press("設問を決める")
    assert read_questions(clerk.rows("設問の一覧")) == questions


# shared


def _open_survey(clerk: Clerk) -> None:
    clerk.press("アンケート", starts=True)
    clerk.wait()
    if "アンケートの一覧" in clerk.said():
        clerk.row(EVENT, double=True)


def _save(clerk: Clerk, button: str, folder: Path, monkeypatch: pytest.MonkeyPatch, *, in_menu: bool = True) -> Path:
    folder.mkdir(parents=True)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_given, **_named: str(folder))
    if in_menu:
        clerk.choose_act("ほかの操作", button)
    else:
        clerk.press(button)
    clerk.press("場所を変える")
    clerk.press("保存する")
    (saved,) = folder.iterdir()
    clerk.sees(f"「{saved.name}」を保存しました。")
    return saved
