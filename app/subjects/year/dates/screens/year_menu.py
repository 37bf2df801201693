"""The menu 「令和8年度 ▾」, to choose, start, close or reopen a year, with its dialogs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.calendar.wareki import fiscal_year_words
from app.common.join_nonempty import join_nonempty
from app.data_folder.screens.step_year import YearStep
from app.main_window.main_window import MainWindow
from app.programme.services.programme import programmes
from app.subjects.year.dates.services.years import (
    YearClosing,
    YearDraft,
    close_year,
    next_year_draft,
    read_closing,
    reopen_year,
    start_year,
)
from app.widgets.action_mixin import ActionMixin
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.labels import Paragraph, section
from app.window.app_context import AppContext
from db.records.programme import Programme


class StartYearDialog(SavingDialog):
    """Dialog that shows the year to be started; signals are those of ``SavingDialog``."""

    def __init__(self, app_context: AppContext, draft: YearDraft, parent: QWidget | None = None) -> None:
        super().__init__(
            app_context,
            "つぎの年度を始める",
            draft.words,
            main=f"{draft.words}を始める",
            width=880,
            parent=parent,
        )
        self._draft = draft
        self.step = YearStep(
            draft.programme,
            draft.numbers,
            intro=_numbers_source_words(draft),
        )
        self.put(self.step, section("そのまま引き継ぐもの"), Paragraph(_carried_over_words(draft)))

    def _save(self) -> None:
        if not self.step.check_fields():
            return
        self.run_action(
            start_year,
            draft=replace(self._draft, programme=self.step.programme(), numbers=self.step.numbers.numbers()),
        )


def _numbers_source_words(draft: YearDraft) -> str:
    """Return where the numbers come from (confirmed ones of the next 仕様書, otherwise this year's)."""
    rest = "新しい契約書と違うところを直してください。始めたあとも「設定」で直せます。"
    if not draft.confirmed:
        return f"いまの年度の数を写し、日付を1年あとにしてあります。{rest}"
    return (
        f"「仕様書の読み比べ」で確認した{len(draft.confirmed)}件は、その値にしてあります。"
        f"ほかは、いまの年度の数を写し、日付を1年あとにしてあります。{rest}"
    )


def _carried_over_words(draft: YearDraft) -> str:
    """Return what is carried over unchanged (offices, contractor, document settings, 団体 and people)."""
    office = "".join((draft.office.ward, draft.office.department, draft.office.section, draft.office.unit))
    contractor = join_nonempty(draft.contractor.name, draft.contractor.responsible)
    return (
        f"所属　{office or '（未入力）'}\n受託者　{contractor or '（未入力）'}\n"
        "帳票の宛先・発信者、団体と参加者の登録、閉庁日も、そのまま使えます。"
        "団体の補助金は、始めたあとで「団体」の「補助金の期限」から、引き継ぐものを選びます。"
        "いまの年度の済んでいない期限は、済むまでホームに残ります。"
    )


_SHOWN = 8


class CloseYearDialog(SavingDialog):
    """Dialog for day and reason of closing; signals are those of ``SavingDialog``."""

    def __init__(self, app_context: AppContext, closing: YearClosing, parent: QWidget) -> None:
        self._year = closing.programme.fiscal_year
        words = fiscal_year_words(self._year)
        super().__init__(app_context, "年度を閉じる", words, main=f"{words}を閉じる", width=640, parent=parent)
        self.put(
            Paragraph(_open_words(closing)),
            Paragraph("閉じても記録は消えません。いつでも見て、印刷し、もう一度開くことができます。", role="second"),
        )
        self.form = Form(
            (
                Field("day", "閉じる日", "date", width=120, hint="9/1、R8.9.1 など"),
                Field("reason", "理由", hint="設定と履歴に残ります（例：検査と支払が済んだ）。"),
            ),
            app_context.fiscal_year,
            label_width=96,
        )
        self.form.set_values({"day": app_context.today(), "reason": ""})
        self.put(self.form, None)

    def _save(self) -> None:
        if not self.form.check_all():
            return
        values = self.form.values()
        self.run_action(close_year, fiscal_year=self._year, day=values["day"], reason=values["reason"])


def _open_words(closing: YearClosing) -> str:
    """Return the open tasks that closing removes from home, the first by name."""
    found = closing.open_duties
    if not found:
        return "この年度に、済んでいない期限はありません。"
    rest = f"\nほか{len(found) - _SHOWN}件" if len(found) > _SHOWN else ""
    return (
        f"済んでいない期限が{len(found)}件あります。閉じると、ホームに出なくなります。\n"
        + "\n".join(f"・{words}" for words in found[:_SHOWN])
        + rest
    )


START, CLOSE, REOPEN = "start", "close", "reopen"


class YearMenu(ActionMixin, QObject):
    """Keeps the year menu of the top bar up to date; emits no signals."""

    def __init__(self, app_context: AppContext, main: MainWindow) -> None:
        super().__init__(main)
        self.app_context = app_context
        self._main = main
        main.top_bar.year_action_asked.connect(self._run_action)
        app_context.changed.connect(self.reload)

    def reload(self) -> None:
        """Read the existing years."""
        self.app_context.read(programmes, self._show, owner=self)

    def _show(self, years: Sequence[Programme]) -> None:
        known = {one.fiscal_year: one for one in years}
        self._main.set_years(tuple(sorted(known)))
        if self.app_context.fiscal_year not in known:
            # Its start was undone.
            self._main.choose_year(max(known))
            return
        shown = known[self.app_context.fiscal_year]
        words = fiscal_year_words(shown.fiscal_year)
        acts = [(START, f"つぎの年度（{fiscal_year_words(max(known) + 1)}）を始める…")]
        acts.append((CLOSE, f"{words}を閉じる…") if shown.closed_on is None else (REOPEN, f"{words}をもう一度開く"))
        self._main.top_bar.set_year_actions(() if self.app_context.read_only else acts)

    def _run_action(self, key: str) -> None:
        today = self.app_context.today()
        if key == START:
            self.run_read(self._ask_start, next_year_draft, today=today)
        elif key == CLOSE:
            year = self.app_context.fiscal_year
            self.run_read(self._ask_close, read_closing, fiscal_year=year, today=today)
        else:
            self.run_action(reopen_year, fiscal_year=self.app_context.fiscal_year)

    def _ask_start(self, draft: YearDraft) -> None:
        StartYearDialog(self.app_context, draft, self._main).open()

    def _ask_close(self, closing: YearClosing) -> None:
        CloseYearDialog(self.app_context, closing, self._main).open()
