"""The table that lays the columns of a file beside our fields."""

from PySide6.QtWidgets import QStyle, QStyleOptionComboBox

from app.importing.parts import FileColumn, MappedField, MappingTable


def test_the_heading_that_online_forms_have_is_read_whole_in_its_box(qtbot):
    column = FileColumn(index=7, heading="参加を希望する講習会（複数選択可）")
    field = MappedField(
        key="wish", title="希望する実施回", columns=(7,), state="提案", samples="ホームページ・電子回覧板講習会"
    )
    table = MappingTable()
    qtbot.addWidget(table)
    table.show_fields((field,), (column,))
    table.resize(1122, 120)
    table.show()
    box = table.lines["wish"].box
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    part = QStyle.SubControl.SC_ComboBoxEditField
    room = box.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, box).width()
    assert box.currentText() == column.words
    assert room >= box.fontMetrics().horizontalAdvance(column.words)
