"""派遣 in the window: a slip is written down and decided on, the tab is filled step by step, the call is recorded."""

from __future__ import annotations

from datetime import date

from app.subjects.dispatches.screens.wishes_screen import WishesScreen
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QRadioButton

from app.history.services import history
from app.main_window.navigation import EventTab
from app.main_window.ways import way_to
from app.subjects.dispatches.screens.support_panel import SupportPanel
from app.subjects.dispatches.services import support
from app.subjects.events.screens.event_page import EventPage
from app.subjects.home.services.home import read_home
from app.widgets.form_dialog import FormDialog
from db.records.dispatches import DispatchFollowUp, DispatchWish
from db.records.organisations import Organisation
from db.rows import row, rows
from tests.support.dressing import dress
from tests.support.sample import event_id
from tests.support.sample_desk import dialog_over, shown, sitting
from tests.support.waiting import wait_idle


def filled(qtbot, desk, screen, **values):
    dialog = dialog_over(screen, FormDialog)
    dialog.form.set_values(values)
    dialog.save()
    wait_idle(qtbot, desk)
    return dialog


def choose(qtbot, desk, screen, text, *, line=0):
    """Type ``text`` into the field of the 団体 and take a line of what is offered (-1 = the last one, None = Enter
    alone)."""
    finder = dialog_over(screen, FormDialog).finder
    finder.line.setText(text)
    finder.line.textEdited.emit(text)
    finder.find_now()
    wait_idle(qtbot, desk)
    if line is not None:
        finder.list.setCurrentRow(line % finder.list.count())
    qtbot.keyClick(finder.line, Qt.Key.Key_Return)
    return finder


def words(part):
    return " ".join(one.text() for one in part.findChildren(QLabel) if one.isVisibleTo(part))


def test_a_slip_goes_from_the_paper_to_a_decision(tmp_path, qtbot):
    dress(QApplication.instance())
    with sitting(tmp_path) as desk:
        screen = WishesScreen(desk)
        shown(qtbot, screen, desk)
        assert screen.counts.text() == "6団体　決定 3 / 3団体程度（仕4(2)ウ）"
        free = next(one for one in rows(desk.store.database, Organisation) if one.id == 20)
        screen.add()
        choose(qtbot, desk, screen, free.name)
        filled(qtbot, desk, screen, received_on=date(2026, 11, 30), signer="", tool2=True)
        assert row(desk.store.database, DispatchWish, organisation_id=free.id) is None
        filled(qtbot, desk, screen, signer="見本　太郎", consent="同意なし")
        assert row(desk.store.database, DispatchWish, organisation_id=free.id) is None, "nobody said that it is signed"
        filled(qtbot, desk, screen, signed=True)
        kept = row(desk.store.database, DispatchWish, organisation_id=free.id)
        assert (kept.tools, kept.signed, kept.consent) == (("Instagram",), True, "同意なし")
        assert screen.table.current().id == kept.id
        screen.decide.click()
        asked = filled(qtbot, desk, screen, reason="急ぐため。")
        assert asked.form.problem_shown("outcome") == "結果がまだ選ばれていません。"
        assert "選定前" not in [one.text() for one in asked.findChildren(QRadioButton)], (
            "there is nothing to go back to"
        )
        filled(qtbot, desk, screen, outcome="決定", reason="防災の知らせ方で困っている。")
        assert "受託者へ知らせる同意がないため" in words(screen.consent)
        going = []
        desk.going.connect(lambda place, handed: going.append((place, handed["organisation_id"])))
        screen.add_event.click()
        assert going == [("events", free.id)]
        screen.decide.click()
        filled(qtbot, desk, screen, outcome="選定前")
        assert row(desk.store.database, DispatchWish, id=kept.id).outcome == ""
        assert not screen.add_event.isVisibleTo(screen)
        screen.decide.click()
        filled(qtbot, desk, screen, outcome="不採択", reason="募集要項の「決め方」による。")
        assert row(desk.store.database, DispatchWish, id=kept.id).outcome == "不採択"
        assert screen.decline.isVisibleTo(screen)
        assert not screen.handed.isVisibleTo(screen)
        history.undo(desk.store, by=desk.user_name, now=desk.now())
        assert row(desk.store.database, DispatchWish, id=kept.id).outcome == ""


def test_a_slip_of_a_new_organisation_needs_no_more_than_its_name_and_one_undo_takes_both_back(tmp_path, qtbot):
    dress(QApplication.instance())
    with sitting(tmp_path) as desk:
        screen = WishesScreen(desk)
        screen.arrive(new="1")
        shown(qtbot, screen, desk)
        dialog = dialog_over(screen, FormDialog)
        dialog.form.set_values({"signer": "見本　太郎", "signed": True, "tool2": True})
        dialog.save()
        assert "どの団体の希望票か" in words(dialog.problem)
        finder = choose(qtbot, desk, screen, "見本あたらしい町会", line=-1)
        assert (finder.added, finder.organisation) == ("見本あたらしい町会", None)
        finder = choose(qtbot, desk, screen, "見本あたらしい町会", line=None)
        assert (finder.added, finder.list.currentRow()) == ("", 0), "the first Enter shows what is meant"
        assert "もう一度Enter" in finder.told.text()
        qtbot.keyClick(finder.line, Qt.Key.Key_Return)
        assert finder.added == "見本あたらしい町会"
        filled(qtbot, desk, screen)
        made = row(desk.store.database, Organisation, name="見本あたらしい町会")
        assert row(desk.store.database, DispatchWish, organisation_id=made.id).signer == "見本　太郎"
        assert screen.table.current().organisation.name == "見本あたらしい町会"
        going = []
        desk.going.connect(lambda place, handed: going.append((place, handed["organisation_id"])))
        assert screen.branch.isVisibleTo(screen), "nobody has said yet to which 支部 it belongs"
        screen.branch.click()
        assert going == [("organisations", made.id)]
        history.undo(desk.store, by=desk.user_name, now=desk.now())
        assert row(desk.store.database, Organisation, id=made.id) is None
        assert row(desk.store.database, DispatchWish, organisation_id=made.id) is None


def test_a_second_slip_of_an_organisation_offers_the_first_one_for_mending(tmp_path, qtbot):
    dress(QApplication.instance())
    with sitting(tmp_path) as desk:
        screen = WishesScreen(desk)
        shown(qtbot, screen, desk)
        first = screen.listed.rows[0]
        screen.add()
        dialog = dialog_over(screen, FormDialog)
        dialog.form.set_values({"days": "土曜の午後"})
        choose(qtbot, desk, screen, first.organisation.name)
        assert "に受け取っています" in words(dialog.before)
        dialog.mend.click()
        assert dialog.form.value("signer") == first.wish.signer
        dialog.save()
        wait_idle(qtbot, desk)
        (kept,) = rows(desk.store.database, DispatchWish, organisation_id=first.organisation.id)
        assert (kept.id, kept.days, kept.signer) == (first.id, "土曜の午後", first.wish.signer)


def test_the_tab_follows_the_work_and_the_call_is_one_of_three_buttons(tmp_path, qtbot):
    dress(QApplication.instance())
    with sitting(tmp_path) as desk:
        first, third = event_id(desk.store, "派遣", 1), event_id(desk.store, "派遣", 3)
        panel = SupportPanel(desk)
        panel.arrive(event_id=third)
        shown(qtbot, panel, desk)
        assert "受託者へ知らせる同意がないため、受託者へは渡せません" in words(panel.choice)
        assert not panel.contact.isVisibleTo(panel)
        assert not panel.talked.isVisibleTo(panel)
        panel.hear.click()
        filled(
            qtbot,
            desk,
            panel,
            issue="写真の断り方が分からない。",
            agreed="投稿の練習を30分",
            hearing_on=date(2026, 12, 1),
        )
        assert "写真の断り方が分からない。" in words(panel.hearing)
        panel.arrive(event_id=first)
        panel.refresh()
        wait_idle(qtbot, desk)
        assert [(one.tool, one.words) for one in panel.ladder.lines][:2] == [
            ("LINE公式アカウント", "1 → 3"),
            ("ホームページ", "2 → 3"),
        ]
        assert "LINE公式アカウント　1 → 3" in panel.ladder.accessibleDescription()
        assert panel.after.right.text() == "2 / 4　済"
        assert panel.contact.isVisibleTo(panel)
        panel.talked.click()
        filled(qtbot, desk, panel, answer="月2回続いている。", counted="11–12月 4回")
        assert (
            row(desk.store.database, DispatchFollowUp, event_id=first, state="完了", kind="3か月後の電話").answer
            == "月2回続いている。"
        )
        assert not panel.call.isVisibleTo(panel)
        assert panel.after.right.text() == "3 / 4　済"
        # An event of another kind has nothing of it.
        panel.arrive(event_id=event_id(desk.store, "講習会", 1))
        panel.refresh()
        wait_idle(qtbot, desk)
        assert panel.view is None


def test_a_line_of_home_leads_to_what_is_being_answered_or_to_the_call(tmp_path, qtbot):
    dress(QApplication.instance())
    with sitting(tmp_path) as desk:
        page = EventPage(desk, tabs=(EventTab(title="支援のあゆみ", factory=SupportPanel, only_kind="派遣"),))
        page.resize(1190, 720)
        page.arrive(event_id=event_id(desk.store, "派遣", 1))
        shown(qtbot, page, desk)
        home = read_home(desk.store, today=desk.today())
        tasks = {
            one.task.task: one.task
            for one in (*home.rows, *home.later)
            if one.task.event_id == page.stand()["event_id"]
        }

        def sent_to(task):
            page.arrive(**way_to(tasks[task].asked).arguments)
            page.refresh()
            wait_idle(qtbot, desk)
            assert page.titles[page.tabs.current()] == "支援のあゆみ"
            return page.window().focusWidget()

        asked = "「会計の人も管理者に加えたい。」を直す"
        assert sent_to(support.ANSWER_TASK).accessibleName() == asked
        assert sent_to(support.CALL_TASK).text() == "話せた"
        assert sent_to(support.ANSWER_TASK).accessibleName() == asked
