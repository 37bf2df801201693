"""帳票 of a 団体: reached from its page, with the same preview, texts, saving and log as those of an event."""

from app.documents.screens.save_dialog import SaveDocumentDialog
from app.registers.register.screens.organisations_screen import OrganisationsScreen
from app.registers.register.services.organisation_view import RECORD
from app.year_end.document_library.screens import DocumentsScreen
from db.tables import documents
from tests.support.paper_words import said_by
from tests.support.sample_desk import dialog_over, shown
from tests.support.waiting import wait_idle


def test_the_organisation_leads_to_its_record(qtbot, desk):
    screen = shown(qtbot, OrganisationsScreen(desk), desk, organisation_id=1)
    gone = []
    desk.navigation_requested.connect(lambda place, arguments: gone.append((place, arguments)))

    screen.organisation_page.detail.record.click()

    assert gone == [("documents", {"organisation_id": 1, "kind": RECORD})]


def test_its_papers_are_shown_worded_and_saved_and_the_year_is_one_click_away(qtbot, desk, tmp_path):
    screen = shown(qtbot, DocumentsScreen(desk), desk, organisation_id=1, kind=RECORD)
    desk.changed.connect(screen.reload)
    qtbot.waitUntil(lambda: screen.paper.content is not None)
    assert screen.group.text() == "団体　見本あおば町会"
    assert screen.heading.text() == "帳票"
    assert [row.kind for row in screen.list.model.records()] == ["派遣不採択通知", RECORD]
    assert "個人情報を含みます" in screen.paper.note.text()
    assert not screen.letter.isVisible()

    (field,) = screen.texts.fields
    field.editor.show_value("来年度は中級を希望。")
    field.save()
    qtbot.waitUntil(lambda: "来年度は中級を希望。" in said_by(screen.paper.content))

    screen.paper.xlsx_button.click()
    qtbot.waitUntil(lambda: bool(screen.findChildren(SaveDocumentDialog)))
    dialog_over(screen, SaveDocumentDialog).reject()
    screen.of_year.click()
    qtbot.waitUntil(lambda: bool(screen.paper.scope.fiscal_year))
    assert screen.heading.text() == "年度の帳票"
    assert not screen.group.isVisible()
    wait_idle(qtbot, desk)
    assert documents.outgoing_of_organisation(desk.store.database, 1) == []
