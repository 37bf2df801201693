"""23 applications for a workshop of 20, from the file over the 入場番号 of the letters and the door to the attendance
in the report: mouse, keyboard, several days."""

from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from app.actions.action_result import ActionResult
from app.event_day.reception.services import read_reception
from db.records.events import Event
from db.records.roster import Entry
from db.rows import rows
from db.store import Store
from tests.support.clerk import Clerk
from tests.support.office_days import PASSWORD, Office, add_lecture

CLOSED = datetime(2026, 9, 17, 9, 0)
TOLD = datetime(2026, 9, 24, 9, 0)
DOOR = datetime(2026, 9, 30, 13, 30)
AFTER = datetime(2026, 10, 1, 9, 0)
EVENT = "第1回 LINE講習会"
KANA = "あいうえおかきくけこ"
SURNAMES = ("髙﨑", "𠮷田", "渡邉", "濵田", "齋藤", "葛󠄀西", "佐々木", "見本川", "例谷", "仮森", "德永", "山﨑")


def applications(path: Path) -> list[str]:
    """A Google form's file: 23 people of 14 団体, names as people write them; returns the names."""
    lines = ["タイムスタンプ,お名前,ふりがな,町会・自治会名,役職,電話番号,参加を希望する講習会,お持ちの端末"]
    names = []
    for number in range(23):
        name = f"{SURNAMES[number % len(SURNAMES)]}　{'一二三四五六七八九十'[number % 10]}子"
        names.append(name)
        lines.append(
            f"2026/09/{1 + number // 2:02d} {9 + number % 3}:05:{number + 10} 午前 GMT+9,"
            f"{name},みほん　{KANA[number % 10]}こ,"
            f"みほん第{number % 14 + 1}町会,役員,03-0000-{1000 + number}"
            f",LINE講習会,{'スマートフォン' if number % 3 else '貸出を希望'}"
        )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return names


@pytest.mark.nightly
def test_from_the_file_of_applications_to_the_attendance_in_the_report(desk_office, tmp_path, monkeypatch):
    clerk = desk_office.start(CLOSED)
    desk_office.begin_anew(clerk)
    add_lecture(clerk)
    names = applications(tmp_path / "申込.csv")
    clerk.press("事業")
    clerk.row(EVENT, double=True)
    clerk.press("参加者", starts=True)
    clerk.press("申込を取り込む")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_given, **_named: (str(tmp_path / "申込.csv"), ""))
    clerk.press("申込のファイルを選ぶ")
    clerk.sees("新規 23行")
    clerk.press_twice("23件を取り込む")
    clerk.sees("23件の申込を取り込みました（23人分）。")
    _draw_lots(clerk)
    clerk.sees("補欠1", "補欠3")
    clerk.choose_act("申込・通知・受付", "通知を作成")
    notices = _send_the_notices(clerk, tmp_path, monkeypatch)
    told = _admissions(desk_office, clerk)
    assert sorted(told.values()) == list(range(501, 521))
    assert all(f"{number}　{name}" in notices.replace(" ", "　") for name, number in told.items())
    desk_office.close(clerk)

    clerk = desk_office.come_in(TOLD)
    _tell_the_number(clerk)
    pack = _make_the_pack(clerk, tmp_path, monkeypatch)
    desk_office.close(clerk)

    clerk = desk_office.come_in(DOOR)
    _receive(desk_office, clerk, told)
    desk_office.close(clerk)

    _check_papers(names, notices, pack)
    assert "入場番号" in pack
    for number in told.values():
        assert pack.count(str(number)) == 3, "on each of the two copies of the roster, and on the name tag"
    clerk = desk_office.come_in(AFTER)
    clerk.press("資料・報告", starts=True)
    clerk.row("実施報告書", EVENT, double=True)
    clerk.press("様式を作成")
    report = _save_plain(clerk, "PDFで保存", tmp_path / "報告", monkeypatch)
    assert "申込　23人（14団体）　決定　20人　出席　19人" in report
    assert "欠席　1人　未確認　2人" in report
    clerk.press("事業")
    clerk.row(EVENT, double=True)
    clerk.press("参加者", starts=True)
    clerk.sees("すべて 25人")
    shown = [" ".join(row) for row in clerk.rows("参加者の一覧")]
    states = Counter(state for state in ("決定", "補欠", "当日受付") for row in shown if f" {state}" in f" {row}")
    assert states == {"決定": 20, "補欠": 3, "当日受付": 2}
    desk_office.close(clerk)


def _admissions(desk_office: Office, clerk: Clerk) -> dict[str, int]:
    """The 入場番号 of everybody, by name."""
    door = desk_office.reads(clerk, lambda store: read_reception(store, event_id=rows(store.database, Event)[0].id))
    return {row.name: row.admission_number for row in door.rows if row.admission_number is not None}


def _give_twice(store: Store, *, number: int, to: str, by: str, now: datetime) -> ActionResult:
    """The number of the list of somebody becomes one that a letter told somebody else."""
    door = read_reception(store, event_id=rows(store.database, Event)[0].id)
    place = next(row.entry_id for row in door.rows if row.name == to)
    with store.change(action="番号を直した", by=by, now=now, subject="roster", event_id=door.event.id) as change:
        change.update(Entry, place, number=number)
    return ActionResult("", id=place)


def _receive(desk_office: Office, clerk: Clerk, told: dict[str, int]) -> None:
    clerk.press("事業")
    clerk.row(EVENT, double=True)
    clerk.press("当日")
    clerk.press("受付を開く")
    clerk.sees("/ 20人")
    listed = desk_office.reads(clerk, lambda store: read_reception(store, event_id=rows(store.database, Event)[0].id))
    name = {row.number: row.name for row in listed.rows}
    for number in range(1, 16):
        clerk.keys(f"{number}⏎")
    for number in (16, 17):  # of these the letter is read, not the list
        clerk.keys(f"{told[name[number]]}⏎")
    clerk.sees("受付済 17人")
    both = told[name[19]]
    clerk.sees(f"{name[19]}さん（19番）　入場番号 {both}")
    desk_office.prepares(clerk, _give_twice, number=both, to=name[20])
    clerk.keys(f"{both}⏎")
    clerk.sees(f"{both}番は2人にあたります：", f"{name[19]}さん（19番）", f"{name[20]}さん（{both}番）", "受付済 17人")
    clerk.key(Qt.Key.Key_Down)
    clerk.key(Qt.Key.Key_Return)
    clerk.sees("受付済 18人")
    clerk.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    clerk.sees("受付済 17人", "未受付 3")
    for name in ("みほん谷　花子", "みほん原　次郎"):
        clerk.key(Qt.Key.Key_F2)
        clerk.sees("加えて受付済にする")
        clerk.type("団体", "みほん第1町会")
        clerk.type("氏名", name)
        clerk.press("加えて受付済にする")
    clerk.sees("受付済 19人", "うち当日受付 2")
    clerk.press("受付を閉じる")
    clerk.sees("未確認の方　3人", "閉じても欠席にはなりません")
    clerk.press("閉じて実施済にする")
    clerk.press("当日")
    clerk.sees("出席を決める", "未確認 3人")
    clerk.press("出席を決める")
    clerk.row("みほん第11町会")
    clerk.press("欠席にする", starts=True)
    clerk.sees("欠席 1人", "未確認 2人")


def _check_papers(names: list[str], notices: str, pack: str) -> None:
    chosen = [name for name in names if name in pack]
    assert len(chosen) == 20
    for name in chosen:
        assert pack.count(name) >= 3, "two copies of the roster and a tag"
        assert name in notices
    assert "8練地協第10391号" in notices
    assert not [name for name in names if name not in chosen and name in notices]
    assert "03-0000-1" not in pack


def _save_plain(clerk: Clerk, button: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_given, **_named: str(folder))
    clerk.press(button)
    clerk.press("場所を変える")
    clerk.press("保存する")
    (saved,) = folder.iterdir()
    return "\n".join(page.extract_text() for page in PdfReader(saved).pages)


def _send_the_notices(clerk: Clerk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    clerk.row("決定通知", "13団体　20人")
    clerk.choose_act("この書類の操作", "設定（発信のしかたなど）")
    clerk.press("番号と地図を入れる")
    clerk.sees("20人に番号を付けました。")
    clerk.press("この内容で起案する")
    clerk.type("決裁日", "9/17")
    clerk.type("文書番号", "8練地協第10391号")
    clerk.press("決裁を記録する")
    clerk.type("施行日", "9/18")
    clerk.press("施行にする")
    clerk.sees("施行　済")
    return _save_encrypted(clerk, "PDFで保存", folder / "通知", monkeypatch)


def _tell_the_number(clerk: Clerk) -> None:
    clerk.row("参加人数を連絡する", button="人数連絡を作成")
    clerk.press("参加人数連絡書を作成")
    clerk.press("通知したと記録する")
    clerk.choose("方法", "手渡し")
    clerk.press("通知したと記録する")
    clerk.sees("参加人数連絡書（第1報 20人）を9/24(木) 手渡しで連絡・通知済にしました。")


def _make_the_pack(clerk: Clerk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    clerk.press("当日")
    clerk.row("名札", "まだ")
    return _save_encrypted(clerk, "1つのPDFにする", folder / "当日", monkeypatch)


def _save_encrypted(clerk: Clerk, button: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_given, **_named: str(folder))
    clerk.press(button)
    clerk.press("場所を変える")
    clerk.type("パスワード", PASSWORD)
    clerk.type("パスワード（もう一度）", PASSWORD)
    clerk.press("暗号化して保存する")
    (saved,) = folder.iterdir()
    assert PdfReader(saved).is_encrypted
    return "\n".join(page.extract_text() for page in PdfReader(saved, password=PASSWORD).pages)


def _draw_lots(clerk: Clerk) -> None:
    clerk.press("参加者を開く")
    clerk.sees("申込 23人・14団体　定員 20人を 3人超えています")
    clerk.press("参加者を決める")
    clerk.press("抽選")
    clerk.type("抽選の種", "2026-0917")
    clerk.sees_not("決定 申込の順")
    clerk.sees("対象 23人・14団体 → 決定 20・補欠 3・落選 0")
    first = clerk.rows("決める前の結果")
    assert len(first) == 23
    clerk.type("抽選の種", "ほかの種")
    clerk.sees_not("\n".join("　".join(row) for row in first[:3]))
    clerk.type("抽選の種", "2026-0917")
    clerk.sees(*("　".join(row) for row in first))
    assert clerk.rows("決める前の結果") == first
    clerk.press_twice("20人を決定、3人を補欠にする")
