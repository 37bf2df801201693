"""Right side of 協議・打合せ: one full record, open 宿題, and 打合せ without a 協議."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.calendar.dates import long_date, short_date, short_date_or
from app.common.display_words import display_word
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.event.rules.event_warning import CONTRACT_CHANGE
from app.events.agreements.rules import search_words, side_words
from app.events.agreements.screens.notified_change import notification_status_text
from app.events.agreements.services import AgreementView, HomeworkRow
from app.registers.register.services.search import matched_spans
from app.widgets.badges import Badge, KindSquare
from app.widgets.buttons import Button, MenuAction, MoreButton, inline_button, link_button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import label, second_label, show_text_or_hide, small_label, with_accessible_name, wrapped_label
from app.widgets.layouts import add, in_column, in_grid, row_of
from app.widgets.panel import EmptyState, Panel
from app.widgets.screen import clear_layout, disable_when_read_only, widget_row
from app.window import theme as t
from app.window.app_context import AppContext
from db.name_key import name_key
from db.records.agreements import AgreementFile, Meeting

_BADGES = {"協議中": "今週", "決定": "済", "確認済": "済", "取消": "取り消し"}
_MARK_COLOUR = "#FFE9A8"


class RecordPanel(Panel):
    """Panel of one 協議. Signals: none."""

    def __init__(self, list_actions: Callable[[], Iterable[MenuAction]]):
        """Create the panel; ``list_actions`` returns the entries of its menu 「…」."""
        super().__init__(tone="accent")
        self.number = label("", "h2")
        self.day = label("", "body")
        self.badge = Badge("済", "")
        self.title = wrapped_label("", "strong")
        self.square = KindSquare()
        self.about = second_label()
        self.grid = in_grid(margins=(0, 0, 0, 0), across=12, down=8, wide=1)
        self.lacks = small_label()
        self.files = in_column(spacing=2)
        self.original = small_label()
        self.print = Button("記録票", icon_name="printer")
        self.change = Button("直す", icon_name="pencil-simple")
        self.more = MoreButton(list_actions)
        self.empty = EmptyState()
        self.empty.show_text("一覧で1件を選ぶと、ここに出ます。")
        self.inside = QWidget()
        column = in_column(
            widget_row(self.number, self.day, None, self.badge), self.title, owner=self.inside, spacing=8
        )
        about = widget_row(self.square)
        about.addWidget(self.about, 1)
        add(column, about, self.grid, self.lacks, self.files, self.original)
        buttons = widget_row(self.print, self.change, self.more)
        buttons.addStretch(1)
        column.addLayout(buttons)
        self.put(self.empty, self.inside)
        self.inside.hide()
        self.writing = (self.change, self.more)

    def show_empty(self) -> None:
        """Show the hint to choose a 協議 in the list, in place of one."""
        self.inside.hide()
        self.empty.show()

    def show_record(self, view: AgreementView, today: date, text: str = "") -> None:
        """Show one 協議, with the words of ``text`` and their synonyms highlighted.

        「直す」 is hidden if it is confirmed or withdrawn.
        """
        one = view.record
        self.empty.hide()
        self.inside.show()
        day = one.settled_on or one.asked_on
        self.number.setText(one.record_number or "番号なし")
        self.day.setText(long_date(day) if day else "")
        on = fill_nonempty("　{}", short_date_or("", one.confirmed_on, today))
        self.badge.show_status(_BADGES[one.state], f"{one.state}{on}")
        keys = _search_keys(text)
        self.title.setTextFormat(Qt.TextFormat.RichText)
        self.title.setText(_highlighted(one.content or one.topic, keys))
        self.square.setVisible(view.event is not None)
        if view.event is not None:
            self.square.show_kind(view.event.kind)
        meeting = f"打合せ　第{view.meeting.ordinal}回（{view.matter_number}）" if view.meeting is not None else one.way
        about = view.event.full_title if view.event is not None else "年度に共通"
        self.about.setText(join_nonempty(about, meeting))
        self._show_lines(view, keys, today)
        show_text_or_hide(
            self.lacks,
            f"{'、'.join(view.missing)}がまだありません。" if one.settled_on is not None and view.missing else "",
        )
        # A confirmed or withdrawn record is not edited; 「確認を取り消す」 comes first.
        self.change.setVisible(one.confirmed_on is None and one.withdrawn_on is None)
        self._show_files(view.files)
        place = (
            f"原本　{one.original_place}（ここにあるのは控え）"
            if one.original_place
            else "原本の所在は、まだ書かれていません。"
        )
        self.original.setText(place)

    def _show_lines(self, view: AgreementView, keys: tuple[str, ...], today: date) -> None:
        """Show the texts of the 協議 line by line, with searched words marked; empty ones are left out.

        契約 (unless ``CONTRACT_CHANGE``) and 決めた人 are shown only once it is decided.
        """
        one = view.record
        clear_layout(self.grid)
        people = join_nonempty(side_words("区", one.ward_people), side_words("受託者", one.partner))
        # Who decided, and that a 協議 is enough, is shown only for a decision.
        settled = one.settled_on is not None
        nature = display_word(one.nature)
        if one.nature == CONTRACT_CHANGE:
            asked = join_nonempty(
                short_date_or("", one.section_asked_on, today),
                one.section_person,
                one.section_answer,
                separator=" ",
            )
            nature += f"（{asked or '回答待ち'}）"
        lines = (
            ("区の考え", one.ward_view), ("受託者の考え", one.contractor_view), ("決定", one.decision),
            ("理由", one.reason),
            ("根拠", one.clause), ("契約", nature if settled or one.nature == CONTRACT_CHANGE else ""),
            ("協議書", notification_status_text(view.contract_change, today)),
            ("決めた人", people if settled else ""), ("関係", one.related),
            ("取消", one.withdrawn_reason), ("覚え", one.note),
            ("宿題", "\n".join(f"{one.text}（{one.side}{'・済' if one.done_on else ''}）" for one in view.homework)),
        )  # fmt: skip
        for number, (name, text) in enumerate(line for line in lines if line[1]):
            head = small_label(name)
            head.setFixedWidth(t.scaled(72))
            said = wrapped_label("", "strong" if name == "決定" else "body")
            said.setTextFormat(Qt.TextFormat.RichText)
            said.setText(_highlighted(text, keys))
            said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.grid.addWidget(head, number, 0, Qt.AlignmentFlag.AlignTop)
            self.grid.addWidget(said, number, 1)

    def _show_files(self, files: tuple[AgreementFile, ...]) -> None:
        clear_layout(self.files)
        for one in files:
            self.files.addWidget(small_label(f"添付　{one.name}"))


class HomeworkPanel(Panel):
    """Panel of the open 宿題, each with 「済にする」 and a menu 「…」.

    Signals: ``done_asked(HomeworkRow)``, ``change_asked(HomeworkRow)``, ``remove_asked(HomeworkRow)``,
    ``origin_asked(HomeworkRow)``.
    """

    done_asked = Signal(object)
    change_asked = Signal(object)
    remove_asked = Signal(object)
    origin_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__("宿題", note="期限のあるものは、ホームにも出ます")
        self.lines = in_column(spacing=8)
        self.put(self.lines)
        self.buttons: dict[int, Button] = {}

    def show_homework(
        self, open_rows: tuple[HomeworkRow, ...], today: date, focused_id: int | None, app_context: AppContext
    ) -> None:
        """Show the open 宿題 in the order given, editable if ``app_context`` may write.

        Args:
            focused_id: the 宿題 whose button 「済にする」 gets the focus; None = the focus stays.
        """
        clear_layout(self.lines)
        self.buttons = {}
        if not open_rows:
            self.lines.addWidget(label("未了の宿題はありません。", "small"))
        for one in open_rows:
            self.lines.addWidget(self._line(one, today, app_context))
        if focused_id in self.buttons:
            self.buttons[focused_id].setFocus()

    def _line(self, one: HomeworkRow, today: date, app_context: AppContext) -> QWidget:
        task = one.homework
        line = QWidget()
        column = in_column(owner=line, spacing=2)
        due = short_date_or("期限なし", task.due, today)
        late = task.due is not None and task.due < today
        day = label(f"{due}{'　目安日過ぎ' if late else ''}", "strong")
        who = label(join_nonempty(task.side, task.person), "second")
        done = with_accessible_name(
            inline_button("済にする", partial(self.done_asked.emit, one)), f"宿題「{task.text}」を済にする"
        )
        more = MoreButton(partial(self.menu_actions, one, app_context), f"宿題「{task.text}」　ほかの操作")
        disable_when_read_only(app_context, done)
        self.buttons[one.id] = done
        buttons = QWidget()
        buttons.setLayout(widget_row(done, more))
        more.setVisible(any(self.menu_actions(one, app_context)))
        add(column, FlowRow(day, who, buttons, at_end=1), wrapped_label(task.text, "body"))
        if one.source:
            column.addWidget(label(one.source, "small"))
        return line

    def menu_actions(self, row: HomeworkRow, app_context: AppContext) -> Iterator[MenuAction]:
        """Yield the entries of the menu 「…」 of a 宿題: open its origin; 「直す」 and 「消す」 unless read-only."""
        if row.source:
            yield f"{row.source}を開く", partial(self.origin_asked.emit, row)
        if app_context.may_write:
            yield "直す", partial(self.change_asked.emit, row)
            yield "消す", partial(self.remove_asked.emit, row)


class MeetingPanel(Panel):
    """Panel of the 打合せ without a 協議, which no record shows.

    Signals: ``change_asked(Meeting)``, ``remove_asked(Meeting)``.
    """

    change_asked = Signal(object)
    remove_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__("協議のない打合せ", note="協議を結び付けると、協議の欄から開けます")
        self.lines = in_column(spacing=8)
        self.put(self.lines)
        self.hide()

    def show_meetings(self, meetings: Sequence[Meeting], today: date, app_context: AppContext) -> None:
        """Show the 打合せ, editable if ``app_context`` may write; the panel is hidden without any."""
        clear_layout(self.lines)
        self.setVisible(bool(meetings))
        for one in meetings:
            name = f"第{one.ordinal}回"
            said = wrapped_label(f"{name}　{short_date(one.held_on, today)}　{one.subject}", "body")
            change = with_accessible_name(
                link_button("直す", partial(self.change_asked.emit, one)), f"{name}の打合せの記録を直す"
            )
            remove = with_accessible_name(
                link_button("消す", partial(self.remove_asked.emit, one)), f"{name}の打合せの記録を消す"
            )
            disable_when_read_only(app_context, change, remove)
            line = row_of((said, 1), change, remove, spacing=8)
            self.lines.addWidget(line)


def _search_keys(text: str) -> tuple[str, ...]:
    typed, also = search_words(text)
    return tuple(map(name_key, (*typed, *also)))


def _highlighted(text: str, keys: tuple[str, ...]) -> str:
    """Return the text as HTML with every part highlighted that the search takes for one of the words."""
    # Sentence by sentence, because long texts take long.
    return "".join(_highlighted_sentence(one, keys) for one in re.split(r"(?<=[。\n])", text)).replace("\n", "<br>")


def _highlighted_sentence(text: str, keys: tuple[str, ...]) -> str:
    made, end = [], 0
    for first, last in matched_spans(text, keys) if keys else ():
        made.append(
            f'{escape(text[end:first])}<span style="background:{_MARK_COLOUR}">{escape(text[first:last])}</span>'
        )
        end = last
    return "".join((*made, escape(text[end:])))
