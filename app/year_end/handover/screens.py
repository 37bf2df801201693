"""The screen 引継書, with the four steps of a staff change, remarks on chapters, and a preview."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.data_folder.services.accounts import UserLine, deactivate_user, list_users
from app.documents.screens.document_view import DocumentView
from app.documents.screens.passage_fields import PassageList
from app.documents.services.document_passages import PassageRow, read_passages
from app.documents.services.document_scope import DocumentScope
from app.main_window.navigation import ScreenEntry
from app.widgets.bars.action_bar import ActionBar, page_above
from app.widgets.buttons import Button, inline_button, link_button
from app.widgets.dialogs.dialog_frame import DialogFrame, confirm_first
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.folding_columns import ListAndDetail
from app.widgets.forms.form_fields import Field
from app.widgets.labels import label, second_label, small_label, styled_frame, wrapped_label
from app.widgets.layouts import add, in_column
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import Screen, disable_when_read_only, in_scroll_area, page_title, widget_row
from app.window.app_context import AppContext, bind_action
from app.year_end.handover.documents import KIND
from app.year_end.handover.services import StaffChange, hand_over, read_staff_change


def screens() -> Iterator[ScreenEntry]:
    """Yield the screen, built when first shown."""

    yield ScreenEntry("handover", "users-three", "引継書", HandoverScreen, parent_screen="summary")


class HandoverScreen(Screen):
    """The screen 引継書; emits no signals."""

    def __init__(self, app_context: AppContext):
        super().__init__(app_context)
        self.change: StaffChange | None = None
        self._users: tuple[UserLine, ...] = ()
        self.problem = NoteBox("", "red")
        self.people = wrapped_label()
        self.homework = second_label()
        self.accounts = second_label()
        self.name = Button("後任者へ引き継ぐ", self.open_change, icon_name="users-three", low=True)
        self.staff = inline_button("所属・担当者を直す", lambda: app_context.go("settings", page="office"))
        self.stop = inline_button("前任者の利用を止める", self.ask_user_to_stop, danger=True)
        self.texts = PassageList(app_context)
        self.bar = ActionBar(app_context)
        self.paper = DocumentView(app_context, main="pdf", bar=self.bar)
        self.bar.put(*self.paper.buttons)
        self._build()
        disable_when_read_only(app_context, self.name)

    def _build(self) -> None:
        column = page_above(self.bar, self)
        add(column, page_title(self.app_context, "引継書", "summary"), self.problem)
        self.problem.show_text("")
        left = QWidget()
        inside = in_column(owner=left, spacing=12, margins=(0, 0, 8, 0))
        steps = Panel("担当者が替わるとき")
        for number, (words, button) in enumerate(
            (
                (self.people, self.name),
                (self.homework, None),
                (second_label("つぎの担当者の氏名が、書類の問合せ先に出ます。"), self.staff),
                (self.accounts, self.stop),
            ),
            1,
        ):
            line = widget_row(label(f"{number}", "strong"), 8)
            line.addWidget(words, 1)
            if button is not None:
                line.addWidget(button)
            steps.put(line)
        inside.addWidget(steps)
        words_panel = Panel("章ごとの書き添え")
        words_panel.put(
            small_label("記録から入る行のほかに、後任者へ伝えることを書きます。空の章は記録だけを印刷します。"),
            self.texts,
        )
        add(inside, words_panel, None)
        frame = styled_frame("panel")
        in_column(self.paper, owner=frame, margins=(1, 1, 1, 1))
        self.parts = ListAndDetail(in_scroll_area(left), frame, back="引継ぎの手順", wide=580, usual=420, share=0.48)
        column.addWidget(self.parts, 1)
        self.show_paper = link_button("帳票を見る", self.parts.show_detail)
        column.addWidget(self.show_paper)

    def reload(self) -> None:
        """Read and show the people named, the passages, the users and the document."""
        today = self.today
        scope = DocumentScope(fiscal_year=self.fiscal_year)
        self.run_read(self._show, read_staff_change, fiscal_year=self.fiscal_year, today=today)
        self.run_read(self._show_texts, read_passages, scope=scope, kind=KIND, on=today)
        # Without a keyring (a 当日持出しファイル) no user can be deactivated.
        self.app_context.read(list_users, self._show_users, on_failed=lambda _problem: self._show_users(()), owner=self)
        self.paper.show_document_of(scope, KIND)
        self.show_paper.setVisible(self.parts.is_narrow)

    def _show(self, found: StaffChange) -> None:
        """Show who takes over from whom, when, and how many 宿題 are left."""
        self.change = found
        named = (
            f"{found.predecessor or '（未記入）'} → {found.successor or '（未定）'}　引継日 {found.day or '（未定）'}"
        )
        self.people.setText(named)
        left = len(found.remaining_homework)
        self.homework.setText(
            f"区の宿題 {len(found.homework)}件　"
            + (f"うち{left}件は、まだ後任者の担当ではありません。" if left else "すべて後任者の担当です。")
        )

    def _show_texts(self, rows: tuple[PassageRow, ...]) -> None:
        shown = [one for one in rows if one.part.startswith("書き添え")]
        self.texts.show_texts(DocumentScope(fiscal_year=self.fiscal_year), KIND, shown)

    def _show_users(self, lines: Sequence[UserLine]) -> None:
        """Show the other users, who can be stopped from opening the data."""
        self._users = tuple(
            one for one in lines if one.can_log_in and one.user.display_name != self.app_context.user_name
        )
        self.stop.setEnabled(bool(self._users) and self.may_write)
        names = "、".join(one.user.display_name for one in self._users)
        self.accounts.setText(
            f"このデータを開ける、ほかの人：{names}" if names else "このデータを開ける、ほかの人はいません。"
        )

    # the steps

    def open_change(self) -> None:
        """Open the dialog that saves who takes over, when, and which 宿題 are transferred."""
        found = self.change
        if found is None:
            return
        fields = (
            Field("giver", "前任者"),
            Field("taker", "後任者"),
            Field("day", "引継日", "date", width=112, hint="引継日は年度末です。手で変えられます"),
            *(
                Field(
                    str(one.id),
                    "宿題" if place == 0 else "",
                    "check",
                    words=f"{one.text}（いまの担当　{one.person or '区'}）",
                )
                for place, one in enumerate(found.homework)
            ),
        )
        values = {"giver": found.predecessor, "taker": found.successor, "day": found.last_day}
        values |= {str(one.id): True for one in found.remaining_homework}

        def change(typed: dict[str, Any]) -> Any:
            chosen = tuple(one.id for one in found.homework if typed[str(one.id)])
            return bind_action(
                hand_over,
                fiscal_year=self.fiscal_year,
                predecessor=str(typed["giver"]),
                successor=str(typed["taker"]),
                day=typed["day"],
                homework_ids=chosen,
            )

        FormDialog(
            self,
            "後任者へ引き継ぐ",
            main="引き継ぐ",
            fields=fields,
            values=values,
            change=change,
            width=720,
        ).open()

    def ask_user_to_stop(self) -> None:
        """Open a dialog that asks which user to stop; for a single one only the dialog of ``stop_user`` opens."""
        if len(self._users) == 1:
            self.stop_user(self._users[0])
        elif self._users:
            dialog = DialogFrame("前任者の利用を止める", "だれの利用を止めますか", width=520, parent=self)
            for line in self._users:
                words = f"{line.user.display_name}（ID {line.user.login_id}）"
                dialog.put(Button(words, partial(self._chosen, dialog, line)))
            dialog.put(None)
            dialog.open()

    def _chosen(self, dialog: DialogFrame, line: UserLine) -> None:
        """Close the dialog, and ask to confirm that the user is deactivated."""
        dialog.accept()
        self.stop_user(line)

    def stop_user(self, line: UserLine) -> None:
        """Open a dialog that names the consequences; when confirmed, deactivate the user."""
        confirm_first(
            self,
            title="前任者の利用を止める",
            subject=line.user.display_name,
            verb="利用を止める",
            text=f"{line.user.display_name}さん（ID {line.user.login_id}）は、このデータを開けなくなります。\n"
            f"これまでの履歴の名前は残ります。この操作は Ctrl+Z で戻せません。",
            on_confirmed=partial(self._stop, line),
        )

    def _stop(self, line: UserLine) -> None:
        """Deactivate a user, and read the page anew."""
        self.problem.show_text("")
        self.run_change(bind_action(deactivate_user, login_id=line.user.login_id), lambda _none: self.reload())
