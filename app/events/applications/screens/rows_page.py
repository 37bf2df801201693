"""Wizard page 1行ずつ確かめる: rows of the file with their outcome, the file beside them, correction of a row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.events.applications.intake.application_answers import split_several_names
from app.events.applications.intake.unclear_answers import CHOICES, OWN
from app.events.applications.rules import OUTCOMES
from app.events.applications.screens.answers_panel import AnswersPanel
from app.events.applications.screens.list_page import row_columns, row_remark
from app.events.applications.services.application_misreadings import secret_words
from app.events.applications.services.application_preview import (
    IMPORT_AS_DECLINED,
    ApplicationPreview,
    PreviewRow,
    RowCorrection,
)
from app.registers.register.intake import parse_phone
from app.registers.register.parts import OrganisationFinder
from app.widgets.buttons import link_button
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.flow_row import ALL, OutcomeChips
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.forms.record_fields import record_field
from app.widgets.labels import label
from app.widgets.layouts import in_column, in_row
from app.widgets.lists.record_model import RowAction
from app.widgets.lists.record_table import RecordTable
from app.widgets.note_box import NoteBox
from app.widgets.screen import widget_row as side_by_side
from app.window import theme as t
from app.window.app_context import AppContext
from db.records.applications import Application

_UNCLEAR_LABELS = {"photo": "撮影", "publication": "掲載", "device": "端末", "status": "参加"}
_TAKE: Final = "取り込む"
_LEAVE = "取り込まない"


class RowCorrectionDialog(DialogFrame):
    """Dialog to correct one row; nothing is saved. Signals: those of ``DialogFrame``.

    After ``accepted`` read ``correction``; ``confirmed`` comes before the fields are checked.
    """

    def __init__(self, app_context: AppContext, row: PreviewRow, correction: RowCorrection, parent: QWidget):
        super().__init__(
            "行を直す",
            f"{row.line}行目　{row.organisation_name}　{row.name}".strip(),
            main="この内容にする",
            note="ファイルそのものは変わりません。まだ保存もしません。",
            width=680,
            parent=parent,
        )
        self._shown = row
        self._present = correction
        self._names = split_several_names(row.name) if correction.companions is None and not row.companions else ()
        asked = row.outcome == "確認が必要"
        # 配慮 stands in no list, but whoever decides about it sees both texts.
        words = join_nonempty(row.reason, *(secret_words(row.changes) if asked else ()), separator="\n")
        self.put(NoteBox(words, "amber" if asked else "accent"))
        self.finder = OrganisationFinder(app_context)
        self.finder.show_organisation(row.organisation, row.organisation_text)
        self.form = Form(
            (
                record_field(Application, "name", width=280, hint="" if self._names else _name_hint(row)),
                record_field(Application, "furigana", reading_of="name", width=280),
                Field("phone", "電話番号", optional=True, width=280, rule=_phone_problem),
                *(
                    (Field("companions", "ほかに来る人", optional=True, hint=self._companions_hint()),)
                    if self._names or row.companions or not {"name", "names", OWN}.isdisjoint(row.doubtful_fields)
                    else ()
                ),
                record_field(
                    Application,
                    "people",
                    width=72,
                    least=1,
                    most=30,
                    hint=f"ファイルでは「{row.people_text}」" if row.people_text.strip() else "",
                ),
                *(
                    (
                        Field(
                            "reason",
                            "取り込む理由",
                            hint="個人番号でないと確かめた方法を書きます（例：受付番号と確認）。",
                        ),
                    )
                    if row.is_numbered
                    else ()
                ),
                *(
                    Field(
                        key,
                        _UNCLEAR_LABELS[key],
                        "radio",
                        choices=((_UNDECIDED, _UNDECIDED), *((one, one) for one in CHOICES[key])),
                        hint=f"ファイルでは「{words}」",
                    )
                    for key, words in row.unclear_answers
                ),
                record_field(Application, "care", kind="lines", placeholder="", lines=2),
                record_field(Application, "note", hint="受付名簿の備考に載ります。"),
                Field(
                    "decision",
                    "この行を",
                    "radio",
                    choices=((_TAKE, _TAKE), (IMPORT_AS_DECLINED, IMPORT_AS_DECLINED), (_LEAVE, _LEAVE)),
                ),
            )
        )
        self._build()
        self.form.set_values(
            {
                "name": self._names[0] if self._names else row.name,
                "phone": row.phone,
                "companions": _NAME_JOINER.join(self._names[1:] or row.companions),
                "furigana": row.furigana,
                "people": row.people,
                **{key: dict(row.answers).get(key, _UNDECIDED) for key, _words in row.unclear_answers},
                "care": row.care,
                "note": correction.note,
                **({"reason": correction.reason} if row.is_numbered else {}),
                "decision": correction.decision or _TAKE,
            }
        )
        self.confirmed.connect(self._confirm)

    def _build(self) -> None:
        """Lay out the fields with the search for the organisation."""
        holder = QWidget()
        column = in_column(owner=holder)
        name = label("団体")
        name.setFixedWidth(self.form.layout().columnMinimumWidth(0) if self.form.layout() else 152)  # type: ignore[union-attr]
        line = side_by_side(name, 8)
        line.setAlignment(name, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.finder, 1)
        column.addLayout(line)
        self.put(holder)
        if self._shown.similar_organisations and self._shown.organisation is None:
            self.finder.suggest_organisations(self._shown.similar_organisations)
        self.put(self.form, None)
        target = self.finder.line if "organisation" in self._shown.doubtful_fields else self.form.editor("name")
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def correction(self) -> RowCorrection:
        """Return the decision, and as corrections the values that differ from those shown, else the earlier ones."""
        values = self.form.values()
        organisation_id, organisation_name = self._organisation()
        return RowCorrection(
            organisation_id=organisation_id,
            organisation_name=organisation_name,
            name=_changed_value(values["name"], self._shown.name, self._present.name),
            furigana=_changed_value(values["furigana"], self._shown.furigana, self._present.furigana),
            phone=_changed_value(values["phone"], self._shown.phone, self._present.phone),
            companions=self._companions(values),
            care=values["care"],
            note=values["note"],
            answers={key: values[key] for key, _words in self._shown.unclear_answers if values[key] != _UNDECIDED},
            people=values["people"]
            if values["people"] != self._shown.people or "people" in self._shown.doubtful_fields
            else self._present.people,
            decision=values["decision"] or _TAKE,
            reason=str(values.get("reason", self._present.reason)),
        )

    def _companions(self, values: Mapping[str, Any]) -> tuple[str, ...] | None:
        """Return the names of 同行者 as typed; None = as in the file."""
        if "companions" not in values:
            return self._present.companions
        names = tuple(name for part in _NAME_SEPARATORS.split(values["companions"]) if (name := part.strip()))
        return names if names != self._shown.companions else self._present.companions

    def _companions_hint(self) -> str:
        if self._names:
            return f"氏名の欄の「{self._shown.name}」を、{len(self._names)}人に分けました。違うときは直します。"
        return "何人か来るときは「、」で区切ります。"

    def _organisation(self) -> tuple[int | None, str | None]:
        """Return the id of a chosen 団体 or else the typed name; an untouched field changes nothing."""
        chosen, before, typed = self.finder.organisation, self._shown.organisation, self.finder.text.strip()
        if chosen is not None and (before is None or chosen.id != before.id):
            return chosen.id, None
        if chosen is None and (before is not None or typed != self._shown.organisation_text.strip()):
            return None, typed
        return self._present.organisation_id, self._present.organisation_name

    def _confirm(self) -> None:
        # A row that stays out needs no reason, and no printable name.
        if self.form.value("decision") == _LEAVE or self.form.check_all():
            self.accept()


_UNDECIDED = "未定"
_NAME_JOINER = "、"
_NAME_SEPARATORS = re.compile(r"[、，,;；\n]")


def _phone_problem(text: str) -> str:
    return "" if not text.strip() or parse_phone(text).digits else "電話番号として読めません。数字を確かめてください。"


def _changed_value(value: str, shown: str, current: str | None) -> str | None:
    """Return the value if it differs from what was shown, else the present correction."""
    return value if value != shown else current


def _name_hint(row: PreviewRow) -> str:
    if "ほかの言葉" in row.reason:
        return (
            "氏名だけにします。ほかの言葉は、下の「配慮」か「備考」へ書きます。"
            "配慮にあたる言葉は「配慮」へ、遅れるなどは「備考」へ。"
        )
    return "失われた文字は、申込書や電話で確かめて入力します。" if "失われた" in row.reason else ""


class RowsPage(QWidget):
    """Page to check the rows of the file, third step of the import.

    Signals:
        ``correction_asked(PreviewRow)``: correct a row.
        ``include_doubtful_changed(bool)``.
        ``row_settled(PreviewRow, str)``: the decision about an unchanged row.
        ``answered(object, str)``: key of unreadable words, and their meaning in every row.
        ``table_created(RecordTable)``: the list was created anew.
    """

    correction_asked = Signal(object)
    include_doubtful_changed = Signal(bool)
    row_settled = Signal(object, str)
    answered = Signal(object, str)
    table_created = Signal(object)

    def __init__(self, today: date):
        super().__init__()
        self._today = today
        self._preview: ApplicationPreview | None = None
        self._by_event: bool | None = None
        self.problem = NoteBox(tone="amber")
        self.notices = NoteBox(tone="amber")
        self.readings = NoteBox(tone="quiet", small=True)
        self.answers = AnswersPanel()
        self.answers.answered.connect(self.answered)
        self.back = link_button("列の対応へ戻る")
        self.chips = OutcomeChips(OUTCOMES)
        self.chips.chosen.connect(self._filter)
        self.doubtful = QCheckBox("")
        self.doubtful.clicked.connect(self.include_doubtful_changed)
        self.table: RecordTable | None = None
        self._column = in_column(
            self.problem,
            self.notices,
            self.readings,
            self.answers,
            in_row((self.chips, 1), self.back),
            owner=self,
            spacing=4,
        )

    def show_preview(self, preview: ApplicationPreview, *, keep_position: bool = False) -> None:
        """Show a file; ``keep_position`` keeps the filter, the current row and the checkbox for doubtful rows."""
        self._preview = preview
        self.problem.show_text("")
        self.notices.show_text("\n".join(preview.notices))
        self.readings.show_text("、".join(preview.readings))
        were_settled = self.answers.show_questions(preview.questions)
        counts = Counter(row.outcome for row in preview.all_rows)
        self.chips.show_counts({word: counts[word] for word in OUTCOMES}, start_again=not keep_position)
        if counts["確認が必要"] and not keep_position:
            # What goes in as it is stays behind its chip.
            self.chips.chips["確認が必要"].setChecked(True)
        by_event = preview.event is None
        if self.table is None or by_event != self._by_event:
            self._make_table(by_event, preview)
        open_ones = [row for row in preview.rows if row.outcome == "確認が必要" and row.is_importable]
        doubtful = [row for row in open_ones if not row.decide_singly]
        alone = len(open_ones) - len(doubtful)
        more = fill_nonempty("（1行ずつ決める{}件は除く）", alone)
        self.doubtful.setText(f"「確認が必要」の{len(doubtful)}件も、「確認が必要」のまま名簿に入れる{more}")
        self.doubtful.setVisible(bool(doubtful))
        if not keep_position:
            # Decisions about another file do not apply to this one.
            self.doubtful.setChecked(False)
        before = self.table.current() if self.table is not None and keep_position else None
        self._filter()
        if self.table is not None and before is not None and before.outcome == "確認が必要":
            # Once the current row is decided, the next key is about the next one that is not.
            for least in (0, before.row):
                self.table.choose(lambda row: row.row >= least and row.outcome == "確認が必要", take_focus=False)  # noqa: B023
        if were_settled:
            self.take_focus()

    def take_focus(self) -> None:
        """Focus the first open question, else the list."""
        if not self.answers.take_focus() and self.table is not None:
            self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_table(self, by_event: bool, preview: ApplicationPreview) -> None:
        """Build the table of rows anew, with a column for events if there are several; emit ``table_created``."""
        if self.table is not None:
            self.doubtful.setParent(self)
            self._column.removeWidget(self.table)
            self.table.deleteLater()
        titles = {event.id: event.full_title for event in preview.events} if by_event else None
        self._by_event = by_event
        self.table = RecordTable(
            "application_rows",
            row_columns(self._today, titles, lambda: self.chips.word),
            title="申込の行",
            empty="この結果の行はありません。",
            filtered=False,
            unit="行",
            tint=lambda row: t.AMBER_BOX if row.outcome == "確認が必要" else "",
            below=row_remark,
            action=_action,
            hint="行の番号はExcelの行です。確認が必要な行　1 取り込む　2 直す　3 取り込まない　4 辞退",
        )
        self.table_created.emit(self.table)
        self.table.view.character_typed.connect(self._handle_key)
        for signal in (self.table.acted, self.table.opened, self.table.edit_asked):
            signal.connect(self._ask_correction)
        # At the left, so that it does not move under the mouse when its words get shorter.
        self.table.foot.insertWidget(0, self.doubtful)
        self._column.addWidget(self.table, 1)

    def _ask_correction(self, row: PreviewRow | None) -> None:
        if row is not None and is_correctable(row):
            self.correction_asked.emit(row)

    def _handle_key(self, key: str) -> None:
        """Emit for the keys 1 to 4 the decision about the current row, or that it is to be corrected.

        Nothing for a row that a clerk cannot correct.
        """
        row = self.table.current() if self.table is not None else None
        if row is None or not is_correctable(row):
            return
        if key == "2" or (key == "1" and row.is_numbered):
            self.correction_asked.emit(row)
        elif key in _DECISIONS:
            self.row_settled.emit(row, _DECISIONS[key])

    def _filter(self) -> None:
        if self._preview is not None and self.table is not None:
            word = self.chips.word
            # What a clerk decided stays beside what is still asked, to be changed there.
            self.table.show_rows(
                [
                    row
                    for row in self._preview.all_rows
                    if word in (ALL, row.outcome) or (word == "確認が必要" and row.is_corrected)
                ]
            )


_DECISIONS = {"1": _TAKE, "3": _LEAVE, "4": IMPORT_AS_DECLINED}


def is_correctable(row: PreviewRow) -> bool:
    """Return whether a clerk may correct a row: it can be imported and is no duplicate, or was corrected already."""
    return (row.is_importable and row.outcome != "重複") or row.is_corrected


def _action(row: PreviewRow) -> RowAction | None:
    """Return the button 「直す」 for a row that can be corrected, else None."""
    wanted = row.outcome == "確認が必要" or row.is_corrected
    return RowAction("直す") if wanted and is_correctable(row) else None
