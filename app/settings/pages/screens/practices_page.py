"""契約の決まり: how letters are addressed, what is compared, which papers are owed, and how long records are kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from functools import partial
from typing import Any

from app.actions.action_context import ActionContext
from app.calendar.due_words import DUE_FORMS
from app.programme.rules import MOST_RETENTION, WORDING_FIELDS, compared_figures, retention_rows
from app.programme.services import ProgrammeView, change_programme, documents_with_promise
from app.settings.pages.screens.settings_host import SettingsHost
from app.settings.pages.screens.settings_page import YearSettingsPage
from app.widgets.buttons import Button
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.forms.record_fields import record_field
from app.widgets.labels import second_label, section
from app.widgets.layouts import add
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_columns import record_column
from app.widgets.screen import widget_row
from app.window.app_context import AppContext, bind_action
from app.year.contract.services import record_contract_change
from db.fields import with_values
from db.records.programme import Programme
from db.records.year.practices import OwedPaper, OwnDate, Requirement, RetentionRow

_WORDING_HINTS = (
    f"元の値 {Programme.presidents}",
    "空のときは、下の呼び名に「長」を付けます",
    "空のときは、まとめる単位なし",
    f"元の値 {Programme.care_offered}",
)
_WORDING = tuple(
    record_field(Programme, name, width=400, hint=hint, optional=False)
    for name, hint in zip(WORDING_FIELDS, _WORDING_HINTS, strict=True)
)
_TABLES: dict[str, tuple[str, type[Any], str]] = {
    "requirements": (
        "仕様書の文",
        Requirement,
        "「仕様との対照」と「年間実績総括」に、種類の数のほかに並べる文です。元の値は、なし（種類の数だけを並べます）。",
    ),
    "owed": (
        "受託者の提出物",
        OwedPaper,
        "契約が求める、年度の書面です。提案書・実施報告書のほかに求めるものだけを書きます（業務完了届・請求書は、契約に期限があるときだけ）。元の値は、なし。",
    ),
    "retention": (
        "保存の期間",
        RetentionRow,
        "申込書や希望票に印刷する日と、消す時期は、ここから計算します。区の決まりと違うものを直します。もう渡した書類の日は変わりません。",
    ),
}
"""The tables of a year by its fields: the heading, the record of a row, and what it is for."""
_OVERRIDES: dict[str, dict[str, Any]] = {
    "text": {"optional": True, "kind": "lines", "lines": 2},
    "clause": {"width": 160},
    "basis": {"hint": "「文書管理規程 別表1」など。"},
    "when": {"hint": f"例：{DUE_FORMS}"},
    "months": {"least": 0, "most": MOST_RETENTION, "width": 80, "hint": "5年は60。0は、数え始めの日までです。"},
}
_AGREED = (
    Field(
        "day",
        "適用する日",
        "date",
        width=120,
        optional=True,
        hint="契約変更のときだけ。空けると、いまの決まりを直します。",
    ),
    Field("why", "変更の理由", optional=True),
)


class PracticesPage(YearSettingsPage):
    """The page 契約の決まり. Signals: none."""

    def __init__(self, app_context: AppContext, doors: SettingsHost):
        super().__init__(
            app_context, doors, "契約の決まり", "仕様書と区の決まりのとおりに直します。引継書にも載ります。"
        )
        self._view: ProgrammeView | None = None
        self.checked = Button("このとおりで確かめた", self._answer, icon_name="checks")
        self.wording = Form(_WORDING, app_context.fiscal_year, on_commit=self._save_wording)
        add(self.body, widget_row(None, self.checked), section("宛名・呼び名・配慮の案内"), self.wording)
        dates = tuple(Field(one, one, "check") for one in OwnDate)
        self.dates = Form(dates, app_context.fiscal_year, on_commit=self._save_dates)
        about = second_label("契約にない、区が自分で決めて行うことです。選んだものを、ホームで知らせます。")
        add(self.body, 8, section("区の目安日"), about, self.dates)
        self.tables: dict[str, FittedTable] = {}
        for name, (title, kind, hint) in _TABLES.items():
            self.tables[name] = table = FittedTable(
                f"practices-{name}",
                tuple(record_column(kind, one, lambda row: row) for one in _fields(kind)),
                title=title,
                empty="1つもありません。",
                unit="行",
                names_people=False,
            )
            ask = partial(self._ask_row, name)
            table.opened.connect(ask)
            table.edit_asked.connect(ask)
            table.delete_asked.connect(partial(self._remove, name))
            more = Button("行を加える", partial(ask, None), icon_name="plus")
            add(self.body, 8, widget_row(section(title), None, more), second_label(hint), table)
            more.setVisible(name != "retention")
            self.set_changeable(more)
        self.set_changeable(self.wording, self.dates, self.checked)

    def _show(self, view: ProgrammeView) -> None:
        self._view = view
        self.checked.setVisible(view.programme.practices_open)
        self.wording.set_values(view.programme)
        self.dates.set_values({one: one in view.programme.own_dates for one in OwnDate})
        for name, table in self.tables.items():
            table.show_rows(_rows(view.programme, name))

    def _save_wording(self, key: str) -> None:
        if self._view is not None:
            typed = str(self.wording.value(key)).strip() or getattr(Programme, key)
            self._save(with_values(self._view.programme, {key: typed}))

    def _save_dates(self, _key: str) -> None:
        if self._view is not None:
            own = tuple(one for one in OwnDate if self.dates.value(one))
            self._save(replace(self._view.programme, own_dates=own))

    def _answer(self) -> None:
        if self._view is not None:
            self._save(replace(self._view.programme, practices_open=False))

    def _save(self, programme: Programme) -> None:
        self.problem.show_text("")
        shown = self._view.programme if self._view is not None else None
        self.run_change(bind_action(change_programme, programme=programme, shown=shown), failed=self.show_error)

    def _remove(self, name: str, gone: Any) -> None:
        """Take the chosen rows out; a time of keeping is then as usual."""
        if self._view is not None and self.may_write:
            kept = tuple(row for row in getattr(self._view.programme, name) if row not in gone)
            self._save(with_values(self._view.programme, {name: kept}))

    def _ask_row(self, name: str, row: Any, *_clicked: object) -> None:
        """Open the dialog of a row, None = a new one, once it is known which papers promised a day."""
        if self._view is not None and self.may_write:
            self.run_read(
                partial(self._open_dialog, self._view, name, row),
                documents_with_promise,
                programme_id=self._view.programme.id,
            )

    def _open_dialog(self, view: ProgrammeView, name: str, row: Any, promised: Sequence[str]) -> None:
        title, kind, _hint = _TABLES[name]
        choices = tuple((one, one or "並べない") for one in ("", *compared_figures(view.kinds)))
        more = {**_OVERRIDES, "compare": {"kind": "choice", "choices": choices}}
        papers = "」「".join(promised)
        warned = f"この年度の「{papers}」は、もう出しています。長くすると、書いてある日より長く残ります。"
        FormDialog(
            self,
            title,
            str(getattr(row, "records", "")),
            text=warned if promised and name == "retention" else "",
            fields=(
                *(record_field(kind, one, **more.get(one, {})) for one in _fields(kind) if one != "records"),
                *_AGREED,
            ),
            values=vars(row) if row is not None else None,
            change=partial(self._change, view.programme, name, row),
        ).open()

    def _change(
        self, programme: Programme, name: str, row: Any, typed: dict[str, Any]
    ) -> Callable[[ActionContext], object]:
        """Return the change of a row in today's table, or from a day on as a 契約変更 says it."""
        day, why = typed.pop("day"), typed.pop("why")
        said = list(_rows(programme, name))
        if row is None:
            said.append(_TABLES[name][1](**typed))
        table = tuple(replace(one, **typed) if one == row else one for one in said)
        changed = with_values(programme, {name: table})
        if day is None:
            return bind_action(change_programme, programme=changed, shown=programme)
        return bind_action(
            record_contract_change,
            programme_id=programme.id,
            terms=changed,
            valid_from=day,
            reason=str(why or ""),
        )


def _fields(kind: type[Any]) -> list[str]:
    """Return the names of the fields of a row, the basis last."""
    return sorted((one.name for one in fields(kind)), key=lambda name: name == "basis")


def _rows(programme: Programme, name: str) -> tuple[Any, ...]:
    """Return the rows of a table as they hold; every group of records has one."""
    return retention_rows(programme) if name == "retention" else getattr(programme, name)
