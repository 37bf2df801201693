"""A whole contract year as its clerk goes through it: 2026-07 to 2027-05, by mouse and keyboard, and every printed
total."""

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QFileDialog

from app.widgets.fold_line import FoldLine
from tests.support import answer_sheets, whole_year
from tests.support.clerk import Clerk
from tests.support.office_days import CLERK, Office, add_lecture
from tests.support.whole_year import CASHLESS, HELD, INSTAGRAM, LINE, PEOPLE, TALK, VISIT, of_branch, sums

COMPLETION, LATE = "完了・検査・支払", "実施報告書"
INSPECTOR = "見本　昭子"
WHY_LATE = "受託者の年末年始の休業"
FAULT = "電話番号をみほん区の窓口に直す"


def at(day: str, hour: int = 9) -> datetime:
    return datetime.fromisoformat(f"{day}T{hour:02d}:00")


@pytest.mark.nightly
def test_a_year_from_its_first_event_to_its_last_paper(desk_office, tmp_path, monkeypatch):
    clerk = desk_office.start(at("2026-07-31"))
    desk_office.begin_anew(clerk)
    add_lecture(clerk)
    desk_office.prepares(clerk, whole_year.plan_the_rest)
    desk_office.prepares(clerk, whole_year.apply_all)
    _send_the_handout_back(clerk, desk_office, tmp_path, monkeypatch)
    _move_a_lecture(clerk, desk_office)
    _send_the_report_back(clerk, desk_office, tmp_path, monkeypatch)
    _cancel_a_lecture(clerk, desk_office)
    desk_office.close(clerk)

    clerk = desk_office.come_in(at("2026-12-10"))
    _everything_is_there(clerk)
    _receive_a_late_report(clerk, desk_office, tmp_path, monkeypatch)
    _receive_the_proposal(clerk, desk_office, tmp_path, monkeypatch)
    _be_inspected(clerk, desk_office)
    _start_the_next_year(clerk, desk_office)
    _pay(clerk, desk_office)
    saved = _save_the_papers(clerk, desk_office, tmp_path, monkeypatch)
    _compare_summary(answer_sheets.pdf_words(saved["年間実績総括"]))
    _compare_annex(answer_sheets.pdf_words(saved["検査調書別紙"]))
    _compare_handover(answer_sheets.pdf_words(saved["引継書"]))
    desk_office.close(clerk)


def _everything_is_there(clerk: Clerk) -> None:
    clerk.press("事業", starts=True)
    clerk.sees("実施済 2・予定 1・協議中 0・結果未記録 1・中止 1", "10/21(水)")
    clerk.row(LINE, double=True)
    clerk.press("資料・報告", starts=True)
    clerk.press("済 ", starts=True)
    clerk.row("テキスト")
    clerk.press("版・部数・権利を開く")
    clerk.sees("第2版", FAULT)


def _line(*cells: object) -> str:
    """A line of a printed table."""
    return " ".join(str(cell) for cell in cells)


def _compare_summary(words: str) -> None:
    whole = sums()
    for figure in (
        f"実施\n{whole.events} 回",
        f"延べ人数\n{whole.visits} 人\n実人数 {whole.people}人",
        f"延べ団体\n{whole.group_visits} 団体\n実団体 {whole.groups}団体",
    ):
        assert figure in words
    for name, kinds in (
        ("講習会", ("講習会",)),
        ("アドバイザー派遣", ("派遣",)),
        ("意見交換会", ("意見交換会",)),
        ("計（重なりを除く）", ()),
    ):
        own = sums(*kinds)
        numbers = (own.events, own.applied, own.visits, own.people, own.group_visits, own.groups)
        assert _line(name, *numbers) in words
    assert f"{_line('第1支部', *of_branch('第1支部'))} {_line('第2支部', *of_branch('第2支部'))}" in words
    assert _line("計", len(whole_year.GROUPS), whole.groups, whole.group_visits, whole.people, whole.visits) in words
    for name in (LINE, INSTAGRAM):
        assert f"{_line(name, 1, 1, '変更なし', '記録なし', len(HELD[name].came))} " in words
    assert _line(CASHLESS, 1, 0) in words
    assert WHY_LATE in "".join(words.split())


def _compare_annex(words: str) -> None:
    whole = sums()
    assert f"{whole.events}回・延べ{whole.visits}人　報告書{whole.events}件のうち{whole.events}件" in words
    assert words.count(f"計 {whole.events}回 {whole.visits}") == 2
    for held in HELD.values():
        groups = len({PEOPLE[name] for name in held.came})
        assert f" みほん区民館 {len(held.came)} {groups} {CLERK}" in words
    for each in (INSPECTOR, "令和9年3月30日（火）", "4日遅れ", "修正1回", "R8.10.21（水）"):
        assert each in words or each in "".join(words.split())  # a narrow column goes on in a second line
    assert words.count(CASHLESS) == 1
    assert f"中止した回 第3回 {CASHLESS}（R8.11.11、会場の空調の故障）" in words.replace("\u3000", " ")


def _compare_handover(words: str) -> None:
    held = "・".join(f"{kind}{sums(kind).events}回" for kind in ("講習会", "派遣", "意見交換会"))
    # Four reports and six papers of the year, without 業務完了届 and 請求書; confirmed are the reports and the 提案書.
    assert f"{held}を実施。検査までの提出物10件のうち5件が確認済。" in "".join(words.split())
    for each in (
        "R8.9.7 第1回 LINE講習会のテキスト（第1版）に必須の指摘1件",
        "R8.10.20 第1回 LINE講習会の実施報告書（第1版）の修正依頼",
        "R8.11.9 第3回 キャッシュレス決済講習会の中止",
        "R9.4.7 請求書の返戻　登録番号の誤り",
        "受託者の遅れ　第1回 派遣 みほん一町会 報告書 4日",
    ):
        assert words.count(each) == 1
    assert "請求書（第1版）の修正依頼" not in words


def _open_event(clerk: Clerk, name: str) -> None:
    clerk.press("事業", starts=True)
    clerk.row(name, double=True)


def _send_the_handout_back(clerk: Clerk, desk_office: Office, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk_office.later(clerk, at("2026-09-07"))
    _open_event(clerk, LINE)
    clerk.press("資料・報告", starts=True)
    clerk.row("資料は未登録", LINE)
    handout = _pdf(folder / "テキスト.pdf", "LINE", "2")
    clerk.press("届いたものを受領する")
    _choose_file(handout, monkeypatch)
    clerk.press("ファイルを選ぶ")
    clerk.press("第1版を受領する")
    clerk.press("ページと指摘を開く")
    clerk.press("必須")
    clerk.choose("根拠", "内容の誤り")
    clerk.type("指摘", FAULT, leave=False)
    clerk.key(Qt.Key.Key_Return)
    clerk.wait()
    clerk.key(Qt.Key.Key_F7)
    clerk.sees("「テキスト」第1版を再提出にしました。")
    clerk.press("資料・報告へ")

    desk_office.later(clerk, at("2026-09-11"))
    clerk.press("届いたものを受領する")
    clerk.press("ファイルを選ぶ")
    clerk.press("第2版を受領する")
    clerk.press("ページと指摘を開く")
    clerk.sees(FAULT)
    clerk.row(FAULT)
    clerk.key(Qt.Key.Key_Space)
    clerk.sees("修正済")
    clerk.key(Qt.Key.Key_F5)
    clerk.sees("「テキスト」第2版を確認済にしました。")


def _move_a_lecture(clerk: Clerk, desk_office: Office) -> None:
    desk_office.later(clerk, at("2026-09-14"))
    _open_event(clerk, INSTAGRAM)
    clerk.press("日付を変える")
    clerk.type("新しい日付", "10/21")
    clerk.sees("資料の確認を終える　9/30(水)　10/7(水)　7日後ろへ", "令和8年10月21日（水）")
    clerk.type("変える理由", "会場の都合")
    clerk.press("期限を", starts=True)
    clerk.sees("10/21(水)")


def _send_the_report_back(clerk: Clerk, desk_office: Office, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk_office.later(clerk, at("2026-09-30", 17))
    desk_office.prepares(clerk, whole_year.hold, name=LINE)
    desk_office.later(clerk, at("2026-10-20"))
    _receive_report(clerk, LINE, _pdf(folder / "報告書1.pdf", "1"), monkeypatch)
    form = folder / "数字.xlsx"
    desk_office.reads(clerk, lambda store: whole_year.form_back(store, name=LINE, path=form, now=at("2026-10-20")))
    _open_deliverables(clerk)
    _choose_file(form, monkeypatch)
    clerk.choose_act("ほかの操作", "届いたファイルを開く　Ctrl+O")
    clerk.sees("返ってきた様式を読みました", "7人", "6人")
    clerk.press("受領して突合に入れる")
    clerk.press("修正依頼を作成", starts=True)
    clerk.sees("依頼の文", "出席")
    clerk.choose("方法", "メール")
    clerk.press("依頼として記録する")
    clerk.sees("修正依頼")

    desk_office.later(clerk, at("2026-10-27"))
    desk_office.prepares(clerk, whole_year.hold, name=INSTAGRAM)
    for name in (LINE, INSTAGRAM):
        desk_office.prepares(clerk, whole_year.receive_report_of, name=name, data=(folder / "報告書1.pdf").read_bytes())
        desk_office.prepares(clerk, whole_year.confirm_report_of, name=name)


def _receive_report(clerk: Clerk, name: str, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clerk.press("資料・報告", starts=True)
    clerk.row("実施報告書", name, double=True)
    clerk.press("届いた報告書を受領")
    _choose_file(path, monkeypatch)
    clerk.press("PDFを選ぶ")
    clerk.sees(path.name)
    clerk.press("受領を記録する")


def _open_page(clerk: Clerk, title: str) -> None:
    """A page of 年度."""
    clerk.press("年度", starts=True)
    clerk.press(title, starts=True)


def _open_deliverables(clerk: Clerk) -> None:
    _open_page(clerk, "資料・報告")
    for fold in clerk.all(FoldLine):
        if not fold.isChecked():
            clerk.click(fold)


def _cancel_a_lecture(clerk: Clerk, desk_office: Office) -> None:
    desk_office.later(clerk, at("2026-11-09"))
    _open_event(clerk, CASHLESS)
    clerk.press("中止・変更の連絡")
    clerk.type("判断した者", "みほん課長")
    clerk.type("理由", "会場の空調の故障")
    clerk.press("中止にする")
    clerk.sees("記録　みほん髙﨑")
    clerk.press("事業", starts=True)
    clerk.sees("中止 1")


def _receive_a_late_report(clerk: Clerk, desk_office: Office, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk_office.prepares(clerk, whole_year.hold, name=VISIT)
    desk_office.later(clerk, at("2027-01-08"))
    clerk.press("ホーム", starts=True)
    clerk.sees("期限超過")
    _receive_report(clerk, "派遣", _pdf(folder / "報告書2.pdf", "1"), monkeypatch)
    _open_deliverables(clerk)
    clerk.sees("遅れ（契約の期限）　受託者 1件・4日")
    desk_office.prepares(clerk, whole_year.confirm_report_of, name=VISIT)
    desk_office.later(clerk, at("2027-01-20", 17))
    desk_office.prepares(clerk, whole_year.hold, name=TALK)
    desk_office.later(clerk, at("2027-02-12"))
    desk_office.prepares(clerk, whole_year.receive_report_of, name=TALK, data=(folder / "報告書2.pdf").read_bytes())
    desk_office.prepares(clerk, whole_year.confirm_report_of, name=TALK)


def _receive_paper(clerk: Clerk, kind: str) -> None:
    clerk.row(kind)
    clerk.press("届いたものを受領する")
    clerk.sees("提出物を受領する", kind)
    clerk.press("受領を記録する")
    clerk.sees(f"{kind}")


def _receive_at_once(clerk: Clerk, button: str, kind: str) -> None:
    """By the button of the step that asks for it: the question opens where one is."""
    clerk.press(button)
    clerk.sees("提出物を受領する", kind)
    clerk.press("受領を記録する")
    clerk.sees(kind)


def _receive_the_proposal(clerk: Clerk, desk_office: Office, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk_office.later(clerk, at("2027-03-12"))
    desk_office.prepares(clerk, whole_year.contract)
    _open_deliverables(clerk)
    _receive_paper(clerk, "提案書")
    desk_office.prepares(clerk, whole_year.look_through, kind="提案書")
    clerk.row("提案書")
    clerk.press("確認済にする")
    clerk.sees("確認済にしました")


def _be_inspected(clerk: Clerk, desk_office: Office) -> None:
    desk_office.later(clerk, at("2027-03-25"))
    _open_page(clerk, COMPLETION)
    _receive_at_once(clerk, "業務完了届を受領する", "業務完了届")

    desk_office.later(clerk, at("2027-03-30"))
    clerk.press("検査を記録する")
    clerk.type("契約の担当", CLERK)
    clerk.type("検査員の氏名", CLERK)
    clerk.press("合格")
    clerk.type("未了の書類があるまま進める理由", "届の2件は、はじめに紙で受けた")
    clerk.press("検査を記録する")
    clerk.sees("この契約の担当です")
    clerk.type("検査員の氏名", INSPECTOR)
    clerk.press("検査を記録する")
    clerk.sees("請求書を受領する")


def _start_the_next_year(clerk: Clerk, desk_office: Office) -> None:
    desk_office.later(clerk, at("2027-04-01"))
    clerk.press("ホーム", starts=True)
    clerk.choose_act("令和8年度", "つぎの年度（令和9年度）を始める…")
    clerk.sees("日付を1年あとにしてあります")
    clerk.press("令和9年度を始める")
    clerk.sees("令和9年度")
    clerk.press("事業", starts=True)
    clerk.choose_act("令和8年度", "令和9年度")
    clerk.sees_not(INSTAGRAM)
    clerk.choose_act("令和9年度", "令和8年度")
    clerk.sees(INSTAGRAM)


def _pay(clerk: Clerk, desk_office: Office) -> None:
    desk_office.later(clerk, at("2027-04-05"))
    _open_page(clerk, COMPLETION)
    _receive_at_once(clerk, "請求書を受領する", "請求書")
    desk_office.later(clerk, at("2027-04-07"))
    clerk.sees("請求書の点検")
    clerk.press("返戻を記録する")
    clerk.type("理由", "登録番号の誤り")
    clerk.press("返戻を記録する")
    clerk.sees("返戻中・再受領まで止まっています")

    desk_office.later(clerk, at("2027-04-12"))
    _open_page(clerk, COMPLETION)
    _receive_at_once(clerk, "再受領を記録する", "請求書")
    desk_office.later(clerk, at("2027-04-13"))
    desk_office.prepares(clerk, whole_year.read_invoice)
    clerk.sees("期限 5/11(火)")
    clerk.press("請求書の点検を終える")
    clerk.type("点検した人（2人目）", "見本　次郎")
    clerk.press("確認済にする")
    desk_office.later(clerk, at("2027-04-20"))
    clerk.press("支払の手続きを記録")
    clerk.press("記録する")
    desk_office.later(clerk, at("2027-05-06"))
    clerk.press("支払の手続きを記録")
    clerk.type("支払日", "4/28")
    clerk.press("記録する")
    clerk.sees("4/28(水) 支払済")


def _save_the_papers(
    clerk: Clerk, desk_office: Office, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[str, Path]:
    place = folder / "保存"
    place.mkdir()
    annex = _save_pdf(clerk, place, monkeypatch, in_menu=True)
    _open_page(clerk, "引継書")
    handover = _save_pdf(clerk, place, monkeypatch)
    desk_office.prepares(clerk, whole_year.say_why, but=LATE)
    clerk.search("仕様との対照")
    clerk.row(LATE, "期限後", button="理由を書く")
    clerk.type("理由", WHY_LATE)
    clerk.press("保存する")
    clerk.press("年間実績総括を見る")
    summary = _save_pdf(clerk, place, monkeypatch)
    clerk.press("閉じる")
    return {"検査調書別紙": annex, "引継書": handover, "年間実績総括": summary}


def _save_pdf(clerk: Clerk, folder: Path, monkeypatch: pytest.MonkeyPatch, *, in_menu: bool = False) -> Path:
    before = set(folder.iterdir())
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_given, **_named: str(folder))
    if in_menu:
        clerk.choose_act("ほかの操作", "PDFで保存")
    else:
        clerk.press("PDFで保存")
    clerk.press("場所を変える")
    clerk.press("保存する")
    (saved,) = set(folder.iterdir()) - before
    clerk.sees(f"「{saved.name}」を保存しました。")
    return saved


def _pdf(path: Path, *pages: str) -> Path:
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    painter = QPainter(writer)
    for number, words in enumerate(pages):
        if number:
            writer.newPage()
        painter.drawText(800, 800, words)
    painter.end()
    return path


def _choose_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_given, **_named: (str(path), ""))
