"""バックアップ: how it stands, make one now, carry one away, check the data, restore."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from app.keeping.screens.backup_list import BackupList
from app.keeping.services.backups import BackupLine, BackupMade, list_backups, make_backup
from app.keeping.services.check_data import check_opened
from app.papers.screens.paper_folder import CopiedNote, paper_folder
from app.papers.services.copied_places import copied_in_words
from app.subjects.settings.screens.doors import SettingsDoors
from app.subjects.settings.screens.settings_page import SettingsPage
from app.widgets.buttons import Button
from app.widgets.dialog_frame import ask_before
from app.widgets.failure_dialog import note_failure
from app.widgets.flow_row import FlowRow
from app.widgets.labels import Paragraph, label
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.path_words import path_words
from app.window.desk import Desk, with_store
from app.window.failure_messages import failure_of


class BackupPage(SettingsPage):
    """The page. Signals: none."""

    def __init__(self, desk: Desk, doors: SettingsDoors) -> None:
        super().__init__(
            desk,
            doors,
            "バックアップ",
            "開いたときと閉じたときに、自動で作成しています。作成するたびに、開いて中身を確かめます。",
        )
        self.make = Button("バックアップを作成する", self._make, icon_name="floppy-disk")
        self.carry = Button("別の場所に作成する", self._carry, icon_name="export")
        self.check = Button("データを点検する", self._check, icon_name="checks")
        self.restore = Button("復元する", self._ask_restore, icon_name="clock-counter-clockwise")
        self.body.addWidget(FlowRow(self.make, self.carry, self.check, self.restore))
        self.said = NoteBox("", tone="accent")
        self.body.addWidget(self.said)
        self.said.say("")
        self.list = BackupList("backups", today=doors.clock().date())
        self.body.addWidget(self.list)
        place = Panel("場所")
        place.put(label(f"データ　{path_words(doors.folder)}", wrap=True))
        self.data_copied = CopiedNote(desk, words=copied_in_words)
        place.put(self.data_copied)
        place.put(label(f"バックアップ　{path_words(doors.folder / 'backups')}", wrap=True))
        place.put(
            Paragraph(
                "データと同じディスクが壊れると、バックアップも失われます。月に1度は「別の場所に作成する」で、"
                "ほかのディスクにも置いてください。",
                role="second",
            )
        )
        self.papers = label("", wrap=True)
        place.put(self.papers)
        self.papers_copied = CopiedNote(desk)
        place.put(self.papers_copied)
        self.body.addWidget(place)
        self.set_changeable(self.make, self.carry, self.check)

    def reload(self) -> None:
        """Read the generations, and look where papers are saved now."""
        self.papers.setText(f"書類の保存先（最初に表示する場所）　{path_words(paper_folder())}")
        self.papers_copied.look_at(paper_folder())
        self.data_copied.look_at(self.doors.folder)
        self.desk.apart(
            partial(list_backups, folder=self.doors.folder), self.list.show_rows, failed=self._fail, owner=self
        )

    def lines(self) -> Sequence[BackupLine]:
        """The generations shown."""
        return tuple(self.list.model.records())

    def _make(self) -> None:
        self._run(None)

    def _carry(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "バックアップを置く場所を選ぶ")
        if chosen:
            self._run(Path(chosen))

    def _run(self, to: Path | None) -> None:
        self.problem.say("")
        self.make.setEnabled(False)
        self.desk.read(
            with_store(make_backup, now=self.doors.clock(), to=to),
            self._made,
            failed=self._fail,
            owner=self,
            title="バックアップを作成しています",
        )

    def _made(self, made: BackupMade) -> None:
        self.make.setEnabled(True)
        self.said.say(f"{made.said}\n{path_words(made.path)}", tone="accent")
        self.reload()
        self.doors.backup_made()

    def _check(self) -> None:
        self.problem.say("")
        self.check.setEnabled(False)
        self.said.say("点検しています。", tone="quiet")
        self.desk.read(check_opened, self._checked, failed=self._fail, owner=self, title="データを点検しています")

    def _checked(self, checked: object) -> None:
        self.check.setEnabled(True)
        findings: tuple[str, ...] = getattr(checked, "findings", ())
        rows: int = getattr(checked, "rows", 0)
        notes = "".join(f"\n{one}" for one in getattr(checked, "notes", ()))
        if not findings:
            self.said.say(
                f"**異常はありません。** {rows:,}行と履歴のつながり、保管ファイル、鍵ファイル、バックアップを点検しました。{notes}",
                tone="accent",
            )
            return
        listed = "\n".join(f"・{one}" for one in findings)
        self.said.say(
            f"**点検で {len(findings)}件 見つかりました。** 何も書き換えていません。\n{listed}{notes}", tone="red"
        )

    def _fail(self, problem: Exception) -> None:
        self.make.setEnabled(not self.desk.read_only)
        self.check.setEnabled(not self.desk.read_only)
        self.said.say("")
        note_failure(failure_of(problem), self.problem)

    def _ask_restore(self) -> None:
        ask_before(
            self,
            title="バックアップから復元する",
            text=(
                "いまのデータを閉じて、復元の画面に進みます。\n"
                "復元は新しいフォルダーに行い、いまのデータはそのまま残ります。"
            ),
            verb="閉じて復元の画面へ",
            then=self.doors.leave_for_restore,
            danger=False,
        )
