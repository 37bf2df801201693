"""Form for the terms of a selection: method, places, precedence, seed of a 抽選."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from app.common.join_nonempty import fill_nonempty
from app.events.roster.rules import DEFAULT_WAITLIST_SIZE, SelectionTerms
from app.events.roster.services.selections import SelectionView, new_seed
from app.widgets.buttons import inline_button
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.forms.record_fields import record_field
from app.widgets.labels import Paragraph, section
from app.widgets.layouts import in_column
from db.records.roster import Selection, SelectionMethod

METHODS = (SelectionMethod.FIRST_COME, SelectionMethod.LOTS, SelectionMethod.WARD)
_METHOD_EXPLANATIONS = {
    SelectionMethod.FIRST_COME: "申込日時の早い順。日時のない方は最後です。",
    SelectionMethod.LOTS: "種から1人ずつ数を引き、小さい順。同じ種と同じ申込者なら、いつでも同じ結果になります。",
    SelectionMethod.WARD: "一覧で決定にする方を選びます（Space）。理由が要ります。",
}


class SelectionForm(QWidget):
    """Form for the terms of a selection of participants.

    Signals: ``changed()`` any term was changed; ``seed_changed()`` the seed was changed.
    """

    changed = Signal()
    seed_changed = Signal()

    def __init__(self, *, fiscal_year: int):
        super().__init__()
        width = 84
        self.methods = QButtonGroup(self)
        self.buttons = {word: QRadioButton(word) for word in METHODS}
        for word, button in self.buttons.items():
            button.setAccessibleName(f"決め方　{word}")
            self.methods.addButton(button)
        self.buttons[METHODS[0]].setChecked(True)
        self.explained = Paragraph(role="small")
        self.seed = Form(
            (record_field(Selection, "seed", hint="立会いの方が決めることもできます。", optional=False),),
            label_width=width,
            on_commit=self._emit_seed_changed,
        )
        self.make_seed = inline_button("別の種を作る", self._renew_seed)
        self.form = Form(
            (
                record_field(Selection, "capacity", unit="人", width=64, least=1, most=999),
                Field("waiting", "補欠", "number", unit="人まで", width=64, least=0, most=999),
                Field(
                    "limit", "1団体", "number", unit="人まで", width=64, least=1, most=999,
                    optional=True,
                ),
                Field("first", "先に決定", "check", words="1団体1人目"),
                Field("missed", "", "check", words="前に外れた方", hint="年度内に補欠・落選・決定取消のままの方"),
            ),
            fiscal_year,
            label_width=width, on_change=lambda _key: self.changed.emit(),
        )  # fmt: skip
        self.reason = Form(
            (
                record_field(
                    Selection,
                    "reason",
                    kind="lines",
                    lines=3,
                    hint="立会いの方も、ここに書けます。",
                ),
            ),
            label_width=width,
        )
        in_column(
            section("決め方"),
            FlowRow(*self.buttons.values(), spacing=6),
            self.explained,
            self.seed,
            (self.make_seed, 0, Qt.AlignmentFlag.AlignLeft),
            self.form,
            self.reason,
            None,
            owner=self,
            spacing=10,
        )
        self.seed.set_values({"seed": new_seed()})
        self.form.set_values({"waiting": DEFAULT_WAITLIST_SIZE, "first": False, "missed": False})
        self.methods.buttonClicked.connect(self._show_method_fields)
        self._show_method_fields(notify=False)

    def start_for(self, view: SelectionView) -> None:
        """Reset the terms for another event, with its default number of places and a new seed; the method stays."""
        self.form.set_values(
            {
                "capacity": view.capacity,
                "limit": None,
                "waiting": DEFAULT_WAITLIST_SIZE,
                "first": False,
                "missed": False,
            }
        )
        self.seed.set_values({"seed": new_seed()})
        self.reason.set_values({"reason": ""})
        places = f"仕様 {view.spec_words}"
        self.form.set_hint("capacity", places + fill_nonempty("・会場 {}人", view.venue_capacity))

    @property
    def method(self) -> SelectionMethod:
        """Return the chosen method."""
        return next(word for word, button in self.buttons.items() if button.isChecked())

    def terms(self, picked: frozenset[int]) -> SelectionTerms | None:
        """Return the terms, or None while a number cannot be read; ``picked`` counts in 区の調整 only."""
        if self.form.problems():
            return None
        values = self.form.values()
        by_hand = self.method.by_ward
        return SelectionTerms(
            method=self.method,
            capacity=int(values["capacity"]),
            seed=str(self.seed.value("seed") or "").strip() if self.method.by_lot else "",
            organisation_limit=None if by_hand else values["limit"],
            organisations_first=bool(values["first"]) and not by_hand,
            not_chosen_first=bool(values["missed"]) and not by_hand,
            waitlist_size=int(values["waiting"]),
            picked_entries=picked if by_hand else frozenset(),
        )

    def reason_text(self) -> str:
        """Return the typed reason and witnesses."""
        return str(self.reason.value("reason") or "")

    def _show_method_fields(self, *, notify: bool = True) -> None:
        """Show the fields of the chosen method, and emit ``changed`` unless told not to."""
        self.explained.show_text(_METHOD_EXPLANATIONS[self.method])
        drawn, by_hand = self.method.by_lot, self.method.by_ward
        self.seed.setVisible(drawn)
        self.make_seed.setVisible(drawn)
        for key in ("limit", "first", "missed"):
            self.form.show_field(key, not by_hand)
        if notify:
            self.changed.emit()

    def _renew_seed(self) -> None:
        """Set a new number that the draw starts from."""
        self.seed.set_values({"seed": new_seed()})
        self._emit_seed_changed()

    def _emit_seed_changed(self) -> None:
        self.seed_changed.emit()
        self.changed.emit()
