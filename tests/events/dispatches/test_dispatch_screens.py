"""派遣 in the window: a slip is written down and decided on beside its steps, the tab is filled, the call recorded."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QRadioButton, QScrollArea, QWidget

from app.actions.action_context import ActionContext
from app.documents.services.document_saving import set_letter_state
from app.event.screens.event_page import EventPage
from app.event.screens.events_screen import EventsScreen
from app.event.services.event_moves import move_event
from app.events.dispatches.rules import LATE
from app.events.dispatches.screens.dispatch_dialogs import decide_dialog
from app.events.dispatches.screens.dispatches_page import DispatchesPage
from app.events.dispatches.screens.request_form import RequestForm
from app.events.dispatches.screens.support_panel import SupportPanel
from app.events.dispatches.services import dispatch_requests, support
from app.history import services as history_services
from app.home.today.services.home import read_home
from app.main_window.action_routes import route_to
from app.main_window.navigation import EventTab, KindPage
from app.submissions.reports.services import reports
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.focus_keeper import FocusKeeper
from app.widgets.step_block import StepRows
from db.records.agreements import Agreement
from db.records.dispatches import DispatchFollowUp, DispatchRequest
from db.records.documents import LetterForm, LetterState
from db.records.event_form import EventForm
from db.records.organisations import Organisation, Person
from db.rows import row, rows
from tests.support.doing import do
from tests.support.dressing import dress
from tests.support.pressing import press_key
from tests.support.sample import BY, NOW, acting, event_id
from tests.support.sample_desk import dialog_over, empty_screen, rows_in_sight, session, shown
from tests.support.waiting import wait_idle
from tests.support.years import the_event


def filled(qtbot, desk, screen, **values):
    dialog = dialog_over(screen, FormDialog)
    dialog.form.set_values(values)
    do(qtbot, desk, dialog.save)
    return dialog


def choose(qtbot, desk, form, text, *, line=0):
    """Type ``text`` into the field of the 団体 and take a line of what is offered (-1 = the last one, None = Enter
    alone)."""
    finder = form.finder
    finder.line.setFocus()
    finder.line.setText(text)
    finder.line.textEdited.emit(text)
    do(qtbot, desk, finder.find_now)
    if line is not None:
        finder.list.setCurrentRow(line % finder.list.count())
    qtbot.keyClick(finder.line, Qt.Key.Key_Return)
    return finder


def saved(qtbot, desk, form, **typed):
    """Type into the form of the right column and save it."""
    form._current_form.set_values(form._current_form.values() | typed)
    do(qtbot, desk, form.main.click)
    wait_idle(qtbot, desk)


def stand_on(qtbot, desk, page, name):
    assert page.table.choose(lambda one: one.name == name)
    wait_idle(qtbot, desk)


def words(part):
    return " ".join(one.text() for one in part.findChildren(QLabel) if one.isVisibleTo(part))


def test_a_slip_goes_from_the_telephone_to_a_decision(tmp_path, qtbot):
    dress(QApplication.instance())
    with session(tmp_path) as desk:
        page = shown(qtbot, DispatchesPage(desk), desk)
        assert page.counts.text() == "希望 6団体　決定 3 / 3団体程度　仕4(2)ウ"
        free = next(one for one in rows(desk.store.database, Organisation) if one.id == 20)
        page.add()
        assert page.request_form.first.value("consent") is None, "consent is never preset"
        choose(qtbot, desk, page.request_form, free.name)
        assert "選定に入れるときは理由が要ります" in words(page.request_form.late), "9/2 is over"
        saved(qtbot, desk, page.request_form, received_how="電話")
        assert page.request_form.first.problem_shown("wish"), "what is wished for is the one thing that has to be said"
        saved(qtbot, desk, page.request_form, wish="インスタ、ホームページ", received_on=date(2026, 12, 31))
        assert "本日より後" in words(page.request_form.refusal)
        assert page.request_form.first.editor("received_on").hasFocus(), "a day to come is put right where it stands"
        saved(qtbot, desk, page.request_form, wish="インスタ、ホームページ", received_on=date(2026, 11, 30))
        kept = row(desk.store.database, DispatchRequest, organisation_id=free.id)
        assert (kept.tools, kept.received_how, kept.signed, kept.consent) == (
            ("Instagram", "ホームページ"), "電話", False, "",
        )  # fmt: skip
        assert page.is_form_open, "the whole form opens after saving, in the same column"
        assert page.request_form.wish_id == kept.id
        assert page._current_row().steps.current_step == "希望票", "its paper is still to come"
        saved(qtbot, desk, page.request_form, signed=True)
        assert "署名した代表者" in words(page.request_form.refusal)
        assert page.request_form.full.editor("signer").hasFocus(), "the keyboard stands at what is missing"
        qtbot.keyClicks(page.request_form.full.editor("signer"), "A")
        assert not page.request_form.refusal.isVisible(), "what was refused is no more"
        saved(qtbot, desk, page.request_form, signer="見本　太郎", consent="同意なし")
        kept = row(desk.store.database, DispatchRequest, organisation_id=free.id)
        assert (kept.signed, kept.signer, kept.consent) == (True, "見本　太郎", "同意なし")
        assert not page.is_form_open
        assert page.table.current().request.id == kept.id
        assert page.act.text() == "選定を記録する"
        page.act.click()
        asked = filled(qtbot, desk, page, reason="急ぐため。")
        assert asked.form.problem_shown("outcome") == "結果がまだ選ばれていません。"
        assert "選定前" not in [one.text() for one in asked.findChildren(QRadioButton)], (
            "there is nothing to go back to"
        )
        filled(qtbot, desk, page, outcome="決定", reason="防災の知らせ方で困っている。")
        assert row(desk.store.database, DispatchRequest, id=kept.id).outcome == "", (
            "it came late: that asks for a reason"
        )
        filled(qtbot, desk, page, **{f"exception_reason{LATE}": "締切のあとに辞退があり、1団体の空きがある。"})
        (line,) = row(desk.store.database, DispatchRequest, id=kept.id).exception_reason.splitlines()
        assert line == f"{LATE}：締切のあとに辞退があり、1団体の空きがある。"
        assert "締切後でも選ぶ理由" in words(page.detail.choice)
        assert LATE not in words(page.detail.choice)
        assert "受託者へ知らせる同意がないため" in words(page.detail.consent)
        assert page.act.text() == "派遣の実施回を追加する"
        with qtbot.waitSignal(page.event_asked) as asked_for:
            page.act.click()
        assert asked_for.args == [free.id, free.name]
        page.detail.decide.click()
        filled(qtbot, desk, page, outcome="選定前")
        assert row(desk.store.database, DispatchRequest, id=kept.id).outcome == ""
        assert page.act.text() == "選定を記録する"
        page.act.click()
        filled(qtbot, desk, page, outcome="不採択", reason="募集要項の「決め方」による。")
        assert row(desk.store.database, DispatchRequest, id=kept.id).outcome == "不採択"
        page.ended.setChecked(True)
        stand_on(qtbot, desk, page, free.name)
        assert page.detail.decline.isVisibleTo(page)
        assert not page.detail.handed.isVisibleTo(page)
        history_services.undo(desk.store, by=desk.user_name, now=desk.now())
        assert row(desk.store.database, DispatchRequest, id=kept.id).outcome == ""


def test_what_was_saved_under_a_filter_stays_chosen_and_in_sight_though_it_no_longer_fits(tmp_path, qtbot):
    dress(QApplication.instance())
    with session(tmp_path) as desk:
        page = shown(qtbot, DispatchesPage(desk), desk)
        page.add()
        free = next(one for one in rows(desk.store.database, Organisation) if one.id == 20)
        choose(qtbot, desk, page.request_form, free.name)
        saved(qtbot, desk, page.request_form, received_how="電話", wish="インスタ", received_on=date(2026, 11, 30))
        page.close_form()
        page.table.filter_field.setText("署名をもらう")
        page.table.apply_filter_now()
        stand_on(qtbot, desk, page, free.name)
        before = [one.name for one in page.table.model.records()]
        page.edit_request()
        bar = page.request_form._area.verticalScrollBar()
        qtbot.waitUntil(lambda: bar.maximum() > 0)
        bar.setValue(bar.maximum())
        page.close_form()
        page.edit_request()
        assert bar.value() == 0, "it begins at its top, wherever it was left"
        saved(qtbot, desk, page.request_form, signed=True, signer="見本　太郎", consent="同意あり")
        assert "署名" not in page._current_row().steps.next_task
        assert [one.name for one in page.table.model.records()] == before
        assert free.name in page.bar.words.plain_text()
        assert page.table.view.currentIndex().data().startswith(f"{free.name} 絞り込みの外")
        assert [one.name for one in page.table.selected()] == [free.name]
        page.act.click()
        filled(qtbot, desk, page, outcome="不採択", reason="募集要項の「決め方」による。")
        assert free.name in page.bar.words.plain_text(), "among those that ended, which lie folded"
        page.table.clear_filter()
        assert page._current_row().name == free.name
        assert "絞り込みの外" not in page.table.view.currentIndex().data()
        page.ended.setChecked(True)
        page.ended.setChecked(False)
        assert free.name not in [one.name for one in page.table.model.records()]


def test_enter_while_a_busy_pc_still_looks_takes_what_it_finds(tmp_path, qtbot):
    dress(QApplication.instance())
    with session(tmp_path) as desk:
        page = shown(qtbot, DispatchesPage(desk), desk)
        page.add()
        finder = page.request_form.finder
        below = page.request_form.first.y()
        finder.line.setFocus()
        finder.line.setText("つくし自治会")
        finder.line.textEdited.emit("つくし自治会")
        finder.find_now()
        press_key(qtbot, desk, finder.line, Qt.Key.Key_Return)
        assert finder.organisation is not None
        assert finder.organisation.name == "見本つくし自治会"
        # The day and the way are proposed. Under the name stands its 支部, in a room that was kept.
        assert page.request_form.first.editor("wish").hasFocus()
        assert (finder.status_label.text(), page.request_form.first.y()) == ("第3支部", below)


def test_the_key_of_a_telephone_call_begins_a_slip(tmp_path, qtbot):
    with session(tmp_path) as desk:
        page = shown(qtbot, DispatchesPage(desk), desk, active=True)
        assert page.record.key == "F9"
        press_key(qtbot, desk, page.table.view, Qt.Key.Key_F9)
        assert page.is_form_open
        assert page.request_form.finder.line.hasFocus()


def test_a_slip_of_a_new_organisation_needs_no_more_than_its_name_and_one_undo_takes_both_back(tmp_path, qtbot):
    dress(QApplication.instance())
    with session(tmp_path) as desk:
        page = shown(qtbot, DispatchesPage(desk), desk, new="1")
        form = page.request_form
        assert page.is_form_open
        saved(qtbot, desk, form, wish="Instagram")
        assert "どの団体の希望票か" in words(form.refusal)
        top = form.first.y()
        form.finder.line.setFocus()
        form.finder.line.setText("見本")
        form.finder.line.textEdited.emit("見本")
        do(qtbot, desk, form.finder.find_now)
        assert (form.finder.list.isVisible(), form.first.y()) == (True, top), "the list lies over the form"
        finder = choose(qtbot, desk, form, "見本あたらしい町会", line=-1)
        assert (finder.new_name, finder.organisation) == ("見本あたらしい町会", None)
        finder = choose(qtbot, desk, form, "見本あたらしい町会", line=None)
        assert (finder.new_name, finder.list.currentRow()) == ("", 0), "the first Enter shows what is meant"
        assert "もう一度Enter" in finder.status_label.text()
        qtbot.keyClick(finder.line, Qt.Key.Key_Return)
        assert finder.new_name == "見本あたらしい町会"
        saved(qtbot, desk, form)
        made = row(desk.store.database, Organisation, name="見本あたらしい町会")
        assert row(desk.store.database, DispatchRequest, organisation_id=made.id).tools == ("Instagram",)
        assert page.table.current().name == "見本あたらしい町会"
        form.close_unsaved()
        assert not page.is_form_open, "nothing is typed that is not saved"
        going = []
        desk.navigation_requested.connect(lambda place, handed: going.append((place, handed["organisation_id"])))
        assert page.detail.branch.isVisibleTo(page), "nobody has said yet to which 支部 it belongs"
        page.detail.branch.click()
        assert going == [("organisations", made.id)]
        history_services.undo(desk.store, by=desk.user_name, now=desk.now())
        assert row(desk.store.database, Organisation, id=made.id) is None
        assert row(desk.store.database, DispatchRequest, organisation_id=made.id) is None


def test_a_second_slip_of_an_organisation_offers_the_first_one_for_mending(tmp_path, qtbot):
    dress(QApplication.instance())
    with session(tmp_path) as desk:
        page = shown(qtbot, DispatchesPage(desk), desk)
        first = page.year.requests.rows[0]
        page.add()
        page.request_form.first.set_values({"wish": "キャッシュレス"})
        choose(qtbot, desk, page.request_form, first.organisation.name)
        assert "に受け取っています" in words(page.request_form.before)
        page.request_form.mend.click()
        assert page.request_form.full.value("signer") == first.request.signer
        saved(qtbot, desk, page.request_form, days="土曜の午後")
        (kept,) = rows(desk.store.database, DispatchRequest, organisation_id=first.organisation.id)
        assert (kept.id, kept.days, kept.signer) == (first.id, "土曜の午後", first.request.signer)
        assert kept.wish == first.request.wish, "the tool is ticked and not said a second time"
        assert set(kept.tools) == {*first.request.tools, "キャッシュレス決済"}


def test_a_form_half_typed_is_not_thrown_away_at_the_first_press(tmp_path, qtbot):
    dress(QApplication.instance())
    with session(tmp_path) as desk:
        page = shown(qtbot, DispatchesPage(desk), desk)
        assert page.findChild(RequestForm) is None  # built when it is first wanted
        FocusKeeper(lambda: page, page)
        heading = QWidget(page)
        heading.show()
        for tool in page.tools:
            tool.setParent(heading)
            tool.show()
        page.activateWindow()
        page.record.setFocus()
        do(qtbot, desk, page.record.click)
        for _turn in range(4):  # the keyboard is looked for two turns after a button has gone
            QApplication.processEvents()
        assert page.request_form.finder.line.hasFocus(), (
            "the button that saves has the words of the one that was pressed"
        )
        page.request_form.first.editor("wish").setFocus()
        qtbot.keyClicks(page.request_form.first.editor("wish"), "HP")
        page.add()  # the list that is still empty offers it a second time
        assert page.request_form.first.value("wish") == "HP"
        page.request_form.first.editor("wish").setFocus()
        qtbot.keyClick(page.request_form, Qt.Key.Key_Escape)
        assert page.is_form_open
        assert "まだ保存していません" in words(page.request_form.refusal)
        qtbot.keyClick(page.request_form, Qt.Key.Key_Escape)
        assert not page.is_form_open


def test_in_large_letters_the_heading_is_one_line_and_three_organisations_are_in_sight(tmp_path, qtbot):
    dress(QApplication.instance())
    with session(tmp_path) as desk:
        screen = shown(
            qtbot,
            EventsScreen(desk, kind_pages=(KindPage(form=EventForm.VISIT, factory=DispatchesPage),)),
            desk,
            width=925,
            height=530,
            view="派遣",
        )
        page = screen.kind_page
        heading = {
            part.y() + part.height() // 2 for part in (screen.kinds, page.record, screen.add_button, screen.more)
        }
        assert len(heading) == 1
        assert all(one.isVisible() for one in page.tools)
        assert page.left.isAncestorOf(page.papers)
        assert rows_in_sight(page.table) >= 3
        page.record.click()
        assert not any(one.isVisible() for one in page.tools)
        page.request_form.close_unsaved()
        screen.resize(1400, 720)
        qtbot.waitUntil(page.told.isVisible)
        assert not page.left.isAncestorOf(page.papers)
        assert page.papers.isVisible()
        screen.kinds.choose("")
        assert not any(one.isVisible() for one in page.tools)


def test_enter_opens_the_walk_of_support_at_the_step_in_turn(tmp_path, qtbot):
    dress(QApplication.instance())
    with session(tmp_path) as desk:
        page = shown(qtbot, DispatchesPage(desk), desk)
        going = []
        desk.navigation_requested.connect(lambda place, handed: going.append((place, handed)))
        stand_on(qtbot, desk, page, "見本あおば町会")
        qtbot.keyClick(page.table.view, Qt.Key.Key_Return)
        first = event_id(desk.store, "派遣", 1)
        assert going == [("event", {"event_id": first, "tab": "支援のあゆみ", "part": "3か月後"})]
        panel = EventPage(desk, tabs=(EventTab(title="支援のあゆみ", factory=SupportPanel, only_form=EventForm.VISIT),))
        panel.resize(1190, 720)
        panel.open_with(**going[0][1])
        shown(qtbot, panel, desk)
        assert panel.window().focusWidget().text() == "話せた"
        assert panel.findChild(StepRows).framed_step == "3か月後"
        assert panel.findChild(StepRows).rows["3か月後"].accessibleName().startswith("3か月後の電話　いま")
        stand_on(qtbot, desk, page, "見本わかば町会")
        assert page.act.text() == "決定通知を開く"
        page.act.click()
        assert going[-1] == (
            "event",
            {"event_id": event_id(desk.store, "派遣", 3), "tab": "書類", "kind": "決定通知"},
        )


def test_a_colleague_who_has_the_seat_leaves_the_steps_to_be_read_and_nothing_to_be_written(tmp_path, qtbot):
    dress(QApplication.instance())
    with session(tmp_path) as desk:
        page = shown(qtbot, DispatchesPage(desk), desk)
        do(qtbot, desk, lambda: desk.set_read_only(True))
        stand_on(qtbot, desk, page, page.year.rows[-1].name)
        assert page._current_row().steps.current_step == "選定"
        assert [one.isEnabled() for one in (page.record, page.act, page.detail.change)] == [False] * 3
        page.add()
        page.open_row()
        assert not page.is_form_open
        do(qtbot, desk, lambda: desk.set_read_only(False))
        assert page.record.isEnabled()
        assert page.act.isEnabled()


def test_the_tab_follows_the_work_and_the_call_is_one_of_three_buttons(tmp_path, qtbot):
    dress(QApplication.instance())
    with session(tmp_path) as desk:
        first, third = event_id(desk.store, "派遣", 1), event_id(desk.store, "派遣", 3)
        panel = shown(qtbot, SupportPanel(desk), desk, event_id=third)
        assert "受託者へ知らせる同意がないため、受託者へは渡せません" in words(panel.decision)
        assert panel.decision.isVisible()
        assert not panel.hearing.isVisible()
        assert not panel.contact.isVisibleTo(panel.decision)
        assert not panel.talked.isVisibleTo(panel)
        qtbot.keyClick(panel.steps.rows["決裁"], Qt.Key.Key_Down)
        qtbot.keyClick(panel.steps.rows["日程"], Qt.Key.Key_Down)
        assert panel.steps.rows["訪問"].hasFocus()
        assert panel.hearing.isVisible()
        qtbot.keyClick(panel.steps.rows["訪問"], Qt.Key.Key_Return)
        assert panel.hear.hasFocus()
        panel.hear.click()
        filled(
            qtbot,
            desk,
            panel,
            issue="写真の断り方が分からない。",
            agreed="投稿の練習を30分",
            hearing_on=date(2026, 12, 1),
            fee_payer="団体",
        )
        assert the_event(desk.store, third).fee_payer == "団体"
        assert "写真の断り方が分からない。" in words(panel.hearing)
        panel.open_with(event_id=event_id(desk.store, "派遣", 2))  # held, its report is waited for
        do(qtbot, desk, panel.refresh)
        assert [one.is_offered for one in (panel.talked, panel.away, panel.put_off)] == [False] * 3
        panel.focus_part("3か月後")
        assert [one.is_offered for one in (panel.talked, panel.away, panel.put_off)] == [True] * 3
        panel.open_with(event_id=first)
        do(qtbot, desk, panel.refresh)
        assert [(one.tool, one.words) for one in panel.ladder.lines][:2] == [
            ("LINE公式アカウント", "1 → 3"),
            ("ホームページ", "2 → 3"),
        ]
        assert "LINE公式アカウント　1 → 3" in panel.ladder.accessibleDescription()
        assert panel.after.right.text() == "あと2件"
        assert panel.contact.isVisibleTo(panel.decision)
        panel.talked.click()
        filled(qtbot, desk, panel, answer="月2回続いている。", counted="11–12月 4回")
        assert (
            row(desk.store.database, DispatchFollowUp, event_id=first, state="完了", kind="3か月後の電話").answer
            == "月2回続いている。"
        )
        assert "目安日" not in words(panel.after)
        assert panel.after.right.text() == "あと1件"
        # An event of another kind has nothing of it.
        panel.open_with(event_id=event_id(desk.store, "講習会", 1))
        do(qtbot, desk, panel.refresh)
        assert panel.view is None


def test_a_hearing_that_is_open_is_the_next_step_with_the_button_of_the_bar(tmp_path, qtbot):
    dress(QApplication.instance())
    with session(tmp_path) as desk:
        third = event_id(desk.store, "派遣", 3)
        with desk.store.change(action="協議することを加えた", by=BY, now=NOW) as change:
            change.insert(Agreement(event_id=third, topic="事前ヒアリング"))
        for state in list(LetterState)[1:]:
            set_letter_state(
                acting(desk.store),
                event_id=third,
                kind="決定通知",
                form=LetterForm.FORMAL,
                state=state,
                decided_on=NOW.date() if state.is_approved or state.is_issued else None,
                document_number="391" if state.is_approved or state.is_issued else "",
                issued_on=NOW.date() if state.is_issued else None,
            )
        panel = shown(qtbot, SupportPanel(desk), desk, event_id=third)
        assert "事前ヒアリングがまだです" in panel.steps.rows["訪問"].accessibleName()
        assert panel.bar.words.plain_text() == "つぎ　ヒアリングを記録する"
        assert (panel.hear.isVisible(), panel.hear.is_filled, panel.next.isVisible()) == (True, True, False)
        panel.steps.rows["訪問"].setFocus()
        qtbot.keyClick(panel.steps.rows["訪問"], Qt.Key.Key_Return)
        assert panel.hear.hasFocus()
        panel.hear.click()
        filled(qtbot, desk, panel, issue="写真の断り方が分からない。", hearing_on=date(2026, 12, 1))
        assert panel.bar.words.plain_text() == "つぎ　訪問を待つ"
        assert (panel.hear.isVisible(), panel.hear.is_filled) == (True, False), "it can be put right"
        panel._choose_step("報告書")
        assert not panel.hear.isVisible()


def test_what_changed_since_the_decision_stands_at_its_step(tmp_path, qtbot):
    dress(QApplication.instance())
    with session(tmp_path) as desk:
        third = event_id(desk.store, "派遣", 3)
        panel = shown(qtbot, SupportPanel(desk), desk, event_id=third)
        assert "変わったこと" not in words(panel.decision)
        move_event(
            ActionContext(desk.store, "用意", desk.now()),
            event_id=third,
            new_date=date(2027, 1, 27),
            reason="会館の都合",
        )
        do(qtbot, desk, panel.refresh)
        assert "変わったこと　日時" in words(panel.decision)
        assert "1月20日" in words(panel.decision)
        assert "1月27日" in words(panel.decision)


def test_the_walk_of_support_shows_what_the_form_of_the_report_says_of_what_follows(tmp_path, qtbot):
    dress(QApplication.instance())
    with session(tmp_path) as desk:
        second = event_id(desk.store, "派遣", 2)
        panel = shown(qtbot, SupportPanel(desk), desk, event_id=second)
        assert "記入されると、ここに出ます" in words(panel.plan)
        made = reports.start_report(acting(desk.store), event_id=second).id
        reports.write_chapter(acting(desk.store), report_id=made, key="支援方針", text="役員会で月1回、投稿を続ける。")
        do(qtbot, desk, panel.refresh)
        assert "役員会で月1回、投稿を続ける。" in words(panel.plan)
        assert "記入されると、ここに出ます" not in words(panel.plan)


def test_the_walk_of_support_says_whether_the_slip_is_signed(tmp_path, qtbot):
    dress(QApplication.instance())
    with session(tmp_path) as desk:
        first = event_id(desk.store, "派遣", 1)
        panel = shown(qtbot, SupportPanel(desk), desk, event_id=first)
        assert (panel.wish.badge.kind, panel.wish.badge.words[:4]) == ("済", "署名あり")
        with desk.store.change(action="署名を消した", by="用意", now=desk.now()) as change:
            change.update(DispatchRequest, panel.view.request.id, signed=False)
        do(qtbot, desk, panel.refresh)
        assert (panel.wish.badge.kind, panel.wish.badge.words[:4]) == ("提出待ち", "署名まち")


def test_a_line_of_home_leads_to_what_is_being_answered_or_to_the_call(tmp_path, qtbot):
    dress(QApplication.instance())
    with session(tmp_path) as desk:
        page = EventPage(desk, tabs=(EventTab(title="支援のあゆみ", factory=SupportPanel, only_form=EventForm.VISIT),))
        page.resize(1190, 720)
        page.open_with(event_id=event_id(desk.store, "派遣", 1))
        shown(qtbot, page, desk)
        home = read_home(desk.store, today=desk.today())
        tasks = {
            one.task.task: one.task
            for one in (*home.rows, *home.later_rows)
            if one.task.event_id == page.view_state()["event_id"]
        }

        def sent_to(task):
            page.open_with(**route_to(tasks[task].link).arguments)
            do(qtbot, desk, page.refresh)
            assert page.titles[page.tabs.current()] == "支援のあゆみ"
            return page.window().focusWidget()

        asked = "「会計の人も管理者に加えたい。」を直す"
        assert sent_to(support.ANSWER_TASK).accessibleName() == asked
        assert sent_to(support.CALL_TASK).text() == "話せた"
        assert sent_to(support.ANSWER_TASK).accessibleName() == asked


def in_sight(part):
    area = next(one for one in part.window().findChildren(QScrollArea) if one.isAncestorOf(part)).viewport()
    top = part.mapTo(area, QPoint(0, 0)).y()
    return part.hasFocus() and 0 <= top <= area.height() - part.height()


def test_the_registered_head_is_proposed_as_who_signed_as_long_as_the_signature_is_ticked(tmp_path, qtbot):
    with session(tmp_path) as desk:
        page = DispatchesPage(desk)
        shown(qtbot, page, desk)
        page.table.choose(lambda one: one.request is not None)
        asked = page.table.current().request.request
        with desk.store.change(action="test", by="見本", now=desk.now()) as change:
            change.update(DispatchRequest, asked.id, signed=False, signer="", signer_role="")
            change.insert(Person(organisation_id=asked.organisation_id, name="見本　新会長", role="会長"))
            for one in rows(desk.store.database, Person, organisation_id=asked.organisation_id)[:-1]:
                change.update(Person, one.id, role="")
        do(qtbot, desk, page.reload)
        page.edit_request()
        form = page.request_form.full
        box = form.editor("signed")

        def hint():
            return form._under["signer"].text()

        for _press in range(2):
            assert (form.text("signer_role"), form.text("signer")) == ("", ""), "unsigned nobody is named"
            do(qtbot, desk, box.click)
            assert (form.text("signer_role"), form.text("signer")) == ("会長", "見本　新会長")
            assert "登録のある会長を入れました" in hint(), "what was filled is said"
            do(qtbot, desk, box.click)
            assert hint().startswith("署名のとおり")
        box.click()
        form.go_to("signer_role")  # faster than the register is read
        do(qtbot, desk, lambda: None)
        qtbot.keyClicks(form.editor("signer_role"), "A")
        assert form.text("signer_role") == "A", "typed in its place, not behind it"
        do(qtbot, desk, box.click)
        form.set_values({"signer_role": ""})
        form.set_values({"signer": "見本　副会長"})
        do(qtbot, desk, box.click)
        assert form.text("signer") == "見本　副会長", "what was typed stays"


def test_what_a_refusal_asks_for_is_in_sight_in_a_low_window(tmp_path, qtbot):
    dress(QApplication.instance())
    with session(tmp_path) as desk:
        page = shown(qtbot, DispatchesPage(desk), desk, width=925, height=400)
        page.table.choose(lambda one: one.request is not None)
        page.edit_request()
        saved(qtbot, desk, page.request_form, signed=True, signer="")
        assert "署名した代表者" in words(page.request_form.refusal)
        qtbot.waitUntil(lambda: in_sight(page.request_form.full.editor("signer")))


def test_a_refused_decision_puts_the_keyboard_into_the_reason_it_asks_for(tmp_path, qtbot):
    dress(QApplication.instance())
    with session(tmp_path) as desk:
        page = shown(qtbot, DispatchesPage(desk), desk)
        page.table.choose(lambda one: one.request is not None and one.steps.current_step == "選定")
        page.detail.decide.click()
        dialog = filled(qtbot, desk, page, outcome="決定", reason="")
        assert "決定の理由がまだ入力されていません。" in words(dialog.refusal)
        assert dialog.form.editor("reason").hasFocus()


def test_a_decision_asks_for_a_lecture_only_where_the_year_has_lectures(tmp_path, qtbot):
    with session(tmp_path) as desk:
        listed = dispatch_requests.read_dispatch_requests(desk.store, fiscal_year=2026)
        owner = empty_screen(qtbot, desk)
        for names, label in (("", None), ("活用教室", "参加した活用教室")):
            of_year = replace(listed, lecture_names=names)
            form = decide_dialog(desk, of_year, listed.rows[0], owner).form
            slip = RequestForm(desk)
            qtbot.addWidget(slip)
            slip.open_request(of_year, listed.rows[0])
            assert slip.full.editor("took_part").isVisibleTo(slip) is bool(names)
            assert next((one.label for one in form.fields if one.key == "lecture_id"), None) == label
