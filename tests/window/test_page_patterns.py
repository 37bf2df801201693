"""The parts every page is made of: the action bar, the strip of notices, and groups that fold downwards."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.main_window.status_bars import UndoBar
from app.widgets.bars.action_bar import ActionBar, page_above
from app.widgets.bars.notice_strip import Notice, NoticeStrip
from app.widgets.buttons import Button, install_filled_key
from app.widgets.focus_keeper import first_work_part
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import Column, GroupFold
from tests.support.waiting import press, wait_idle


def bar_of(qtbot, desk, *buttons: Button, width: int = 1000) -> ActionBar:
    """A page with nothing but an action bar, at the foot."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.addStretch(1)
    bar = ActionBar(desk)
    bar.put(*buttons)
    column.addWidget(bar)
    qtbot.addWidget(page)
    install_filled_key(page, lambda: page)
    page.resize(width, 300)
    page.show()
    qtbot.waitExposed(page)
    return bar


def labelled(*names: str, pressed: list[str] | None = None) -> list[Button]:
    found = pressed if pressed is not None else []
    return [Button(name, lambda name=name: found.append(name)) for name in names]


def test_the_filled_button_stands_at_the_right_end_two_others_beside_it_the_rest_in_the_menu(qtbot, desk):
    pressed: list[str] = []
    buttons = labelled("起案する", "印刷する", "PDF", "Excel", "1通ずつ", pressed=pressed)
    buttons[0].set_filled(True)
    bar = bar_of(qtbot, desk, *buttons)
    bar.show_words("**11団体へ**　文と宛先を控えに残します。")

    qtbot.waitUntil(lambda: bar.width() - buttons[0].geometry().right() - 1 == 16)
    assert [one.text() for one in buttons if one.isVisible()] == ["起案する", "印刷する", "PDF"]
    assert bar.more.geometry().right() < buttons[1].x() < buttons[2].x() < buttons[0].x()
    entries = dict(bar._menu_actions())
    assert list(entries) == ["Excel", "1通ずつ"]
    entries["Excel"]()
    assert pressed == ["Excel"]

    # Another one becomes the act of the page.
    buttons[0].set_filled(False)
    buttons[3].set_filled(True)
    qtbot.waitUntil(lambda: bar.width() - buttons[3].geometry().right() - 1 == 16)
    assert [one.text() for one in buttons if one.isVisible()] == ["起案する", "印刷する", "Excel"]
    buttons[4].setEnabled(False)
    assert dict(bar._menu_actions())["1通ずつ"] is None
    for one in buttons[:3]:
        one.hide()
    assert [one.text() for one in buttons if one.isVisible()] == ["Excel", "1通ずつ"]
    assert not bar.more.isVisible()


def test_a_narrow_bar_keeps_the_act_and_its_words_and_nothing_is_filled_where_there_is_no_act(qtbot, desk):
    buttons = labelled("この内容で起案する", "印刷する", "PDFで保存")
    buttons[0].set_filled(True)
    bar = bar_of(qtbot, desk, *buttons, width=560)
    bar.show_words("文と宛先を控えに残します。数が違うままでも、理由を書けば進めます。")
    assert [one.text() for one in buttons if one.isVisible()] == ["この内容で起案する"]
    qtbot.waitUntil(lambda: bar.words.height() >= bar.words.heightForWidth(bar.words.width()))
    assert bar.more.isVisible()
    buttons[0].hide()
    assert not any(one.is_filled and one.isVisible() for one in buttons)
    assert [one.text() for one in buttons if one.isVisible()] == ["印刷する"]


def test_ctrl_enter_presses_the_act_once_until_what_it_did_is_shown(qtbot, desk):
    """The button is another act once the page is drawn anew: a second press must not hit that."""
    acts: list[str] = []

    def act() -> None:
        acts.append(button.text())
        desk.read(lambda _store: None, lambda _none: button.set_words("決裁を記録する"))

    button = Button("この内容で起案する", act, kind="main")
    bar = bar_of(qtbot, desk, button)
    bar.activateWindow()
    for _ in range(2):
        qtbot.keyClick(bar.window(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert acts == ["この内容で起案する"]
    wait_idle(qtbot, desk)
    qtbot.waitUntil(lambda: not button.is_resting)
    qtbot.keyClick(bar.window(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert acts == ["この内容で起案する", "決裁を記録する"]
    wait_idle(qtbot, desk)


def test_a_button_that_gets_its_words_after_it_was_placed_is_offered_then(qtbot, desk):
    button = Button("", kind="main")
    bar = bar_of(qtbot, desk, button)
    button.set_words("受託者の数を入れる")
    assert button.isVisible()
    assert bar._beside == (button,)


def test_a_press_that_began_nothing_leaves_the_bar_awake(qtbot, desk):
    pressed: list[str] = []
    (button,) = labelled("開く", pressed=pressed)
    button.set_filled(True)
    bar_of(qtbot, desk, button)
    button.click()
    button.click()
    assert pressed == ["開く", "開く"]


def test_the_undo_bar_stands_in_the_place_of_the_words_while_it_is_shown(qtbot, desk):
    (button,) = labelled("起案する")
    bar = bar_of(qtbot, desk, button)
    bar.show_words("11団体へ")
    undo = UndoBar()
    bar.set_undo_bar(undo)
    assert bar.words.isVisible()
    undo.show_text("起案中にしました", can_undo=True)
    assert (undo.isVisible(), bar.words.isVisible(), button.isVisible()) == (True, False, True)
    undo.hide()
    assert bar.words.isVisible()
    undo.show_text("起案中にしました", can_undo=True)
    elsewhere = QVBoxLayout(QWidget(bar.window()))
    elsewhere.addWidget(undo)
    assert bar.words.isVisible()


def test_the_most_urgent_notice_stands_in_one_line_and_the_others_open_below_it(qtbot):
    went: list[str] = []
    page, strip = QWidget(), NoticeStrip()
    column = QVBoxLayout(page)
    column.addWidget(strip)
    column.addStretch(1)
    qtbot.addWidget(page)
    page.resize(900, 300)
    page.show()
    strip.show_notices(())
    assert strip.isHidden()
    strip.show_notices(
        [
            Notice(text="氏名未定の方は、人数で載ります。"),
            Notice(
                text="**会場が決まっていません。**",
                tone="amber",
                link="会場を入力する",
                on_click=lambda: went.append("会場"),
            ),
            Notice(text="電話番号がありません。"),
        ]
    )
    assert (strip.isVisible(), strip.property("tone")) == (True, "amber")
    assert strip.words().splitlines()[0] == "会場が決まっていません。"
    link = next(one for one in strip.findChildren(Button) if one.text() == "会場を入力する")
    assert link.isVisible()
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert went == ["会場"]
    page.grab()  # which lays it out
    low, top = strip.height(), link.mapTo(strip, link.rect().topLeft()).y()
    assert strip.more.text() == "ほか 2件"
    qtbot.mouseClick(strip.more, Qt.MouseButton.LeftButton)
    page.grab()
    assert strip.height() > low
    assert link.mapTo(strip, link.rect().topLeft()).y() == top, "what was there does not move"
    strip.show_notices([Notice(text="電話番号がありません。")])
    assert (strip.property("tone"), strip.more.isVisible()) == ("quiet", False)


@dataclass(frozen=True)
class Job:
    """An invented row."""

    id: int
    name: str
    group: str


JOBS = (
    Job(1, "資料の確認を終える", ""),
    Job(2, "会場の使用承認", "済んだこと"),
    Job(3, "当日進行表", "済んだこと"),
    Job(4, "印刷・配布", "受託者がすること"),
)
FOLDS = {"済んだこと": GroupFold(about=lambda rows: [one.name for one in rows]), "受託者がすること": GroupFold()}


@pytest.fixture
def jobs(qtbot):
    def make() -> FittedTable:
        table = FittedTable(
            "jobs",
            (
                Column("name", "やること", lambda one: one.name, stretch=True),
                Column("group", "", lambda one: one.group),
            ),
            title="やること",
            empty="ありません。",
            group=lambda one: one.group,
            folds=FOLDS,
        )
        qtbot.addWidget(table)
        table.resize(500, 400)
        table.show()
        table.show_rows(JOBS)
        return table

    return make


def said(table: FittedTable) -> list[str]:
    """What the rows say, headings in brackets."""
    model = table.model
    return [
        f"[{head.title} {head.count}]" if (head := model.heading(row)) is not None else model.record(row).name
        for row in range(model.rowCount())
    ]


def test_a_group_folds_downwards_by_click_and_by_key_and_its_heading_stays_where_it_is(qtbot, jobs):
    table = jobs()
    assert said(table) == ["資料の確認を終える", "[済んだこと 2]", "[受託者がすること 1]"]
    view, height = table.view, table.view.height()
    heading = view.visualRect(table.model.index(1, 0))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=heading.center())
    opened = ["資料の確認を終える", "[済んだこと 2]", "会場の使用承認", "当日進行表", "[受託者がすること 1]"]
    assert said(table) == opened
    assert (view.visualRect(table.model.index(1, 0)), view.height()) == (heading, height + 2 * view.rowHeight(2))
    assert view.currentIndex().row() == 1
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert said(table) == ["資料の確認を終える", "[済んだこと 2]", "[受託者がすること 1]"]
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert said(table)[-1] == "印刷・配布"


def test_what_was_opened_stays_open_after_reading_and_after_a_restart(qtbot, jobs):
    table = jobs()
    table.view.toggle_fold(1)
    table.show_rows(JOBS)
    assert "当日進行表" in said(table)
    assert "当日進行表" in said(jobs())
    table.view.toggle_fold(1)
    assert "当日進行表" not in said(jobs())


def test_a_row_is_found_in_its_fold_and_a_group_that_is_alone_is_open(qtbot, jobs):
    table = jobs()
    assert table.choose(lambda one: one.name == "当日進行表")
    assert table.current().name == "当日進行表"
    table.view.toggle_fold(1)
    table.show_rows(JOBS)
    assert "当日進行表" not in said(table), "reading again opens nothing"
    table.show_rows(JOBS[1:3])
    assert said(table) == ["[済んだこと 2]", "会場の使用承認", "当日進行表"]


def test_a_filter_searches_in_folds_too(qtbot, jobs):
    table = jobs()
    table.model.set_filter("進行表")
    assert said(table) == ["[済んだこと 1]", "当日進行表"]


def test_more_rows_than_are_fed_at_once_fold_away_whole(qtbot, jobs):
    table = jobs()
    many = (JOBS[0], *(Job(number, f"済 {number}", "済んだこと") for number in range(10, 250)), JOBS[3])
    table.show_rows(many)
    table.view.toggle_fold(1)
    assert table.model.rowCount() == 243
    table.show_rows(many)
    assert table.model.canFetchMore(table.view.rootIndex())
    table.view.toggle_fold(1)
    table.model.fetchMore(table.view.rootIndex())
    assert said(table) == ["資料の確認を終える", "[済んだこと 240]", "[受託者がすること 1]"]


def test_a_page_just_opened_begins_with_its_contents_and_not_with_an_act(qtbot, desk):
    bar = ActionBar(desk)
    bar.put(*labelled("印刷する", "PDF", "Excel", "1通ずつ"))
    page = QWidget()
    column = page_above(bar, page)
    inside = Button("行を加える")
    column.addWidget(inside)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    assert first_work_part(page) is inside


def test_the_keyboard_goes_to_the_next_act_where_the_page_loses_the_part_that_had_it(qtbot, desk):
    acts = labelled("PDFで保存", "印刷する", "Word", "Excel")
    issue = Button("施行にする", lambda: desk.read(lambda _store: None, lambda _none: go_on()))
    bar = bar_of(qtbot, desk, issue, *acts)

    def go_on() -> None:
        issue.hide()
        bar.more.setFocus()
        acts[0].set_filled(True)

    bar.window().activateWindow()
    press(qtbot, desk, issue)
    qtbot.waitUntil(lambda: bar.window().focusWidget() is acts[0])


def test_another_page_under_the_same_bar_brings_its_own_buttons_and_a_press_before_it_still_counts_once(qtbot, desk):
    pressed: list[str] = []
    second, kept = labelled("つぎへ進む", "やめる", pressed=pressed)
    first = Button("取り込む", lambda: desk.read(lambda _store: None, lambda _none: pressed.append("取り込む")))
    bar = bar_of(qtbot, desk, first, kept)
    second.setParent(bar.window())
    second.show()
    first.click()
    bar.put(second, kept)
    second.click()
    assert (pressed, first.isVisible(), second.isVisible()) == ([], False, True)
    wait_idle(qtbot, desk)
    qtbot.waitUntil(lambda: not second.is_resting)
    second.click()
    bar.put(first, kept)
    kept.click()
    assert pressed == ["取り込む", "つぎへ進む", "やめる"]
