"""The questions of an online form as text that staff paste into LoGoフォーム, Google or Microsoft forms."""

from __future__ import annotations

from collections.abc import Sequence

from db.record import record

CHOICE_OF_ONE = "ラジオボタン（1つ選ぶ）"
CHOICE_OF_MANY = "チェックボックス（複数選ぶ）"
LONG_TEXT = "段落（長い文）"
SHORT_TEXT = "記述式（短い文・数字）"
REQUIRED = "する"
PASTE_NOTE = "このアプリからは送信しません。フォームを作る画面に貼り付けて使います。"


@record
class FormQuestion:
    """One question as entered into a form service.

    Attributes:
        title, options: exactly as they have to be, so that the answers are recognised.
        form_type: what the services call it.
        required: whether it must be answered, in words.
        note: its explanation.
        limit, other_hint, branch: settings (limit, その他, who is asked) as whole phrases.
    """

    number: str
    title: str
    form_type: str
    required: str
    options: tuple[str, ...] = ()
    note: str = ""
    limit: str = ""
    other_hint: str = ""
    branch: str = ""

    @property
    def setting_lines(self) -> tuple[str, ...]:
        """Return the settings of the question that it has."""
        return tuple(text for text in (self.limit, self.other_hint, self.branch) if text)


def form_text(title: str, lead: Sequence[str], questions: Sequence[FormQuestion]) -> str:
    """Return the text to paste, with title, introduction, and every question with its options one a line."""
    blocks = ["\n".join(("フォームの題名", title)), "\n".join(("フォームの説明", *lead))]
    for one in questions:
        lines = [one.number, one.title]
        if one.note:
            lines += ["説明", one.note]
        lines.append(f"種類　{one.form_type}")
        if one.options:
            lines += ["選択肢", *one.options]
        lines.append(f"必須　{one.required}")
        lines += [f"設定　{hint}" for hint in one.setting_lines]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"
