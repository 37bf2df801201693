"""Says of two versions of a questionnaire which questions can be compared: the same, only reworded, or no longer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from app.subjects.surveys.questions.rules.survey_questions import (
    TYPE_WORDS,
    options_without_other,
    other_option_of,
    printed_title,
)
from db.frozen_record import frozen_record
from db.records.surveys import Question

VersionChange = Literal["同じ", "文だけ変更", "選択肢を変更", "聞き方を変更", "新設", "廃止"]
COMPARABLE: tuple[VersionChange, ...] = ("同じ", "文だけ変更")


@frozen_record
class ComparedVersion:
    """One question over two versions. ``old_place`` and ``new_place`` are its numbers on paper from 1, 0 = not asked.

    ``differences`` are whole phrases (「選択肢「会員」がなくなった」), empty when nothing changed.
    """

    code: str
    change: VersionChange
    old: Question | None
    new: Question | None
    old_place: int
    new_place: int
    differences: tuple[str, ...] = ()

    @property
    def is_comparable(self) -> bool:
        """Whether the answers of both versions may stand side by side."""
        return self.change in COMPARABLE


def compare_versions(old: Sequence[Question], new: Sequence[Question]) -> tuple[ComparedVersion, ...]:
    """Lay two versions side by side, in the order of the new one, what was dropped last.

    A question is the same by its code. Free text and numbers are comparable under the same conditions as options:
    the same kind of answer, of the same people.
    """
    before = {question.code: (place, question) for place, question in enumerate(old, 1)}
    rows = []
    for place, question in enumerate(new, 1):
        old_place, earlier = before.get(question.code, (0, None))
        standing, differences = _judge_change(earlier, question)
        rows.append(
            ComparedVersion(
                code=question.code,
                change=standing,
                old=earlier,
                new=question,
                old_place=old_place,
                new_place=place,
                differences=differences,
            )
        )
    codes = {question.code for question in new}
    rows += [
        ComparedVersion(code=code, change="廃止", old=question, new=None, old_place=place, new_place=0)
        for code, (place, question) in before.items()
        if code not in codes
    ]
    return tuple(rows)


def _judge_change(old: Question | None, new: Question) -> tuple[VersionChange, tuple[str, ...]]:
    if old is None:
        return "新設", ()
    asked = _asking_differences(old, new)
    options = _option_differences(old, new)
    words: tuple[str, ...] = ()
    if printed_title(old) != printed_title(new):
        words = (f"設問文「{printed_title(old)}」→「{printed_title(new)}」",)
    if old.note != new.note:
        words += (f"説明「{old.note or 'なし'}」→「{new.note or 'なし'}」",)
    if asked:
        return "聞き方を変更", (*asked, *options, *words)
    if options:
        return "選択肢を変更", (*options, *words)
    order = _order_difference(old, new)
    if words:
        return "文だけ変更", (*words, *order)
    return "同じ", order


def _asking_differences(old: Question, new: Question) -> tuple[str, ...]:
    found = []
    if old.type != new.type:
        found.append(f"{TYPE_WORDS[old.type]}→{TYPE_WORDS[new.type]}")
    elif old.max_select != new.max_select and new.type == "MA":
        found.append(f"{_version_limit(old)}→{_version_limit(new)}")
    if new.type == "NUM" and old.unit != new.unit:
        found.append(f"単位「{old.unit or 'なし'}」→「{new.unit or 'なし'}」")
    if (old.asked_of, set(old.asked_of_options)) != (new.asked_of, set(new.asked_of_options)):
        found.append(f"聞く相手　{_branch_words(old)}→{_branch_words(new)}")
    return tuple(found)


def _option_differences(old: Question, new: Question) -> tuple[str, ...]:
    had, has = _counted_rows(old), _counted_rows(new)
    gone = [f"選択肢「{option}」がなくなった" for option in had if option not in has]
    come = [f"選択肢「{option}」が加わった" for option in has if option not in had]
    return (*gone, *come)


def _counted_rows(question: Question) -> tuple[str, ...]:
    """The rows that are counted, as the comparison of the totals has them: その他 by its own name."""
    if question.type not in ("SA", "MA"):
        return ()
    return (*options_without_other(question), *((other_option_of(question),) if question.has_other else ()))


def _order_difference(old: Question, new: Question) -> tuple[str, ...]:
    return ("選択肢の順が変わった",) if old.options != new.options and old.type in ("SA", "MA") else ()


def _version_limit(question: Question) -> str:
    return f"{question.max_select}つまで" if question.max_select else "いくつでも"


def _branch_words(question: Question) -> str:
    return "、".join(f"「{option}」の方" for option in question.asked_of_options) if question.asked_of else "全員"
