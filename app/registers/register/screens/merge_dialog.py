"""Dialogs that merge two entries field by field and list likely duplicates; nothing is merged automatically."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QWidget

from app.actions.action_result import ActionResult
from app.common.join_nonempty import join_nonempty
from app.registers.register.parts import organisation_picker, organisation_text
from app.registers.register.screens.register_dialogs import OnSaved
from app.registers.register.services.merging import FieldChoice
from app.registers.register.services.organisation_merge import (
    DuplicatePair,
    OrganisationMerge,
    mark_as_distinct,
    merge_organisations,
    preview_organisation_merge,
    suggest_duplicates,
)
from app.registers.register.services.organisation_view import read_organisation
from app.registers.register.services.people import PersonView, read_person
from app.registers.register.services.person_merge import PersonMerge, merge_people, preview_person_merge
from app.registers.register.services.search import OrganisationHit, PersonHit, find_people
from app.widgets.buttons import Button, inline_button
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.forms.record_picker import RecordPicker
from app.widgets.labels import Paragraph, label, wrapped_label
from app.widgets.layouts import in_column
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import Cell, Column, RowAction
from app.widgets.note_box import NoteBox
from app.window.app_context import AppContext, bind_action, with_store
from app.window.theme import scaled
from db.records.organisations import Organisation
from db.store import Store

Preview = OrganisationMerge | PersonMerge
_OTHER, _OTHER_HINT = "まとめる相手", "まとめる相手の{}を探す"


def person_text(hit: PersonHit) -> str:
    """Return name and 団体 of a hit, as 「髙橋　恵子　若葉野町会（第4支部）・会計」."""
    return join_nonempty(hit.person.name, hit.affiliation)


class MergeDialog(SavingDialog):
    """Dialog that merges another entry into the current one, which stays. Signals: those of ``SavingDialog``."""

    def __init__(
        self,
        parent: QWidget,
        *,
        kind: str,
        keep_id: int,
        keep_text: str,
        picker: RecordPicker,
        preview: Callable[..., Preview],
        merge: Callable[..., ActionResult],
        then: OnSaved | None = None,
    ):
        super().__init__(
            parent,
            f"同じ{kind}の2件の登録をまとめる",
            keep_text,
            main="1件にまとめる",
            width=760,
        )
        self._keep_id = keep_id
        self._drop_id = 0
        self._preview = preview
        self._merge = merge
        self.kept_label = wrapped_label(f"残す登録　{keep_text}", "strong")
        self.picker = picker
        self.swap_button = inline_button("残すほうを入れ替える", self._swap_sides)
        self.swap_button.hide()
        self._holder = QWidget()
        self._holder.setMinimumHeight(scaled(160))  # room for what the search finds
        self.choices: Form | None = None
        self.same_people_boxes: list[tuple[QCheckBox, tuple[int, int]]] = []
        self.put(self.kept_label, self.picker, self.swap_button, self._holder, None)
        self.set_main("1件にまとめる", enabled=False)
        self.picker.chosen.connect(self._choose)
        self.picker.edited.connect(lambda: self._choose(None))
        self.picker.confirmed_without_match.connect(self.main.click)
        self.confirmed.connect(self.save)
        if then is not None:
            self.saved_result.connect(then)
        self.picker.setFocus()

    def choose(self, hit: Any) -> None:
        """Take ``hit`` as the other entry without searching, as from the list of likely duplicates; preview it."""
        self.picker.show_hit(hit)
        self._choose(hit)

    def _choose(self, hit: Any) -> None:
        """Take the entry to merge and preview it; None removes the preview."""
        self.show_error_text("")
        self._drop_id = hit.id if hit is not None else 0
        self.set_main("1件にまとめる", enabled=False)
        if hit is None:
            self._clear()
            return
        self._load_preview()

    def _load_preview(self) -> None:
        self.app_context.read(
            with_store(self._preview, keep_id=self._keep_id, drop_id=self._drop_id),
            self._show,
            on_failed=self.show_error,
            owner=self,
        )

    def _swap_sides(self) -> None:
        """Swap which of the two entries stays, and preview that."""
        self._keep_id, self._drop_id = self._drop_id, self._keep_id
        self._load_preview()

    def _clear(self) -> None:
        fresh = QWidget()
        self.body.replaceWidget(self._holder, fresh)
        self._holder.deleteLater()
        self._holder = fresh
        self.choices = None
        self.same_people_boxes = []
        self.swap_button.hide()

    def _show(self, found: Preview) -> None:
        """Show what merging moves, the choice for each field that differs, and boxes for people of the same name."""
        self._clear()
        self.swap_button.show()
        self.kept_label.setText(f"残す登録　{found.keep.name}")
        moved = "\n".join(f"・{line}" for line in found.moves) or "・移るものはありません。"
        column = in_column(
            Paragraph(f"**{found.drop.name}** から **{found.keep.name}** へ移るもの\n{moved}"),
            owner=self._holder,
            spacing=8,
        )
        warnings = getattr(found, "warnings", ())
        if warnings:
            column.addWidget(NoteBox("\n".join(warnings), "amber"))
        differing = [one for one in found.choices if one.differs]
        if differing:
            column.addWidget(label("どちらの内容を残すか", "strong"))
            self.choices = Form([_choice_field(one) for one in differing], self.fiscal_year)
            self.choices.set_values({one.key: one.proposed for one in differing})
            column.addWidget(self.choices)
        pairs = getattr(found, "same_people", ())
        if pairs:
            column.addWidget(label("同じ氏名の人も1人にまとめる", "strong"))
        for keep, drop in pairs:
            box = QCheckBox(f"{keep.name}　と　{drop.name}")
            box.setChecked(True)
            self.same_people_boxes.append((box, (keep.id, drop.id)))
            column.addWidget(box)
        self.set_main("1件にまとめる")
        # The new parts know their size only once they are laid out.
        QTimer.singleShot(0, self, self.fit_to_content)

    def save(self) -> None:
        """Merge the two entries as chosen."""
        given: dict[str, Any] = {"keep_id": self._keep_id, "drop_id": self._drop_id}
        given["take"] = self.choices.values() if self.choices is not None else {}
        if self.same_people_boxes:
            given["people"] = [pair for box, pair in self.same_people_boxes if box.isChecked()]
        self.run_action(partial(self._merge, **given))


def merge_organisation_dialog(
    app_context: AppContext, organisation: Organisation, *, then: OnSaved | None = None, parent: QWidget
) -> MergeDialog:
    """Return the dialog that merges another entry of the same 団体 into ``organisation``; ``then`` gets the result."""
    return MergeDialog(
        parent,
        kind="団体",
        keep_id=organisation.id,
        keep_text=organisation_text(OrganisationHit(organisation=organisation)),
        picker=organisation_picker(app_context, title=_OTHER, hint=_OTHER_HINT.format("団体")),
        preview=preview_organisation_merge,
        merge=merge_organisations,
        then=then,
    )


def merge_person_dialog(
    app_context: AppContext, view: PersonView, *, then: OnSaved | None = None, parent: QWidget
) -> MergeDialog:
    """Return the dialog that merges another entry of a person into that of ``view``; ``then`` gets the result."""
    return MergeDialog(
        parent,
        kind="人",
        keep_id=view.person.id,
        keep_text=person_text(PersonHit(person=view.person, organisation=view.organisation)),
        picker=RecordPicker(app_context, find_people, person_text, title=_OTHER, hint=_OTHER_HINT.format("人")),
        preview=preview_person_merge,
        merge=merge_people,
        then=then,
    )


def _choice_field(choice: FieldChoice) -> Field:
    """Return the form field that chooses between the values of both entries."""
    sides = [("keep", f"残す登録：{choice.keep or '（空）'}"), ("drop", f"まとめる相手：{choice.drop or '（空）'}")]
    if choice.can_keep_both:
        sides.append(("both", "両方を残す"))
    return Field(choice.key, choice.label, "radio", choices=tuple(sides))


class DuplicatesDialog(SavingDialog):
    """Dialog that lists pairs of likely duplicates to merge or mark as distinct. Signals: those of ``SavingDialog``."""

    def __init__(self, parent: QWidget):
        super().__init__(parent, "二重の登録を探す", cancel="閉じる", width=860, note="")
        self.put(
            Paragraph(
                "同じ団体、または同じ人かもしれない登録の組です。中身を確かめて、同じものだけをまとめてください。"
                "同じ氏名でも、団体と電話番号がどちらも違う人は並べません。",
                role="small",
            )
        )
        self.distinct_button = Button("選んだ組は別の登録", self._mark_distinct, tall=True)
        self.table = FittedTable(
            "doubles",
            (
                Column("first", "先の登録", lambda one: Cell(one.first, one.affiliation),
                    stretch=True),
                Column("second", "あとの登録", lambda one: one.second, stretch=True),
                Column("reason", "並べた理由", lambda one: one.reason, stretch=True),
            ),
            title="二重かもしれない登録",
            empty="二重の登録は見つかりませんでした。",
            group=lambda one: one.kind,
            action=lambda _one: RowAction("確かめる"),
            unit="組",
            on_choose=lambda one: self.distinct_button.setEnabled(one is not None and self.app_context.may_write),
            on_open=self._open,
            on_act=self._open,
        )  # fmt: skip
        self.table.setMinimumHeight(scaled(120))
        self.put(self.table, None)
        self.distinct_button.setEnabled(False)
        self.put_button(self.distinct_button)
        self.app_context.follow_changes(self, self._read)
        self._read()

    def _read(self) -> None:
        self.run_read(self._show, suggest_duplicates)

    def _show(self, found: tuple[DuplicatePair, ...]) -> None:
        self.table.show_rows(found)
        QTimer.singleShot(0, self, self.fit_to_content)

    def _mark_distinct(self) -> None:
        """Record that the two entries of the selected pair are not the same."""
        double = self.table.current()
        if isinstance(double, DuplicatePair):
            self.run_change_and_stay(
                bind_action(mark_as_distinct, what=double.kind, keep_id=double.keep_id, drop_id=double.drop_id)
            )

    def _open(self, pair: DuplicatePair) -> None:
        both = {"keep_id": pair.keep_id, "drop_id": pair.drop_id}
        if pair.kind.is_organisation:
            self.run_read(self._merge_organisations, _read_organisation_pair, **both)
        else:
            self.run_read(self._merge_people, _read_person_pair, **both)

    def _merge_organisations(self, pair: tuple[Organisation, Organisation]) -> None:
        dialog = merge_organisation_dialog(self.app_context, pair[0], parent=self)
        dialog.open()
        dialog.choose(OrganisationHit(organisation=pair[1]))

    def _merge_people(self, pair: tuple[PersonView, PersonView]) -> None:
        dialog = merge_person_dialog(self.app_context, pair[0], parent=self)
        dialog.open()
        dialog.choose(PersonHit(person=pair[1].person, organisation=pair[1].organisation))


def _read_organisation_pair(store: Store, *, keep_id: int, drop_id: int) -> tuple[Organisation, Organisation]:
    """Return the two 団体 with these ids."""
    read = partial(read_organisation, store)
    return read(organisation_id=keep_id).organisation, read(organisation_id=drop_id).organisation


def _read_person_pair(store: Store, *, keep_id: int, drop_id: int) -> tuple[PersonView, PersonView]:
    read = partial(read_person, store)
    return read(person_id=keep_id), read(person_id=drop_id)
