"""アクセスの記録: lists who opened and let out what in a month, and records its 点検."""

from __future__ import annotations

from datetime import timedelta

from app.calendar.wareki import month_words
from app.documents.screens.document_view import DocumentDialog
from app.documents.screens.export_button import export_button
from app.documents.services.document_scope import DocumentScope
from app.settings.access.documents import KIND, review_words
from app.settings.access.services import AccessLine, AccessMonth, confirm_review, read_month, record_review
from app.settings.pages.screens.settings_host import SettingsHost
from app.settings.pages.screens.settings_page import SettingsPage
from app.widgets.buttons import Button
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.display_texts import moment_words
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form_fields import ChoiceBox
from app.widgets.forms.record_fields import record_field
from app.widgets.layouts import add
from app.widgets.lists.record_columns import record_column
from app.widgets.lists.record_model import Cell, Column
from app.widgets.lists.record_table import RecordTable
from app.widgets.note_box import NoteBox
from app.window.app_context import AppContext, bind_action
from db.fields import field_label
from db.records.accounts import Access, AccessReview

_MONTHS = 36
_ROWS_HEIGHT = 360
_WORDS = (
    "ログイン、氏名のある一覧・人・書類を開いたこと、コピー・印刷・保存・持出し、権限や設定の変更が、番号と件数だけで残ります。"
    "月に1回見て所見を書き、ほかの人が確認します（アプリの目安）。"
)


class AccessPage(SettingsPage):
    """The page アクセスの記録. Signals: none."""

    def __init__(self, app_context: AppContext, doors: SettingsHost):
        super().__init__(app_context, doors, "アクセスの記録", _WORDS)
        self._shown = AccessMonth()
        self.month = ChoiceBox()
        self.month.setAccessibleName("対象月")
        first = self.today.replace(day=1)
        for _ in range(_MONTHS):
            self.month.addItem(month_words(first), first)
            first = (first - timedelta(days=1)).replace(day=1)
        self.month.activated.connect(self.reload)
        self.list = RecordTable(
            "accesses",
            (
                Column(
                    "at",
                    field_label(Access, "at"),
                    lambda line: moment_words(line.access.at),
                    sort=lambda line: line.access.at,
                ),
                Column("name", "だれが", lambda line: Cell(line.name, line.access.pc), sort=lambda line: line.name),
                record_column(Access, "act", _access),
                Column("what", field_label(Access, "what"), lambda line: line.what, stretch=True),
                Column("purpose", "用途", lambda line: line.purpose, widest=160),
                record_column(Access, "count", _access),
                Column("result", "結果", lambda line: line.result),
                Column("number", "番号", lambda line: str(abs(line.access.id)), sort=lambda line: line.access.id),
            ),
            title="アクセスの記録",
            empty="この月の記録はありません。",
            sort="-at",
        )
        self.list.setMinimumHeight(_ROWS_HEIGHT)
        self.list.foot.addWidget(
            export_button(app_context, self.list, title="アクセスの記録", filter_words=self.month.currentText)
        )
        self.state = NoteBox("", "quiet")
        self.review = Button("点検を記録する", self._ask_remarks, icon_name="checks")
        self.confirm = Button("点検を確認した", self._confirm)
        self.sheet = Button("点検表を開く", self._open_sheet)
        add(self.body, FlowRow(self.month), self.list, self.state, FlowRow(self.review, self.confirm, self.sheet))

    def reload(self) -> None:
        """Read and show the month that is chosen."""
        self.run_read(self._show, read_month, month=self.month.currentData())

    def _show(self, shown: AccessMonth) -> None:
        self._shown = shown
        self.list.show_rows(shown.lines)
        over = self.month.currentIndex() > 0
        self.state.show_text(shown.refusal or (review_words(shown.review) if over else "月が終わると点検できます。"))
        self.review.setEnabled(self.may_write and over and not shown.refusal)
        self.confirm.setEnabled(self.may_write and shown.review is not None and not shown.review.confirmed_by)
        self.sheet.setEnabled(shown.review is not None)

    def _ask_remarks(self) -> None:
        month = self.month.currentData()
        FormDialog(
            self,
            "点検を記録する",
            month_words(month),
            main="点検を記録する",
            fields=(
                record_field(AccessReview, "remarks", kind="lines"),
                record_field(AccessReview, "treatment", kind="lines"),
            ),
            values=self._shown.review,
            change=lambda typed: bind_action(record_review, month=month, **typed),
        ).open()

    def _confirm(self) -> None:
        if self._shown.review is not None:
            self.run_action(confirm_review, review_id=self._shown.review.id)

    def _open_sheet(self) -> None:
        if (review := self._shown.review) is not None:
            scope = DocumentScope(fiscal_year=review.fiscal_year, item=review.id, as_of=self.today)
            DocumentDialog(self, scope=scope, kind=KIND).open()


def _access(line: AccessLine) -> Access:
    return line.access
