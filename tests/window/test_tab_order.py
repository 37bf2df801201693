"""Tab reaches what stands before a focus proxy, leaves an empty list, and brings what it reaches into sight."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QRadioButton, QTableWidget, QVBoxLayout, QWidget

from app.widgets.buttons import Button
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.flow_row import OutcomeChips
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.lists.record_model import Column
from app.widgets.lists.record_table import RecordTable
from app.widgets.lists.segments import Segments
from app.widgets.tab_order import OWN_ORDER
from app.widgets.tabs import TabBar


def _shown(qtbot, *parts: QWidget) -> DialogFrame:
    dialog = DialogFrame("見本の窓")
    qtbot.addWidget(dialog)
    dialog.put(*parts)
    with qtbot.waitExposed(dialog):
        dialog.show()
    dialog.activateWindow()
    return dialog


def _proxied() -> tuple[QWidget, QPushButton, QPushButton]:
    """A part whose work is its second button, which it gives the focus to."""
    box, first, second = QWidget(), QPushButton("手前"), QPushButton("本来の操作")
    column = QVBoxLayout(box)
    column.addWidget(first)
    column.addWidget(second)
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    box.setFocusProxy(second)
    return box, first, second


def test_tab_does_not_jump_over_what_stands_before_the_proxy(qtbot):
    before, (box, first, second) = QPushButton("前"), _proxied()
    dialog = _shown(qtbot, before, box)
    before.setFocus()
    QTest.keyClick(before, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is first
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is second
    QTest.keyClick(second, Qt.Key.Key_Backtab)
    assert dialog.focusWidget() is first


def test_tab_is_not_held_by_a_part_whose_proxy_is_hidden(qtbot):
    before, (box, first, second) = QPushButton("前"), _proxied()
    dialog = _shown(qtbot, before, box)
    first.hide()
    second.hide()
    before.setFocus()
    QTest.keyClick(before, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is dialog.cancel


def _walked(dialog: DialogFrame, first: QWidget, steps: int) -> list[str]:
    first.setFocus()
    met = [first]
    for _ in range(steps):
        QTest.keyClick(met[-1], Qt.Key.Key_Tab)
        met.append(dialog.focusWidget())
    return [one.accessibleName() or one.property("text") for one in met]


def test_tab_reads_a_filter_before_its_list_and_the_left_column_before_the_right(qtbot):
    """The list was made before its filter, and the right column before the left one."""
    table = RecordTable("tabs", (Column("name", "名", lambda row: row),), title="見本の一覧", empty="ありません。")
    table.show_rows(["あおば", "みどり"])
    right, left = QPushButton("右"), QPushButton("左")
    columns = QWidget()
    across = QHBoxLayout(columns)
    across.addWidget(left)
    across.addWidget(right)
    dialog = _shown(qtbot, table, columns)
    assert _walked(dialog, table.filter_field, 3) == ["絞り込む", "見本の一覧", "左", "右"]


def test_what_is_typed_in_another_way_than_it_is_read_keeps_its_own_order(qtbot):
    box = QWidget()
    box.setProperty(OWN_ORDER, True)
    row = QHBoxLayout(box)
    field, remove, later = QLineEdit(), QPushButton("外す"), QLineEdit()
    for part, name in ((field, "一"), (remove, "外す"), (later, "二")):
        part.setAccessibleName(name)
        row.addWidget(part)
    dialog = _shown(qtbot, box)
    QWidget.setTabOrder(field, later)
    QWidget.setTabOrder(later, remove)
    assert _walked(dialog, field, 2) == ["一", "二", "外す"]


def test_tabs_segments_and_chips_are_one_stop_each_and_arrows_move_inside(qtbot):
    tabs, segments, chips, after = (
        TabBar("一", "二", "三"),
        Segments(("講", "派"), name="種類"),
        OutcomeChips(("新規", "更新")),
        QPushButton("後"),
    )
    chips.show_counts({"新規": 1, "更新": 2})
    dialog = _shown(qtbot, tabs, segments, chips, after)
    first = tabs._group.button(0)
    assert _walked(dialog, first, 3) == ["一", "すべて 0件", "すべて 3行", "後"]
    roles = {QAccessible.queryAccessibleInterface(one).role() for one in (first, segments._group.button(1))}
    assert roles == {QAccessible.Role.PageTab, QAccessible.Role.RadioButton}, "one of several, and no check box"
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Right)
    assert tabs.current() == 1
    assert dialog.focusWidget() is tabs._group.button(1)
    chips.chips["すべて"].setFocus()
    QTest.keyClick(chips.chips["すべて"], Qt.Key.Key_Right)
    assert chips.chips["新規"].hasFocus()
    assert chips.word == "すべて", "a filter is pressed, not passed over"
    chips.show_counts({"新規": 0, "更新": 2})
    assert _walked(dialog, segments._group.button(0), 1)[1] == "すべて 2行", "what has gone is no stop"


def test_tab_stops_at_the_chosen_of_several_and_arrows_choose(qtbot):
    choices = (("有", "有"), ("無", "無"), ("不明", "まだ不明"))
    form = Form((Field("network", "ネット環境", "radio", choices=choices),))
    form.set_values({"network": "不明"})
    loose = QWidget()
    first, second = QRadioButton("別の班"), QRadioButton("同じ班")
    row = QHBoxLayout(loose)
    row.addWidget(first)
    row.addWidget(second)
    second.setChecked(True)
    before, after = QPushButton("前"), QPushButton("後")
    dialog = _shown(qtbot, before, form, loose, after)
    assert _walked(dialog, before, 3) == ["前", "ネット環境　まだ不明", "同じ班", "後"]
    for _step in range(2):
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Backtab)
    assert dialog.focusWidget() is form.editor("network")
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Left)
    assert form.value("network") == "無"
    assert dialog.focusWidget() is form.editor("network")
    form.set_values({"network": "有"})
    assert _walked(dialog, before, 2) == ["前", "ネット環境　有", "同じ班"], "the one that is chosen now"


def test_an_arrow_does_not_lead_from_the_foot_of_a_page_to_the_side_bar(qtbot):
    side, foot = QPushButton("事業"), Button("提出を待つ")
    foot.is_arranged = True
    dialog = _shown(qtbot, side, foot)
    foot.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right):
        QTest.keyClick(foot, key)
        assert dialog.focusWidget() is foot
    QTest.keyClick(foot, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is not foot


def test_a_button_in_a_row_out_of_sight_is_scrolled_to(qtbot):
    before, table = QPushButton("前"), QTableWidget(60, 1)
    table.setFixedHeight(160)
    table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    button = QPushButton("開く")
    table.setCellWidget(55, 0, button)
    _shown(qtbot, before, table)
    assert button.visibleRegion().isEmpty()
    before.setFocus()
    QTest.keyClick(before, Qt.Key.Key_Tab)
    assert button.hasFocus()
    qtbot.waitUntil(lambda: not button.visibleRegion().isEmpty(), timeout=2000)
