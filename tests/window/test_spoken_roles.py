"""What a screen reader is told of parts whose role Qt can't know, and that telling it leaves nothing behind."""

import gc
import weakref

import pytest
import shiboken6
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.common import failure_log
from app.main_window.side_bar import SideBar
from app.widgets.fold_line import FoldLine
from app.widgets.labels import Link, heading, label, section
from app.widgets.lists.record_model import Column, RowAction
from app.widgets.lists.record_table import RecordTable
from app.widgets.month_calendar import MonthPage
from app.widgets.tabs import TabBar
from app.window import accessible_roles
from app.window.accessible_roles import spoken_as
from tests.support.spoken_parts import reached_from

Role = QAccessible.Role


def told(part: QWidget):
    return QAccessible.queryAccessibleInterface(part)


def named(part: QWidget) -> str:
    return told(part).text(QAccessible.Text.Name)


def test_pages_and_tabs_are_pages_and_the_chosen_one_is_selected(qtbot):
    bar, side = TabBar("概要", "参加者"), SideBar()
    for each in (bar, side):
        qtbot.addWidget(each)
    side.add("home", "house", "ホーム")
    side.highlight("home")
    first, second = bar._group.buttons()
    entry = side._entries["home"]
    assert [told(each).role() for each in (bar, first, side, entry)] == [
        Role.PageTabList,
        Role.PageTab,
        Role.PageTabList,
        Role.PageTab,
    ]
    assert [told(each).state().selected for each in (first, second, entry)] == [1, 0, 1]
    told(second).doAction(accessible_roles._PRESS())
    assert [told(each).state().selected for each in (first, second)] == [0, 1]
    assert bar.current() == 1


def test_headings_links_folds_and_the_calendar_are_what_they_are(qtbot):
    followed = []
    link, fold, month = Link("会場を開く", lambda: followed.append(1)), FoldLine("済"), MonthPage()
    parts = (heading("事業"), section("期限"), label("実施報告書", "h2", wrap=True), link, fold, month)
    for each in parts:
        qtbot.addWidget(each)
    fold.show_count(3, "設問")
    assert [told(each).role() for each in parts] == [*[Role.Heading] * 3, Role.Link, Role.Button, Role.Table]
    assert [named(each) for each in parts[:4]] == ["事業", "期限", "実施報告書", "会場を開く"]
    told(link).doAction(accessible_roles._PRESS())
    assert followed == [1]
    assert told(fold).state().collapsed == 1
    told(fold).doAction(accessible_roles._PRESS())
    assert (told(fold).state().expanded, fold.isChecked()) == (1, True)
    figure = label("14人", "h2", figure=True)
    qtbot.addWidget(figure)
    assert told(figure).role() == Role.StaticText


def test_the_buttons_in_the_rows_are_found_from_the_window_down(qtbot):
    table = RecordTable(
        "spoken",
        (Column("name", "名", lambda row: row),),
        title="一覧",
        empty="ありません。",
        action=lambda _row: RowAction(text="開く"),
    )
    qtbot.addWidget(table)
    table.resize(400, 300)
    table.show()
    table.show_rows(["あおば", "みどり", "あさひ"])
    buttons = table.parts_in_rows()
    assert [named(each) for each in buttons] == ["開く　あおば", "開く　みどり", "開く　あさひ"]
    assert set(buttons) <= reached_from(table)
    above = told(table)
    assert [above.child(above.indexOfChild(told(each))).object() for each in buttons] == buttons


def test_what_fails_inside_is_noted_and_the_part_still_has_its_name(qtbot, monkeypatch):
    noted = []
    monkeypatch.setattr(failure_log, "log_failure", noted.append)

    class Failing(QLabel):
        def press(self):
            raise RuntimeError

    monkeypatch.setattr(accessible_roles, "_declared", {"Failing": (Failing, Role.Link)})
    part = Failing("会場")
    qtbot.addWidget(part)
    told(part).doAction(accessible_roles._PRESS())
    assert [type(one) for one in noted] == [RuntimeError]
    assert (named(part), told(part).role()) == ("会場", Role.Link)


def test_two_classes_of_one_name_are_refused():
    class Link(QLabel):
        pass

    with pytest.raises(ValueError, match="Link"):
        spoken_as(Role.Link)(Link)


def test_two_hundred_screens_opened_and_closed_leave_no_part_and_no_interface(qtbot, monkeypatch):
    """The Python half of an interface stays (300 bytes, Qt's binding); what it stands for goes with the part."""
    made: list[weakref.ref] = []
    keep = accessible_roles._PartInterface.__init__
    monkeypatch.setattr(
        accessible_roles._PartInterface,
        "__init__",
        lambda self, part, role: (keep(self, part, role), made.append(weakref.ref(self)))[0],
    )
    parts: list[weakref.ref] = []

    def open_one() -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        inside = (TabBar("概要", "参加者"), heading("事業"), Link("開く"), FoldLine("済"), MonthPage())
        for each in inside:
            column.addWidget(each)
        parts.extend(weakref.ref(each) for each in (page, *inside))
        for part in reached_from(page):
            assert told(part).isValid()
        shiboken6.delete(page)

    for _ in range(200):
        open_one()
    gc.collect()
    assert len(made) >= 200 * 6
    assert [one for one in parts if one() is not None] == []
    assert [one for one in made if one() is not None and shiboken6.isValid(one())] == []
    assert all(not vars(one()) for one in made if one() is not None), "an interface holds nothing of its own"
