"""Events whose letters were told in several ways go to another day: on a new folder, by mouse and keyboard."""

from datetime import datetime
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPlainTextEdit

from app.actions.action_result import ActionResult
from app.widgets.lists.fitted_table import FittedTable
from db.records.events import Event
from db.records.organisations import Organisation, Person
from db.records.roster import Entry
from db.rows import rows
from db.store import Store
from tests.support.clerk import Clerk
from tests.support.event_pages import open_folds
from tests.support.office_days import PASSWORD, add_lecture

DECIDED = datetime(2026, 9, 1, 9, 0)
MOVED = datetime(2026, 9, 3, 10, 0)
CANCELLED = datetime(2026, 9, 8, 11, 0)
PEOPLE = (("みほん髙﨑町会", "髙﨑　千鶴子"), ("みほん髙﨑町会", "𠮷田　榮一"), ("みほん川北自治会", "佐々木　花子"))
ISSUED, TICKED = "LINE講習会", "Zoom講習会"


@pytest.mark.nightly
def test_a_date_moves_after_its_letters_went_and_then_the_event_is_cancelled(desk_office, tmp_path, monkeypatch):
    clerk = desk_office.start(DECIDED)
    desk_office.begin_anew(clerk)
    _name_the_symbol(clerk)
    for subject, day in ((ISSUED, "9/24"), (TICKED, "9/25")):
        add_lecture(clerk, day=day, subject=subject)
    desk_office.prepares(clerk, _put_people)
    _issue(clerk, tmp_path, monkeypatch)
    _tick(clerk)
    desk_office.close(clerk)

    clerk = desk_office.come_in(MOVED)
    for subject, told, day in ((ISSUED, "9/24(木)", "10/1"), (TICKED, "9/25(金)", "10/2")):
        _move(clerk, subject, day, told=told)
        _read_the_old_letter(clerk, subject)
    _read_the_change(clerk, ISSUED, "令和8年9月24日（木）", "令和8年10月1日（木）")
    _read_the_change(clerk, TICKED, "令和8年9月25日（金）", "令和8年10月2日（金）")
    desk_office.close(clerk)

    clerk = desk_office.come_in(CANCELLED)
    _cancel(clerk, ISSUED, "令和8年9月24日（木）", "10月1日")
    _cancel(clerk, TICKED, "令和8年9月25日（金）", "10月2日")
    desk_office.close(clerk)


def _put_people(store: Store, *, by: str, now: datetime) -> ActionResult:
    """Everybody is 決定 for each event; who applied is typed elsewhere."""
    with store.change(action="申込を入れた", by=by, now=now, subject="roster") as change:
        groups = {name: change.insert(Organisation(name=name)) for name, _person in PEOPLE}
        people = [(groups[name], change.insert(Person(name=who, organisation_id=groups[name]))) for name, who in PEOPLE]
        for event in rows(store.database, Event):
            for group, person in people:
                change.insert(Entry(event_id=event.id, organisation_id=group, person_id=person, state="決定"))
    return ActionResult("申込を入れました。")


def _name_the_symbol(clerk: Clerk) -> None:
    clerk.press("設定", starts=True)
    clerk.press("所属・担当者", starts=True)
    clerk.sees("公文書の発信者")
    clerk.type("文書記号", "8練地協第")
    clerk.sees("番号が1234のとき、「8練地協第1234号」と印字します。")
    clerk.sees_not("第第")


def _open(clerk: Clerk, subject: str) -> None:
    clerk.press("事業")
    clerk.row(subject, double=True)


def _letters(clerk: Clerk, subject: str) -> None:
    _open(clerk, subject)
    clerk.press("参加者", starts=True)
    clerk.choose_act("申込・通知・受付", "通知を作成")
    clerk.row("決定通知", "2団体　3人")


def _issue(clerk: Clerk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """施行 with a bare number that is read back, and saved."""
    _letters(clerk, ISSUED)
    clerk.press("この内容で起案する")
    clerk.sees("例：1234 →「8練地協第1234号」")
    clerk.type("決裁日", "9/1")
    clerk.type("文書番号", "391")
    clerk.sees("「8練地協第391号」と印字します。")
    clerk.press("決裁を記録する")
    clerk.type("施行日", "9/1")
    clerk.press("施行にする")
    clerk.sees("施行　済")
    said = _saved(clerk, folder / "決定通知", monkeypatch)
    assert ("8練地協第391号" in said, "9月24日（木）" in said) == (True, True)


def _saved(clerk: Clerk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_given, **_named: str(folder))
    clerk.press("PDFで保存")
    clerk.press("場所を変える")
    clerk.type("パスワード", PASSWORD)
    clerk.type("パスワード（もう一度）", PASSWORD)
    clerk.press("暗号化して保存する")
    (path,) = folder.iterdir()
    return "\n".join(page.extract_text() for page in PdfReader(path, password=PASSWORD).pages)


def _tick(clerk: Clerk) -> None:
    """The letter went by other means: its step is ticked."""
    _open(clerk, TICKED)
    clerk.row("募集", double=True)
    clerk.press("決定通知", starts=True)
    clerk.sees("「決定通知」を済にしました。")


def _move(clerk: Clerk, subject: str, day: str, *, told: str) -> None:
    """What follows from the move stands in sight before it is saved, with the letter and everybody it told."""
    _open(clerk, subject)
    clerk.press(told, starts=True)
    clerk.type("新しい日付", day)
    clerk.sees("ほかに直すもの", "と知らせた書類", "相手：みほん髙﨑町会（髙﨑　千鶴子、𠮷田　榮一）、みほん川北自治会")
    clerk.sees("「中止・変更の連絡」で 2団体へ電話します。")
    clerk.type("変える理由", "会場の都合のため")
    clerk.press("期限を", starts=True)
    clerk.sees("期限", "動きました")


def _read_the_old_letter(clerk: Clerk, subject: str) -> None:
    """What was issued here is read from its 控え with what changed; else the letter of the change is named."""
    _open(clerk, subject)
    clerk.press("参加者", starts=True)
    clerk.choose_act("申込・通知・受付", "通知を作成")
    clerk.sees("いまは作らないもの")
    for table in clerk.window().findChildren(FittedTable):
        open_folds(table)
    if subject == ISSUED:
        clerk.row("決定通知", "2団体　3人　施行")
        clerk.sees("出した時の写しに、いまの記録と違うところがあります。")
    else:
        clerk.row("決定通知", "作成しません")
        clerk.sees("と知らせています。変わったことは、変更通知で知らせます。")


def _read_the_change(clerk: Clerk, subject: str, before: str, after: str) -> None:
    clerk.press("ホーム", starts=True)
    clerk.sees_not("通知後の変更連絡", "伝えたと記録する", "決定通知を出す")
    clerk.row("変更通知で知らせる", subject, button="通知を開く")
    clerk.sees(f"{before}　午後2時から午後4時まで", after)


def _cancel(clerk: Clerk, subject: str, known: str, unheard: str) -> None:
    """Nobody is telephoned about a day that he was never told."""
    _open(clerk, subject)
    clerk.press("中止・変更の連絡")
    clerk.choose("区分", "中止")
    assert clerk.find(QLineEdit, "判断した時刻").text() == "9/8(火) 11:00", "not when the change was decided"
    clerk.type("判断した者", "協働推進課長")
    clerk.type("理由", "大雨警報の発表のため")
    clerk.press("中止", starts=True)
    clerk.sees(f"{known}午後2時から午後4時までの")
    spoken = next(one.toPlainText() for one in clerk.all(QPlainTextEdit) if "中止します" in one.toPlainText())
    assert (known in spoken, unheard in spoken) == (True, False)
    clerk.press("ホーム", starts=True)
    asked = [" ".join(row) for row in clerk.rows("区がやること") if subject in " ".join(row)]
    expected = ("中止を伝える", "へ電話", "中止通知を伝える", "受託者と協議する")
    assert [next(word for word in expected if word in one) for one in asked] == list(expected), asked
