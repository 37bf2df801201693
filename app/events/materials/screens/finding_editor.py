"""The row in which a finding on a handout is typed (page, 必須/お願い, reason, text, suggestions)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QLineEdit, QWidget

from app.common.clauses import clause_of
from app.events.materials.services.usual_findings import COMMON_FINDINGS, UsualFinding, basis_for
from app.widgets.buttons import inline_button
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form_fields import ChoiceBox
from app.widgets.forms.usual_texts import UsualText, UsualTexts
from app.widgets.keys import is_enter
from app.widgets.labels import key_cap, label, with_accessible_name
from app.widgets.layouts import in_grid
from app.widgets.tab_order import OneStop
from app.window import theme as t
from db.record import record
from db.records.submissions.materials import FindingDuty

_ROOM_FOR_ALL = 620
USUAL_REASONS = ("内容の誤り", "肖像の承諾", "肖像・名称", clause_of("第三者に提供しない"))


@record
class FindingDraft:
    """A half-typed finding; ``finding_id`` 0 = a new one, ``page_typed`` the page was typed by hand.

    ``place`` is its position on that page, empty = none.
    """

    page: str = ""
    duty: FindingDuty = FindingDuty.REQUEST
    basis: str = ""
    text: str = ""
    finding_id: int = 0
    page_typed: bool = False
    place: tuple[float, ...] = ()


class FindingEditor(QFrame):
    """The editor of one finding, which saves nothing itself; ↓ offers the usual ones.

    The reason is proposed from the words until one is chosen by hand. Signals: ``submitted()`` Enter or the button;
    ``cancelled()`` Esc while an earlier finding is being edited; ``position_changed()`` its position on the page has
    changed.
    """

    submitted = Signal()
    cancelled = Signal()
    position_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self.setProperty("tone", "accent")
        self.finding_id = 0
        self.own_page = False
        self.place: tuple[float, ...] = ()
        self._usual: tuple[UsualFinding, ...] = ()
        self._proposed = ""
        self.page = with_accessible_name(QLineEdit(), "ページ")
        self.page.setFixedWidth(t.scaled(46))
        self.must = inline_button("必須")
        self.wish = inline_button("お願い")
        self._duties = QButtonGroup(self)
        one_stop = OneStop(self, chooses=True)
        for button in (self.must, self.wish):
            button.setCheckable(True)
            self._duties.addButton(button)
            one_stop.add(button)
        # 必須 requires its 根拠, and choosing it shows that.
        self.wish.setChecked(True)
        self.basis = ChoiceBox("根拠")
        self.basis.setEditable(True)
        self.basis.addItems(["", *USUAL_REASONS])
        self.basis.setFixedWidth(t.scaled(128))
        self.text = with_accessible_name(QLineEdit(placeholderText="どこをどう直すか"), "指摘")
        self.offered = UsualTexts(self.text, "よくある指摘")
        self.show_suggestions(COMMON_FINDINGS)
        self.keep = inline_button("加える", self.submitted.emit)
        self._apart = False
        self._grid = in_grid(owner=self, across=6, down=6, margins=(8, 4, 8, 4), wide=5)
        for column, part in enumerate((label("p.", "small"), self.page, self.must, self.wish, self.basis)):
            self._grid.addWidget(part, 0, column)
        self._lay_out_text()
        self.page.textEdited.connect(self._note_typed_page)
        self._duties.buttonToggled.connect(self._update_fields)
        self.text.textChanged.connect(self._propose_basis)
        self.offered.text_chosen.connect(self._use_suggestion)
        edit = self.basis.lineEdit()
        if edit is not None:
            edit.setPlaceholderText("根拠")
        # The keys go to the box of the 根拠 and not to the field in it, which never has the focus itself.
        for box in (self.page, self.must, self.wish, self.basis, self.text):
            box.installEventFilter(self)
        self._update_fields()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the text a line of its own where it would be too narrow beside the rest."""
        super().resizeEvent(event)
        apart = t.unscaled(self.width()) < _ROOM_FOR_ALL
        if apart != self._apart:
            self._apart = apart
            self._lay_out_text()

    def _lay_out_text(self) -> None:
        """Lay the text out on its own line, or beside the fields."""
        if self._apart:
            self._grid.addWidget(self.text, 1, 0, 1, 6)
        else:
            self._grid.addWidget(self.text, 0, 5)
        self._grid.addWidget(self.keep, int(self._apart), 6)

    def _note_typed_page(self, text: str) -> None:
        """Note whether a page was typed, which then does not follow the page in view, and clear the position."""
        # An emptied field follows the page in view again; a position on another page does not apply to it.
        self.own_page = bool(text.strip())
        self.set_position(())

    def set_position(self, place: tuple[float, ...], page: int = 0) -> None:
        """Set the finding's position, () = none; emit ``position_changed`` if it is another.

        Args:
            page: with a position, its page, which is entered as if typed; 0 = the page stays.
        """
        moved = place != self.place
        self.place = place
        if place and page:
            self.own_page = True
            self.page.setText(str(page))
        if moved:
            self.position_changed.emit()

    def draft(self) -> FindingDraft:
        """Return the finding as typed."""
        return FindingDraft(
            page=self.page.text(),
            duty=FindingDuty.REQUIRED if self.must.isChecked() else FindingDuty.REQUEST,
            basis=self.basis.currentText().strip(),
            text=self.text.text(),
            finding_id=self.finding_id,
            page_typed=self.own_page,
            place=self.place,
        )

    def show_draft(self, draft: FindingDraft) -> None:
        """Show a draft in the fields."""
        self.finding_id, self.own_page = draft.finding_id, draft.page_typed
        self.page.setText(draft.page)
        self.set_position(draft.place)
        (self.must if draft.duty.is_required else self.wish).setChecked(True)
        self._proposed = ""
        self.basis.setEditText(draft.basis)
        self.text.setText(draft.text)
        self.keep.set_words("直す" if draft.finding_id else "加える")
        self._update_fields()

    def follow_page(self, page: int) -> None:
        """Make the page in view the finding's page, unless one was typed or the finding is begun already."""
        if page and not (self.own_page or self.finding_id or self.text.text().strip()):
            self.page.setText(str(page))

    def _update_fields(self) -> None:
        self.basis.setEnabled(self.must.isChecked())

    def _propose_basis(self, words: str) -> None:
        """Propose a reason for the text of a new finding, unless one was chosen by hand."""
        if self.finding_id or self.basis.currentText() != self._proposed:
            return
        self._proposed = basis_for(words, self._usual)
        self.basis.setEditText(self._proposed)

    def show_suggestions(self, usual: tuple[UsualFinding, ...]) -> None:
        """Show suggestions for the text, with duty and reason."""
        self._usual = usual
        self.offered.words = tuple(UsualText(words=one.text, about=one.basis or one.duty) for one in usual)

    def _use_suggestion(self, suggestion: UsualText) -> None:
        """Take over 必須 or お願い and the 根拠 of the chosen suggestion."""
        one = next(one for one in self._usual if one.text == suggestion.words)
        (self.must if one.duty.is_required else self.wish).setChecked(True)
        self._proposed = one.basis
        self.basis.setEditText(one.basis)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Emit ``submitted`` on Enter, ``cancelled`` on Esc, which is the window's while a new one is typed."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if is_enter(event):
                if not event.isAutoRepeat():
                    self.submitted.emit()
                return True
            if event.key() == Qt.Key.Key_Escape and self.finding_id:
                self.cancelled.emit()
                return True
        return super().eventFilter(watched, event)


def key_hints() -> QWidget:
    """Return the key hints for typing findings, wrapped to a second line if needed."""
    hints = FlowRow(spacing=6)
    for key, words in (
        ("Enter", "加える"),
        ("↓", "よくある指摘"),
        ("Alt+1", "必須"),
        ("Alt+2", "お願い"),
        ("PageDown", "つぎのページ"),
        ("Space", "修正済"),
    ):
        hints.add(key_cap(key))
        hints.add(label(words, "small"))
    return hints
