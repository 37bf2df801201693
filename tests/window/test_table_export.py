"""「Excelに出力」 and Ctrl+C: what is shown goes, in its order and under its headings, with the rows not seen yet."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from app.documents.screens.export_button import ExportTable, export_button
from app.widgets.lists.record_model import Cell, Column, ExportColumn, Page, RowAction
from app.widgets.lists.record_table import RecordTable
from tests.support.waiting import in_front


@dataclass(frozen=True)
class Group:
    """An invented 団体."""

    id: int
    name: str
    people: int
    place: str = "見本会館"


GROUPS = (Group(1, "みほん　髙﨑町会", 3), Group(2, "みほん𠮷田自治会", 12), Group(3, "みほん林町会", 7))


def table_of(qtbot, rows=GROUPS, **more) -> RecordTable:
    table = RecordTable(
        "groups",
        (
            Column(
                key="name",
                title="団体・会場",
                show=lambda g: Cell(text=g.name, second=g.place),
                stretch=True,
                export_parts=(
                    ExportColumn(title="団体", show=lambda g: g.name),
                    ExportColumn(title="会場", show=lambda g: g.place),
                ),
            ),
            Column(key="people", title="人数", show=lambda g: f"{g.people}人", sort=lambda g: g.people),
        ),
        title="団体",
        empty="まだ団体がありません。",
        names_people=False,
        **more,
    )
    qtbot.addWidget(table)
    table.resize(700, 400)
    table.show()
    table.show_rows(rows)
    return table


def gathered(button) -> ExportTable:
    found: list[ExportTable] = []
    button._gather(found.append)
    return found[0]


def test_columns_that_say_several_things_become_one_column_each(qtbot, desk):
    sheet = gathered(export_button(desk, table_of(qtbot), title="団体"))
    assert (sheet.columns, sheet.rows[0]) == (("団体", "会場", "人数"), ("みほん　髙﨑町会", "見本会館", "3人"))
    assert sheet.words == "3件"


def test_filter_and_order_go_along_and_the_filter_is_told(qtbot, desk):
    table = table_of(qtbot)
    button = export_button(desk, table, title="団体", filter_words=lambda: "講習会")
    table.view.horizontalHeader().sectionClicked.emit(1)
    table.view.horizontalHeader().sectionClicked.emit(1)
    table.filter_field.setText("町会")

    # Typed a moment ago and not yet applied to the list: the export waits for nothing.
    sheet = gathered(button)
    assert [row[2] for row in sheet.rows] == ["7人", "3人"]
    assert sheet.words == "2件（「講習会」と「町会」で絞り込み）"


def test_columns_stand_in_the_order_they_were_dragged_to(qtbot, desk):
    table = table_of(qtbot, action=lambda g: RowAction(text="開く"))
    table.view.horizontalHeader().moveSection(1, 0)
    sheet = gathered(export_button(desk, table, title="団体"))
    assert sheet.columns == ("人数", "団体", "会場")


def test_rows_under_headings_say_the_heading_they_stand_under(qtbot, desk):
    table = table_of(qtbot, group=lambda g: "少ない" if g.people < 10 else "多い")
    sheet = gathered(export_button(desk, table, title="団体"))
    assert sheet.columns[0] == "区分"
    assert [row[:2] for row in sheet.rows] == [
        ("少ない", "みほん　髙﨑町会"),
        ("少ない", "みほん林町会"),
        ("多い", "みほん𠮷田自治会"),
    ]


def test_of_a_list_in_pages_every_page_goes(qtbot, desk):
    rows = [Group(n, f"みほん{n}", n) for n in range(2345)]
    asked = []

    def fetch(query, deliver):
        asked.append((query.offset, query.filter_text, query.sort))
        found = [row for row in rows if query.filter_text in row.name]
        deliver(Page(rows=found[query.offset : query.offset + min(query.limit, 700)], total=len(found)))

    table = table_of(qtbot, rows=())
    button = export_button(desk, table, title="団体")
    table.ask_pages(fetch)
    table.model.set_filter("みほん")
    table.model.set_sort("people")
    before = len(asked)

    sheet = gathered(button)
    assert [row[0] for row in sheet.rows] == [row.name for row in rows]
    assert asked[before:] == [(offset, "みほん", "people") for offset in (0, 700, 1400, 2100)]
    assert table.model.rowCount() <= 700


def test_the_button_says_its_key_and_is_named_for_those_who_hear(qtbot, desk):
    button = export_button(desk, table_of(qtbot), title="団体")
    assert (button.text(), button.accessibleName()) == ("Excelに出力", "Excelに出力")
    assert "Ctrl+E" in button.toolTip()


def test_nothing_is_offered_where_there_is_nothing_to_export(qtbot, desk):
    table = table_of(qtbot, rows=())
    button = export_button(desk, table, title="団体")
    assert not button.isEnabled()
    table.show_rows(GROUPS)
    assert button.isEnabled()
    table.model.set_filter("いない")
    assert not button.isEnabled()


def test_nothing_leaves_a_folder_that_is_only_read(qtbot, desk):
    desk.read_only = True
    table = table_of(qtbot)
    button = export_button(desk, table, title="団体")
    table.show_rows(GROUPS)
    assert not button.isEnabled()
    assert "閲覧専用" in button.toolTip()


@pytest.mark.parametrize("where", ["list", "filter"])
def test_the_key_exports_from_the_list_and_from_its_filter(qtbot, desk, where):
    table = table_of(qtbot)
    button = export_button(desk, table, title="団体")
    table.foot.addWidget(button)
    table.show_rows(GROUPS)
    in_front(qtbot, table)
    target = table.view if where == "list" else table.filter_field
    target.setFocus()
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(target, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)


def test_ctrl_a_and_ctrl_c_take_also_the_rows_further_down(qtbot):
    table = table_of(qtbot, rows=[Group(n, f"みほん{n}", n) for n in range(250)])
    assert table.model.rowCount() == 100
    table.view.setFocus()
    qtbot.keyClick(table.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert len(QGuiApplication.clipboard().text().split("\n")) == 251


def test_a_copied_name_keeps_its_full_width_space_and_a_line_break_ends_no_row(qtbot):
    table = table_of(qtbot, rows=(Group(1, "見本　髙﨑\n\t町会", 3),))
    table.view.selectAll()
    table.copy()
    assert QGuiApplication.clipboard().text().split("\n")[1] == "見本　髙﨑 町会\t見本会館\t3人"
