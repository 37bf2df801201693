"""How a paper goes out: 事務連絡 unless it is made a mail or a formal letter; a notice is numbered once."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.screens.letter_differences_panel import DifferencesDialog
from app.documents.screens.mail_text_dialog import MailTextDialog
from app.documents.services import document_saving, documents
from app.documents.services.document_context import letter_of
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import document_mail_text
from app.events.materials.services import materials
from app.widgets.dialogs.form_dialog import FormDialog
from app.year_end.document_library.screens import DocumentsScreen, DocumentsTab
from db.records.documents import DifferenceAnswer, Letter
from db.records.organisations import Organisation
from db.rows import rows
from tests.support.doing import do
from tests.support.sample import BY, NOW, sample_store
from tests.support.sample_desk import dialog_over, handout, shown
from tests.support.waiting import choose_more, press

KIND = "資料確認結果通知"


@pytest.fixture
def screen(qtbot, desk):
    return shown(qtbot, DocumentsTab(desk), desk, event_id=6, kind=KIND)


def letter(desk):
    return letter_of(desk.store, DocumentScope(event_id=6), KIND, on=desk.today())


@pytest.mark.styled
def test_a_formal_letter_goes_step_by_step_and_carries_what_the_document_system_gave(screen, desk, qtbot):
    panel = screen.letter
    assert panel._group.button(0).isChecked()
    assert not any(one.isVisible() for one in panel.steps)
    screen.show_page("設定")
    press(qtbot, desk, panel._group.button(2))
    screen.show_page()
    assert all(one.isVisible() for one in panel.steps)
    assert (letter(desk).form, letter(desk).state) == ("公文書", "案")
    press(qtbot, desk, panel.next)
    assert letter(desk).state == "起案中"

    press(qtbot, desk, panel.next)
    assert letter(desk).state == "起案中"
    assert panel.form.editor("decided_on").hasFocus()
    panel.form.set_values({"decided_on": date(2026, 12, 1), "document_number": "8練地協第10412号"})
    press(qtbot, desk, panel.next)
    assert (letter(desk).state, letter(desk).document_number) == ("決裁済", "8練地協第10412号")
    document = screen.paper.preview.pages.source.document
    assert "8練地協第10412号" in document.getAllText(0).text()

    panel.form.set_values({"issued_on": date(2026, 12, 1)})
    press(qtbot, desk, panel.next)
    assert letter(desk).state == "施行"
    assert [one.words.text() for one in panel.steps] == [
        "", "12/1(火)", "決裁 12/1(火)　8練地協第10412号", "12/1(火)",
    ]  # fmt: skip
    assert not panel.back.is_offered
    assert not panel._group.button(0).isEnabled()
    do(qtbot, desk, panel.withdraw.click)
    dialog = dialog_over(screen, FormDialog)
    dialog.form.set_values({"reason": "施行日の誤り"})
    press(qtbot, desk, dialog.main)
    assert (letter(desk).state, letter(desk).issued_on) == ("決裁済", None)
    choose_more(qtbot, desk, screen, "決裁の記録を取り消す（起案中に戻す）")
    assert letter(desk).state == "起案中"


def test_the_form_can_be_taken_back(screen, desk, qtbot):
    screen.show_page("設定")
    press(qtbot, desk, screen.letter._group.button(2))
    do(qtbot, desk, desk.undo)

    assert letter(desk) is None
    assert screen.letter._group.button(0).isChecked()


def test_the_mail_says_every_finding_and_only_copies(screen, desk, qtbot):
    press(qtbot, desk, screen.letter.mail)
    dialog = dialog_over(screen, MailTextDialog)
    assert dialog.subject.text() == "デジタル活用講習会　第6回「Instagram講習会（2回目）」の資料の確認結果について"
    press(qtbot, desk, dialog.main)
    text = QGuiApplication.clipboard().text()

    assert "7ページ　必須（特記事項第14条）　他団体の画面に会員の氏名が読み取れる" in text
    assert "までにご提出をお願いします" in text
    assert "送信しません" in dialog._note.text()


def test_a_report_has_no_mail_text(tmp_path):
    store = sample_store(tmp_path)
    with pytest.raises(UserError, match="文面がありません"):
        document_mail_text(store, event_id=2, kind="実施報告書", now=NOW)
    store.database.conn.close()


def test_a_notice_gets_another_number_only_when_a_result_or_finding_changed(tmp_path):
    store = sample_store(tmp_path)

    def number() -> int:
        return documents.build_document(store, event_id=6, kind=KIND, now=NOW).version

    def printed() -> None:
        drawn = documents.render_document(store, event_id=6, kind=KIND, format="pdf", now=NOW)
        document_saving.log_print(
            ActionContext(store, BY, NOW), event_id=6, kind=KIND, copies=1, pages=1, rendered=drawn
        )

    assert number() == 1
    printed()
    printed()
    assert number() == 1
    judged = handout(store, 6, "Instagramの投稿").versions[0].version
    materials.add_finding(ActionContext(store, BY, NOW), version_id=judged.id, page="1", text="字句")
    assert number() == 2
    printed()
    assert number() == 2
    store.database.conn.close()


@pytest.mark.styled
def test_the_date_of_an_office_note_is_typed_printed_and_taken_back_to_the_day_of_making(screen, desk, qtbot):
    panel = screen.letter
    assert panel.dated.isVisible()
    assert not panel.set_date.isVisible()

    box = panel.dated.editor("given_on")
    qtbot.keyClicks(box, "11/20")
    assert panel.set_date.isVisible()
    press(qtbot, desk, panel.set_date)
    assert (letter(desk).form, letter(desk).issued_on) == ("事務連絡", date(2026, 11, 20))
    assert not panel.set_date.isVisible()
    assert "令和8年11月20日" in screen.paper.preview.pages.source.document.getAllText(0).text()

    screen.show_page("設定")
    press(qtbot, desk, panel._group.button(1))
    screen.show_page()
    assert (letter(desk).form, letter(desk).issued_on) == ("メール", date(2026, 11, 20))

    box.selectAll()
    qtbot.keyClick(box, Qt.Key.Key_Delete)
    press(qtbot, desk, panel.set_date)
    assert letter(desk).issued_on is None
    assert "令和8年11月20日" not in screen.paper.preview.pages.source.document.getAllText(0).text()


def test_a_letter_to_an_organisation_is_compared_over_its_page_and_each_difference_answered(desk, qtbot):
    letter = rows(desk.store.database, Letter, document_kind="派遣不採択通知")[0]
    with desk.store.change(action="改名", by=BY, now=NOW) as change:
        change.update(Organisation, letter.organisation_id, name="見本あたらし町会")
    page = shown(qtbot, DocumentsScreen(desk), desk, organisation_id=letter.organisation_id, kind="派遣不採択通知")
    choose_more(qtbot, desk, page, "いまの記録との違い")
    panel = dialog_over(page, DifferencesDialog).panel
    before = [one.part for one in panel.list.model.records()]
    assert before[0] == "宛先"
    assert "日時の変更は、変更通知で知らせます" in panel.hint.text()
    panel.form.set_values({"answer": DifferenceAnswer.NOT_TO_TELL})
    panel.form.changed.emit("answer")
    press(qtbot, desk, panel.record)
    assert "理由が書かれていません" in panel.problem.words()
    panel.form.set_values({"reason": "名称の届出があったため"})
    press(qtbot, desk, panel.record)
    assert [one.part for one in panel.list.model.records()] == before[1:]
    assert not panel.problem.isVisible()
