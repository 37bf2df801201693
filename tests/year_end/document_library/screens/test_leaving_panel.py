"""帳票 of one event: what was told and has changed first, what waits, what was told; two keys note that it was told."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton

from app.actions.action_context import ActionContext
from app.documents.rules import Matter, MatterStatus, sealed_ids
from app.documents.screens.copy_dialog import IssuedCopyDialog
from app.documents.screens.letter_differences_panel import DifferencesDialog
from app.documents.screens.notification_dialog import CorrectNotificationDialog, NotificationDialog
from app.documents.services import document_saving, notification
from app.documents.services.file_saving import SaveOptions
from app.documents.services.issued_copies import open_copy
from app.documents.services.notification_kinds import NOTIFICATIONS, MatterLine
from app.event.rules.notification_facts import TABLETS_READY
from app.event.services.tasks.deadlines import all_tasks
from app.events.headcount import services as headcount_services
from app.events.letters.services import undelivered
from app.main_window.action_routes import route_to
from app.widgets.buttons import Button
from app.widgets.dialogs.common_dialogs import ReasonDialog
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.pdf.pdf_pages import PdfPages
from app.window import theme as t
from app.year_end.document_library.screens import DocumentsTab
from app.year_end.document_library.services import LEFT, NOT_NOW, ListedDocument, rows_of
from app.year_end.document_library.services import NOW as UNDER_WAY
from db.records.documents import Letter, LetterForm, LetterState, Notification, PostSort, ReturnedLetter
from db.records.event_form import EventForm
from db.records.events import Event
from db.records.organisations import Person
from db.records.roster import Entry
from db.rows import by_id, rows
from tests.support.doing import do
from tests.support.event_pages import open_folds
from tests.support.sample import BY, NOW, event_id
from tests.support.sample_desk import dialog_over, shown
from tests.support.waiting import wait_idle

GIVEN = {"by": BY, "now": NOW}


def written(qtbot, desk, change):
    do(qtbot, desk, desk.write, lambda act: change(act.store), lambda _done: None)


def told(store):
    sixth = event_id(store, "講習会", 6)
    headcount_services.make_headcount_notice(ActionContext(store, **GIVEN), event_id=sixth)
    notification.notify(
        ActionContext(store, **GIVEN), event_id=sixth, key="人数", told_to="業務責任者　見本", told_how="メール"
    )
    return sixth


def opened(qtbot, desk, sixth):
    return shown(qtbot, DocumentsTab(desk), desk, event_id=sixth)


def fold(panel, title):
    """The heading of a group that can be folded."""
    heads = map(panel.list.model.heading, range(panel.list.model.rowCount()))
    return next(head for head in heads if head is not None and head.title == title)


def told_rows(panel):
    """What is or was told, of the rows in sight."""
    return [one.outgoing for one in panel.list.model.records() if one.outgoing is not None]


def choose_row(qtbot, desk, panel, wanted):
    """Choose the first row about something told that is wanted, and wait until its page is read."""
    found = panel.list.choose(lambda row: row.outgoing is not None and wanted(row.outgoing))
    wait_idle(qtbot, desk)
    return found


def test_where_nothing_was_told_yet_what_can_be_made_is_the_list(qtbot, desk):
    found = []

    def added(store):
        with store.change(action="用意", subject="events", **GIVEN) as change:
            found.append(
                change.insert(
                    Event(
                        kind="講習会",
                        form=EventForm.LECTURE,
                        ordinal=9,
                        subject="みほん講習会",
                        event_date=date(2027, 2, 10),
                    )
                )
            )

    written(qtbot, desk, added)
    panel = opened(qtbot, desk, found[0])
    assert "連絡した" not in panel.notices.words()
    assert {row.status for row in told_rows(panel)} <= {"未作成"}, "what can be made is the list"
    assert LEFT not in {row.group for row in panel._read.rows}


def test_the_line_on_top_keeps_its_place_and_says_what_has_changed(qtbot, desk):
    found = []
    written(qtbot, desk, lambda store: found.append(told(store)))
    panel = opened(qtbot, desk, found[0])
    assert "連絡したあとに変わりました" not in panel.notices.words()

    def goes(store):
        entry = rows(store.database, Entry, event_id=found[0], absent_told_at=None)[0]
        with store.change(action="欠席の連絡を記録した", event_id=found[0], subject="roster", **GIVEN) as change:
            change.update(Entry, entry.id, absent_told_at=NOW)

    written(qtbot, desk, goes)
    assert "参加予定 14人 → 13人" in panel.notices.words()
    assert "欠席の連絡を記録した" not in panel.notices.words(), "which act changed it nobody can know"
    assert panel.notices.words().endswith(
        "決定通知（11/25(水) 連絡済）、参加人数連絡書（12/1(火) 連絡済）は前のままです。"
    ), "each letter of which something is said"
    assert panel.notices.isVisible()
    choose_row(qtbot, desk, panel, lambda row: row.line.key == "人数")
    assert next((row.name, row.before, row.now, row.difference) for row in panel.detail.facts.changed) == (
        "参加予定", "14人", "13人", "−1",
    )  # fmt: skip
    assert panel.detail.make_button.text() == "変更連絡を作成"


def test_a_letter_that_left_and_says_otherwise_leads_to_the_answers(qtbot, desk):
    sixth = event_id(desk.store, "講習会", 6)

    def put_right(store):
        person = by_id(store.database, Person, rows(store.database, Entry, event_id=sixth)[0].person_id)
        with store.change(action="氏名を直した", subject="participants", **GIVEN) as change:
            change.update(Person, person.id, name="濵" + person.name)

    written(qtbot, desk, put_right)
    panel = opened(qtbot, desk, sixth)
    choose_row(qtbot, desk, panel, lambda row: (row.line.key, row.status) == ("決定通知", "変更あり"))
    assert panel.detail.facts._same.plain_text().startswith("前回のほかの内容　実施日 "), "told so, not true for ever"
    assert panel.detail.make_button.text() == "違いに答える"
    assert panel.notices.more.isHidden(), "the letter shown is said to differ once"
    assert "いまの記録と違うところが" in panel.notices.words()
    assert panel.detail.copy.isVisibleTo(panel.detail)
    assert not panel.detail.findChildren(PdfPages), "the page shows the same letter"
    panel.detail.make_button.click()
    assert dialog_over(panel, DifferencesDialog).panel is not None
    wait_idle(qtbot, desk)


def test_what_changes_after_the_day_is_remarked_and_asks_for_nothing(qtbot, desk):
    found = []

    def told_and_put_right(store):
        second = event_id(store, "講習会", 2)
        given = {
            "told_to": "申込団体",
            "told_how": "電話",
            "words": "決まったことを伝えた",
            "told_on": date(2026, 9, 18),
        }
        notification.notify(ActionContext(store, **GIVEN), event_id=second, key="決定通知", **given)
        person = by_id(store.database, Person, rows(store.database, Entry, event_id=second)[0].person_id)
        with store.change(action="氏名を直した", subject="participants", **GIVEN) as change:
            change.update(Person, person.id, name="濵" + person.name)
        found.append(second)

    written(qtbot, desk, told_and_put_right)
    panel = opened(qtbot, desk, found[0])
    choose_row(qtbot, desk, panel, lambda row: row.line.key == "決定通知")
    (row,) = [one for one in told_rows(panel) if one.line.key == "決定通知"]
    assert row.status == "通知済"
    assert row.words.endswith("あとで変更")
    assert "連絡したあとに変わりました" not in panel.notices.words()
    assert panel.detail.make_button.isHidden()
    assert panel.detail.tell_button.isHidden()
    assert [one.name for one in panel.detail.facts.changed] == ["宛先"]


def test_what_was_told_without_a_paper_of_ours_is_recorded_with_its_words_only(qtbot, desk):
    found = []
    written(qtbot, desk, lambda store: found.append(told(store)))

    def goes(store):
        entry = rows(store.database, Entry, event_id=found[0], absent_told_at=None)[0]
        with store.change(action="欠席の連絡を記録した", event_id=found[0], subject="roster", **GIVEN) as change:
            change.update(Entry, entry.id, absent_told_at=NOW)

    written(qtbot, desk, goes)
    panel = opened(qtbot, desk, found[0])
    assert panel.list.current().outgoing.status == "変更あり", "what has changed comes first"
    choose_row(qtbot, desk, panel, lambda row: row.line.key == "人数")
    dialog = asked(qtbot, desk, panel)
    assert not dialog.form.editor("told_to").isEnabled(), "no fields before a way is chosen"
    for way in ("電話", "アプリの外の文書"):
        choose(dialog, told_how=way)
        assert dialog.form.editor("told_to").isEnabled()
        assert not dialog.main.isEnabled()
    choose(dialog, told_how="メール")
    assert not dialog.main.isEnabled(), "no paper of what stands now"
    assert "変わってから作成されていません" in dialog.fields.state.text()
    choose(dialog, told_how="電話", words="13人になったと伝えた")
    do(qtbot, desk, dialog.main.click)
    act = rows(desk.store.database, Notification, order="-id")[0]
    assert (act.told_how, act.reason, act.facts["参加予定"]) == ("電話", "13人になったと伝えた", "13人")
    assert "参加予定" not in panel.notices.words()


@pytest.mark.parametrize("width", [1310, 700])
def test_once_it_is_noted_the_keyboard_stands_on_nothing_that_takes_it_back(qtbot, desk, tmp_path, width):
    def save(store):
        document_saving.save_document(
            ActionContext(store, **GIVEN),
            event_id=event_id(store, "講習会", 6),
            kind="支部長あて依頼文",
            format="pdf",
            options=SaveOptions(path=tmp_path / "a.pdf"),
        )

    written(qtbot, desk, save)
    panel = opened(qtbot, desk, event_id(desk.store, "講習会", 6))
    panel.resize(width, 700)
    choose_row(qtbot, desk, panel, lambda row: (row.status, row.line.document_kind) == ("未通知", "支部長あて依頼文"))
    do(qtbot, desk, panel._open, panel.list.current())
    dialog = dialog_over(panel, NotificationDialog)
    choose(dialog, told_how="電話", words="よろしくと伝えた")
    qtbot.mouseClick(dialog.main, Qt.MouseButton.LeftButton)
    wait_idle(qtbot, desk)
    assert panel.detail.withdraw.is_offered
    focused = panel.window().focusWidget()
    assert focused is panel.list.view or (panel.parts.narrow and not focused.is_destructive)


def test_enter_on_a_row_that_waits_opens_the_steps_and_enter_notes_nothing(qtbot, desk, tmp_path):
    found = []

    def save(store):
        found.append(event_id(store, "講習会", 6))
        document_saving.save_document(
            ActionContext(store, **GIVEN),
            event_id=found[0],
            kind="支部長あて依頼文",
            format="pdf",
            options=SaveOptions(path=tmp_path / "a.pdf"),
        )

    written(qtbot, desk, save)
    panel = opened(qtbot, desk, found[0])
    assert ("未通知", "支部長あて依頼文") in [(row.status, row.line.document_kind) for row in told_rows(panel)]
    panel.list.view.setFocus()
    qtbot.keyClick(panel.list.view, Qt.Key.Key_Return)
    dialog = dialog_over(panel, NotificationDialog)
    qtbot.waitUntil(lambda: dialog.form.value("told_to") == "支部長")
    assert dialog.form.value("told_how") == ""
    assert QApplication.focusWidget() is dialog.form.editor("told_how")
    choose(dialog, told_how="手渡し")
    qtbot.waitUntil(dialog.main.isEnabled)
    qtbot.keyClick(dialog.form.editor("told_how"), Qt.Key.Key_Return)
    wait_idle(qtbot, desk)
    assert ("未通知", "支部長あて依頼文") in [(row.status, row.line.document_kind) for row in told_rows(panel)]
    do(qtbot, desk, dialog.main.click)
    assert ("通知済", "支部長あて依頼文") in [(row.status, row.line.document_kind) for row in told_rows(panel)]


def test_a_letter_is_told_by_its_issue_though_it_was_never_saved_here(qtbot, desk, tmp_path):
    def issue(store):
        document_saving.set_letter_state(
            ActionContext(store, **GIVEN),
            event_id=event_id(store, "講習会", 6),
            kind="支部長あて依頼文",
            form=LetterForm.FORMAL,
            state=LetterState.ISSUED,
            decided_on=date(2026, 11, 27),
            document_number="見本第530号",
            issued_on=date(2026, 11, 30),
        )

    written(qtbot, desk, issue)
    panel = opened(qtbot, desk, event_id(desk.store, "講習会", 6))
    (row,) = [one for one in panel._read.rows if one.kind == "支部長あて依頼文"]
    assert (row.group, row.words) == (LEFT, "11/30(月) 施行　支部長へ")
    choose_row(qtbot, desk, panel, lambda row: row.line.document_kind == "支部長あて依頼文")
    assert "送り方の記録はありません。「発送を記録」で残せます。" in panel.detail.how.text()
    assert (panel.paper.pdf_button.is_filled, panel.detail.posting.is_filled) == (True, False)

    written(
        qtbot,
        desk,
        lambda store: document_saving.save_document(
            ActionContext(store, **GIVEN),
            event_id=event_id(store, "講習会", 6),
            kind="支部長あて依頼文",
            format="pdf",
            options=SaveOptions(path=tmp_path / "出したもの.pdf"),
        ),
    )
    assert panel.detail.kept.text() == "控え　PDF 12/1(火)"
    assert panel.log.model.records()[0].format == "pdf"
    # What was saved of it goes to the post, which is recorded once.
    assert (panel.paper.pdf_button.is_filled, panel.detail.posting.is_filled) == (False, True)
    do(qtbot, desk, panel.detail.posting.click)
    do(qtbot, desk, dialog_over(panel, FormDialog).confirmed.emit)
    assert (panel.paper.pdf_button.is_filled, panel.detail.posting.is_filled) == (True, False)


def test_taking_back_asks_for_a_reason_and_the_copy_opens_as_it_left(qtbot, desk):
    found = []
    written(qtbot, desk, lambda store: found.append(told(store)))
    panel = opened(qtbot, desk, found[0])
    choose_row(qtbot, desk, panel, lambda row: row.line.key == "人数")
    do(qtbot, desk, panel.detail.open_copy)
    copy = dialog_over(panel, IssuedCopyDialog)
    assert "参加予定人数：14人" in copy.text.toPlainText()
    copy.reject()
    panel.detail.withdraw.click()
    asking = dialog_over(panel, ReasonDialog)
    asking.form.set_values({"reason": "取り違え"})
    do(qtbot, desk, asking.confirmed.emit)
    assert not [one for one in panel.findChildren(QDialog) if one.isVisible()]
    acts = []
    desk.read(
        lambda store: acts.extend(rows(store.database, Notification, event_id=found[0], key="人数")), lambda _done: None
    )
    wait_idle(qtbot, desk)
    assert [(act.withdrawn, act.withdrawn_reason) for act in acts] == [(True, "取り違え")]


def test_what_is_not_made_now_is_folded_with_its_reason_and_opens(qtbot, desk):
    panel = opened(qtbot, desk, event_id(desk.store, "講習会", 5))
    head = fold(panel, NOT_NOW)
    assert not head.is_open
    before = len(panel.list.model.records())
    open_folds(panel.list)
    assert len(panel.list.model.records()) > before > 0
    assert all(row.words for row in panel.list.model.records() if row.group == NOT_NOW), "each says why"


def test_what_is_told_by_words_alone_is_no_document_that_is_missing(qtbot, desk):
    panel = opened(qtbot, desk, event_id(desk.store, "講習会", 5))
    (by_words,) = [one for one in NOTIFICATIONS if one.document_names == (TABLETS_READY,)]
    matter = Matter(key=TABLETS_READY, facts={"台数": "3台"}, document_kind=TABLETS_READY)
    line = MatterLine(
        notification_kind=by_words, matter_status=MatterStatus(matter=matter, status="未作成", facts=matter.facts)
    )
    (row,) = rows_of(replace(panel._read.view, lines=(line,)), desk.today())
    listed = ListedDocument(kind=TABLETS_READY, outgoing=row)
    assert (listed.group, row.is_unmade) == (UNDER_WAY, False)
    assert listed.words.endswith("書類はありません")


def test_the_filled_button_is_the_next_step_of_the_row(qtbot, desk, tmp_path):
    found = []

    def save(store):
        found.append(event_id(store, "講習会", 6))
        document_saving.save_document(
            ActionContext(store, **GIVEN),
            event_id=found[0],
            kind="支部長あて依頼文",
            format="pdf",
            options=SaveOptions(path=tmp_path / "a.pdf"),
        )

    written(qtbot, desk, save)
    panel = opened(qtbot, desk, found[0])
    open_folds(panel.list)
    detail = panel.detail
    for paper, standing, filled in (
        ("支部長あて依頼文", "未通知", detail.tell_button),
        ("開催通知", "未作成", panel.letter.next),
        ("当日資料一式", "未作成", detail.make_button),
    ):
        assert choose_row(qtbot, desk, panel, lambda row, paper=paper: row.line.document_kind == paper)
        assert panel.list.current().outgoing.status == standing
        buttons = [one for one in panel.findChildren(Button) if one.is_filled and one.isVisible()]
        assert buttons == [filled], paper
        assert panel.kind == paper
    # Always at the right end of the bar.
    qtbot.waitUntil(lambda: panel.width() - detail.make_button.geometry().right() - 1 == t.PAGE_X_SMALL)


def test_whoever_is_sent_to_a_row_finds_it_chosen_and_in_sight_though_it_lay_folded(qtbot, desk):
    found = []

    def one_told(store):
        seventh = event_id(store, "講習会", 7)
        headcount_services.make_headcount_notice(ActionContext(store, **GIVEN), event_id=seventh)
        notification.notify(
            ActionContext(store, **GIVEN), event_id=seventh, key="人数", told_to="業務責任者", told_how="メール"
        )
        found.append(seventh)

    written(qtbot, desk, one_told)
    (task,) = [
        one
        for one in all_tasks(desk.store, today=NOW.date())
        if one.is_open and one.label == "辞退した方に受理を知らせる"
    ]
    way = route_to(task.link)
    assert (way.screen_name, way.arguments["event_id"], way.arguments["tab"]) == ("event", found[0], "書類")

    panel = DocumentsTab(desk)
    panel.open_with(event_id=found[0])
    panel.resize(900, 330)
    shown(qtbot, panel, desk)
    assert panel.list.current().kind == "決定通知"
    arguments = {name: value for name, value in way.arguments.items() if name != "tab"}
    panel.open_with(**arguments)
    do(qtbot, desk, panel.refresh)
    assert panel.list.current().kind == "辞退受理通知"
    assert panel.paper.kind == panel.kind == "辞退受理通知"
    assert panel.detail.title.text() == "辞退受理通知"
    view = panel.list.view
    qtbot.waitUntil(lambda: view.visibleRegion().contains(view.visualRect(view.currentIndex()).center()))

    do(qtbot, desk, panel.refresh)
    assert panel.list.current().kind == "辞退受理通知", "read again it stays, and nobody is sent there again"
    panel.open_with(event_id=found[0], kind="参加人数連絡書")
    assert not fold(panel, LEFT).is_open
    do(qtbot, desk, panel.refresh)
    assert fold(panel, LEFT).is_open
    assert panel.list.current().kind == "参加人数連絡書"


def test_a_letter_that_nobody_made_is_told_only_beside_its_page_and_what_was_told_before_a_cancellation_is_named(
    qtbot, desk
):
    found = []

    def issued(store):
        found.append(event_id(store, "講習会", 8))
        (letter,) = rows(store.database, Letter, event_id=found[0], document_kind="中止通知")
        with store.change(action="施行", subject="papers", event_id=found[0], **GIVEN) as change:
            change.update(Letter, letter.id, state="施行", issued_on=date(2026, 12, 1))

    written(qtbot, desk, issued)
    panel = opened(qtbot, desk, found[0])
    assert "中止通知は未通知です" in panel.notices.words()
    assert choose_row(qtbot, desk, panel, lambda row: row.line.document_kind == "中止通知")
    panel.detail.ask_notification()
    dialog = dialog_over(panel, NotificationDialog)
    assert dialog.form.value("told_how") == "", "how it was told nobody has said yet"
    choose(dialog, told_how="郵送")
    assert not dialog.main.isEnabled(), "its page is not seen yet"
    qtbot.waitUntil(dialog.main.isEnabled)
    assert "1 / 15ページ" in dialog.seen.text()
    assert "関連する期限は、その日で済になります" in dialog.goes.words()
    assert not rows(desk.store.database, Notification, event_id=found[0], key="中止通知")
    do(qtbot, desk, dialog.main.click)
    assert rows(desk.store.database, Notification, event_id=found[0], key="中止通知")[0].told_how == "郵送"
    assert panel.notices.words() == ""
    assert "大きな文字の希望　3件（3通）" in [one.text for one in panel.letter.lines.model.records()]


def test_how_it_was_told_is_put_right_and_taken_back_and_its_copy_says_the_words_of_now(qtbot, desk):
    found = []
    written(qtbot, desk, lambda store: found.append(event_id(store, "講習会", 8)))
    panel = opened(qtbot, desk, found[0])
    assert choose_row(qtbot, desk, panel, lambda row: row.line.document_kind == "中止通知")
    dialog = asked(qtbot, desk, panel)
    choose(dialog, told_how="電話", words="中止と伝えた", told_to="みほん会長", told_on=date(2026, 11, 30))
    do(qtbot, desk, dialog.main.click)
    assert choose_row(qtbot, desk, panel, lambda row: row.line.document_kind == "中止通知")
    assert "11/30(月)　電話で　みほん会長へ" in panel.detail.how.text()

    panel.detail.correct.click()
    mending = dialog_over(panel, CorrectNotificationDialog)
    assert mending.fields.form.value("words") == "中止と伝えた"
    mending.fields.form.set_values({"told_how": "メール"})
    do(qtbot, desk, mending.main.click)
    assert "このアプリの書類を使わずに伝えた記録です" in mending.refusal.words()
    mending.fields.form.set_values({"told_how": "電話", "told_to": "例野会長", "words": "中止と伝えた。振替なし"})
    do(qtbot, desk, mending.main.click)

    def noted():
        act = rows(desk.store.database, Notification, event_id=found[0], key="中止通知")[0]
        return act.told_to, act.reason, open_copy(desk.store, outgoing_id=act.outgoing_id).data.decode()

    assert noted() == ("例野会長", "中止と伝えた。振替なし", "中止と伝えた。振替なし")
    assert "例野会長" in panel.detail.how.text()
    do(qtbot, desk, desk.undo)
    assert noted() == ("みほん会長", "中止と伝えた", "中止と伝えた")


def asked(qtbot, desk, panel) -> NotificationDialog:
    do(qtbot, desk, panel.detail.tell_button.click)
    return dialog_over(panel, NotificationDialog)


def choose(dialog, **typed) -> None:
    dialog.form.set_values(typed)
    dialog.form.changed.emit("told_how")


def test_while_a_notice_of_change_is_to_be_told_nothing_is_said_to_be_as_it_was_told(qtbot, desk):
    found = []
    written(qtbot, desk, lambda store: found.append(told(store)))
    panel = opened(qtbot, desk, found[0])
    view = SimpleNamespace(
        lines=[
            SimpleNamespace(document_kind="決定通知", notification=object()),
            SimpleNamespace(document_kind="変更通知", notification=None),
        ],
    )
    (notice,) = panel._no_longer_so(view)
    panel.notices.show_notices([notice])
    assert "変更通知は未通知です" in panel.notices.words()
    assert "変更通知を開く" in [one.text() for one in panel.notices.findChildren(QPushButton)], "the way to make it"
    assert "決定通知" in panel.notices.words()


def test_whose_name_was_corrected_is_said_with_both_names(qtbot, desk):
    sixth = event_id(desk.store, "講習会", 6)
    entry = next(one for one in rows(desk.store.database, Entry, event_id=sixth, state="決定") if one.person_id)
    person = by_id(desk.store.database, Person, entry.person_id)

    def corrected(store):
        with store.change(action="氏名を直す", subject="person", **GIVEN) as change:
            change.update(Person, person.id, name=f"髙{person.name}")

    written(qtbot, desk, corrected)
    panel = opened(qtbot, desk, sixth)
    choose_row(qtbot, desk, panel, lambda row: row.line.document_kind == "決定通知")
    named = f"{person.name} → 髙{person.name}"
    assert [one for one in panel.detail.findChildren(QLabel) if named in one.accessibleName() and one.isVisible()]
    assert panel.notices.words().startswith(f"連絡したあとに変わりました　{named}　決定通知")
    (changed,) = [row for row in told_rows(panel) if row.status == "変更あり"]
    moved = replace(changed.line.matter_status.compared_facts[0], name="実施日", before="2/3", now="2/10", differs=True)
    moved = replace(moved, renamed_count=0)
    of_another = replace(changed.line, matter_status=replace(changed.line.matter_status, compared_facts=(moved,)))
    notice = panel._change_notice([replace(changed, line=of_another)])
    assert "実施日 2/3 → 2/10" in notice.text
    assert named not in notice.text, "the change of one paper is not said of another"
    choose_row(qtbot, desk, panel, lambda row: row.line.document_kind != "決定通知")
    assert not [one for one in panel.detail.findChildren(QLabel) if named in one.accessibleName() and one.isVisible()]


def test_a_letter_that_did_not_arrive_waits_again_for_that_addressee_alone(qtbot, desk):
    panel = opened(qtbot, desk, event_id(desk.store, "講習会", 6))
    choose_row(qtbot, desk, panel, lambda row: row.line.document_kind == "決定通知")
    act = panel.detail._row.line.notification
    named = sealed_ids(act.facts["宛先"])
    do(qtbot, desk, panel.detail.undelivered.click)
    asking = dialog_over(panel, FormDialog)
    gone = asking.form.value("entry_ids")
    asking.form.set_values({"reason": "宛所不明", "returned_on": act.told_on - timedelta(days=1)})
    do(qtbot, desk, asking.confirmed.emit)
    assert sealed_ids(by_id(desk.store.database, Notification, act.id).facts["宛先"]) == named, "no day before it left"
    asking.form.set_values({"returned_on": desk.today()})
    do(qtbot, desk, asking.confirmed.emit)
    told = by_id(desk.store.database, Notification, act.id)
    assert (sealed_ids(told.facts["宛先"]), told.withdrawn) == (named - {*gone}, False)
    (waits,) = [row.status for row in panel._read.view.lines if row.document_kind == "決定通知"]
    assert waits == "変更あり", "his letter is sent once more: it is kept as it left"
    choose_row(qtbot, desk, panel, lambda row: row.line.document_kind == "決定通知")
    (returned,) = rows(desk.store.database, ReturnedLetter)
    assert f"返戻　{returned.addressee}（宛所不明）→　まだ伝えていません" in panel.detail.how.accessibleName()
    choose_row(qtbot, desk, panel, lambda row: row.line.key == "人数")
    assert not panel.detail.undelivered.isVisible()


def test_how_a_letter_was_posted_stands_beside_how_it_was_told(qtbot, desk):
    panel = opened(qtbot, desk, event_id(desk.store, "講習会", 6))
    choose_row(qtbot, desk, panel, lambda row: row.line.document_kind == "決定通知")
    do(qtbot, desk, panel.detail.posting.click)
    asking = dialog_over(panel, FormDialog)
    assert asking.form.value("pieces") == 8, "an envelope for each 団体 that was told"
    asking.form.set_values({"post_sort": PostSort.TRACED, "pieces": 12, "tracking": "1234-5678"})
    do(qtbot, desk, asking.confirmed.emit)
    assert "特定記録　12通　1234-5678" in panel.detail.how.accessibleName()


def test_a_letter_that_names_nobody_was_posted_to_its_one_addressee(qtbot, desk):
    visit = event_id(desk.store, "派遣", 2)

    def without_people(store):
        with store.change(action="参加者のない派遣", event_id=visit, subject="roster", **GIVEN) as change:
            for told in rows(store.database, Notification, event_id=visit):
                change.update(Notification, told.id, facts={})

    written(qtbot, desk, without_people)
    panel = opened(qtbot, desk, visit)
    choose_row(qtbot, desk, panel, lambda row: row.line.document_kind == "決定通知")
    do(qtbot, desk, panel.detail.posting.click)
    assert dialog_over(panel, FormDialog).form.value("pieces") == 1


def test_what_came_back_waits_as_that_and_is_told_again_to_that_addressee_alone(qtbot, desk):
    found, said = [], []

    def come_back(store):
        sixth = event_id(store, "講習会", 6)
        told = rows(store.database, Notification, event_id=sixth, document_kind="決定通知")[-1]
        context = ActionContext(store, **GIVEN)
        with store.change(action="拡大資料の手配を変えた", event_id=sixth, subject="roster", **GIVEN):
            pass
        how = {"notification_id": told.id, "posted_on": told.told_on, "post_sort": PostSort.TRACED}
        said.append(undelivered.record_posting(context, pieces=5, **how).message)
        said.append(undelivered.record_posting(context, pieces=8, tracking="1234", **how).message)
        ids, _name = undelivered.named_addressees(store, notification_id=told.id)[0]
        gone = {"entry_ids": ids, "returned_on": context.today, "reason": "宛所不明"}
        undelivered.note_undelivered(context, notification_id=told.id, **gone)
        found.append(sixth)

    written(qtbot, desk, come_back)
    assert "追跡番号が入っていません。宛先は8件です" in said[0]
    assert said[1].endswith("8通）。")
    (task,) = [
        one for one in all_tasks(desk.store, today=NOW.date()) if one.is_open and one.label == "通知後の変更連絡"
    ]
    assert (task.detail, task.due >= date(2026, 11, 25)) == (
        "決定通知　返戻の2人に、電話か同じ写しの再送で伝える",
        True,
    )
    panel = opened(qtbot, desk, found[0])
    words = panel.notices.words()
    assert ("返戻の2人" in words, "拡大資料" in words, "変わりました" in words) == (True, False, False)
    wait_idle(qtbot, desk)
    how = panel.detail.how.words() if hasattr(panel.detail.how, "words") else panel.detail.how.text()
    assert "&lt;" not in how
    assert how.count("返戻") == 1
    assert "発送" in how
    assert panel.detail.make_button.isHidden(), "the same letter is sent again"

    def tell_again(store):
        context = ActionContext(store, **GIVEN)
        done = notification.notify(
            context, event_id=found[0], key="決定通知", told_to="申込団体", told_how="手渡し", told_on=context.today
        )
        again = {"notification_id": done.id, "posted_on": context.today, "post_sort": PostSort.PERSONAL}
        said.extend((done.message, undelivered.record_posting(context, pieces=1, **again).message))

    written(qtbot, desk, tell_again)
    assert said[2] == "決定通知（返戻の2人）を12/1(火) 手渡しで連絡・通知済にしました。"
    assert said[3].endswith("1通）。"), "one letter was sent again"
    assert {
        one.title for one in rows(desk.store.database, Notification, event_id=found[0], document_kind="決定通知")
    } == {
        "8団体 14人",
        "返戻の2人",
    }
