"""事例発表 on the screen: asked, told, answered and taken back by mouse and keyboard, the letter beside it."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from app.events.presentations.documents import CONTACT_SHEET
from app.events.presentations.screens import ConsentDialog, PresentationsScreen, RequestDialog, WithdrawDialog
from app.history import services as history_services
from db.records.organisations import Organisation, Person
from db.records.presentations import Presentation
from db.rows import rows
from tests.support.doing import do
from tests.support.sample_desk import dialog_over
from tests.support.waiting import wait_idle
from tests.support.years import add_lecture


@pytest.fixture
def screen(qtbot, store, desk_at):
    event_id = add_lecture(store, date(2026, 11, 5), subject="活用事例の紹介")
    made = PresentationsScreen(desk_at())
    qtbot.addWidget(made)
    made.resize(1190, 720)
    made.open_with(event_id=event_id)
    do(qtbot, made.app_context, made.show)
    yield made
    wait_idle(qtbot, made.app_context)


def done(qtbot, screen, dialog):
    do(qtbot, screen.app_context, dialog.main.click)
    do(qtbot, screen.app_context, screen.reload)


def write(field, text):
    """Type text that no key of this keyboard gives."""
    field.setText(text)
    field.textEdited.emit(text)


def ask(qtbot, screen):
    screen.add_button.click()
    dialog = dialog_over(screen, RequestDialog)
    dialog.organisation.line.setText("見本ひばり自治会")
    dialog.form.set_values(
        dialog.form.values() | {"asked": "行事をLINEで知らせた取組", "addressed": "会長　仮森　一郎"}
    )
    done(qtbot, screen, dialog)
    return dialog


def test_a_proposed_addressee_goes_with_the_organisation_it_was_proposed_for(qtbot, store, screen):
    names = ("見本ひばり自治会", "見本つばめ町会")
    with store.change(action="見本", by="見本", now=screen.app_context.now()) as change:
        for name in names:
            group = change.insert(Organisation(branch="第1支部", name=name))
            change.insert(Person(organisation_id=group, name=f"{name[2:4]} 太郎", role="会長"))
    screen.add_button.click()
    dialog = dialog_over(screen, RequestDialog)

    def choose(name):
        write(dialog.organisation.line, name)
        wait_idle(qtbot, screen.app_context)
        qtbot.keyClick(dialog.organisation.line, Qt.Key.Key_Return)
        wait_idle(qtbot, screen.app_context)
        return dialog.form.value("addressed")

    assert [choose(name) for name in names] == ["会長　ひば 太郎", "会長　つば 太郎"]
    write(dialog.organisation.line, "見本すずめの会")
    assert dialog.form.value("addressed") == ""
    dialog.form.set_values({"addressed": "副会長　見本 花子"})
    assert choose(names[0]) == "副会長　見本 花子"
    dialog.reject()


def test_who_is_asked_gets_a_letter_and_what_comes_back_is_kept_use_by_use(qtbot, store, screen):
    assert "まだ作成できません" in screen.paper.none.words()
    assert screen.paper.none.offer_button.text() == screen.add_button.text()
    ask(qtbot, screen)
    qtbot.waitUntil(lambda: screen.paper.content is not None)
    assert "見本ひばり自治会" in screen.paper.content.blocks[0].addressee
    assert [field.part for field in screen.texts.fields][:2] == ["件名", "前文"]

    assert not screen.consent_button.isHidden(), "the only one is chosen without a press"
    screen.show_document(CONTACT_SHEET)
    assert "承諾書で、電話番号を" in screen.paper.none.words()
    screen.paper.none.offer_button.click()
    dialog = dialog_over(screen, ConsentDialog)
    assert dialog.form.value("answer") is None, "nobody's answer is proposed"
    assert not any(dialog.uses.values().values()), "what is empty counts as no"
    dialog.form.set_values(dialog.form.values() | {"answer": "引き受ける", "presenter": "仮森　一郎"})
    dialog.uses.set_values(dialog.uses.values() | {"use_report": True})
    done(qtbot, screen, dialog)
    (one,) = rows(store.database, Presentation)
    assert (one.answer, one.use_report, one.use_web, one.received_by) == ("引き受ける", True, False, "見本 太郎")
    assert "報告書に要旨" in screen.allowed.text()
    assert screen.consent_button.text() == "承諾書を直す"

    dict(screen.menu_actions())["承諾の取りやめ"]()
    dialog = dialog_over(screen, WithdrawDialog)
    dialog.form.set_values({"on": date(2026, 9, 1), "words": "会長から電話"})
    done(qtbot, screen, dialog)
    assert screen.list.model.records()[0].state.startswith("取りやめ")
    screen.consent_button.click()
    dialog = dialog_over(screen, ConsentDialog)
    dialog.main.click()
    assert dialog.isVisible(), "after a withdrawal it is asked which of both came last"
    dialog.again.set_values({"is_new_consent": True})
    done(qtbot, screen, dialog)
    assert rows(store.database, Presentation)[0].is_in_effect
    history_services.undo(store, by=screen.app_context.user_name, now=screen.app_context.now())
    history_services.undo(store, by=screen.app_context.user_name, now=screen.app_context.now())
    assert rows(store.database, Presentation)[0].allows("use_report")


def test_a_lecturer_of_the_contractor_has_no_addressee_and_the_three_papers_turn(qtbot, store, screen):
    dict(screen.menu_actions())["受託者の講師を加える"]()
    dialog = dialog_over(screen, RequestDialog)
    assert dialog.organisation.isHidden()
    dialog.form.set_values(dialog.form.values() | {"asked": "活用事例の紹介"})
    done(qtbot, screen, dialog)
    assert rows(store.database, Presentation)[0].of_contractor
    for button in screen.kinds:
        do(qtbot, screen.app_context, button.click)
        assert not button.isEnabled()
    assert "受託者へ伝えてよい" in screen.paper.none.words()


def test_no_mail_is_offered_of_a_request_that_has_no_words_for_one(qtbot, screen):
    """The button stood there and did nothing."""
    ask(qtbot, screen)
    assert screen.letter.isVisible()
    assert not screen.letter.lines.isVisible(), "nothing is said about it here"
    assert not screen.letter.mail.isVisible()
