"""What a screen may ask of its desk: read, write, undo, go, fail."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from threading import Event

from PySide6.QtWidgets import QWidget
from shiboken6 import delete

from app.actions.action_context import ActionContext
from app.widgets.buttons import Button
from app.widgets.dialogs.failure_dialog import FailureDialog
from app.widgets.screen import READ_ONLY, disable_when_read_only
from app.window.app_context import AppContext, bind_action, with_store
from app.window.failure_messages import failure_of
from tests.support.doing import do
from tests.support.waiting import wait_idle


@dataclass(frozen=True, kw_only=True)
class Saved:
    """A service's answer."""

    message: str


def keep(act: ActionContext, *, name: str) -> Saved:
    act.store.written.append({"name": name, "by": act.by, "now": act.now})
    return Saved(message=f"「{name}」を保存しました。")


def test_reading_hands_the_store_and_the_arguments_to_the_service(desk, notebook, qtbot):
    answers = []
    desk.read(with_store(lambda store, *, wanted: (store is notebook, wanted), wanted=3), answers.append)
    wait_idle(qtbot, desk)
    assert answers == [(True, 3)]


def test_writing_adds_who_and_when_and_tells_what_was_saved(desk, notebook, qtbot):
    said, saved, changed, answers = [], [], [], []
    desk.message_shown.connect(lambda sentence, can_undo: said.append((sentence, can_undo)))
    desk.saved.connect(saved.append)
    desk.changed.connect(lambda: changed.append(True))
    do(qtbot, desk, desk.write, bind_action(keep, name="髙﨑𠮷"), answers.append)
    assert notebook.written == [{"name": "髙﨑𠮷", "by": "みほん山田", "now": desk.now()}]
    assert said == [("「髙﨑𠮷」を保存しました。", True)]
    assert saved == [desk.now()]
    assert changed == [True]
    assert answers == [Saved(message="「髙﨑𠮷」を保存しました。")]


def test_what_wrote_nothing_offers_no_undo_of_the_action_before_it(desk, qtbot):
    said = []
    desk.message_shown.connect(lambda sentence, can_undo: said.append((sentence, can_undo)))
    desk.write(bind_action(lambda _act: Saved(message="第1回を保存しました。")))
    wait_idle(qtbot, desk)
    assert said == [("第1回を保存しました。", False)]


def test_a_service_on_an_act_is_signed_when_it_is_asked_for(desk, notebook, qtbot):
    def note(act: ActionContext, *, name: str) -> int:
        act.store.written.append({"name": name, "by": act.by, "now": act.now})
        return len(act.store.written)

    asked = desk.now()
    do(qtbot, desk, desk.write, bind_action(note, name="髙﨑𠮷"), owner=desk)
    assert note(ActionContext(notebook, "みほん山田", asked), name="髙﨑𠮷") == 2
    assert notebook.written == [{"name": "髙﨑𠮷", "by": "みほん山田", "now": asked}] * 2


def test_a_failed_write_changes_nothing_on_the_screen_and_is_told(desk, qtbot):
    changed, problems = [], []
    desk.changed.connect(lambda: changed.append(True))
    desk.failed.connect(problems.append)

    def refuse(_act):
        raise PermissionError(13, "denied")

    do(qtbot, desk, desk.write, bind_action(refuse))
    assert changed == []
    assert [type(problem) for problem in problems] == [PermissionError]


def test_a_refusal_for_a_closed_dialog_is_told_over_the_window(desk, qtbot):
    go, problems = Event(), []
    desk.failed.connect(problems.append)

    class Dialog(QWidget):
        def refused(self, problem: Exception) -> None:
            self.setToolTip(str(problem))

    dialog = Dialog()

    def refuse(_act):
        go.wait()
        raise PermissionError(13, "denied")

    desk.write(bind_action(refuse), on_failed=dialog.refused)
    desk.read(lambda store: go.wait(), on_failed=partial(Dialog.refused, dialog), on_done=partial(dialog.setToolTip))
    dialog.deleteLater()
    with qtbot.waitSignal(dialog.destroyed):
        pass
    do(qtbot, desk, go.set)
    assert [type(problem) for problem in problems] == [PermissionError]


def heading_of(problem: Exception, qtbot) -> str:
    owner = QWidget()
    qtbot.addWidget(owner)
    dialog = FailureDialog(failure_of(problem), owner)
    return dialog.windowTitle() + dialog.failure.as_one_text()


def test_what_was_saved_is_never_said_to_have_failed(desk, notebook, qtbot):
    """The change is saved, and what shows it fails: in the step that follows it, or in a list that reads again."""
    shown = []

    def show(_result: object) -> None:
        raise KeyError("a part that does not stand any more")

    def read(_store: object) -> None:
        raise KeyError("a row that does not stand any more")

    with qtbot.capture_exceptions() as caught:
        do(qtbot, desk, desk.write, bind_action(keep, name="x"), show, owner=desk)
    desk.failed.connect(shown.append)
    do(qtbot, desk, desk.read, read, lambda _result: None, owner=desk)

    assert len(notebook.written) == 1
    after_saving, reading = heading_of(caught[0][1], qtbot), heading_of(shown[0], qtbot)
    assert [word for word in ("保存されています", "もう一度保存する必要はありません") if word not in after_saving] == []
    assert "保存済みのデータは変わっていません" in reading
    for words in (after_saving, reading):
        assert "この操作はできませんでした" not in words


def test_a_change_that_failed_says_that_it_was_not_done(desk, qtbot):
    shown = []
    desk.failed.connect(shown.append)

    def break_off(_act: object) -> None:
        raise KeyError("nothing was saved")

    do(qtbot, desk, desk.write, break_off)

    assert "この操作はできませんでした" in heading_of(shown[0], qtbot)


def test_nothing_is_written_while_the_folder_is_open_for_reading_only(tasks, notebook, qtbot):
    desk = AppContext(
        tasks=tasks, store=notebook, user_name="みほん", fiscal_year=2026, clock=lambda: None, read_only=True
    )
    problems = []
    assert desk.write(bind_action(keep, name="x"), on_failed=problems.append) is None
    assert notebook.written == []
    assert "閲覧専用" in failure_of(problems[0]).happened
    assert not desk.can_undo


def test_every_button_follows_the_lock_also_after_another_of_them_is_gone(desk, qtbot):
    page, gone, stays = QWidget(), Button("開く"), Button("保存する")
    qtbot.addWidget(page)
    for button in (gone, stays):
        button.setParent(page)
    disable_when_read_only(desk, gone, stays)
    delete(gone)

    desk.set_read_only(True)
    assert (stays.isEnabled(), stays.toolTip()) == (False, READ_ONLY)
    desk.set_read_only(False)
    assert (stays.isEnabled(), stays.toolTip()) == (True, "")


def test_undo_runs_on_the_store_and_screens_read_again(desk, notebook, qtbot):
    changed = []
    desk.changed.connect(lambda: changed.append(True))
    do(qtbot, desk, desk.undo)
    assert notebook.undone == [{"by": "みほん山田", "now": desk.now(), "since": 0, "event_id": None}]
    assert changed == [True]


def test_today_comes_from_the_clock_handed_in(desk):
    assert (desk.today().month, desk.today().day) == (9, 16)


def test_going_somewhere_tells_place_and_arguments(desk, qtbot):
    with qtbot.waitSignal(desk.navigation_requested) as told:
        desk.go("event", event_id=3, tab="資料")
    assert told.args == ["event", {"event_id": 3, "tab": "資料"}]


def test_choosing_another_year_makes_screens_read_again(desk, qtbot):
    with qtbot.waitSignals([desk.year_changed, desk.changed]):
        desk.choose_year(2027)
    assert desk.fiscal_year == 2027


NUMBER = "123456789018"


def within(act, change):
    return change(act)


def refusals(desk, qtbot, notebook, **given):
    problems = []
    do(qtbot, desk, desk.write, bind_action(keep, **given), on_failed=problems.append)
    return [problem.happened for problem in problems]


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What a form gives."""

    note: str = ""
    approval_number: str = ""


def test_a_personal_number_is_saved_from_no_field_and_no_paste(desk, notebook, qtbot, monkeypatch):
    monkeypatch.setattr(Typed, "__module__", "app.surveys.see")
    typed = (
        f"備考 {NUMBER}", "１２３４　５６７８　９０１８", ["よい", NUMBER], {"q1": ("ア", f"その他 {NUMBER}")},
        Typed(note="1234-5678-9018"), (Typed(), Typed(note=NUMBER)),
    )  # fmt: skip
    for name in typed:
        assert refusals(desk, qtbot, notebook, name=name) == [
            "入力した内容に、個人番号（マイナンバー）らしい12桁の番号があります。"
        ]
    assert notebook.written == []
    problems = []
    desk.write(bind_action(partial(keep, name=NUMBER)), on_failed=problems.append)
    desk.write(bind_action(within, bind_action(keep, name=NUMBER)), on_failed=problems.append)
    desk.write(bind_action(lambda _act, *, name: name, name=NUMBER), on_failed=problems.append)
    assert len(problems) == 3


def test_numbers_of_others_and_numbers_that_are_none_are_saved(desk, notebook, qtbot, monkeypatch):
    monkeypatch.setattr(Typed, "__module__", "app.surveys.see")
    for name in (
        Typed(approval_number=NUMBER),
        "123456789012",
        "+81 3456789018",
        "03-1234-5678",
        {"receipt_number": NUMBER},
    ):
        assert refusals(desk, qtbot, notebook, name=name) == []
    assert len(notebook.written) == 5
