"""Find contradicting numbers in a form, by item (more responses than people, wrong sums).

Only contradictions within the form are faults; the ward's numbers are shown beside. Differences from the record
alone are handled in 数字の突合."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from app.common.join_nonempty import join_nonempty
from app.submissions.deliverables.rules.submission_form import NO_ANSWER, FormItem, SubmissionForm
from db.digits import whole_number
from db.record import group_by_key, record


@record
class WardCounts:
    """The ward's own counts; None = unknown."""

    attended: int | None = None
    online: int | None = None


@record
class FormContradiction:
    """A contradiction, with the item whose cell is named, what was read, and what to write."""

    key: str
    unit: str
    problem_text: str
    todo: str


def find_contradictions(
    form: SubmissionForm, values: Mapping[str, str], *, single: frozenset[str], known: WardCounts
) -> tuple[FormContradiction, ...]:
    """Return the contradictions in the values of a form.

    Args:
        values: by item key, as read.
        single: the questions with one answer a person, whose answers add up to 回収数.
        known: the ward's counts; they are only quoted in what to write.
    """
    found = [*_exceeding(values, known), *_sum_contradictions(form, values, single)]
    return tuple(found)


def _exceeding(values: Mapping[str, str], known: WardCounts) -> list[FormContradiction]:
    """Return a contradiction for each number of the form that exceeds another of it (回収数 more than 出席).

    Also for a 回収率 that is not 回収数 / 出席. ``known`` is only quoted.
    """
    found = []
    came, back = _number(values, "出席"), _number(values, "回収数")
    if came is not None and back is not None and back > came:
        ours = join_nonempty(
            f"区の受付は{known.attended}人" if known.attended is not None else "",
            f"オンラインは{known.online}件" if known.online is not None else "",
            separator="、",
        )
        found.append(
            FormContradiction(
                key="回収数",
                unit="回収数",
                problem_text=f"回収数（{back}枚）が出席（{came}人）より多くなっています",
                todo=f"{ours}です" if ours else "どちらかを確かめてもらう",
            )
        )
    for key, whole, unit in (("満足計", "回収数", "枚"), ("活用の意向", "回収数", "枚"), ("団体", "出席", "人")):
        part, rest = _number(values, key), _number(values, whole)
        if part is not None and rest is not None and part > rest:
            title = {"活用の意向": "活用の意向あり", "団体": "出席した団体"}.get(key, key)
            found.append(
                FormContradiction(
                    key=key,
                    unit=title,
                    problem_text=f"{title}（{part}）が{whole}（{rest}{unit}）より多くなっています",
                    todo="どちらかを確かめてもらう",
                )
            )
    rate = values.get("回収率")
    if rate and came and back is not None and back <= came:
        own = (Decimal(back) * 100 / came).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
        if Decimal(rate) != own:
            found.append(
                FormContradiction(
                    key="回収率",
                    unit="回収率",
                    problem_text=f"回収率が{rate}％となっています",
                    todo=f"回収{back}÷出席{came}は{own}％です",
                )
            )
    return found


def _sum_contradictions(
    form: SubmissionForm, values: Mapping[str, str], single: frozenset[str]
) -> list[FormContradiction]:
    """Return at most one contradiction for each question of which any answer is filled.

    The answers of a ``single`` one do not add up to 回収数, one of several answers exceeds it, or a cell is empty.
    """
    back = _number(values, "回収数")
    found = []
    for group, items in answers_by_question(form).items():
        counts = [_number(values, item.key) for item in items]
        if not any(count is not None for count in counts):
            continue
        empty = [item for item, count in zip(items, counts, strict=True) if count is None]
        total = sum(count or 0 for count in counts)
        most = max(count or 0 for count in counts)
        last = items[-1]
        if group in single and back is not None and total != back:
            row = (
                "無回答の行が空いています"
                if [item.title for item in empty] == [f"{group}　{NO_ANSWER}"]
                else "選択肢の人数を確かめてもらう"
            )
            found.append(
                FormContradiction(
                    key=last.key,
                    unit=group,
                    problem_text=f"{group}の合計（{total}人）が回収数（{back}枚）と合いません",
                    todo=row,
                )
            )
        elif group not in single and back is not None and most > back:
            found.append(
                FormContradiction(
                    key=last.key,
                    unit=group,
                    problem_text=f"{group}に、回収数 {back}枚より多い人数があります",
                    todo="人数を確かめてもらう",
                )
            )
        elif (group not in single and empty) or (group in single and empty and back is None):
            found.append(
                FormContradiction(
                    key=empty[0].key,
                    unit=group,
                    problem_text=f"{empty[0].title}の欄が空いています",
                    todo="数を記入してもらう（ないときは 0）",
                )
            )
    return found


def answers_by_question(form: SubmissionForm) -> dict[str, list[FormItem]]:
    """Return the answer items of every question by its code (「問4」), in the order of the form."""
    return group_by_key((item.group, item) for item in form.items if item.group)


def _number(values: Mapping[str, str], key: str) -> int | None:
    return whole_number(values.get(key, ""))
