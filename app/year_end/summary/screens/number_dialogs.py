"""Dialogs to type the numbers of the year before, and the reason of a deviation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from app.calendar.wareki import fiscal_year_words
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.forms.record_fields import record_field
from app.widgets.labels import Paragraph
from app.window.app_context import bind_action
from app.year_end.summary.rules import ITEMS, UNITS, JudgedLine, lecture_item
from app.year_end.summary.services.typed_numbers import save_earlier_figures, save_earlier_lecture, set_reason
from db.records.year.summary import EarlierFigure


class EarlierYearDialog(SavingDialog):
    """Dialog for the numbers of the year before, one kind at a time; signals of ``SavingDialog``."""

    def __init__(
        self,
        parent: QWidget,
        fiscal_year: int,
        typed: Sequence[EarlierFigure],
        kinds: Mapping[str, str],
    ):
        """``fiscal_year`` is the year shown; ``kinds`` are its kinds of events by key, with their names."""
        self._year, self._typed = fiscal_year - 1, tuple(typed)
        words = fiscal_year_words(self._year)
        super().__init__(parent, "前の年度の数を入力", words, main="保存する", width=600)
        self.put(Paragraph("わかる数だけを入力します。わからない数は空のままにします（0とは違います）。"))
        self.put_form(Form(
            (
                Field("kind", "事業", "choice", choices=tuple(kinds.items())),
                *(
                    Field(item, item, "number", width=96, optional=True, least=0, unit=UNITS[item])
                    for item in ITEMS
                ),
                record_field(EarlierFigure, "source", placeholder=f"{words} 実施報告書（係の記録）",
                             hint="年間実績総括の注に載ります。"),
                Field("day", "数の日付", "date", width=120, optional=True,
                      hint="いつまでの数か。空のときは年度の全体です。"),
            ),
            self._year,
            label_width=120, on_change=self._on_change,
        ))  # fmt: skip
        self._kind = next(iter(kinds))
        self._show_kind(self._kind)

    def _on_change(self) -> None:
        """Show the stored numbers of the kind, when another kind is chosen."""
        kind = self.form.text("kind")
        if kind != self._kind:
            self._kind = kind
            self._show_kind(kind)

    def _show_kind(self, kind: str) -> None:
        mine = {one.item: one for one in self._typed if one.kind == kind}
        first = next(iter(mine.values()), None)
        self.form.set_values(
            {item: mine[item].number if item in mine else None for item in ITEMS}
            | {"kind": kind, "source": first.source if first else "", "day": first.day if first else None}
        )

    def _save(self) -> None:
        """Save the numbers of an earlier year, once the fields are valid."""
        values = self.form.values()
        self.run_action(
            save_earlier_figures,
            fiscal_year=self._year,
            kind=values["kind"],
            numbers={item: values[item] for item in ITEMS},
            source=values["source"],
            day=values["day"],
        )


def earlier_lecture_dialog(fiscal_year: int, name: str, typed: Sequence[EarlierFigure], parent: QWidget) -> FormDialog:
    """Return the dialog for the attendance of one kind of lecture in the year before ``fiscal_year``.

    ``typed`` are the typed numbers of that year.
    """
    words = fiscal_year_words(fiscal_year - 1)
    mine = next((one for one in typed if one.item == lecture_item(name)), None)
    return FormDialog(
        parent,
        "前の年度の人数を入力",
        f"{words}　{name}",
        fields=(
            Field(
                "visits",
                "延べ人数",
                "number",
                width=96,
                optional=True,
                least=0,
                unit="人",
                hint="空にして保存すると、入力した数を消します。",
            ),
            record_field(
                EarlierFigure,
                "source",
                is_sometimes_asked=True,
                placeholder=f"{words} 実施報告書（係の記録）",
                hint="年間実績総括の注に載ります。",
                optional=True,
            ),
        ),
        values={"visits": mine.number, "source": mine.source} if mine else None,
        change=lambda values: bind_action(save_earlier_lecture, fiscal_year=fiscal_year - 1, name=name, **values),
        label_width=120,
        width=720,
    )


def deviation_reason_dialog(
    programme_id: int,
    row: JudgedLine,
    records: Sequence[tuple[int, str]],
    parent: QWidget,
) -> FormDialog:
    """Return the dialog for why a number deviates from the 仕様書; ``records`` are the 協議 that may say it."""
    line, reason = row.line, row.reason
    off = [f"・{part.event.full_title}　{part.words}" for part in line.event_values if part.deviates]
    typed = reason.record if reason is not None else None
    words = typed.reason if typed is not None else reason.words if reason is not None else ""
    return FormDialog(
        parent,
        "仕様と違う理由",
        f"{line.group}　{line.item}",
        fields=(
            Field("reason", "理由", "lines", optional=True, hint="年間実績総括の注に載ります。"),
            Field("agreement_id", "協議の記録", "choice", optional=True, choices=((None, "（なし）"), *records)),
        ),
        values={"reason": words, "agreement_id": typed.agreement_id if typed is not None else None},
        change=lambda values: bind_action(set_reason, programme_id=programme_id, item=line.key, **values),
        text="\n".join([f"仕様　{line.spec}（{line.clause}）", f"実績　{line.actual}", *off]),
        label_width=116,
    )
