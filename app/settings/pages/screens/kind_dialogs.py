"""Dialogs of the page 契約条件: add a kind of event, change what it is called and holds, its place, and take it out."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from app.common.join_nonempty import fill_nonempty, lines_of
from app.programme.intake import built_in_questionnaires
from app.programme.parts import FormCards
from app.programme.rules import (
    REPORT_ANSWERS,
    REPORT_EXTRAS,
    clause_fields,
    report_answer_of,
    sign_problem,
    usual_practices,
)
from app.programme.services import ProgrammeView, add_kind, describe_kind, order_kinds, remove_kind
from app.widgets.buttons import Button, danger_button
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.dialogs.dialog_frame import CAN_UNDO, confirm_first
from app.widgets.forms.form import Form, check_together
from app.widgets.forms.form_fields import Field
from app.widgets.forms.record_fields import record_field
from app.widgets.labels import label, section
from app.widgets.screen import widget_row
from db.records.event_form import EventForm
from db.records.programme import EventKind, Recruitment, VisitStep

_QUESTIONNAIRES = {"lecture": "講習向けのひな形", "exchange": "意見交換向けのひな形"}
_EMPTY = "空から始める"
_NONE = "-"
"""The choice of none, since an empty choice is one that was not made."""


_MOST_LINES = 20
"""The dialog scrolls, so that a list in it needs no bar of its own."""


def _name_fields(view: ProgrammeView, kind: EventKind | None) -> tuple[Field, ...]:
    """Return the fields of what a kind is called; a name or sign of another kind of the year is refused at once."""
    others = [one for one in view.kinds if kind is None or one.kind != kind.kind]
    signs = "・".join(one.sign for one in others)

    def taken(value: str, name: str) -> str:
        """Return why a value is refused because another kind of the year has it, "" where none has."""
        other = next((one.name for one in others if getattr(one, name) == value.strip()), None)
        return f"「{value.strip()}」は、「{other}」が使っています。" if other is not None else ""

    return (
        Field(
            "title",
            "契約書の名前",
            width=360,
            rule=lambda value: taken(value, "title"),
            hint="契約書・仕様書に書かれたとおりに入力します。",
        ),
        Field(
            "name",
            "短い名前",
            width=200,
            rule=lambda value: taken(value, "name"),
            read_back=lambda value: f"第3回 {value}" if value.strip() else "一覧と見出しに使います。",
        ),
        Field(
            "name_in_text",
            "文の中の名前",
            width=200,
            optional=True,
            read_back=lambda value: f"{value}の参加者" if value.strip() else "空けておくと、短い名前を使います。",
        ),
        record_field(
            EventKind,
            "sign",
            width=48,
            rule=lambda value: sign_problem(value.strip()) or taken(value, "sign"),
            hint=fill_nonempty("一覧と月、整理番号に使う1文字です。ほかの種類の字（{}）は使えません。", signs),
        ),
        record_field(
            EventKind,
            "planned_unit",
            width=72,
            max_length=4,
            hint="数のうしろに印刷する語です。ふつうは「回」か「団体」。",
        ),
        record_field(EventKind, "counted", hint="「団体」は、同じ団体への2回目を数えません。"),
        Field("lecturer", "教える人", width=160, hint="「講師」「アドバイザー」など、書類での呼び方です。"),
    )


def _content_fields(base: EventKind | None) -> tuple[Field, ...]:
    """Return the fields on time, audience, content, equipment, report and questionnaire of a kind of event."""
    own = ((base.questionnaire, f"定義ファイルの設問（{len(base.questions)}問）"),) if base and base.questions else ()
    choices = ((_NONE, "なし"), *((one, _QUESTIONNAIRES.get(one, one)) for one in built_in_questionnaires()), *own)
    return (
        record_field(
            EventKind,
            "question_time",
            width=200,
            hint="1回の時間に質問の時間を含む契約だけ、その呼び名を入力します。",
        ),
        record_field(
            EventKind,
            "audience",
            hint="募集の書類に入ります。空けておくと、町会・自治会の役員・会員の方です。",
        ),
        record_field(
            EventKind,
            "content",
            kind="lines",
            lines=3,
            most_lines=_MOST_LINES,
            hint="1行に1つ、契約書の言葉で入力します。新しい実施回の進行に入ります。",
            optional=True,
        ),
        Field(
            "ward_supplies",
            "区が用意する機材",
            optional=True,
            hint="「、」で区切ります。新しい実施回の機材に入ります。",
        ),
        Field(
            "report_items",
            "報告書に要る項目",
            "lines",
            optional=True,
            most_lines=_MOST_LINES,
            hint="1行に1つ、契約書の言葉で入力します。「内容確認」でこの項目を確かめます。",
        ),
        record_field(EventKind, "questionnaire", kind="choice", choices=choices),
        *(
            Field(one, one, "check", words=f"報告書に「{one}」の章を加える")
            for one in (REPORT_EXTRAS[base.form] if base else ())
        ),
    )


_VISIT_STEPS = {
    VisitStep.HEARING: "事前ヒアリングをする",
    VisitStep.CONSULTATION: "実施内容を協議する",
    VisitStep.SELECTION: "団体を選定する",
}


def _step_fields(*steps: VisitStep) -> tuple[Field, ...]:
    return tuple(Field(step, step, "check", words=_VISIT_STEPS[step]) for step in steps)


def _visit_fields() -> tuple[Field, ...]:
    return (
        record_field(
            EventKind,
            "recruitment",
            hint=f"ふつうは「{Recruitment.EACH}」。「{Recruitment.YEARLY}」は、年度の締切と結果の日が1つです。",
        ),
        record_field(
            EventKind,
            "visits_per_request",
            least=1,
            most=1_000,
            width=72,
            unit="回まで",
            hint="ふつうは1回です。",
        ),
        *_step_fields(*VisitStep),
        Field(
            "follow_up_months",
            "その後の電話",
            width=120,
            optional=True,
            unit="か月後",
            rule=_months_problem,
            hint="数を「、」で区切ります。空けておくと、電話はしません。",
        ),
        record_field(EventKind, "follow_up_by", hint="「団体」は最後の回のあとに1度、「回」は回ごとにかけます。"),
    )


_MONTHS = re.compile(r"(?:(?:[1-9]|1\d|2[0-4])(?:、|$))*")


def _months_problem(typed: str) -> str:
    return "" if _MONTHS.fullmatch(typed.strip()) else "1から24までの数を「、」で区切ります。"


_VISIT_KEYS = ("recruitment", "visits_per_request", *VisitStep, "follow_up_months", "follow_up_by")
_NAME_KEYS = ("title", "name", "name_in_text", "sign", "planned_unit", "counted", "lecturer")


def _form_values(kind: EventKind) -> dict[str, Any]:
    return (
        {key: getattr(kind, key) for key in _NAME_KEYS}
        | {
            "question_time": kind.question_time,
            "audience": kind.audience,
            "content": "\n".join(kind.content),
            "ward_supplies": "、".join(kind.ward_supplies),
            "report_items": "\n".join(kind.report_items),
            **{one.value: one in kind.report_extras for one in REPORT_EXTRAS[kind.form]},
            "questionnaire": kind.questionnaire or _NONE,
        }
        | (_visit_values(vars(kind)) if kind.form.at_organisation else _step_values(kind.steps))
    )


def _visit_values(kind: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **{key: kind[key] for key in ("recruitment", "visits_per_request", "follow_up_by")},
        "follow_up_months": "、".join(map(str, kind["follow_up_months"])),
        **_step_values(kind["steps"]),
    }


def _step_values(steps: Collection[VisitStep]) -> dict[str, Any]:
    return {step.value: step in steps for step in VisitStep}


def _with_typed(kind: EventKind, typed: Mapping[str, Any]) -> EventKind:
    """Return ``kind`` with the typed names and facts; known report items keep the chapter that answers them."""
    items = lines_of(typed["report_items"])
    known = {item: answer for item, answer in kind.report_items.items() if answer in REPORT_ANSWERS[kind.form]}
    supplies = str(typed["ward_supplies"]).replace("，", "、").replace(",", "、").split("、")
    return replace(
        kind,
        title=typed["title"].strip(),
        name=typed["name"].strip(),
        name_in_text=typed["name_in_text"].strip() or typed["name"].strip(),
        sign=typed["sign"].strip(),
        planned_unit=typed["planned_unit"].strip(),
        counted=typed["counted"],
        lecturer=typed["lecturer"].strip(),
        question_time=str(typed["question_time"] or "").strip(),
        audience=str(typed["audience"] or "").strip(),
        content=lines_of(typed["content"]),
        ward_supplies=tuple(one.strip() for one in supplies if one.strip()),
        report_items={item: known.get(item, report_answer_of(item, kind.form)) for item in items},
        report_extras=tuple(one for one in REPORT_EXTRAS[kind.form] if typed.get(one)),
        questionnaire="" if typed["questionnaire"] == _NONE else typed["questionnaire"],
        questions=kind.questions if typed["questionnaire"] == kind.questionnaire else (),
        steps=tuple(one for one in VisitStep if typed.get(one)),
        **(
            {key: typed[key] for key in ("recruitment", "visits_per_request", "follow_up_by")}
            | {"follow_up_months": tuple(sorted({int(one) for one in re.findall(r"\d+", typed["follow_up_months"])}))}
            if kind.form.at_organisation
            else {}
        ),
    )


class AddKindDialog(SavingDialog):
    """Dialog 種類を加える with form, names, and the numbers to begin with. Signals: those of ``SavingDialog``."""

    def __init__(self, parent: QWidget, view: ProgrammeView):
        super().__init__(parent, "種類を加える", "契約条件", main="種類を加えて数を入れる", width=880)
        self._view = view
        self.cards = FormCards()
        self.names = Form(
            (*_name_fields(view, None), *_content_fields(None), *_visit_fields()), self.app_context.fiscal_year
        )
        starts = [(one.kind, f"{one.name}と同じ数から") for one in view.kinds]
        self.start = Form(
            (
                Field(
                    "start", "数のはじまり", "choice", choices=(*starts, (_NONE, _EMPTY)), hint="項番は空で始まります。"
                ),
            ),
            self.app_context.fiscal_year,
        )
        self.put(
            widget_row(
                label("どんな形ですか", "strong"),
                label("あとから変えられません。名前と数は、あとから変えられます。", "small"),
                None,
            ),
            self.cards,
            self.names,
            self.start,
        )
        self.cards.chosen.connect(self._suggest)
        self._suggest(self.cards.form())

    def _suggest(self, form: EventForm) -> None:
        """Begin with the numbers and facts of the first kind of the form; without one with empty numbers.

        Then the facts are those of the year's first kind. Names and sign stay as typed.
        """
        alike = next(iter(self._view.kinds_of_form(form)), None)
        self.start.set_values({"start": alike.kind if alike is not None else _NONE})
        typed = self.names.values() if self.names.value("title") else {}
        base = alike or replace(self._view.kinds[0], **usual_practices(form))
        for key in _VISIT_KEYS:
            self.names.show_field(key, form.at_organisation)
        self.names.show_field(VisitStep.CONSULTATION, True)
        self.names.set_values(
            {
                "title": "",
                "name": "",
                "name_in_text": "",
                "sign": "",
                "planned_unit": usual_practices(form)["counted"],
                "counted": usual_practices(form)["counted"],
                "lecturer": base.lecturer,
                "question_time": base.question_time,
                "audience": "",
                "content": "",
                "ward_supplies": "、".join(base.ward_supplies),
                "report_items": "\n".join(base.report_items),
                "questionnaire": base.questionnaire or _NONE,
            }
            | _visit_values(vars(base))
            | {key: value for key, value in typed.items() if key in ("title", "name", "name_in_text", "sign")}
        )

    def _save(self) -> None:
        """Add the kind as typed, with the numbers of another one where chosen."""
        if not self.names.check_all():
            return
        view, form = self._view, self.cards.form()
        base = view.find_kind(self.start.value("start")) or _empty_kind(view)
        clauses: dict[str, Any] = dict.fromkeys(clause_fields(EventKind), "")
        kind = replace(
            base,
            form=form,
            programme_id=view.programme.id,
            people_text="",
            held_last_year={},
            held_last_year_source="",
            **(usual_practices(form) if base.form is not form else {}),
            **clauses,
        )
        self.run_action(add_kind, kind=_with_typed(kind, self.names.values()))


def _empty_kind(view: ProgrammeView) -> EventKind:
    """Return the first kind of the year with empty numbers: planned 0, 1 to 20 people, 60 minutes, no survey.

    Its window goes from the earliest one of the year to the end of 履行期間; its periods stay as they are.
    """
    return replace(
        view.kinds[0],
        window_start=min(one.window_start for one in view.kinds),
        window_end=view.programme.term_end,
        planned=0,
        strict=False,
        days=None,
        people_min=1,
        people_max=20,
        minutes=60,
        has_survey=False,
        lends_devices=False,
        people_strict=False,
        minutes_strict=False,
        question_time="",
        audience="",
        content=(),
        ward_supplies=(),
        report_items={},
        questionnaire="",
    )


class KindDialog(SavingDialog):
    """Dialog 名前・順: what a kind is called and holds, from a day on or as a correction, its place, its removal.

    Signals: those of ``SavingDialog``.
    """

    def __init__(self, parent: QWidget, view: ProgrammeView, kind: EventKind):
        super().__init__(parent, "名前・順", kind.name, main="保存する", width=880)
        self._view, self._kind = view, kind
        visits = _visit_fields() if kind.form.at_organisation else _step_fields(VisitStep.CONSULTATION)
        self.names = Form((*_name_fields(view, kind), *_content_fields(kind), *visits), self.app_context.fiscal_year)
        self.names.set_values(_form_values(kind))
        self.since = Form(
            (
                Field(
                    "day",
                    "適用する日",
                    "date",
                    width=120,
                    optional=True,
                    hint="この日からあとの実施回に使います。空けておくと、年度のはじめから直します。",
                ),
                record_field(
                    EventKind,
                    "reason",
                    is_sometimes_asked=True,
                    hint="日を入れたときは、理由も入力します。控えは元の名前のままです。",
                ),
            ),
            self.app_context.fiscal_year,
        )
        place = [one.kind for one in view.kinds].index(kind.kind)
        self.earlier = Button("前へ動かす", lambda: self._move(-1), icon_name="caret-left")
        self.later = Button("後ろへ動かす", lambda: self._move(1), icon_name="caret-right")
        self.earlier.setEnabled(place > 0)
        self.later.setEnabled(place + 1 < len(view.kinds))
        self.remove = danger_button("この年度では使わない", self._ask_removal)
        self.put(
            self.names,
            self.since,
            section("順"),
            widget_row(label(f"{len(view.kinds)}種類の{place + 1}番目"), self.earlier, self.later, None, self.remove),
        )

    def _save(self) -> None:
        """Save names and facts of the kind, as a correction or from the typed day on."""
        if check_together(self.names.check_all, self.since.check_all):
            since = self.since.values()
            self.run_action(
                describe_kind,
                kind=_with_typed(self._kind, self.names.values()),
                shown=self._kind,
                valid_from=since["day"],
                reason=since["reason"] or "",
            )

    def _move(self, step: int) -> None:
        """Move the kind among the kinds of the year by ``step`` places."""
        kinds = [one.kind for one in self._view.kinds]
        place = kinds.index(self._kind.kind)
        moved = [*kinds[:place], *kinds[place + 1 :]]
        moved.insert(place + step, self._kind.kind)
        self.run_action(order_kinds, programme_id=self._view.programme.id, kinds=moved)

    def _ask_removal(self) -> None:
        confirm_first(
            self,
            title="この年度では使わない",
            text=f"「{self._kind.name}」を、この年度の種類から外します。数と項番も外れます。",
            verb="外す",
            on_confirmed=lambda: self.run_action(
                remove_kind, programme_id=self._view.programme.id, kind=self._kind.kind
            ),
            note=CAN_UNDO,
        )
