"""Dialog that shows a failure: what happened, what was lost, what to do; details folded for IT."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QRadioButton, QWidget

from app.widgets.badges import Badge
from app.widgets.buttons import Button, link_button
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.flow_row import FlowRow
from app.widgets.labels import IconLabel, Paragraph, label, separator, small_label, styled_frame, wrapped_label
from app.widgets.layouts import add, in_column, in_row, row_of
from app.window import theme as t
from app.window.clipboard import copy_for_pasting
from app.window.failure_messages import Failure
from app.window.icons import icon
from db.record import record

FailureLink = tuple[str, Callable[[], object]]


@record
class RecoveryOption:
    """One possible way out of a failure: key, title, explanation, verb of the button.

    ``recommended`` shows 「推奨」 and chooses it at first.
    """

    key: str
    title: str
    text: str
    verb: str
    recommended: bool = False


class FailureView(QWidget):
    """Shows the three sentences of a failure and, if there are several options, a choice between them.

    Signals: ``option_chosen(str)`` the key of the selected option.
    """

    option_chosen = Signal(str)

    def __init__(self, failure: Failure, *, title: str = "", options: Sequence[RecoveryOption] = ()):
        super().__init__()
        column = in_column(owner=self, spacing=12)
        if title:
            sign = IconLabel("warning-octagon-fill", 32, t.RED)
            add(column, in_row(sign, (wrapped_label(title, "h1"), 1), spacing=14), separator())
        add(
            column,
            _part("file-text", t.INK_SECONDARY, "起きたこと", failure.happened),
            separator(),
            _part("check-circle-fill", t.GREEN, "失われたもの", failure.lost or "ありません。"),
            separator(),
        )
        self._group = QButtonGroup(self)
        self._ways = tuple(options)
        if options:
            column.addWidget(label("つぎにすること", "h2"))
            if failure.todo:
                column.addWidget(Paragraph(failure.todo))
            for number, way in enumerate(options):
                column.addWidget(self._card(number, way))
            self._group.idToggled.connect(lambda n, on: self.option_chosen.emit(options[n].key) if on else None)
        else:
            column.addWidget(_part("arrow-right", t.ACCENT, "つぎにすること", failure.todo))
        if failure.details:
            column.addWidget(_Details(failure))
        column.addStretch(1)

    def chosen_option(self) -> RecoveryOption | None:
        """Return the selected option, at first the recommended one; None = none is."""
        number = self._group.checkedId()
        return self._ways[number] if number >= 0 else None

    def _card(self, number: int, option: RecoveryOption) -> QFrame:
        """Return the card of one way out with its radio button, selected if it is recommended."""
        card = styled_frame("panel")
        inside = in_column(owner=card, spacing=2, margins=(12, 10, 12, 10))
        button = QRadioButton(option.title)
        button.setFont(t.font("body", bold=True))
        button.setAccessibleDescription(option.text)
        button.setChecked(option.recommended)
        self._group.addButton(button, number)
        line = in_row(button)
        if option.recommended:
            line.addWidget(Badge("推奨"))
        line.addStretch(1)
        inside.addLayout(line)
        words = small_label(option.text)
        words.setContentsMargins(32, 0, 0, 0)
        inside.addWidget(words)
        return card


class FailureDialog(DialogFrame):
    """Shows a failure over the window. Signals: those of DialogFrame.

    ``links`` are buttons (text and callback) that lead to where it can be corrected; each closes the dialog.
    """

    def __init__(self, failure: Failure, parent: QWidget | None = None, *, links: Sequence[FailureLink] = ()):
        super().__init__(
            failure.heading or ("この操作は行いませんでした" if failure.small else "この操作はできませんでした"),
            main="",
            cancel="閉じる",
            width=560 if failure.small else 720,
            parent=parent,
        )
        self.failure = failure
        if failure.small:
            self.put(Paragraph(f"**{failure.happened}**"))
            for text in (failure.todo, failure.lost):
                if text:
                    self.put(Paragraph(text))
        else:
            self.put(FailureView(failure))
        self.doors = tuple(Button(words, partial(self._close_and_follow, go)) for words, go in links)
        if links:
            self.put(FlowRow(*self.doors))
        if failure.small:
            self.put(None)
        self.cancel.setDefault(True)

    def _close_and_follow(self, follow: Callable[[], object]) -> None:
        self.reject()
        follow()


class _Details(QWidget):
    """The part for IT, folded at first: details that can be copied, under a line with the number. Signals: none."""

    def __init__(self, failure: Failure):
        super().__init__()
        self._fold = link_button(f"情報システム担当の方へ（くわしい内容・番号 {failure.number}）")
        self._fold.setIcon(icon("caret-right", t.ACCENT))
        self._fold.setIconSize(QSize(14, 14))
        self._fold.clicked.connect(self._toggle)
        self._copy = Button("コピー", lambda: copy_for_pasting(failure.details), icon_name="copy", low=True)
        self._copy.hide()
        line = in_row(self._fold, None, self._copy)
        self._text = small_label(failure.details)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.hide()
        in_column(line, self._text, owner=self, spacing=6)

    def _toggle(self) -> None:
        opened = self._text.isHidden()
        self._text.setVisible(opened)
        self._copy.setVisible(opened)
        self._fold.setIcon(icon("caret-down" if opened else "caret-right", t.ACCENT))
        window = self.window()
        if isinstance(window, DialogFrame):
            window.fit_to_content()


def _part(icon_name: str, colour: str, title: str, text: str) -> QWidget:
    sign = IconLabel(icon_name, 24, colour)
    return row_of(
        (sign, 0, Qt.AlignmentFlag.AlignTop), (in_column(label(title, "h2"), Paragraph(text), spacing=6), 1), spacing=16
    )


def show_failure(failure: Failure, parent: QWidget, *, links: Sequence[FailureLink] = ()) -> FailureDialog:
    """Open the dialog of a failure over ``parent``, with ``links`` to where it can be corrected."""
    dialog = FailureDialog(failure, parent, links=links)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
