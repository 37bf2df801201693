"""1行ずつ確かめる: every row of the file with its outcome, the file beside it, and a row set right before it is taken
in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from app.calendar.dates import long_date, short_date_plain
from app.common.together import together
from app.subjects.events.applications.intake.application_answers import names_apart
from app.subjects.events.applications.intake.unsure_answers import CHOICES
from app.subjects.events.applications.rules import OUTCOMES
from app.subjects.events.applications.screens.answers_panel import AnswersPanel
from app.subjects.events.applications.screens.list_page import below_words, row_columns
from app.subjects.events.applications.services.application_misreadings import secret_words
from app.subjects.events.applications.services.application_preview import (
    AS_DECLINED,
    ApplicationPreview,
    Mend,
    PreviewRow,
)
from app.subjects.organisations.register.intake.person_values import read_phone
from app.subjects.organisations.register.parts.organisation_finder import OrganisationFinder
from app.widgets.buttons import link_button
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.flow_row import ALL, OutcomeChips
from app.widgets.fold_line import FoldedNames
from app.widgets.folding_columns import FoldingColumns
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.labels import label, rule, section, wrapped_label
from app.widgets.layouts import add, in_column, in_grid, in_row
from app.widgets.lists.record_model import RowAction
from app.widgets.lists.record_table import RecordTable
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import row as side_by_side
from app.window import theme as t
from app.window.desk import Desk
from app.window.icons import picture

_SHOWN_NOTICES = 3
_CONTACTS = ("phone", "fax", "email", "address", "contact_phone")


class FileSide(QWidget):
    """The left column of the rows. Signals: ``columns_asked()`` 変える; ``contacts_asked()`` 直す."""

    columns_asked = Signal()
    contacts_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._column = in_column(owner=self, spacing=12)
        self._inside: QWidget | None = None
        self.change = link_button("変える", self.columns_asked.emit)
        self.mend = link_button("直す", self.contacts_asked.emit)
        for button in (self.change, self.mend):
            button.setParent(self)
            button.hide()

    def show_preview(self, preview: ApplicationPreview, chosen_at: datetime) -> None:
        """Show what the file is and what becomes of its columns."""
        for button in (self.change, self.mend):
            button.setParent(self)
        if self._inside is not None:
            self._column.removeWidget(self._inside)
            self._inside.deleteLater()
        self._inside = QWidget()
        column = in_column(_file_card(preview, chosen_at), owner=self._inside, spacing=12)
        for notice in preview.notices[:_SHOWN_NOTICES]:
            column.addWidget(NoteBox(notice, "amber"))
        if len(preview.notices) > _SHOWN_NOTICES:
            column.addWidget(NoteBox("\n".join(preview.notices[_SHOWN_NOTICES:]), "quiet"))
        column.addLayout(self._columns(preview))
        if preview.dropped:
            about = "この事業に要らない個人情報のため、保存もしません。"
            column.addWidget(FoldedNames("読み込まない列", preview.dropped, about))
        if preview.unmapped:
            column.addWidget(FoldedNames("使わない列", preview.unmapped, "使うときは「変える」で選びます。"))
        self._column.addWidget(self._inside)

    def _columns(self, preview: ApplicationPreview) -> QVBoxLayout:
        column = in_column(spacing=4)
        head = in_row(
            section("列の対応"), label("前回の対応を使用" if preview.remembered else "", "small"), None, self.change
        )
        self.change.show()
        add(column, head, rule())
        grid = in_grid(across=8, down=10, wide=0)
        grid.setColumnStretch(2, 1)
        line = 0
        for one in preview.columns:
            if not one.field or one.field == "dropped" or one.field in _CONTACTS:
                continue
            _pair(grid, line, one.heading, one.label, one.note)
            line += 1
        contacts = [one.heading for one in preview.columns if one.field in _CONTACTS]
        if contacts:
            _pair(grid, line, "・".join(contacts), "連絡先", "")
        column.addLayout(grid)
        if contacts:
            column.addWidget(wrapped_label(f"目的　{preview.rule.purpose}", "small"))
            day = long_date(preview.rule.dispose_on) if preview.rule.dispose_on else "未定"
            disposal = in_row(label(f"廃棄予定日　{day}", "small"), self.mend, None, spacing=8)
            self.mend.show()
            column.addLayout(disposal)
        return column


def _pair(grid: QGridLayout, line: int, heading: str, words: str, note: str) -> None:
    """Their column, an arrow, our field, with what happens to it under it."""
    grid.addWidget(wrapped_label(heading), line, 0)
    arrow = QLabel()
    arrow.setPixmap(picture("arrow-right", 14, t.SECOND, ratio=arrow.devicePixelRatioF()))
    grid.addWidget(arrow, line, 1)
    right = in_column(wrapped_label(words, "strong"), spacing=3)
    if note:
        right.addWidget(wrapped_label(note, "small"))
    grid.addLayout(right, line, 2)


def _file_card(preview: ApplicationPreview, chosen_at: datetime) -> Panel:
    card = Panel()
    card.put(wrapped_label(preview.file_name, "strong"))
    sheet = f"シート「{preview.sheet}」" if preview.sheet else ""
    what = together(preview.source_words, preview.encoding_words, sheet, f"見出し {preview.header_row}行目", by="・")
    card.put(wrapped_label(what, "small"))
    stamp = f"{short_date_plain(chosen_at.date())} {chosen_at:%H:%M} に選択"
    card.put(wrapped_label(f"データ {len(preview.rows)}行　{stamp}", "small"))
    return card


_UNSURE: Final = {"photo": "撮影", "device": "端末", "status": "参加"}
_TAKE: Final = "取り込む"
_LEAVE: Final = "取り込まない"


class MendDialog(DialogFrame):
    """One row. Signals: those of ``DialogFrame``; after ``confirmed`` see ``mend``."""

    def __init__(self, desk: Desk, shown: PreviewRow, present: Mend, parent: QWidget) -> None:
        super().__init__(
            "行を直す",
            f"{shown.line}行目　{shown.organisation_name}　{shown.name}".strip(),
            main="この内容にする",
            note="ファイルそのものは変わりません。まだ保存もしません。",
            width=680,
            parent=parent,
        )
        self._shown = shown
        self._present = present
        self._names = names_apart(shown.name) if present.companions is None and not shown.companions else ()
        asked = shown.outcome == "確認が必要"
        # What somebody needs stands in no list, but whoever decides about it sees both words.
        words = together(shown.reason, *(secret_words(shown.changes) if asked else ()), by="\n")
        self.put(NoteBox(words, "amber" if asked else "accent"))
        self.finder = OrganisationFinder(desk)
        self.finder.show_organisation(shown.organisation, shown.organisation_text)
        self.form = Form(
            (
                Field("name", "氏名", optional=True, width=280, hint="" if self._names else _hint_of_name(shown)),
                Field("furigana", "ふりがな", reading_of="name", optional=True, width=280),
                Field("phone", "電話番号", optional=True, width=280, rule=_phone_problem),
                *(
                    (Field("companions", "ほかに来る人", optional=True, hint=self._companions_hint()),)
                    if self._names or shown.companions or not {"name", "names"}.isdisjoint(shown.odd_fields)
                    else ()
                ),
                Field(
                    "people",
                    "人数",
                    "number",
                    width=72,
                    unit="人",
                    least=1,
                    most=30,
                    hint=f"ファイルでは「{shown.people_text}」" if shown.people_text.strip() else "",
                ),
                *(
                    (
                        Field(
                            "reason",
                            "取り込む理由",
                            hint="個人番号でないと確かめた方法を書きます（例：受付番号と確認）。",
                        ),
                    )
                    if shown.numbered
                    else ()
                ),
                *(
                    Field(
                        key,
                        _UNSURE[key],
                        "radio",
                        choices=((_OPEN, _OPEN), *((one, one) for one in CHOICES[key])),
                        hint=f"ファイルでは「{words}」",
                    )
                    for key, words in shown.unsure
                ),
                *((Field("care", "配慮", "lines", optional=True, lines=2),) if "care" in shown.odd_fields else ()),
                Field(
                    "decision",
                    "この行を",
                    "radio",
                    choices=((_TAKE, _TAKE), (AS_DECLINED, AS_DECLINED), (_LEAVE, _LEAVE)),
                ),
            )
        )
        self._build()
        self.form.set_values(
            {
                "name": self._names[0] if self._names else shown.name,
                "phone": shown.phone,
                "companions": _SEVERAL.join(self._names[1:] or shown.companions),
                "furigana": shown.furigana,
                "people": shown.people,
                **{key: dict(shown.answers).get(key, _OPEN) for key, _words in shown.unsure},
                **({"care": shown.care} if "care" in shown.odd_fields else {}),
                **({"reason": present.reason} if shown.numbered else {}),
                "decision": present.decision or _TAKE,
            }
        )
        self.confirmed.connect(self._confirm)

    def _build(self) -> None:
        holder = QWidget()
        column = in_column(owner=holder)
        name = label("団体")
        name.setFixedWidth(self.form.layout().columnMinimumWidth(0) if self.form.layout() else 152)  # type: ignore[union-attr]
        line = side_by_side(name, 8)
        line.setAlignment(name, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.finder, 1)
        column.addLayout(line)
        self.put(holder)
        if self._shown.near and self._shown.organisation is None:
            self.finder.offer(self._shown.near)
        self.put(self.form, None)
        target = self.finder.line if "organisation" in self._shown.odd_fields else self.form.editor("name")
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def mend(self) -> Mend:
        """What was set right: only what differs from the file."""
        values = self.form.values()
        organisation_id, organisation_name = self._organisation()
        return Mend(
            organisation_id=organisation_id,
            organisation_name=organisation_name,
            name=_changed(values["name"], self._shown.name, self._present.name),
            furigana=_changed(values["furigana"], self._shown.furigana, self._present.furigana),
            phone=_changed(values["phone"], self._shown.phone, self._present.phone),
            companions=self._companions(values),
            care=values.get("care", self._present.care),
            answers={key: values[key] for key, _words in self._shown.unsure if values[key] != _OPEN},
            people=values["people"]
            if values["people"] != self._shown.people or "people" in self._shown.odd_fields
            else self._present.people,
            decision=values["decision"] or _TAKE,
            reason=str(values.get("reason", self._present.reason)),
        )

    def _companions(self, values: Mapping[str, Any]) -> tuple[str, ...] | None:
        """Who else comes, one name after another as typed; None = as the file has it."""
        if "companions" not in values:
            return self._present.companions
        names = tuple(name for part in _BETWEEN.split(values["companions"]) if (name := part.strip()))
        return names if names != self._shown.companions else self._present.companions

    def _companions_hint(self) -> str:
        if self._names:
            return f"氏名の欄の「{self._shown.name}」を、{len(self._names)}人に分けました。違うときは直します。"
        return "何人か来るときは「、」で区切ります。"

    def _organisation(self) -> tuple[int | None, str | None]:
        """The 団体 that was chosen, or the name that was typed; a field that was left alone changes nothing."""
        chosen, before, typed = self.finder.organisation, self._shown.organisation, self.finder.text.strip()
        if chosen is not None and (before is None or chosen.id != before.id):
            return chosen.id, None
        if chosen is None and (before is not None or typed != self._shown.organisation_text.strip()):
            return None, typed
        return self._present.organisation_id, self._present.organisation_name

    def _confirm(self) -> None:
        # What stays out needs no reason, and no name that can be printed.
        if self.form.value("decision") == _LEAVE or self.form.check_all():
            self.accept()


_OPEN: Final = "未定"
_SEVERAL: Final = "、"
_BETWEEN: Final = re.compile(r"[、，,;；\n]")


def _phone_problem(text: str) -> str:
    return "" if not text.strip() or read_phone(text).digits else "電話番号として読めません。数字を確かめてください。"


def _changed(value: str, shown: str, present: str | None) -> str | None:
    return value if value != shown else present


def _hint_of_name(shown: PreviewRow) -> str:
    return "失われた文字は、申込書や電話で確かめて入力します。" if "name" in shown.odd_fields else ""


_HINT = "行の番号はExcelの行です。確認が必要な行　1 取り込む　2 直す　3 取り込まない　4 辞退"


class RowsPage(QWidget):
    """The third step.

    Signals: ``mend_asked(PreviewRow)``; ``columns_asked()``; ``contacts_asked()``; ``doubtful_wanted(bool)``;
    ``row_settled(PreviewRow, str)`` what is decided about it as it is; ``answered(object, str)`` the key of words that
    nobody can read, and what they mean in every row; ``table_made(RecordTable)`` the list is a
    new one.
    """

    mend_asked = Signal(object)
    columns_asked = Signal()
    contacts_asked = Signal()
    doubtful_wanted = Signal(bool)
    row_settled = Signal(object, str)
    answered = Signal(object, str)
    table_made = Signal(object)

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self._preview: ApplicationPreview | None = None
        self._by_event: bool | None = None
        self.problem = NoteBox(tone="amber")
        self.side = FileSide()
        self.side.columns_asked.connect(self.columns_asked)
        self.side.contacts_asked.connect(self.contacts_asked)
        self.answers = AnswersPanel()
        self.answers.answered.connect(self.answered)
        self.chips = OutcomeChips(OUTCOMES)
        self.chips.chosen.connect(lambda _word: self._filter())
        self.doubtful = QCheckBox("")
        self.doubtful.clicked.connect(self.doubtful_wanted)
        self.table: RecordTable | None = None
        self._rows = QWidget()
        self._column = in_column(self.answers, self.chips, owner=self._rows, spacing=4)
        self._columns = FoldingColumns("1行ずつ", self._rows, (("ファイルと列", self.side),), wide=280, left=True)
        in_column(self.problem, (self._columns, 1), owner=self, spacing=12)

    def show_preview(self, preview: ApplicationPreview, chosen_at: datetime, *, again: bool = False) -> None:
        """Show a file; ``again`` True keeps the chip and the row that were looked at."""
        self._preview = preview
        self.problem.say("")
        self.side.show_preview(preview, chosen_at)
        self.answers.show_asked(preview.asked)
        counts = Counter(row.outcome for row in preview.shown)
        self.chips.show_counts({word: counts[word] for word in OUTCOMES}, start_again=not again)
        by_event = preview.event is None
        if self.table is None or by_event != self._by_event:
            self._make_table(by_event, preview)
        open_ones = [row for row in preview.rows if row.outcome == "確認が必要" and row.importable]
        doubtful = [row for row in open_ones if not row.alone]
        alone = len(open_ones) - len(doubtful)
        more = f"（1行ずつ決める{alone}件は除く）" if alone else ""
        self.doubtful.setText(f"「確認が必要」の{len(doubtful)}件も、印を付けて取り込む{more}")
        self.doubtful.setVisible(bool(doubtful))
        if not again:
            # What was decided about another file says nothing about this one.
            self.doubtful.setChecked(False)
        self._filter()

    def take_focus(self) -> None:
        """The first question that is open, else the list."""
        if not self.answers.take_focus() and self.table is not None:
            self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_table(self, by_event: bool, preview: ApplicationPreview) -> None:
        if self.table is not None:
            self.doubtful.setParent(self)
            self._column.removeWidget(self.table)
            self.table.deleteLater()
        titles = {event.id: event.full_title for event in preview.events} if by_event else None
        self._by_event = by_event
        self.table = RecordTable(
            "application_rows",
            row_columns(self._today, titles),
            title="申込の行",
            empty="この結果の行はありません。",
            filtered=False,
            unit="行",
            tint=lambda row: t.AMBER_BOX if row.outcome == "確認が必要" else "",
            below=below_words,
            action=_action,
            hint=_HINT,
        )
        self.table_made.emit(self.table)
        self.table.view.typed.connect(self._take_key)
        for signal in (self.table.acted, self.table.opened, self.table.edit_asked):
            signal.connect(self._ask_mend)
        self.table.foot.addWidget(self.doubtful)
        self._column.addWidget(self.table, 1)

    def _ask_mend(self, row: PreviewRow | None) -> None:
        if row is not None and can_be_mended(row):
            self.mend_asked.emit(row)

    def _take_key(self, key: str) -> None:
        """1 to 4 settle the row that is looked at."""
        row = self.table.current() if self.table is not None else None
        if row is None or not can_be_mended(row):
            return
        if key == "2" or (key == "1" and row.numbered):
            self.mend_asked.emit(row)
        elif key in _DECISIONS:
            self.row_settled.emit(row, _DECISIONS[key])

    def _filter(self) -> None:
        if self._preview is not None and self.table is not None:
            word = self.chips.word
            self.table.show_rows([row for row in self._preview.shown if word in (ALL, row.outcome)])


_DECISIONS: Final = {"1": _TAKE, "3": _LEAVE, "4": AS_DECLINED}


def can_be_mended(row: PreviewRow) -> bool:
    """Whether a clerk's word can change what becomes of a row."""
    return (row.importable and row.outcome != "重複") or row.mended


def _action(row: PreviewRow) -> RowAction | None:
    wanted = row.outcome == "確認が必要" or row.mended
    return RowAction("直す") if wanted and can_be_mended(row) else None
