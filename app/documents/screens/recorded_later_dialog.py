"""The dialog that asks what a letter said on the day of its 決裁 or 施行, which is recorded on a later day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from app.calendar.dates import short_date
from app.documents.blocks import DocumentContent
from app.documents.services.document_saving import draw_letters, set_letter_state
from app.documents.services.documents import join_letters
from app.documents.services.kept_letters.kept_papers import DrawnLetter
from app.documents.services.kept_letters.letter_corrections import agree_to_changes
from app.documents.services.kept_letters.recorded_later import RecordedLater
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.labels import label, small_label, wrapped_label
from app.widgets.layouts import in_column, row_of
from app.widgets.pdf.pdf_preview import PdfPreview
from app.widgets.screen import in_scroll_area
from app.window import theme as t
from app.window.app_context import bind_action
from app.window.background_task import bind_arguments

_PUT_UP = "起案した内容"
_TODAY = "いまの記録のとおり"
_PRINTED = "保存・印刷したもの"
_HINTS = {
    _PUT_UP: "起案した内容が残ります。違うところは、施行の{}に「違い」で1つずつ答えます。",
    _TODAY: "いまの記録のとおりに改めてから記録します。決裁した人の了承が必要です。",
    _PRINTED: "保存・印刷したものが、出した時の写しになります。"
    "文が決裁した内容と違うときは、了承した人と日を書きます。",
}
_WIDTH = 288


class RecordedLaterDialog(SavingDialog):
    """Shows a letter as it was put up beside what else it may have said; records the step with what is chosen.

    Signals: those of ``SavingDialog``.
    """

    def __init__(
        self,
        parent: QWidget,
        *,
        given: dict[str, Any],
        found: RecordedLater,
        main: str,
        note: str,
    ):
        """Create the dialog; ``given`` are the arguments of the step (``set_letter_state``)."""
        issued = given["state"].is_issued
        act = "出した" if issued else "決裁を受けた"
        super().__init__(parent, f"{act}ものを選ぶ", given["kind"], main=main, note=note, wide=True)
        self._given, self._found, self._issued = given, found, issued
        self._drawn: tuple[DrawnLetter, ...] = ()
        self._pages: dict[str, bytes] = {}
        self.put_up = PdfPreview(title=_PUT_UP, compact=True)
        self.other = PdfPreview(compact=True)
        choices = [(_PUT_UP, _PUT_UP)]
        choices += [(_TODAY, _TODAY)] if found.differences else []
        if found.printed_at is not None:
            choices.append((_PRINTED, f"{short_date(found.printed_at.date(), self.today)}に{_PRINTED}"))
        self.form = Form(
            (
                Field("which", f"{act}もの", "radio", choices=tuple(choices)),
                Field("agreed_on", "了承の日", "date", width=96, is_sometimes_asked=True, shows_full_date=False),
                Field("agreed_by", "了承した人", is_sometimes_asked=True),
            ),
            self.app_context.fiscal_year,
            near=self.today,
            label_width=80,
            on_change=self._show_choice,
        )
        self.hint = small_label()
        differing = [wrapped_label(one.words) for one in found.differences]
        inside = QWidget()
        column = in_column(
            *([label(f"違うところ　{len(differing)}", "strong")] if differing else []),
            *differing,
            self.form,
            self.hint,
            None,
            owner=inside,
            spacing=8,
            margins=(16, 12, 16, 12),
        )
        column.setStretch(column.count() - 1, 1)
        beside = in_scroll_area(inside)
        beside.setFixedWidth(t.scaled(_WIDTH))
        for one in (self.put_up, self.other):
            one.setMinimumWidth(t.scaled(_WIDTH))
        self.fill_height(self.put_up, self.other)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.put((row_of((self.put_up, 1), (self.other, 1), beside, spacing=0), 1))
        self.main.setDefault(False)
        self._show_choice()
        self.app_context.run_in_background(
            bind_arguments(_draw, put_up=found.put_up, today=found.today),
            self._show_pages,
            on_failed=self.show_error,
            owner=self,
            title="出したものを作成しています",
            drawing=True,
        )

    def _show_pages(self, drawn: tuple[tuple[DrawnLetter, ...], tuple[DrawnLetter, ...]]) -> None:
        """Show the pages of both; what is drawn of what was put up is what leaves with the 施行."""
        self._drawn, today = drawn
        self._pages = {_TODAY: _joined(today)} if today else {}
        self.put_up.show_pdf(_joined(self._drawn))
        self._show_choice()

    def _show_choice(self) -> None:
        """Show what is chosen beside what was put up, else what differs from it, and what it needs."""
        which = self.form.value("which")
        self.form.show_field("agreed_on", which in (_TODAY, _PRINTED))
        self.form.show_field("agreed_by", which in (_TODAY, _PRINTED))
        self.hint.setText(_HINTS.get(which, "").format("あと" if self._issued else "前"))
        self.main.setEnabled(bool(which) and bool(self._drawn))
        shown = _PRINTED if which == _PRINTED or not self._found.differences else _TODAY
        printed = self._found.printed
        if shown == self.other.title.text():
            return
        if shown == _PRINTED and printed is not None and printed.form == "docx":
            self.other.clear("Wordで保存した控えです。「出力の記録」から開けます。")
        elif shown == _PRINTED and printed is not None:
            self.other.show_received(self.app_context, printed.data, title=shown)
        elif _TODAY in self._pages:
            self.other.show_pdf(self._pages[_TODAY], title=shown)
        elif self._drawn:
            self.other.clear("いまの記録では作成できません。")

    def _save(self) -> None:
        """Record the step with what is chosen; what today's records say is put up first, with who agreed to it."""
        if not self.form.check_all():
            return
        typed, printed = self.form.values(), self._found.printed
        agreed = {key: typed[key] for key in ("agreed_on", "agreed_by")}
        step: dict[str, Any] = self._given
        first = []
        if typed["which"] == _TODAY:
            about = {key: self._given[key] for key in ("scope", "kind")}
            first = [bind_action(agree_to_changes, **about, **agreed)]
        elif typed["which"] == _PRINTED and printed is not None:
            step = step | {"as_it_was": True, "handed": replace(printed, **agreed)}
        else:
            step = step | {"as_it_was": True, "drawn": self._drawn if self._issued else None}
        act, *more = [*first, bind_action(set_letter_state, **step)]
        self.run_change(act, further_actions=more)


def _draw(
    *, put_up: Sequence[DocumentContent], today: Sequence[DocumentContent]
) -> tuple[tuple[DrawnLetter, ...], tuple[DrawnLetter, ...]]:
    return draw_letters(put_up), draw_letters(today)


def _joined(drawn: Sequence[DrawnLetter]) -> bytes:
    return join_letters([one.data for one in drawn], drawn[0].content)
