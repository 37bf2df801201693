"""The jobs whose effort is counted, as a clerk does them in the real window: no service, no value put into a field."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import platformdirs
from PySide6.QtCore import Qt
from PySide6.QtGui import QPageSize, QPainter, QPdfWriter

from app.common.file_locations import exports_folder
from tests.support.answer_sheets import Sheet, form_answer, paper_keys
from tests.support.effort import CountingClerk, CountingOffice, Effort, counted_office
from tests.support.google_form import AskedQuestion, read_questions, write_form_csv
from tests.support.office_days import CLERK, LOGIN_ID, PASSWORD, add_lecture

FIRST_DAY = datetime(2026, 9, 1, 9, 0)
SECOND_VERSION = datetime(2026, 9, 8, 9, 0)
AFTER = datetime(2026, 10, 1, 9, 0)
CLOSED = datetime(2026, 9, 17, 9, 0)
MORNING = datetime(2026, 9, 30, 8, 10)
DOOR = datetime(2026, 9, 30, 13, 30)
REPORT_CAME = datetime(2026, 10, 20, 9, 0)
NUMERALS = "一二三四五六七八九十百"
READINGS = ("いち", "に", "さん", "よん", "ご", "ろく", "なな", "はち", "きゅう", "とお", "もも")
EVENT = "第1回 LINE講習会"
GROUPS = (
    ("みほん第一町会", "8", "5", "3"),
    ("みほん第二自治会", "6", "4", "2"),
    ("みほん三丁目町会", "4", "2", "2"),
)
FINDINGS = (("1", "誤字「ラインン」", "内容の誤り"), ("2", "写真の承諾を確かめる", "肖像の承諾"))
AGREED = "日程・内容・機材は、受託者と協議済"
ONLINE: tuple[Sheet, ...] = (
    {1: (1,), 2: (1,), 3: (1,), 4: (3,), 5: (3,), 6: (1, 3), 7: (1,), 8: (2, 4), 9: (1,), 10: "来てよかったです。"},
    {1: (2,), 2: (1,), 3: (2,), 4: (3,), 5: (4,), 6: (1, 2, 3), 7: (2,), 8: (9,), 9: (1,)},
    {1: (3,), 2: (2,), 3: (2,), 4: (2,), 5: (3,), 6: (3, 5), 7: (1,), 8: (4, 6), 9: (3,)},
)  # fmt: skip
TOO_EARLY: Sheet = {1: (6,), 2: (5,), 3: (5,), 10: "試しの送信です。"}
PAPER: tuple[Sheet, ...] = (
    {1: (1,), 2: (1,), 3: (1,), 4: (3,), 5: (3,), 6: (1, 3), 7: (1,), 8: (7,), 9: (1,)},
    {1: (2,), 2: (2,), 3: (1,), 4: (3,), 5: (3,), 6: (3,), 7: (1,), 8: (1, 2), 9: (2,)},
    {1: (5,), 2: (4,), 3: (2,), 4: (3,), 5: (3,), 6: (6,), 7: (6,), 8: (1,), 9: (3,)},
)


def measured(waiter: Any) -> Iterator[Effort]:
    """Do every job once, in a home of its own; ``waiter`` waits as pytest-qt does (``waitUntil``)."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        yield from _people_jobs(waiter, Path(place))
        yield from _cancelling(waiter, Path(place))
        yield from _main_job(waiter, Path(place))


def measured_without_mouse(waiter: Any) -> Iterator[Effort]:
    """Do the main job by keys alone."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        yield from _main_job(waiter, Path(place))


# 主な仕事


def _main_job(waiter: Any, folder: Path) -> Iterator[Effort]:
    job = Effort("1回の講習会：はじめから報告書の確認まで")
    with counted_office(waiter, folder / "home", job) as desk:
        clerk = desk.start(FIRST_DAY)
        _first_start(desk, clerk)
        _add_the_event(clerk)
        _ask_for_a_better_handout(clerk, folder)
        _tell_the_number(clerk)
        questions = _decide_the_questions(clerk)
        desk.close(clerk)

        clerk = _next_day(desk, SECOND_VERSION)
        _confirm_the_second_version(clerk, folder)
        desk.close(clerk)

        clerk = _next_day(desk, AFTER)
        _record_the_day(clerk)
        _take_in_the_answers(clerk, _form_file(folder / "LINE講習会アンケート.csv", questions))
        _type_the_sheets(clerk, questions)
        _fix_the_totals(clerk)
        report = _make_the_form(clerk)
        desk.close(clerk)

        clerk = _next_day(desk, REPORT_CAME)
        _check_the_report(clerk, report)
        desk.close(clerk)
    yield job
    sheet = next(step for step in job.steps if step.name == "紙の回答 2枚目")
    yield Effort("紙の回答1枚", [sheet])


def _first_start(desk: CountingOffice, clerk: CountingClerk) -> None:
    clerk.step("はじめて開く")
    clerk.press("新しく始める")
    clerk.press("つぎへ　所属・担当者", choice=True)
    clerk.type("受託者", "みほん合同会社")
    clerk.press("つぎへ　IDとパスワード")
    clerk.type("ID", LOGIN_ID)
    clerk.type("表示名", CLERK)
    clerk.type("パスワード", PASSWORD)
    clerk.decide("nobody looks on, and it is what was meant", within=True)
    clerk.key(Qt.Key.Key_Space)
    clerk.key(Qt.Key.Key_Return)
    clerk.sees("回復キーを控えましたか")
    clerk.key(Qt.Key.Key_Tab)
    clerk.press("書き写した", choice=True)
    clerk.press("使い始める")
    desk.entered(clerk)


def _next_day(desk: CountingOffice, moment: datetime) -> CountingClerk:
    clerk = desk.start(moment)
    clerk.step(f"{moment.month}/{moment.day} ログイン")
    desk.log_in(clerk)
    desk.entered(clerk)
    return clerk


def _add_the_event(clerk: CountingClerk) -> None:
    clerk.step("実施回を加える")
    clerk.look()
    clerk.press("実施回を追加する")
    clerk.type("名称", "LINE講習会")
    clerk.type("実施日", "9/30")
    for _time in ("開始", "終了"):
        clerk.key(Qt.Key.Key_Tab)
    clerk.type("会場", "みほん区民館")
    clerk.type("講師", "みほん講師")
    clerk.decide("all of it was talked over with the contractor", within=True)
    clerk.key(Qt.Key.Key_Space)
    clerk.press("実施回を追加する")
    clerk.sees("LINE講習会を加えました")


def _ask_for_a_better_handout(clerk: CountingClerk, folder: Path) -> None:
    clerk.step("資料を確かめて再提出を求める")
    _saved_from_mail(_handout(folder / "LINE講習会テキスト.pdf"), FIRST_DAY)
    _go(clerk, "資料・報告")
    clerk.row("資料は未登録")
    clerk.press("届いたものを受領する")
    clerk.sees("2ページ")
    clerk.press("第1版を受領する")
    clerk.sees("第1版を受領しました。")
    clerk.press("ページと指摘を開く")
    clerk.sees("第1版の結果")
    for page, words, basis in FINDINGS:
        if page != "1":
            clerk.key(Qt.Key.Key_PageDown)
        clerk.decide(f"page {page} of the handout is read")
        if basis == "内容の誤り":
            clerk.write(words)
        else:
            clerk.decide("it is one of the usual findings")
            clerk.key(Qt.Key.Key_Down)
            clerk.pick(words)
        clerk.sees(basis)
        clerk.key(Qt.Key.Key_Return)
    clerk.sees("指摘　残り 2件")
    clerk.decide("the handout has to be handed in again")
    clerk.key(Qt.Key.Key_F7)
    clerk.sees("資料確認結果通知")
    clerk.press("通知したと記録する")
    clerk.decide("how it was told")
    clerk.key(Qt.Key.Key_Down)
    clerk.sees("メール")
    clerk.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    clerk.sees("9/1(火) メールで連絡・通知済にしました。")


def _saved_from_mail(path: Path, morning: datetime) -> Path:
    """Put a file where the browser or the mail program saves what came, five minutes before one sits down."""
    place = platformdirs.user_downloads_path() / path.name
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, place)
    saved = (morning - timedelta(minutes=5)).timestamp()
    os.utime(place, (saved, saved))
    return place


def _handout(path: Path) -> Path:
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    painter = QPainter(writer)
    painter.drawText(800, 800, "LINE")
    writer.newPage()
    painter.drawText(800, 800, "2")
    painter.end()
    return path


def _tell_the_number(clerk: CountingClerk) -> None:
    clerk.step("参加人数を連絡する")
    _go(clerk, "ホーム")
    clerk.press("来週から", starts=True)
    clerk.row("参加人数を連絡する", button="人数連絡を作成")
    for name, *cells in GROUPS:
        clerk.write(name)
        for cell in cells:
            clerk.key(Qt.Key.Key_Tab)
            clerk.write(cell)
        clerk.key(Qt.Key.Key_Return)
    clerk.key(Qt.Key.Key_Return)
    clerk.press("参加人数連絡書を作成")
    clerk.sees("第1報　18人")
    clerk.press("通知したと記録する")
    clerk.decide("how it was told")
    clerk.key(Qt.Key.Key_Down)
    clerk.sees("メール", "内容確認　左の書類を表示")
    clerk.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    clerk.sees("参加人数連絡書（第1報 18人）を9/1(火) メールで連絡・通知済にしました。")


def _decide_the_questions(clerk: CountingClerk) -> tuple[AskedQuestion, ...]:
    clerk.step("設問を決める")
    _open_survey(clerk)
    clerk.press("標準の設問を使う", choice=True)
    questions = read_questions(clerk.rows("設問の一覧"))
    clerk.press("9/1(火)の協議で設問を決定する", choice=True)
    clerk.sees("設問を決定しました")
    return questions


def _confirm_the_second_version(clerk: CountingClerk, folder: Path) -> None:
    clerk.step("資料の第2版を確認済にする")
    _saved_from_mail(_handout(folder / "LINE講習会テキスト2.pdf"), SECOND_VERSION)
    _go(clerk, "資料・報告")
    clerk.sees("第2版を待つ")
    clerk.press("届いたものを受領する")
    clerk.sees("2ページ")
    clerk.press("第2版を受領する")
    clerk.sees("第2版を受領しました。")
    clerk.press("ページと指摘を開く")
    clerk.sees("第2版の結果")
    for page, _words, _basis in FINDINGS:
        clerk.decide(f"page {page} is mended")
        clerk.key(Qt.Key.Key_Space)
    clerk.decide("the version can be used")
    clerk.key(Qt.Key.Key_F5)
    clerk.sees("確認済の版は、変えられません。")


def _record_the_day(clerk: CountingClerk) -> None:
    clerk.step("実施結果を記録する")
    clerk.row("実施結果を記録する", EVENT, button="結果を記録")
    for typed in ("16", "3", "2", "0"):
        clerk.write(typed)
        clerk.key(Qt.Key.Key_Tab)
    clerk.press("記録して実施済にする")
    clerk.sees("実施結果を記録しました", "実施済")


def _form_file(path: Path, questions: tuple[AskedQuestion, ...]) -> Path:
    end = datetime(2026, 9, 30, 15, 52, 8)
    answers = [(datetime(2026, 9, 29, 11, 5, 0), form_answer(questions, TOO_EARLY))]
    answers += [(end + timedelta(minutes=3 * n), form_answer(questions, sheet)) for n, sheet in enumerate(ONLINE)]
    return write_form_csv(path, questions, answers)


def _take_in_the_answers(clerk: CountingClerk, csv: Path) -> None:
    clerk.step("フォームの回答を取り込む")
    name = _saved_from_mail(csv, AFTER).name
    _open_survey(clerk)
    clerk.press("回答を取り込む")
    clerk.look()
    clerk.decide(f"{name} is the file")
    clerk.press(name, starts=True)
    clerk.sees("確認が必要 1行")
    clerk.decide("the preview is right")
    clerk.press("4件を取り込む")
    clerk.sees("4件の回答を取り込みました。")
    clerk.press("確認が必要な1件を決める")
    clerk.sees("開始（9/30(水) 14:00）より前の回答")
    clerk.decide("it is a trial")
    clerk.key(Qt.Key.Key_2)
    clerk.press("「集計に入れない（試し送信）」に決めてつぎへ")
    clerk.sees("「集計に入れない」にしました")


def _type_the_sheets(clerk: CountingClerk, questions: tuple[AskedQuestion, ...]) -> None:
    clerk.step("紙の回答を入れ始める")
    clerk.key(Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    clerk.press("用紙を入力する")
    clerk.type("用紙の全枚数", str(len(PAPER)), leave=False)
    clerk.key(Qt.Key.Key_Return)
    clerk.sees("同じか確かめてください")
    for number, sheet in enumerate(PAPER, start=1):
        clerk.step(f"紙の回答 {number}枚目")
        clerk.keys(paper_keys(questions, sheet) + "⏎⏎")
    clerk.wait()
    clerk.sees("枚数がそろいました。")


def _fix_the_totals(clerk: CountingClerk) -> None:
    clerk.step("集計を確定する")
    clerk.decide("the sheets are complete")
    clerk.key(Qt.Key.Key_5, Qt.KeyboardModifier.AltModifier)
    clerk.sees("照合せず確定する")
    clerk.decide("the totals look right")
    clerk.press("照合せず確定する")
    clerk.decide("why they are not compared")
    clerk.key(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    clerk.press("照合せず確定する")
    clerk.sees("集計を確定しました")
    clerk.press("報告書へ進む")


def _make_the_form(clerk: CountingClerk) -> Path:
    clerk.step("報告書の様式を渡す")
    clerk.press("様式を作成", choice=True)
    clerk.wait()
    return _saved(clerk, "PDFで保存")


def _saved(clerk: CountingClerk, button: str) -> Path:
    """Save at the place that is proposed."""
    clerk.press(button)
    clerk.press("保存する")
    clerk.sees("を保存しました。")
    clerk.wait()
    return next(iter(exports_folder().glob("*実施報告書*.pdf")))


def _check_the_report(clerk: CountingClerk, report: Path) -> None:
    clerk.step("報告書を受領する")
    with report.open("ab") as pdf:
        pdf.write(b"% filled in by the contractor\n")
    came = _saved_from_mail(report, REPORT_CAME)
    _go(clerk, "資料・報告")
    clerk.row("実施報告書")
    clerk.press("届いたものを受領する")
    clerk.sees(came.name)
    clerk.press("受領を記録する")
    clerk.wait()
    clerk.step("報告書の数字と項目を確かめる")
    clerk.look()
    clerk.decide("the numbers read from the pages agree with the records")
    clerk.key(Qt.Key.Key_F5)
    clerk.sees("確認済にする（残り 4件）")
    clerk.decide("the report does not carry the copies printed")
    clerk.key(Qt.Key.Key_F4)
    clerk.sees("扱いを選ぶ")
    clerk.decide("the copies printed may be missing in the report")
    clerk.key(Qt.Key.Key_3)
    clerk.key(Qt.Key.Key_Return)
    clerk.sees("残り 3件")
    for point in ("実施内容", "集計結果", "講師からの所感"):
        clerk.press_or_find(f"{point}　まだ見ていない", menu="ほかの操作", under="条文の項目")
    clerk.press("確認済にする", choice=True)
    clerk.sees("確認済を取り消す")


# 申込、欠席、受付、中止


def _people_jobs(waiter: Any, folder: Path) -> Iterator[Effort]:
    ready, call, absence, door = (
        Effort(name) for name in ("準備", "電話の申込1件", "欠席連絡1件", "番号で1人を受け付ける")
    )
    with counted_office(waiter, folder / "people", ready) as desk:
        clerk = _with_applications(desk, folder)
        clerk.press("ホーム", starts=True)
        clerk.begin(call)
        _take_a_call(clerk)
        clerk.begin(ready)
        _decide_who_comes(clerk)
        clerk.press("ホーム", starts=True)
        clerk.begin(absence)
        _note_an_absence(clerk)
        clerk.begin(ready)
        desk.close(clerk)
        clerk = desk.come_in(DOOR)
        clerk.begin(door)
        _receive_one(clerk)
        clerk.begin(ready)
        desk.close(clerk)
    yield from (call, absence, door)


def _cancelling(waiter: Any, folder: Path) -> Iterator[Effort]:
    ready, job = Effort("準備"), Effort("当日朝の中止と14団体への電話")
    with counted_office(waiter, folder / "cancelled", ready) as desk:
        clerk = _with_applications(desk, folder)
        _decide_who_comes(clerk)
        desk.close(clerk)
        clerk = desk.come_in(MORNING)
        clerk.begin(job)
        _cancel(clerk)
        clerk.begin(ready)
        desk.close(clerk)
    yield job


def _with_applications(desk: CountingOffice, folder: Path) -> CountingClerk:
    clerk = desk.start(CLOSED)
    desk.begin_anew(clerk)
    add_lecture(clerk)
    lines = ["タイムスタンプ,お名前,ふりがな,町会・自治会名,役職,電話番号,参加を希望する講習会,お持ちの端末"]
    for number in range(22):
        lines.append(
            f"2026/09/{1 + number // 2:02d} {9 + number % 3}:05:{number + 10} 午前 "
            f"GMT+9,見本　{NUMERALS[number % 11]}子,"
            f"みほん　{READINGS[number % 11]}こ,みほん第{number % 14 + 1}町会,役員,03-0000-{1000 + number},"
            f"LINE講習会,スマートフォン"
        )
    path = folder / "申込.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    _open_event(clerk)
    clerk.press("参加者", starts=True)
    clerk.press("申込を取り込む")
    clerk.choose_file(path, "申込のファイルを選ぶ")
    clerk.press("22件を取り込む")
    clerk.sees("22件の申込を取り込みました（22人分）。")
    return clerk


def _decide_who_comes(clerk: CountingClerk) -> None:
    _open_event(clerk)
    clerk.press("参加者", starts=True)
    clerk.press("参加者を決める")
    clerk.wait()
    clerk.press("20人を決定", starts=True)
    clerk.sees("参加予定 20")


def _open_event(clerk: CountingClerk) -> None:
    clerk.press("事業")
    clerk.row(EVENT, double=True)
    clerk.wait()


def _take_a_call(clerk: CountingClerk) -> None:
    clerk.step("電話の申込")
    clerk.decide("somebody applies for the next event by telephone")
    clerk.key(Qt.Key.Key_F9)
    clerk.write("第3")
    clerk.look()
    clerk.decide("みほん第3町会 is meant", within=True)
    clerk.key(Qt.Key.Key_Return)
    clerk.write("例谷　花子", reading="れいたに　はなこ")
    clerk.key(Qt.Key.Key_Return)
    clerk.write("03-0000-2222")
    clerk.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    clerk.wait()
    clerk.sees("の申込を受け付けました。")
    clerk.sees("区がやること")


def _note_an_absence(clerk: CountingClerk) -> None:
    clerk.step("欠席連絡")
    clerk.decide("somebody cannot come to the next event")
    clerk.key(Qt.Key.Key_F4)
    clerk.row("見本　三子")
    clerk.decide("this is the one who calls")
    clerk.key(Qt.Key.Key_F4)
    clerk.wait()
    clerk.sees("欠席連絡を取り消す F4")


def _receive_one(clerk: CountingClerk) -> None:
    clerk.step("受付を開く")
    clerk.press("受付を開く")
    clerk.sees("/ 19人")
    clerk.step("1人目")
    clerk.keys("7⏎")
    clerk.sees("受付済 1人")


def _cancel(clerk: CountingClerk) -> None:
    clerk.step("中止を決めて記す")
    clerk.decide("the event is called off")
    clerk.key(Qt.Key.Key_F8)
    clerk.look()
    clerk.decide("who decided")
    clerk.pick("協働推進課長")
    clerk.decide("why")
    clerk.pick("大雨警報の発表のため")
    clerk.key(Qt.Key.Key_Return)
    clerk.wait()
    clerk.sees("第1回 LINE講習会を中止にしました。")
    clerk.step("14団体に電話する")
    for _group in range(14):
        clerk.decide("what came of the call")
        clerk.key(Qt.Key.Key_Return)
    clerk.wait()
    clerk.sees("すべて連絡済です。")


_DIGITS = {"ホーム": Qt.Key.Key_1, "資料・報告": Qt.Key.Key_4, "アンケート": Qt.Key.Key_5}


def _go(clerk: CountingClerk, place: str) -> None:
    """To a place of the side bar by its digit, which stands beside it while Ctrl is held."""
    clerk.decide(f"{place} comes next")
    clerk.key(_DIGITS[place], Qt.KeyboardModifier.ControlModifier)
    clerk.look()


def _open_survey(clerk: CountingClerk) -> None:
    _go(clerk, "アンケート")
    clerk.wait()
    if "アンケートの一覧" in clerk.said():
        clerk.row(EVENT, double=True)
