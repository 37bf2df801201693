"""設定: a list of six pages at the left, the chosen page at the right; defines the parts 表示, 版, 閉庁日,
バックアップ."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFileDialog,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from app.actions.action_result import ActionResult
from app.calendar.dates import long_date
from app.common import failure_log
from app.common.file_locations import contact_lines, version_lines
from app.common.join_nonempty import fill_nonempty
from app.data_folder.screens.backup_list import BackupList
from app.data_folder.screens.failure_log_dialog import FailureLogDialog
from app.data_folder.services.backups import BackupLine, BackupResult, list_backups, make_backup, set_backup_months
from app.data_folder.services.check_data import check_open_store
from app.data_folder.services.lock_transfer import LONG_WAIT_MINUTES, WaitedMinutes, minutes_waited
from app.documents.screens.save_folder import SyncedFolderNote, last_save_folder
from app.ledgers.screens.ledger_overview_page import LedgerOverviewPage
from app.ledgers.services.ledger_reading import count_open_doubts
from app.main_window.navigation import check_page_name
from app.programme.rules import MOST_RETENTION
from app.programme.services import ProgrammeView, add_closed_day, read_backup_rule, read_programme, remove_closed_day
from app.settings.pages.screens.access_page import AccessPage
from app.settings.pages.screens.contract_page import ContractPage
from app.settings.pages.screens.document_settings_page import DocumentSettingsPage
from app.settings.pages.screens.drill_page import DrillPage
from app.settings.pages.screens.numbers_page import NumbersPage
from app.settings.pages.screens.office_page import OfficePage
from app.settings.pages.screens.practices_page import PracticesPage
from app.settings.pages.screens.protected_folders_page import ProtectedFoldersPage
from app.settings.pages.screens.second_folder_page import SecondFolderPage
from app.settings.pages.screens.settings_host import SettingsHost
from app.settings.pages.screens.settings_page import SettingsPage
from app.settings.pages.screens.users_page import UsersPage
from app.widgets.action_mixin import show_failure_in
from app.widgets.bars.action_bar import ActionBar
from app.widgets.buttons import Button
from app.widgets.dialogs.dialog_frame import confirm_first
from app.widgets.display_texts import path_words
from app.widgets.focus_keeper import first_work_part
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import ChoiceBox, Field
from app.widgets.forms.record_fields import record_field
from app.widgets.labels import Paragraph, second_label, wrapped_label
from app.widgets.layouts import add, column_of, in_column, stack_when_narrow
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_columns import record_column
from app.widgets.lists.record_model import Column, RowAction
from app.widgets.note_box import NoteBox
from app.widgets.pages import Pages, ensure_visible
from app.widgets.panel import Panel
from app.widgets.screen import Screen, in_scroll_area, widget_row
from app.window import theme as t
from app.window.app_context import AppContext, bind_action, with_store
from app.window.appearance import (
    COLOUR_CHOICES,
    LOCK_MINUTES,
    ColoursChoice,
    apply_appearance,
    choose_colours,
    choose_lock_minutes,
    choose_size,
    chosen_colours,
    chosen_lock_minutes,
)
from app.window.failure_messages import failure_of
from db.backups.retention import KEEP_MONTHS
from db.fields import field_label
from db.files.synced_folders import synced_data_message
from db.records.backups import BackupRule
from db.records.programme import ClosedDay

_COLOUR_WORDS: Mapping[ColoursChoice, str] = {
    "システム": "パソコンの設定に合わせる",
    "標準": "ふつうの色",
    "高コントラスト": "はっきりした色（高コントラスト）",
}
_APPEARANCE_FIELDS = (
    Field("size", "文字の大きさ", "radio", choices=tuple((size, size) for size in t.SIZES)),
    Field("colours", "配色", "radio", choices=tuple((one, _COLOUR_WORDS[one]) for one in COLOUR_CHOICES)),
    Field(
        "lock",
        "さわらないときに画面を隠すまで",
        "choice",
        choices=tuple((minutes, f"{minutes}分") for minutes in LOCK_MINUTES),
        hint="1分前にお知らせします。書きかけの文字は、そのまま残ります。",
        width=96,
    ),
)


class AppearancePage(SettingsPage):
    """The settings part 表示: text size, colours, and the time until the screen is hidden. Signals: none."""

    def __init__(self, app_context: AppContext, doors: SettingsHost):
        super().__init__(app_context, doors, "表示", "このPCの、ご自分の画面だけが変わります。")
        self.form = Form(_APPEARANCE_FIELDS, on_commit=self._apply)
        add(self.body, self.form, NoteBox("すぐに変わります。", "quiet"))
        self._read_only_note.show_text("")

    def reload(self) -> None:
        """Show what is chosen."""
        self.form.set_values({"size": t.size(), "colours": chosen_colours(), "lock": chosen_lock_minutes()})

    def _apply(self, key: str) -> None:
        """Store and apply the chosen text size and colours, or for ``lock`` the time until the screen is locked.

        ``style_changing`` or ``lock_minutes_changed`` of the context is emitted.
        """
        if key == "lock":
            minutes = self.form.value("lock")
            choose_lock_minutes(minutes)
            self.app_context.lock_minutes_changed.emit(float(minutes))
            return
        size = self.form.value("size")
        colours = self.form.value("colours")
        application = QApplication.instance()
        if size in t.SIZES and colours in COLOUR_CHOICES and isinstance(application, QApplication):
            choose_size(size)
            choose_colours(colours)
            self.app_context.style_changing.emit()
            # A turn later, when the screens that were let go of are gone.
            QTimer.singleShot(0, self, lambda: apply_appearance(application))


_NO_CONTACT = (
    "まだ書かれていません。情報システム担当が、プログラムのフォルダーの「知らせ先.txt」に書くと、ここに出ます。"
)


class EditionPage(SettingsPage):
    """The settings part 版, which shows the version of the program, and whom to ask. Signals: none."""

    def __init__(self, app_context: AppContext, doors: SettingsHost):
        super().__init__(app_context, doors, "このプログラムの版")
        lines = version_lines() or ("ソースから起動しています。版は、配布したフォルダーの中だけにあります。",)
        self.log = Button("プログラムの障害の記録", self._show_log)
        self.waited = second_label()
        asked = contact_lines() or (_NO_CONTACT,)
        add(
            self.body,
            Paragraph("\n".join(lines), role="second"),
            Paragraph("\n".join(("困ったときに尋ねる先", *asked))),
            self.waited,
            widget_row(self.log, None),
        )
        self._read_only_note.show_text("")

    def reload(self) -> None:
        """Read and show how long people waited for the write lock."""
        self.run_read(self._show_wait_times, minutes_waited, today=self.doors.clock().date())

    def _show_wait_times(self, waited: WaitedMinutes) -> None:
        """Show how long people waited for the write lock, with advice where one day was too long."""
        said = (
            f"席を待った時間　本日 {waited.today}分、この30日間 {waited.last_30_days}分（いちばん長い日 "
            f"{waited.longest_day}分）"
        )
        if waited.longest_day >= LONG_WAIT_MINUTES:
            said += (
                f"。1日に{LONG_WAIT_MINUTES}分をこえる日があります。"
                f"人数が増えたときの置きかたを、情報システム担当者にご相談ください。"
            )
        self.waited.setText(said)

    def _show_log(self) -> None:
        FailureLogDialog(self.app_context.tasks, folder=self.doors.folder, clock=self.doors.clock, parent=self).open()


_DAY_FIELDS = (
    record_field(ClosedDay, "day", width=120, placeholder="9/28"),
    record_field(ClosedDay, "reason", width=300, placeholder="庁舎の設備点検"),
)


class ClosedDaysPage(SettingsPage):
    """The settings part 閉庁日, for the days on which the ward's office is closed. Signals: none."""

    def __init__(self, app_context: AppContext, doors: SettingsHost):
        super().__init__(
            app_context,
            doors,
            "閉庁日",
            "土曜・日曜、国民の祝日・休日、12月29日から1月3日は、はじめから閉庁日として数えています。"
            "ここには、それ以外の閉庁日を加えます。",
        )
        columns = (
            Column("day", field_label(ClosedDay, "day"), lambda one: long_date(one.day), sort=lambda one: one.day),
            record_column(ClosedDay, "reason", lambda one: one, stretch=True),
        )
        self.list = FittedTable(
            "closed_days",
            columns,
            title="加えた閉庁日",
            empty="加えた閉庁日はありません。",
            sort="day",
            unit="日",
            action=lambda _one: None if app_context.read_only else RowAction("閉庁日から除く"),
            names_people=False,
            on_delete=self._remove_all,
            on_act=self._remove,
        )
        self.body.addWidget(self.list)
        panel = Panel("閉庁日を加える")
        self.form = Form(_DAY_FIELDS, app_context.fiscal_year)
        panel.put(self.form)
        self.add = Button("加える", self._add, icon_name="plus")
        panel.body.addLayout(widget_row(None, self.add))
        self.body.addWidget(panel)
        self.set_changeable(panel)

    def reload(self) -> None:
        """Read and show the closed days."""
        self.run_read(self._show, read_programme)

    def _show(self, view: ProgrammeView) -> None:
        self.list.show_rows(view.closed_days)

    def _add(self) -> None:
        if self.form.check_all():
            self.problem.show_text("")
            typed = self.form.values()
            self.run_change(
                bind_action(add_closed_day, day=typed["day"], reason=typed["reason"].strip()),
                self._on_added,
            )

    def _on_added(self, _saved: ActionResult) -> None:
        """Empty the fields for the next closed day."""
        self.form.set_values({"day": None, "reason": ""})
        self.form.go_to("day")

    def _remove(self, day: ClosedDay) -> None:
        if self.app_context.read_only:
            return
        self.problem.show_text("")
        self.run_action(remove_closed_day, closed_day_id=day.id)

    def _remove_all(self, days: Sequence[ClosedDay]) -> None:
        for day in days:
            self._remove(day)


_RULE_FIELDS = (
    record_field(
        BackupRule,
        "months",
        least=1,
        most=MOST_RETENTION,
        width=80,
        hint=f"月ごとに最後の1つを残す期間です。元の値 {KEEP_MONTHS}（区の決まり）。"
        "申込書などで約束する日も変わります。",
    ),
    record_field(
        BackupRule, "basis", hint="元の値と違うときに、区の決まりの名前を入力すると保存されます。", optional=True
    ),
)


class BackupPage(SettingsPage):
    """The settings part バックアップ: make, check and restore backups, and list them. Signals: none."""

    def __init__(self, app_context: AppContext, doors: SettingsHost):
        super().__init__(
            app_context,
            doors,
            "バックアップ",
            "開いたときと閉じたときに、自動で作成しています。作成するたびに、開いて中身を確かめます。",
        )
        self.make = Button("バックアップを作成する", lambda: self._run(None), icon_name="floppy-disk")
        self.carry = Button("別の場所に作成する", self._copy_backup_elsewhere, icon_name="export")
        self.check = Button("データを点検する", self._check_backups, icon_name="checks")
        self.restore = Button("復元する", self._ask_restore, icon_name="clock-counter-clockwise")
        self.bar_buttons = (self.make, self.check, self.carry, self.restore)
        self.rule = Form(_RULE_FIELDS, on_commit=self._save_rule)
        self.said = NoteBox("", "accent")
        self.body.addWidget(self.said)
        self.list = BackupList("backups", today=doors.clock().date())
        self.body.addWidget(self.list)
        place = Panel("場所")
        place.put(wrapped_label(f"データ　{path_words(doors.folder)}"))
        self.data_copied = SyncedFolderNote(app_context, words=synced_data_message)
        place.put(
            self.data_copied,
            wrapped_label(f"バックアップ　{path_words(doors.folder / 'backups')}"),
            Paragraph(
                "データと同じディスクが壊れると、バックアップも失われます。下の「2つ目の場所」を決めると、"
                "閉じるたびに、ほかのディスクにも写します。",
                role="second",
            ),
        )
        self.papers = wrapped_label()
        place.put(self.papers)
        self.papers_copied = SyncedFolderNote(app_context)
        place.put(self.papers_copied)
        add(self.body, self.rule, place)
        self.set_changeable(self.make, self.carry, self.check, self.rule)

    def reload(self) -> None:
        """Read and show the backups, and where documents are saved."""
        self.papers.setText(f"書類の保存先（最初に表示する場所）　{path_words(last_save_folder())}")
        self.papers_copied.check(last_save_folder())
        self.run_read(self.rule.set_values, read_backup_rule)
        self.data_copied.check(self.doors.folder)
        self.app_context.run_in_background(
            partial(list_backups, folder=self.doors.folder),
            self.list.show_rows,
            on_failed=self._show_failure,
            owner=self,
        )

    def _save_rule(self, _key: str) -> None:
        """Save how long month ends are kept, once a time that is not the usual one has its basis."""
        self.problem.show_text("")
        typed = self.rule.values()
        if typed["months"] == KEEP_MONTHS or typed["basis"]:
            self.run_change(bind_action(set_backup_months, **typed), failed=self.show_error)

    def lines(self) -> Sequence[BackupLine]:
        """Return the backups shown."""
        return tuple(self.list.model.records())

    def _copy_backup_elsewhere(self) -> None:
        """Let the user choose a folder in a dialog, and make a backup there."""
        chosen = QFileDialog.getExistingDirectory(self, "バックアップを置く場所を選ぶ")
        if chosen:
            self._run(Path(chosen))

    def _run(self, folder: Path | None) -> None:
        """Make a backup in ``folder`` in the background; None = in the data folder."""
        self.problem.show_text("")
        self.make.setEnabled(False)
        self.app_context.read(
            with_store(make_backup, now=self.doors.clock(), to=folder),
            self._on_made,
            on_failed=self._show_failure,
            owner=self,
            title="バックアップを作成しています",
        )

    def _on_made(self, made: BackupResult) -> None:
        """Show that a backup was made, read the list again, and tell the session."""
        self.make.setEnabled(True)
        self.said.show_text(f"{made.message}\n{path_words(made.path)}", tone="accent")
        self.reload()
        self.doors.on_backup_made()

    def _check_backups(self) -> None:
        """Check the whole data folder in the background and show the result."""
        self.problem.show_text("")
        self.check.setEnabled(False)
        self.said.show_text("点検しています。", tone="quiet")
        self.app_context.read(
            check_open_store, self._on_checked, on_failed=self._show_failure, owner=self, title="データを点検しています"
        )

    def _on_checked(self, checked: object) -> None:
        """Show what the check of data and backups found, or that all is well."""
        self.check.setEnabled(True)
        findings: tuple[str, ...] = getattr(checked, "findings", ())
        rows: int = getattr(checked, "rows", 0)
        notes = "".join(f"\n{one}" for one in getattr(checked, "notes", ()))
        failure_log.log_event("found", len(findings))
        if not findings:
            self.said.show_text(
                f"**異常はありません。** {rows:,}行と履歴のつながり、保管ファイル、鍵ファイル、"
                f"バックアップを点検しました。{notes}",
                tone="accent",
            )
            return
        listed = "\n".join(f"・{one}" for one in findings)
        self.said.show_text(
            f"**点検で {len(findings)}件 見つかりました。** 何も書き換えていません。\n{listed}{notes}", tone="red"
        )

    def _show_failure(self, problem: Exception) -> None:
        """Show why a backup or check failed, and enable the buttons again."""
        self.make.setEnabled(self.may_write)
        self.check.setEnabled(self.may_write)
        self.said.show_text("")
        show_failure_in(failure_of(problem), self.problem)

    def _ask_restore(self) -> None:
        confirm_first(
            self,
            title="バックアップから復元する",
            text=(
                "いまのデータを閉じて、復元の画面に進みます。\n"
                "復元は新しいフォルダーに行い、いまのデータはそのまま残ります。"
            ),
            verb="閉じて復元の画面へ",
            on_confirmed=self.doors.leave_for_restore,
            danger=False,
        )


CONTRACT, DATES, OFFICE, USERS, BACKUP, PROTECTION = (
    "契約", "日付と期限", "所属・担当者", "利用者とこの版", "バックアップ・表示", "情報保護",
)  # fmt: skip
PARTS: tuple[tuple[str, str, Callable[[AppContext, SettingsHost], Screen]], ...] = (
    ("contract", CONTRACT, ContractPage),
    ("numbers", CONTRACT, NumbersPage),
    ("practices", CONTRACT, PracticesPage),
    ("closed_days", DATES, ClosedDaysPage),
    ("office", OFFICE, OfficePage),
    ("papers", OFFICE, DocumentSettingsPage),
    ("users", USERS, UsersPage),
    ("edition", USERS, EditionPage),
    ("backup", BACKUP, BackupPage),
    ("second_place", BACKUP, SecondFolderPage),
    ("drill", BACKUP, DrillPage),
    ("look", BACKUP, AppearancePage),
    ("protection", PROTECTION, lambda desk, _doors: LedgerOverviewPage(desk)),
    ("protected_places", PROTECTION, ProtectedFoldersPage),
    ("accesses", PROTECTION, AccessPage),
)
"""The parts in order from the top: a link names a part and opens the page that contains it."""
PAGES = tuple(dict.fromkeys(words for _name, words, _make in PARTS))
_LIST = 196


class _PartsPage(QWidget):
    """One scrollable page of parts, one below the other. Signals: ``part_built()``.

    Parts are built in tab order, each over several turns of the event loop: created, styled, then shown.
    """

    part_built = Signal()

    def __init__(self, makers: Mapping[str, Callable[[], Screen]]):
        super().__init__()
        self._makers = makers
        self._parts: dict[str, Screen] = {}
        self._made: dict[str, Screen] = {}
        self._wanted = ""
        self._inside = QWidget()
        self._column = in_column(None, owner=self._inside, spacing=8)
        outer = in_column(owner=self)
        self.area = in_scroll_area(self._inside)
        outer.addWidget(self.area)
        bar = self.area.verticalScrollBar()
        # A part below is there only when those above have been read.
        bar.rangeChanged.connect(self._scroll_to_part)
        bar.actionTriggered.connect(self._stop_following_part)
        self._next_turn = QTimer(self, singleShot=True, interval=0)
        self._next_turn.timeout.connect(self._build_next)
        self._next_turn.start()

    def part(self, name: str) -> Screen:
        """Return the part called ``name``; it and those above it are built on first use."""
        for one in self._makers:
            if name in self._parts:
                break
            self._build_part(one)
        return self._parts[name]

    def _build_part(self, name: str) -> None:
        if name not in self._parts:
            self._parts[name] = made = self._made.pop(name, None) or self._makers[name]()
            if isinstance(made, SettingsPage) and name != next(iter(self._makers)):
                made.title.setProperty("role", "h2")
            self._column.insertWidget(len(self._parts) - 1, made)
            if not self._inside.isVisible():
                # Dressed while the page was seen, and put in when another one is: it would stay hidden.
                ensure_visible(made, seen=True)
            self.part_built.emit()
            self._next_turn.start()

    @property
    def bar_buttons(self) -> tuple[Button, ...]:
        """Return the acts of its parts for the bar of the screen."""
        parts = (one for one in self._parts.values() if isinstance(one, SettingsPage))
        return tuple(button for one in parts for button in one.bar_buttons)

    def _build_next(self) -> None:
        """Do one step of building the next part, while the user reads."""
        name = next((one for one in self._makers if one not in self._parts), "")
        made = self._made.get(name)
        if made is not None and made.parent() is not None:
            self._build_part(name)
        elif name:
            if made is None:
                self._made[name] = self._makers[name]()
            else:
                made.setParent(self._inside)
            self._next_turn.start()

    def show_part(self, name: str) -> None:
        """Scroll a part to the top, and keep it there while the parts above it are loading."""
        self._wanted = name
        QTimer.singleShot(0, self, self._scroll_to_part)

    def _scroll_to_part(self) -> None:
        """Scroll to the part asked for by ``show_part``, until the user scrolls."""
        if self._wanted:
            shown = self._parts.get(self._wanted)
            first = self._wanted == next(iter(self._makers))
            self.area.verticalScrollBar().setValue(shown.y() if shown is not None and not first else 0)

    def _stop_following_part(self) -> None:
        """Stop scrolling to the part asked for, since the user has scrolled."""
        self._wanted = ""


class SettingsScreen(Screen):
    """The screen 設定; ``open_with(page="users")`` (or ``section=``) shows a part on its page. Signals: none."""

    reads_files = True

    def __init__(self, app_context: AppContext, doors: SettingsHost):
        super().__init__(app_context)
        self._doors = doors
        self._pages: dict[str, _PartsPage] = {}
        self._part = PARTS[0][0]
        self.bar = ActionBar(app_context)
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        in_column((self._across, 1), self.bar, owner=self, spacing=0)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(0)
        self.list = QListWidget()
        self.list.setAccessibleName("設定の一覧")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.choice = ChoiceBox()
        self.choice.setAccessibleName("設定の一覧")
        for words in PAGES:
            self.list.addItem(QListWidgetItem(words))
            self.choice.addItem(words)
        self._side = QFrame()
        self._side.setProperty("kind", "settingslist")
        in_column(self.list, owner=self._side, margins=(t.PAGE_X, t.PAGE_Y, 0, 0))
        self._fold_line = column_of((self.choice, 0, Qt.AlignmentFlag.AlignLeft), margins=(t.PAGE_X, 12, t.PAGE_X, 0))
        self._stack = Pages()
        add(self._across, self._side, self._fold_line, (self._stack, 1))
        self.list.currentRowChanged.connect(self._show_page)
        self.list.activated.connect(self.focus_work_area)
        self.choice.activated.connect(self.list.setCurrentRow)
        self._fold_list(narrow=False)

    def open_with(self, **arguments: Any) -> None:
        """Show the part named ``page`` (or ``section``), the first page if none was shown yet."""
        pages = {name: words for name, words, _make in PARTS}
        wanted = check_page_name(str(arguments.get("page") or arguments.get("section") or ""), pages)
        if wanted:
            self._part = wanted
            self.list.setCurrentRow(PAGES.index(pages[wanted]))
            self._page_of(pages[wanted]).show_part(wanted)
        elif self.list.currentRow() < 0:
            self.list.setCurrentRow(0)

    def reload(self) -> None:
        """Read how much of 情報保護 is to be looked at, as the badge of 設定 counts it."""
        self.run_read(self._show_doubts, count_open_doubts, today=self.today)

    def _show_doubts(self, count: int) -> None:
        words = f"{PROTECTION}{fill_nonempty('　要確認 {}', count)}"
        self.list.item(PAGES.index(PROTECTION)).setText(words)
        self.choice.setItemText(PAGES.index(PROTECTION), words)

    def focus_work_area(self) -> None:
        """Move the keyboard focus into the part that is shown."""
        part = self.page(self._part)
        first = part.focusProxy() or first_work_part(part)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def view_state(self) -> dict[str, Any]:
        """Return the name of the part last opened."""
        return {"page": self._part}

    def page(self, name: str) -> Screen:
        """Return the part of the settings called ``name``; its page is built on first use."""
        return self._page_of(next(words for one, words, _make in PARTS if one == name)).part(name)

    def _page_of(self, words: str) -> _PartsPage:
        """Return the page with this title, built when first asked for."""
        if words not in self._pages:
            self._pages[words] = _PartsPage(
                {name: partial(make, self.app_context, self._doors) for name, page, make in PARTS if page == words}
            )
            self._stack.addWidget(self._pages[words])
            self._pages[words].part_built.connect(self._update_bar)
        return self._pages[words]

    def _show_page(self, number: int) -> None:
        if number >= 0:
            parts = [name for name, words, _make in PARTS if words == PAGES[number]]
            self._part = self._part if self._part in parts else parts[0]
            self._stack.setCurrentWidget(self._page_of(PAGES[number]))
            self.choice.setCurrentIndex(number)
            self._update_bar()

    def _update_bar(self) -> None:
        """Place the acts of the page in the bar, which is there only while there are any."""
        page = self._stack.currentWidget()
        buttons = page.bar_buttons if isinstance(page, _PartsPage) else ()
        self.bar.put(*buttons)
        self.bar.setVisible(bool(buttons))

    def fit_size(self) -> None:
        """Show the list of pages at the left, or as a drop-down where there is no room."""
        self._fold_list(narrow=t.is_narrow(self.window().width()))

    def _fold_list(self, *, narrow: bool) -> None:
        """Replace the list of pages by a choice on a narrow window."""
        self._side.setVisible(not narrow)
        self._fold_line.setVisible(narrow)
        self._side.setFixedWidth(t.scaled(_LIST) + t.PAGE_X)
        stack_when_narrow(self._across, narrow)
