"""The one list: filter, sort, copy, pages, keys, groups, an empty state, widths that cut nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton

from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.lists.cell_painting import lay_out_cell, unbreakable_width
from app.widgets.lists.record_model import Cell, Column, Page, RowAction
from app.widgets.lists.record_table import ListState, RecordTable
from app.widgets.lists.record_view import RecordView
from app.widgets.lists.row_menu import row_menu
from app.window import theme as t
from app.window.line_breaks import unbreakable_pieces, wrap_words
from app.window.ui_settings import recall
from tests.support.waiting import in_front
from tests.support.window_parts import due_table


@dataclass(frozen=True)
class Person:
    """An invented person."""

    id: int
    name: str
    kana: str
    count: int | None = 0


PEOPLE = (
    Person(1, "髙橋 恵子", "たかはし けいこ", 3),
    Person(2, "𠮷田 一郎", "よしだ いちろう", 12),
    Person(3, "山﨑 光子", "ヤマザキ ミツコ", None),
)


def table_of(rows, qtbot, **more) -> RecordTable:
    table = RecordTable(
        "people",
        (
            Column(key="name", title="氏名", show=lambda p: Cell(text=p.name, second=p.kana), stretch=True),
            Column(key="count", title="回数", show=lambda p: str(p.count or ""), align="right", sort=lambda p: p.count),
        ),
        title="参加者",
        empty="まだ申込がありません。",
        **{"names_people": False} | more,
    )
    qtbot.addWidget(table)
    table.resize(600, 400)
    table.show()
    table.show_rows(rows)
    return table


def shown(table: RecordTable) -> list[int]:
    return [record.id for n in range(table.model.rowCount()) if (record := table.model.record(n)) is not None]


def test_typing_filters_by_every_column_and_finds_kana_in_either_script(qtbot):
    table = table_of(PEOPLE, qtbot)
    table.filter_field.setText("ヨシダ")
    qtbot.waitUntil(lambda: shown(table) == [2])
    table.filter_field.setText("やまざき 光")
    qtbot.waitUntil(lambda: shown(table) == [3])
    assert "1件（3件から絞り込み）" in table.count_line.text()
    table.clear_filter()
    assert shown(table) == [1, 2, 3]


def test_another_sentence_for_the_empty_list_leaves_the_count_as_it_is(qtbot):
    table = table_of(PEOPLE, qtbot, group=lambda one: "あり" if one.count else "なし")
    table.filter_field.setText("3")
    table.apply_filter_now()
    counted: list[tuple[int, int]] = []
    table.counted.connect(lambda *numbers: counted.append(numbers))

    table.set_empty("この年度には申込がありません。")
    assert table.count_line.text() == "1件（3件から絞り込み）"
    table.ask_pages(lambda query, deliver: deliver(Page(rows=PEOPLE[:1], total=40)))
    table.set_empty("まだ申込がありません。")

    assert table.count_line.text() == "40件"
    assert counted == [(1, 3), (40, 40), (40, 40)]


@pytest.mark.parametrize("paged", [False, True])
def test_what_is_shown_beside_a_list_is_always_a_row_that_is_in_it(paged, qtbot):
    table = table_of(PEOPLE, qtbot)
    if paged:
        table.ask_pages(lambda query, deliver: deliver(_found(query)))
    table.choose(lambda one: one.id == 1)
    beside: list[object] = []
    table.chosen.connect(lambda one: beside.append(one.id if one is not None else None))

    table.filter_field.setText("一郎")
    table.apply_filter_now()
    assert (shown(table), table.current().id, beside[-1]) == ([2], 2, 2)

    table.clear_filter()
    table._sort_by(0)
    assert (table.current().id, [one.id for one in table.selected()]) == (2, [2])

    table.filter_field.setText("だれでもない")
    table.apply_filter_now()
    assert (table.current(), beside[-1]) == (None, None)


def _found(query):
    rows = [one for one in PEOPLE if query.filter_text in one.name]
    return Page(rows=tuple(rows), total=len(rows))


def test_a_key_typed_on_the_list_goes_into_the_filter(qtbot):
    table = table_of(PEOPLE, qtbot)
    table.view.setFocus()
    qtbot.keyClick(table.view, "1")
    qtbot.keyClick(table.filter_field, "2")
    assert table.filter_field.text() == "12"
    qtbot.waitUntil(lambda: shown(table) == [2])


def test_nothing_found_says_so_and_offers_to_drop_the_filter(qtbot):
    table = table_of(PEOPLE, qtbot)
    table.filter_field.setText("いない")
    qtbot.waitUntil(lambda: shown(table) == [])
    assert "「いない」に合うものはありません。" in table._none.words()
    next(b for b in table.findChildren(QPushButton) if b.text() == "絞り込みをやめる").click()
    assert shown(table) == [1, 2, 3]


def test_an_empty_list_says_one_sentence_and_offers_the_next_button(qtbot):
    pressed = []
    table = table_of((), qtbot, empty_button="申込を取り込む", empty_on_click=lambda: pressed.append(True))
    assert table._none.words() == "まだ申込がありません。"
    assert table.focusProxy() is table._none.first_button()
    table.show_rows(PEOPLE)
    assert table.focusProxy() is table.view
    table.show_rows(())
    next(b for b in table.findChildren(QPushButton) if b.text() == "申込を取り込む").click()
    assert pressed == [True]


def test_the_keyboard_of_a_list_goes_with_its_rows_to_what_is_offered_instead_and_back(qtbot):
    table = table_of(PEOPLE, qtbot, empty_button="申込を取り込む", empty_on_click=lambda: None)
    table.activateWindow()
    table.setFocus()
    qtbot.waitUntil(table.view.hasFocus)
    table.show_rows(())
    assert table.empty_button.hasFocus()
    table.show_rows(PEOPLE)
    assert table.view.hasFocus()
    table.filter_field.setFocus()
    table.show_rows(())
    assert table.filter_field.hasFocus(), "the keyboard that is elsewhere stays there"


def test_clicking_a_heading_sorts_and_again_turns_the_order_with_unknown_values_last(qtbot):
    table = table_of(PEOPLE, qtbot)
    table.view.horizontalHeader().sectionClicked.emit(1)
    assert shown(table) == [1, 2, 3]
    table.view.horizontalHeader().sectionClicked.emit(1)
    assert shown(table) == [2, 1, 3]
    assert recall("tables/people/sort") == "-count"
    assert table_of(PEOPLE, qtbot).model.sort_key == "-count"


def test_ctrl_c_copies_the_selected_rows_with_headings_as_a_table(qtbot):
    table = table_of(PEOPLE, qtbot)
    table.view.selectAll()
    qtbot.keyClick(table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert (lines[0], lines[2]) == ("氏名\t回数", "𠮷田 一郎 よしだ いちろう\t12")


def test_a_list_that_says_nothing_of_names_is_not_copied_where_nobody_is_known_to_ask(qtbot):
    QGuiApplication.clipboard().clear()
    table_of(PEOPLE, qtbot, names_people=True).copy()
    assert QGuiApplication.clipboard().text() == ""


@pytest.mark.parametrize("name", ["=1+1", "＝1", "@x", "+abc", "-abc"])
def test_a_copied_cell_is_never_a_formula(qtbot, name):
    table = table_of((Person(1, name, ""),), qtbot)
    table.view.selectAll()
    table.copy()
    assert QGuiApplication.clipboard().text().split("\n")[1].startswith("'")


def test_enter_opens_space_acts_delete_and_f2_are_told(qtbot):
    table = table_of(PEOPLE, qtbot, action=lambda _p: RowAction(text="開く"))
    table.choose(lambda p: p.id == 2)
    for signal, key in (
        (table.opened, Qt.Key.Key_Return),
        (table.acted, Qt.Key.Key_Space),
        (table.edit_asked, Qt.Key.Key_F2),
    ):
        with qtbot.waitSignal(signal) as told:
            qtbot.keyClick(table.view, key)
        assert told.args[0].id == 2
    with qtbot.waitSignal(table.delete_asked) as told:
        qtbot.keyClick(table.view, Qt.Key.Key_Delete)
    assert [p.id for p in told.args[0]] == [2]
    with qtbot.assertNotEmitted(table.opened):  # it presses the button of the dialog around the list
        qtbot.keyClick(table.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_every_row_has_a_real_button_that_says_its_verb_and_its_row(qtbot):
    table = table_of(PEOPLE, qtbot, action=lambda p: RowAction(text=f"{p.id}を開く"))
    buttons = [b for b in table.view.findChildren(QPushButton) if b.text().endswith("を開く")]
    assert [b.accessibleName() for b in buttons] == ["1を開く　髙橋 恵子", "2を開く　𠮷田 一郎", "3を開く　山﨑 光子"]
    with qtbot.waitSignal(table.acted) as told:
        buttons[2].click()
    assert told.args[0].id == 3


def _entries(menu: QMenu) -> dict[str, QAction]:
    return {entry.text(): entry for entry in menu.actions() if entry.text()}


@pytest.mark.parametrize(
    ("key", "held"),
    [(Qt.Key.Key_Menu, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)],
)
def test_the_menu_key_acts_on_the_row_sorts_and_sets_widths(key, held, qtbot):
    """Only a click on a heading sorted, only dragging made a column wider; the menu key opened nothing."""
    table = table_of(PEOPLE, qtbot, action=lambda _one: RowAction("出席にする"))
    table.choose(lambda one: one.id == 2)
    opened: list[QMenu] = []
    table.view.menu_asked.connect(lambda _place: opened.append(table.findChildren(QMenu)[0]))
    qtbot.keyClick(table.view, key, held)
    menu = opened[0]
    with qtbot.waitSignal(table.acted) as told:
        _entries(menu)["出席にする（Space）"].trigger()
    assert told.args[0].id == 2

    order = _entries(menu)["並べ替える"].menu()
    _entries(order)["回数"].trigger()
    assert shown(table) == [1, 2, 3]
    again = _entries(_entries(row_menu(table))["並べ替える"].menu())
    assert again["回数　昇順"].isChecked()
    again["回数　昇順"].trigger()
    assert shown(table) == [2, 1, 3]
    assert table.current().id == 2
    says = table.model.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole)
    assert says == "回数　降順"

    before = table.view.columnWidth(1)
    widths = _entries(_entries(row_menu(table))["列の幅"].menu())
    _entries(widths["回数"].menu())["広げる"].trigger()
    assert table.view.columnWidth(1) > before
    widths["幅をはじめに戻す"].trigger()
    assert table.view.columnWidth(1) == before


def test_what_a_tip_says_is_read_by_a_key_and_by_ear(qtbot, monkeypatch):
    columns = (
        Column("day", "期限", lambda one: Cell(str(one), tip="仕様書4(1)キ 2週間前")),
        Column("who", "氏名", lambda _one: Cell("見本")),
    )
    table = RecordTable("tips", columns, title="期限", empty="ありません。")
    dialog = DialogFrame("見本の窓")
    qtbot.addWidget(dialog)
    dialog.put(table)
    dialog.show()
    qtbot.waitExposed(dialog)
    table.show_rows((1, 2))
    table.choose(lambda one: one == 2)
    index = table.model.index(1, 0)
    assert table.model.data(index, Qt.ItemDataRole.AccessibleDescriptionRole) == "仕様書4(1)キ 2週間前"
    assert table.model.data(table.model.index(1, 1), Qt.ItemDataRole.AccessibleDescriptionRole) is None

    told = []
    monkeypatch.setattr("app.widgets.tips.QToolTip.showText", lambda _place, words, _part: told.append(words))
    in_front(qtbot, dialog)
    table.view.setFocus()
    qtbot.keyClick(table.view, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert told == ["期限　仕様書4(1)キ 2週間前"]
    dialog.cancel.setToolTip("何も変えずに閉じます")
    dialog.cancel.setFocus()
    qtbot.keyClick(dialog.cancel, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert told[1:] == ["何も変えずに閉じます"]


def test_the_chosen_row_is_told_by_a_bar_and_not_by_its_tint_alone(qtbot):
    table = table_of(PEOPLE, qtbot)
    table.choose(lambda one: one.id == 2, take_focus=False)
    area = table.view.visualRect(table.model.index(1, 0))
    seen = table.view.viewport().grab().toImage()
    assert seen.pixelColor(area.left() + 1, area.center().y()).name().upper() == t.ACCENT
    assert (
        seen.pixelColor(area.left() + 1, table.view.visualRect(table.model.index(0, 0)).center().y()).name()
        == "#ffffff"
    )


def test_showing_rows_again_keeps_the_current_row(qtbot):
    table = table_of(PEOPLE, qtbot)
    table.choose(lambda p: p.id == 3)
    table.show_rows(tuple(reversed(PEOPLE)))
    assert table.current().id == 3


def test_what_a_newer_copy_changed_stands_out_for_one_who_waits_and_goes_with_the_next_saving(desk, qtbot):
    people = [Person(number, f"{number}番", "", None) for number in (1, 2)]
    table = table_of(people, qtbot)
    table.app_context = desk
    desk.copies_while_waiting = 1
    table.show_rows([replace(people[0], name="待つ前に読んだ"), people[1]])
    assert not any(map(table.model.is_marked, table.model.records()))
    desk.copies_while_waiting = 2
    table.show_rows([replace(people[0], name="いまの名"), people[1], replace(people[1], id=3)])
    assert [table.model.is_marked(row) for row in table.model.records()] == [True, False, True]
    cells = [table.model.cell(0, column) for column in range(table.model.columnCount())]
    assert [(cell.text, cell.strong) for cell in cells if "→" in cell.text] == [("待つ前に読んだ→いまの名", True)]
    assert "待つ前" not in str(table.export_content())
    table.show_rows([replace(people[0], id=number) for number in (7, 8)])  # the list of another event
    assert not any(map(table.model.is_marked, table.model.records()))
    desk.copies_while_waiting = 0
    table.show_rows(people)
    assert not any(map(table.model.is_marked, table.model.records()))


def test_rows_stand_under_their_headings_with_counts(qtbot):
    table = table_of(PEOPLE, qtbot, group=lambda p: "未受付" if p.id == 2 else "受付済")
    heads = [table.model.heading(n) for n in range(table.model.rowCount())]
    assert [(h.title, h.count) for h in heads if h is not None] == [("受付済", 2), ("未受付", 1)]
    assert shown(table) == [1, 3, 2]


def test_the_arrows_go_from_row_to_row_past_a_heading_that_opens_nothing(qtbot):
    table = table_of(PEOPLE, qtbot, group=lambda p: "未受付" if p.id == 2 else "受付済")
    table.choose(lambda p: p.id == 1, take_focus=True)
    met = []
    keys = (*[Qt.Key.Key_Down] * 2, *[Qt.Key.Key_Up] * 3, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)
    for key in keys:
        QTest.keyClick(table.view, key)
        met.append(table.current().id)
    assert met == [3, 2, 3, 1, 1, 2, 1]


@pytest.mark.parametrize("clicks", [1, 2])
def test_a_click_on_a_heading_asks_for_no_row(clicks, qtbot):
    table = table_of(PEOPLE, qtbot, group=lambda one: "あり" if one.count else "なし")
    told: list[object] = []
    for signal in (table.opened, table.acted, table.clicked):
        signal.connect(lambda *row: told.append(row))
    over = table.view.viewport()
    press = QTest.mouseClick if clicks == 1 else QTest.mouseDClick

    with qtbot.capture_exceptions() as failed:
        for at in (table.view.visualRect(table.model.index(0, 0)).center(), QPoint(3, 3)):
            press(over, Qt.MouseButton.LeftButton, pos=at)

    assert table.model.heading(0) is not None
    assert (failed, told, table.current()) == ([], [], None)
    QTest.mouseClick(over, Qt.MouseButton.LeftButton, pos=table.view.visualRect(table.model.index(1, 0)).center())
    assert told == [(PEOPLE[0], "name")]


def test_a_long_list_is_asked_for_page_by_page(qtbot):
    queries = []

    def fetch(query, deliver):
        queries.append(query)
        rows = [Person(n, f"みほん{n}", "") for n in range(query.offset, min(query.offset + query.limit, 250))]
        deliver(Page(rows=rows, total=250))

    table = table_of((), qtbot)
    table.ask_pages(fetch)
    assert table.model.rowCount() == 100
    assert "250件" in table.count_line.text()
    table.view.scrollToBottom()
    qtbot.waitUntil(lambda: table.model.rowCount() > 100)
    table.filter_field.setText("7")
    qtbot.waitUntil(lambda: queries[-1].filter_text == "7")
    assert next(query.offset for query in queries if query.filter_text == "7") == 0


def test_a_late_page_of_an_old_filter_is_ignored(qtbot):
    waiting = []
    table = table_of((), qtbot)
    table.ask_pages(lambda query, deliver: waiting.append((query, deliver)))
    table.model.set_filter("a")
    waiting[1][1](Page(rows=PEOPLE[:1], total=1))
    waiting[0][1](Page(rows=PEOPLE, total=3))
    assert shown(table) == [1]


def test_pages_can_be_read_from_a_service_through_the_desk(desk, qtbot):
    def read(_store, *, offset, limit, filter_text, sort):
        return Page(rows=PEOPLE[offset : offset + limit], total=len(PEOPLE))

    table = table_of((), qtbot)
    table.read_pages(desk, read)
    qtbot.waitUntil(lambda: shown(table) == [1, 2, 3])


def test_a_name_wraps_and_is_never_cut():
    long = "みほん" * 30 + "𠮷"
    layout = lay_out_cell(Cell(text=long), 120, "標準")
    assert "".join(line.words for line in layout.lines) == long
    assert all(line.x + 12 <= 120 for line in layout.lines)
    assert layout.height > 100


def test_rows_grow_with_their_content_and_are_never_lower_than_36(qtbot):
    table = table_of((PEOPLE[0], Person(9, "みほん" * 40, "")), qtbot)
    qtbot.waitUntil(lambda: table.view.rowHeight(1) > 60)
    assert table.view.rowHeight(0) >= 36


def test_columns_fill_the_list_exactly_so_that_nothing_is_read_by_scrolling(qtbot):
    table = due_table("widths")
    qtbot.addWidget(table)
    for width in (820, 1100, 700):
        table.resize(width, 500)
        table.show()
        qtbot.waitUntil(lambda: table.view.horizontalHeader().length() == table.view.viewport().width())


def test_a_heading_is_not_cut_while_another_column_has_room_to_give(qtbot):
    heading = "令和8年度　講習会の計（確定前の回を含む）"
    columns = (
        Column(key="what", title="設問", show=lambda _row: "町会・自治会での役割と、これから使いたいもの", width=300),
        Column(key="people", title=heading, show=lambda _row: "6人", align="right", sortable=False),
    )
    table = RecordTable("headings", columns, title="比較", empty="ありません。")
    qtbot.addWidget(table)
    table.resize(440, 300)
    table.show_rows([object()])
    table.show()

    qtbot.waitUntil(lambda: table.view.horizontalHeader().length() == table.view.viewport().width())
    assert table.view.columnWidth(1) >= table.view.heading_width(1)


def test_no_column_gives_way_below_what_must_stay_in_one_piece(qtbot):
    columns = (
        Column(key="name", title="氏名", show=lambda p: Cell(text=p.name, second=p.kana), stretch=True),
        Column(key="state", title="状態", show=lambda p: Cell(badge="済", text="10/28(水) 査定資料に"), width=190),
    )
    table = RecordTable("pieces", columns, title="期日", empty="なし。")
    qtbot.addWidget(table)
    table.resize(420, 300)
    table.show()
    table.show_rows(PEOPLE)
    view = table.view
    for less in range(160):
        table.resize(420 - less, 300)
        least = [view.uncut_width(column) for column in range(2)]
        widths = [view.columnWidth(column) for column in range(2)]
        if sum(least) <= view.viewport().width():
            assert [width >= floor for width, floor in zip(widths, least, strict=True)] == [True, True], (
                less,
                widths,
                least,
            )


def test_a_time_in_the_small_words_stays_in_one_line_while_others_can_give_way(qtbot):
    columns = (
        Column(key="day", title="利用日", show=lambda p: Cell("12/8(火)", "13:00–17:00", strong=True)),
        Column(key="name", title="会場", show=lambda p: "見本の 区民館の 部屋", stretch=True),
        Column(key="event", title="回", show=lambda p: "第5回 LINE 講習会"),
    )
    table = RecordTable("times", columns, title="予約", empty="なし。")
    qtbot.addWidget(table)
    table.show_rows(PEOPLE)
    table.show()
    for width in range(420, 280, -8):
        table.resize(width, 300)
        view = table.view
        cell = lay_out_cell(view.rows.cell(0, 0), view.columnWidth(0), t.size())
        assert [line.words for line in cell.lines] == ["12/8(火)", "13:00–17:00"], width


def test_a_dragged_column_keeps_its_width_next_time(qtbot):
    table = table_of(PEOPLE, qtbot)
    table.view.horizontalHeader().resizeSection(1, 150)
    again = table_of(PEOPLE, qtbot)
    qtbot.waitUntil(lambda: again.view.columnWidth(1) == 150)


def test_two_thousand_rows_do_not_hold_the_window(qtbot):
    table = table_of((), qtbot)
    rows = [Person(n, f"みほん {n}", "みほん") for n in range(2000)]
    table.show_rows(rows)
    # Only the first page of rows is laid out; the rest comes as one scrolls.
    assert table.model.rowCount() == 100
    table.choose(lambda p: p.id == 1999)
    assert table.current().id == 1999


@pytest.mark.parametrize("change", [lambda table: table.resize(500, 400), lambda table: table.scale_column("count", 2)])
def test_rows_are_measured_once_for_new_widths(qtbot, monkeypatch, change):
    table = table_of(PEOPLE, qtbot)
    qtbot.waitUntil(lambda: not table.view._measure_soon.isActive())
    measured = []
    monkeypatch.setattr(RecordView, "_fit_row", lambda _view, row: measured.append(row))
    change(table)
    qtbot.waitUntil(lambda: measured and not table.view._measure_soon.isActive())
    assert measured == [0, 1, 2]


def test_spare_width_goes_to_every_column_and_none_stands_alone_with_it(qtbot):
    columns = (
        Column(key="day", title="実施日", show=lambda _row: "12/8(火)", width=100),
        Column(
            key="title", title="実施回", show=lambda _row: "第6回 Instagram講習会（2回目）", stretch=True, width=120
        ),
        Column(key="next", title="つぎの期限", show=lambda _row: "実施報告書の修正版の提出", width=80),
    )
    table = RecordTable("spread", columns, title="一覧", empty="ありません。", filtered=False, foot=False)
    qtbot.addWidget(table)
    table.resize(1400, 200)
    table.show_rows([1, 2])
    table.show()
    qtbot.waitUntil(lambda: table.view.horizontalHeader().length() == table.view.viewport().width())
    widths = [table.view.columnWidth(n) for n in range(3)]
    assert all(width > declared for width, declared in zip(widths, (100, 120, 80), strict=True))
    assert widths[2] >= table.view.content_width(2)
    assert max(widths) < 900


@pytest.mark.parametrize(
    ("words", "width", "lines"),
    [
        ("第5回 キャッシュレス決済講習会", 120, ["第5回", "キャッシュレス", "決済講習会"]),
        ("第2回 派遣 見本そよかぜ自治会", 110, ["第2回 派遣", "見本そよかぜ", "自治会"]),
        ("LINE講習会（2回目）", 100, ["LINE講習会", "（2回目）"]),
        ("資料の確認を終える", 80, ["資料の", "確認を", "終える"]),
    ],
)
def test_names_break_between_words(qapp, words, width, lines):
    assert [line for line, _natural in wrap_words(words, t.font("body"), width)] == lines


def test_a_word_longer_than_its_room_is_broken_but_loses_nothing(qapp):
    words = "見本見本見本見本見本見本見本見本"
    lines = [line for line, _natural in wrap_words(words, t.font("body"), 60)]
    assert len(lines) > 1
    assert "".join(lines) == words


def test_the_words_under_a_row_are_heard_with_it(qtbot):
    table = table_of(PEOPLE, qtbot, below=lambda p: (f"{p.kana}は確認が必要" if p.id == 2 else "", t.RED))

    told = [table.model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(2)]

    assert "確認が必要" not in told[0]
    assert told[1].endswith("よしだ いちろうは確認が必要")


def test_a_second_line_gives_way_where_the_main_one_takes_two(qapp):
    long = Cell(
        text="第7回 ホームページ・電子回覧板講習会", second="見本ほしぞら地域集会所 第1会議室", strong=True, spare=True
    )
    narrow, wide = lay_out_cell(long, 200, t.size()), lay_out_cell(long, 400, t.size())

    assert [line.words for line in narrow.lines] == ["第7回 ホームページ・", "電子回覧板講習会"]
    assert [line.words for line in wide.lines] == [long.text, long.second]


def test_the_filter_stands_at_the_right_end_of_its_line_and_is_of_one_width(qtbot):
    made = table_of(PEOPLE, qtbot)
    field = made.filter_field

    assert field.width() == t.scaled(168)
    assert field.geometry().right() >= made.width() - 2


MANY = tuple(Person(number, f"見本 {number}", "みほん" * (8 if number % 3 else 1), number) for number in range(1, 201))


def settle(table: RecordTable, qtbot) -> None:
    """Until every row has its height."""
    QGuiApplication.processEvents()
    view = table.view
    qtbot.waitUntil(lambda: not (view._measure_soon.isActive() or view._later.isActive()))


def stands(table: RecordTable) -> tuple[int, int, int]:
    """How far a list is scrolled, its current row, and where that begins."""
    view = table.view
    return (
        view.verticalScrollBar().value(),
        view.currentIndex().row(),
        view.rowViewportPosition(view.currentIndex().row()),
    )


def read_again(table: RecordTable, qtbot, rows) -> None:
    table.show_rows(rows)
    settle(table, qtbot)


@pytest.mark.parametrize("scrolled", [0, 0.4, 1])
def test_what_is_in_sight_stays_there_when_the_rows_are_read_again(qtbot, scrolled):
    table = table_of(MANY, qtbot)
    table.choose(lambda person: person.id == 150)
    settle(table, qtbot)
    bar = table.view.verticalScrollBar()
    bar.setValue(round(bar.maximum() * scrolled))
    before = stands(table)
    read_again(table, qtbot, [replace(one) for one in MANY])
    assert stands(table) == before
    # A screen that stands at its row once more goes nowhere with it; one that is sent there does.
    table.show_rows(MANY)
    table.choose(lambda person: person.id == 150, take_focus=False)
    settle(table, qtbot)
    assert stands(table) == before
    table.choose(lambda person: person.id == 150)
    assert 0 <= table.view.rowViewportPosition(149) < table.view.viewport().height()


def test_a_list_that_scrolls_to_a_row_begins_with_a_whole_one_and_stands_still_for_one_in_sight(qtbot):
    table = table_of(MANY, qtbot)
    table.choose(lambda person: person.id == 150)
    settle(table, qtbot)
    view = table.view
    assert view.rowViewportPosition(view.rowAt(0)) == 0
    bar = view.verticalScrollBar()
    bar.setValue(bar.value() - 7)
    before = bar.value()
    view.setCurrentIndex(table.model.index(146, 0))
    assert bar.value() == before


def test_a_row_in_sight_keeps_its_place_while_rows_come_and_go_above_it(qtbot):
    table = table_of(MANY, qtbot)
    table.choose(lambda person: person.id == 150)
    settle(table, qtbot)
    before = stands(table)
    read_again(table, qtbot, MANY[40:])
    assert stands(table)[1:] == (109, before[2])
    read_again(table, qtbot, MANY)
    assert stands(table) == before


def test_where_the_current_row_went_the_next_one_takes_its_place(qtbot):
    table = table_of(MANY, qtbot)
    table.choose(lambda person: person.id == 150)
    table.show_rows([one for one in MANY if one.id != 150])
    table.ensure_current_row()
    assert table.current().id == 151
    table.show_rows([replace(one, id=one.id + 1000) for one in MANY])
    table.ensure_current_row()
    assert table.current().id == 1001


@pytest.mark.parametrize(("stood", "current", "selected"), [(2, 2, [2, 3]), (99, 2, [2, 3]), (None, 2, [2, 3])])
def test_a_list_that_is_opened_anew_has_those_selected_that_are_still_there(qtbot, stood, current, selected):
    table = table_of((), qtbot)
    table._left = ListState(current=stood, selected=(98, 2, 3))
    table.show_rows(PEOPLE)
    assert table.current().id == current
    assert [one.id for one in table.selected()] == selected


def test_where_all_that_was_selected_is_gone_nothing_is_selected(qtbot):
    table = table_of((), qtbot)
    table._left = ListState(current=99, selected=(98, 99))
    table.show_rows(PEOPLE)
    assert (table.current(), table.selected()) == (None, [])


def test_rows_without_a_number_of_their_own_keep_the_current_one_as_long_as_they_say_the_same(qtbot):
    unsaved = [replace(one, id=0) for one in MANY[:9]]
    table = table_of(unsaved, qtbot)
    table.choose(lambda person: person.name == "見本 8")
    read_again(table, qtbot, [replace(one) for one in unsaved])
    assert table.current().name == "見本 8"


def test_of_a_list_asked_page_by_page_what_was_in_sight_stays_there(qtbot):
    table = table_of((), qtbot)

    def fetch(query, deliver) -> None:
        deliver(Page(rows=MANY[query.offset : query.offset + query.limit], total=len(MANY)))

    table.ask_pages(fetch)
    settle(table, qtbot)
    table.view.verticalScrollBar().setValue(700)
    before = table.view.verticalScrollBar().value()
    table.ask_pages(fetch)
    settle(table, qtbot)
    assert table.view.verticalScrollBar().value() == before


def test_every_row_of_a_long_list_is_measured_also_where_it_is_read_to_its_end_at_once(qtbot):
    table = table_of(MANY, qtbot)
    settle(table, qtbot)
    table.show_rows([replace(one, kana="みほん" * 30) for one in MANY])
    table.model.row_of(lambda person: person.id == 200)
    table.view._measure_soon.stop()
    settle(table, qtbot)
    assert {table.view.rowHeight(row) for row in range(200)} == {table.view.rowHeight(0)}


def test_where_ctrl_is_still_held_one_row_alone_is_chosen(qtbot):
    table = table_of(PEOPLE, qtbot)
    table.choose(lambda one: one.id == 1)
    held = Qt.KeyboardModifier.ControlModifier
    qtbot.keyPress(table.view, Qt.Key.Key_Control, held)
    assert QGuiApplication.keyboardModifiers() == held
    table.choose(lambda one: one.id == 3)
    assert [index.row() for index in table.view.selectionModel().selectedRows()] == [2]
    qtbot.keyRelease(table.view, Qt.Key.Key_Control)


def test_a_badge_far_down_in_a_long_list_has_room(qtbot):
    columns = (
        Column(
            key="state",
            title="結果",
            show=lambda row: Cell(badge="新規" if row < 120 else "取り込まない"),
            badges=("新規", "取り込まない"),
        ),
        Column(key="name", title="氏名", show=str, stretch=True),
    )
    table = RecordTable("long", columns, title="行", empty="ありません。")
    qtbot.addWidget(table)
    table.show_rows(list(range(130)))
    table.resize(700, 400)
    table.show()
    need = unbreakable_width(Cell(badge="取り込まない"), between_words=False)
    assert table.view.rows.rowCount() < 120
    assert table.view.uncut_width(0) == need


@pytest.mark.parametrize(
    ("words", "pieces"),
    [
        ("（第3支部）・受講 1回", ["（第3支部）・", "受講 1回"]),
        ("R9 1/13 参加 14人 済", ["R9 1/13 ", "参加 14人 ", "済"]),
        ("貸与 8台　持参 6台", ["貸与 8台　", "持参 6台"]),
    ],
)
def test_a_number_stays_with_what_it_counts(words, pieces):
    assert list(unbreakable_pieces(words)) == pieces
