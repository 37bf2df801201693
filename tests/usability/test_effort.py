"""The recorder of effort: what a text costs, and that a key is counted where the window offers one, else a click."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from app.widgets.buttons import Button, menu_entry
from app.widgets.dialogs.common_dialogs import ReasonDialog
from app.widgets.forms.form_fields import OneLine
from app.widgets.forms.usual_texts import UsualText, UsualTexts
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import Column, RowAction
from app.widgets.tabs import TabBar
from tests.support.effort import CountingClerk, Effort, Step, keys_of
from tests.support.sample_desk import empty_screen
from tests.usability.run import BEFORE


class Idle:
    """What a start of the program is for a clerk: one window, nothing under way."""

    def __init__(self, window: QWidget) -> None:
        self.main_window = window
        self.tasks = type("Tasks", (), {"is_idle": True})()


@pytest.fixture
def page(qtbot):
    made = QWidget()
    column = QVBoxLayout(made)
    for name in ("氏名", "電話"):
        box = OneLine()
        box.setAccessibleName(name)
        column.addWidget(box)
    for words in ("保存する", "閉じる"):
        column.addWidget(Button(words, lambda: None))
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def counted(qtbot, page):
    effort = Effort("仕事")
    return CountingClerk(qtbot, Idle(page), effort), effort


@pytest.mark.parametrize(
    ("text", "keys"), [("9/30", 4), ("みほん", 8), ("会場", 10), ("みほん第2", 13), ("例　子", 13)]
)
def test_a_text_costs_its_signs_its_readings_and_its_conversions(text, keys):
    assert keys_of(text) == keys


def test_the_second_field_of_a_group_needs_neither_mouse_nor_decision_and_the_button_behind_it_one_key(counted):
    clerk, effort = counted
    clerk.step("入れる")
    clerk.type("電話", "03-1")
    clerk.press("保存する")

    assert effort.total() == Step("仕事", keys=4 + 1 + 1, clicks=1, decisions=1)


def test_a_press_that_goes_on_is_no_decision_and_a_choice_is_one(counted):
    clerk, effort = counted
    clerk.step("一つ目")
    clerk.press("閉じる")
    clerk.press("閉じる", choice=True)
    clerk.step("二つ目")
    clerk.press("保存する")

    assert [step.decisions for step in effort.steps] == [2, 1]
    assert effort.steps[0].seconds == pytest.approx(1.1 + 0.28 + 2 * 1.35)


def test_a_field_that_holds_words_costs_the_marking_of_them(counted, page):
    clerk, effort = counted
    page.findChild(OneLine).setText("前")
    clerk.step("直す")
    clerk.type("氏名", "a", leave=False)

    assert effort.total().keys == 3


def test_what_is_judged_within_a_group_leaves_it_one_group_and_a_reading_costs_no_more(counted, page):
    clerk, effort = counted
    clerk.step("入れる")
    page.findChild(OneLine).setFocus()
    clerk.write("例　子", reading="れい　こ")
    clerk.decide("that is how it is written", within=True)
    clerk.write("a")
    clerk.decide("that is all")
    clerk.write("b")

    assert page.findChild(OneLine).text() == "例　子ab"
    assert effort.total() == Step("仕事", keys=13 + 1 + 1, decisions=4)


def test_an_entry_of_a_menu_costs_the_key_before_it(counted, page):
    clerk, effort = counted
    field = page.findChild(OneLine)
    offered = UsualTexts(field, "よくある理由")
    offered.words = (UsualText(words="大雪"), UsualText(words="台風の接近"))
    clerk.step("選ぶ")
    offered.open_menu()
    clerk.pick("台風")

    assert field.text() == "台風の接近"
    assert effort.total() == Step("仕事", keys=1)


def test_what_a_menu_or_a_row_of_tabs_hides_costs_two_clicks(counted, page, qtbot):
    clerk, effort = counted
    done = []
    folded = Button("申込・通知", icon_name="caret-down")
    menu = QMenu(folded)
    menu_entry(menu, "参加者を決める", lambda: done.append("決める"))
    folded.setMenu(menu)
    bar = TabBar("概要", "参加者 22", "資料・報告", "アンケート")
    bar.chosen.connect(done.append)
    for part in (folded, bar):
        page.layout().addWidget(part)
    page.setFixedWidth(220)
    qtbot.waitUntil(bar.more.isVisible)
    clerk.step("決める")
    clerk.press("参加者を決める")
    clerk.press("アンケート")
    assert done == ["決める", 3]
    (step,) = effort.steps
    assert (step.clicks, step.keys, step.decisions) == (4, 0, 1)


def test_a_reason_taken_by_its_number_belongs_to_the_dialog_and_so_does_its_button(counted, page, qtbot, desk):
    clerk, effort = counted

    class Unsaved(ReasonDialog):
        def run_change(self, *_changes, **_named):
            """What is pressed is counted; there is no desk to save at."""

    dialog = Unsaved(
        empty_screen(qtbot, desk),
        "直す",
        "",
        verb="直す",
        text="",
        usual_reasons=("入力のまちがい",),
        change=lambda _reason: None,
    )
    dialog.setParent(page, dialog.windowFlags())
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    clerk.step("理由")
    clerk.decide("why")
    clerk.key(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    clerk.press("直す")

    assert effort.total() == Step("仕事", keys=2 + 1, decisions=1)


def test_a_row_near_the_keyboard_costs_its_arrows_and_one_key_and_any_other_a_click(counted, page, qtbot):
    clerk, effort = counted
    columns = (Column(key="name", title="名", show=lambda name: name),)
    table = FittedTable("effort", columns, title="一覧", empty="なし", action=lambda _name: RowAction(text="開く"))
    page.layout().addWidget(table)
    pressed = []
    table.acted.connect(pressed.append)
    table.show_rows([*"いろはにほへと"])
    table.view.setFocus()
    qtbot.waitUntil(table.view.hasFocus)
    clerk.step("行")
    clerk.row("は", button="開く")
    clerk.row("と", button="開く")

    assert pressed == ["は", "と"]
    assert effort.total() == Step("仕事", keys=2 + 1, clicks=1, decisions=1)


def test_the_figures_of_the_version_before_hold_every_job():
    kept = json.loads(BEFORE.read_text(encoding="utf-8"))
    assert [len(one["steps"]) > 0 for one in kept["jobs"]] == [True] * 6
