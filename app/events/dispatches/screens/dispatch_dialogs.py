"""Dialogs of 派遣: decision on a request, hearing, tables of a report, follow-ups and the call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from app.common.join_nonempty import fill_nonempty
from app.events.dispatches.rules import (
    CELL_SEPARATOR,
    EXCEPTION_LABELS,
    PLAN,
    PLAN_COLUMNS,
    STAGES,
    called_after,
    join_exception_reasons,
    objections_to_selection,
    offered_tools,
    parse_plan_rows,
    split_exception_reason,
)
from app.events.dispatches.services.dispatch_requests import (
    DispatchRequestList,
    DispatchRequestRow,
    decide_dispatch_request,
    note_form_handed_over,
)
from app.events.dispatches.services.support import (
    CallOutcome,
    SupportView,
    call_questions,
    note_call,
    remove_follow_up,
    save_follow_up,
    save_hearing,
    save_report_table,
)
from app.registers.register.rules import STAGE_WORDS, stage_words
from app.widgets.buttons import Button
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.forms.form_fields import Field
from app.widgets.forms.record_fields import record_field
from app.window.app_context import AppContext, bind_action
from db.fields import field_label
from db.records.dispatches import DispatchFollowUp, DispatchRequest, DispatchSupport, RequestOutcome
from db.records.events import Event

_NO_EVENT = 0
_UNDECIDED = "選定前"


def text_choices(words: Sequence[str], *, empty: str = "—") -> tuple[tuple[Any, str], ...]:
    """Return the choices of a field from plain words, behind a first one with the value "" and the words ``empty``."""
    return (("", empty), *((one, one) for one in words))


def _cited(words: str, clause: str) -> str:
    return f"{words}（{clause}）" if clause else words


def decide_dialog(
    app_context: AppContext, request_list: DispatchRequestList, row: DispatchRequestRow, parent: QWidget
) -> FormDialog:
    """Return the dialog to decide on a request: 決定, 不採択, 取下げ, or back to 選定前."""
    wish = row.request
    events = [one for one in request_list.dispatches if one.organisation_id in (None, wish.organisation_id)]
    linked = {link.event.id: link.words for link in row.links}
    against = objections_to_selection(wish, request_list.closes_for(wish.received_on), app_context.today())
    recorded = split_exception_reason(wish.exception_reason, against)
    reasons = dict.fromkeys(against, "") | {ground: words for ground, words in recorded.items() if words}
    # Only a decided request can go back to 選定前; otherwise no choice is preset.
    outcomes = ("決定", "不採択", "取下げ", *((_UNDECIDED,) if wish.outcome else ()))
    fields = (
        record_field(
            DispatchRequest, "outcome", kind="radio", choices=tuple((one, one) for one in outcomes), optional=False
        ),
        record_field(DispatchRequest, "decided_on", width=112, optional=False),
        record_field(
            DispatchRequest,
            "reason",
            kind="lines",
            lines=3,
            is_sometimes_asked=True,
            hint="募集要項の「決め方」にそって。ほかの団体の名は書きません",
        ),
        *(_fields_of_lectures(request_list, linked) if request_list.lecture_names else ()),
        *(
            record_field(
                DispatchRequest,
                "exception_reason",
                key=f"exception_reason{ground}",
                label=EXCEPTION_LABELS[ground],
                is_sometimes_asked=True,
                hint=fill_nonempty("{}。", against.get(ground, "")),
            )
            for ground in reasons
        ),
        Field(
            "event_id",
            "実施回",
            "choice",
            choices=((_NO_EVENT, "あとで結び付ける"), *((one.id, one.full_title) for one in events)),
            hint="決定のあと、「実施回を追加」からも作れます",
        ),
    )
    first = next(iter(linked), _NO_EVENT)
    values = {
        "outcome": wish.outcome,
        "decided_on": wish.decided_on or app_context.today(),
        "reason": wish.reason,
        "lecture_id": wish.lecture_id or (first if any(link.attended_count for link in row.links) else _NO_EVENT),
        "unlinked_reason": wish.unlinked_reason,
        **{f"exception_reason{ground}": words for ground, words in reasons.items()},
        "event_id": wish.event_id or (events[0].id if len(events) == 1 else _NO_EVENT),
    }

    def change(typed: dict[str, Any]) -> Any:
        """Return the action that records the decision."""
        return bind_action(
            decide_dispatch_request,
            wish_id=wish.id,
            outcome=RequestOutcome("" if typed["outcome"] == _UNDECIDED else typed["outcome"]),
            decided_on=typed["decided_on"],
            reason=typed["reason"],
            event_id=typed["event_id"] or None,
            lecture_id=typed.get("lecture_id") or None,
            unlinked_reason=typed.get("unlinked_reason", ""),
            exception_reason=join_exception_reasons({one: typed[f"exception_reason{one}"] for one in reasons}),
        )

    return FormDialog(
        parent,
        "選定を記録",
        row.organisation.name,
        fields=fields,
        values=values,
        change=change,
        width=720,
    )


def _fields_of_lectures(request_list: DispatchRequestList, linked: Mapping[int, str]) -> tuple[Field, ...]:
    """Return the fields about a lecture in which the 団体 took part, where the year has lectures."""
    names = request_list.lecture_names
    return (
        Field(
            "lecture_id",
            f"参加した{names}",
            "choice",
            choices=((_NO_EVENT, "名簿に参加がない" if not linked else "選ばない"), *linked.items()),
            hint=_cited(f"主に、{names}の参加者が所属する団体", request_list.kind.clause_target),
        ),
        record_field(
            DispatchRequest,
            "unlinked_reason",
            is_sometimes_asked=True,
            hint=f"参加した{names}がないときに、それでも選ぶ理由",
        ),
    )


def handover_dialog(request: DispatchRequest, name: str, parent: QWidget) -> FormDialog:
    """Return the dialog to record when the request form itself was handed to the contractor; no day = it was not."""
    fields = (
        Field(
            "on",
            "渡した日",
            "date",
            width=112,
            optional=True,
            hint="空にすると、渡した記録を取り消します",
        ),
        Field("how", "渡した方法", optional=True, placeholder="業務責任者へ手渡し"),
    )
    return FormDialog(
        parent,
        "希望票を受託者へ渡した記録",
        name,
        fields=fields,
        values={"on": request.handed_on, "how": request.handed_how},
        change=lambda typed: bind_action(note_form_handed_over, wish_id=request.id, on=typed["on"], how=typed["how"]),
    )


def hearing_dialog(view: SupportView, parent: QWidget) -> FormDialog:
    """Return the dialog for hearing, agreed contents and facilities of the venue."""
    wish, venue = view.request, view.venue
    fields = (
        record_field(DispatchSupport, "hearing_on", width=112),
        Field("hearing_how", "方法", optional=True, placeholder="電話"),
        Field("hearing_people", "した人", optional=True, placeholder="受託者、区"),
        record_field(DispatchSupport, "issue", kind="lines", lines=2),
        record_field(
            DispatchSupport,
            "agreed",
            kind="lines",
            lines=2,
            hint=_cited("区と受託者の協議の上、決定", view.kind.clause_content),
        ),
        record_field(DispatchSupport, "agreement_number", placeholder="協議 第5号", width=200),
        record_field(
            DispatchRequest,
            "equipment",
            kind="lines",
            lines=2,
            hint=_cited("ないものは、協議の上、原則受託者が準備", view.kind.clause_equipment),
        ),
        record_field(
            DispatchSupport,
            "line",
            hint=_cited("ないときは、受託者がルーターなどで整備", view.kind.clause_equipment),
        ),
        record_field(DispatchRequest, "fee", hint="だれが払うか"),
    )
    one, event = view.support, view.event
    values = {field.key: getattr(one, field.key) for field in fields}
    of_event = (
        record_field(Event, "network", kind="radio", choices=(("有", "有"), ("無", "無"), ("不明", "まだ不明"))),
        record_field(Event, "fee_payer"),
        *(() if view.has_people else (record_field(DispatchRequest, "people", least=1),)),
    )
    heard = {
        "network": wish.network if wish and event.network.is_unknown else event.network,
        "fee_payer": event.fee_payer,
        "people": wish.people if wish else None,
    }
    values["equipment"] = one.equipment or (wish.equipment if wish else "") or (venue.equipment if venue else "")
    values["fee"] = one.fee or (wish.fee if wish else "")
    return FormDialog(
        parent,
        "ヒアリングを記録",
        view.event.full_title,
        fields=(*fields[:3], *of_event, *fields[3:]),
        values=values | heard,
        change=lambda typed: bind_action(
            save_hearing,
            support=replace(one, **{key: typed[key] for key in values}),
            **{field.key: typed[field.key] for field in of_event},
        ),
        width=720,
    )


def stages_dialog(view: SupportView, parent: QWidget) -> FormDialog:
    """Return the dialog to choose the stages of a received report, one line a tool: those of the 派遣 first."""
    steps = (("", "—"), *((key, stage_words(key)) for key in STAGE_WORDS))
    known = {line.tool: (line.before, line.after) for line in view.stage_lines}
    # A report may mention a tool that nobody requested and the 団体 had no stage of.
    offered = [(tool, *known.get(tool, ("", ""))) for tool in dict.fromkeys((*known, *offered_tools(view.kind)))]
    fields = tuple(
        Field(
            f"s{number}",
            tool,
            "choice",
            choices=steps,
            hint=f"訪問前　{stage_words(before)}" if before else "訪問前の段階は記録にありません",
            optional=True,
        )
        for number, (tool, before, _after) in enumerate(offered)
    )
    values = {f"s{number}": after for number, (_tool, _before, after) in enumerate(offered)}

    def change(typed: dict[str, Any]) -> Any:
        chosen = ((tool, before, typed[f"s{number}"]) for number, (tool, before, _after) in enumerate(offered))
        lines = [one for one in chosen if one[2]]
        return bind_action(save_report_table, event_id=view.event.id, key=STAGES, lines=lines)

    return FormDialog(
        parent,
        "訪問後の段階を書き写す",
        "届いた報告書の到達状況から",
        fields=fields,
        values=values,
        change=change,
    )


def plan_dialog(view: SupportView, parent: QWidget) -> FormDialog:
    """Return the dialog to type the plan of a received report, one row a line."""
    field = Field(
        "plan",
        "支援の予定",
        "lines",
        lines=9,
        optional=True,
        hint=f"1行に1つ。{CELL_SEPARATOR.join(PLAN_COLUMNS)}。次年度4月以降の行も書きます",
    )

    def change(typed: dict[str, Any]) -> Any:
        return bind_action(save_report_table, event_id=view.event.id, key=PLAN, lines=parse_plan_rows(typed["plan"]))

    return FormDialog(
        parent,
        "今後の支援方針を書き写す",
        "届いた報告書から",
        fields=(field,),
        values={"plan": "\n".join(CELL_SEPARATOR.join(one) for one in view.plan)},
        change=change,
        width=720,
    )


def follow_up_dialog(
    app_context: AppContext, view: SupportView, follow_up: DispatchFollowUp | None, parent: QWidget
) -> FormDialog:
    """Return the dialog of one question of the 団体 and its answer; ``follow_up`` None = a new one."""
    start = follow_up or DispatchFollowUp(event_id=view.event.id, asked_on=app_context.today())
    fields = (
        record_field(DispatchFollowUp, "asked_on", width=112),
        record_field(
            DispatchFollowUp,
            "way",
            kind="choice",
            choices=tuple((word, word) for word in ("電話", "メール", "面談")),
            width=112,
        ),
        Field("side", "答えた側", "radio", choices=(("受託者", "受託者"), ("区", "区"))),
        Field("question", "聞かれたこと", hint="一行で。個人の電話番号は書きません"),
        record_field(DispatchFollowUp, "answer", kind="lines", lines=2),
        record_field(DispatchFollowUp, "state", kind="radio", choices=(("完了", "完了"), ("対応中", "対応中"))),
        record_field(DispatchFollowUp, "answered_on", width=112),
        record_field(DispatchFollowUp, "next_on", width=112, hint="対応中のときに。ホームに出ます"),
        record_field(DispatchFollowUp, "counted", placeholder="配信 9–11月 5回"),
    )
    dialog = FormDialog(
        parent,
        "フォローアップを直す" if follow_up else "フォローアップを記録",
        view.event.full_title,
        fields=fields,
        # Whoever answered decides whether it is done, so a new one has no preset.
        values={
            field.key: getattr(start, field.key) for field in fields if follow_up is not None or field.key != "state"
        },
        change=lambda typed: bind_action(save_follow_up, follow_up=replace(start, **typed)),
    )
    if follow_up is not None:
        remove = bind_action(remove_follow_up, follow_up_id=follow_up.id)
        dialog.put_button(Button("この記録を消す", lambda: dialog.run_change(remove), kind="danger", tall=True))
    return dialog


def call_dialog(view: SupportView, outcome: CallOutcome, parent: QWidget) -> FormDialog:
    """Return the dialog to record the call after three months, for 話せた and 日を変える."""
    name = view.organisation.name if view.organisation else view.event.full_title
    asked = dict.fromkeys((*(line.tool for line in view.stage_lines), *offered_tools(view.kind)))
    tools = {f"t{number}": tool for number, tool in enumerate(asked)}
    fields: tuple[Field, ...]
    if outcome == "話せた":
        in_use = field_label(DispatchFollowUp, "tools_in_use")
        fields = (
            Field("answer", "聞いたこと", "lines", hint=call_questions(view.kind)),
            *(Field(key, "" if key != "t0" else in_use, "check", words=tool) for key, tool in tools.items()),
            record_field(
                DispatchFollowUp,
                "counted",
                placeholder="配信 9–11月 5回",
                hint="使っているものがなければ、印を付けずに記録します。",
            ),
        )
        values: dict[str, Any] = {"answer": "", "counted": ""}
    else:
        fields = (
            record_field(DispatchFollowUp, "next_on", width=112, hint="開庁日", optional=False),
            Field("answer", "理由", optional=True),
        )
        values = {"next_on": view.next_try_on, "answer": ""}

    def change(typed: dict[str, Any]) -> Any:
        return bind_action(
            note_call,
            event_id=view.event.id,
            outcome=outcome,
            answer=typed["answer"],
            counted=typed.get("counted", ""),
            tools_in_use=[tool for key, tool in tools.items() if typed.get(key)],
            next_on=_day(typed.get("next_on")),
        )

    return FormDialog(
        parent,
        f"{called_after(view.kind)}の電話　{outcome}",
        name,
        main="記録する",
        fields=fields,
        values=values,
        change=change,
    )


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None
