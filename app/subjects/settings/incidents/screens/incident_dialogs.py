"""The forms of an incident: start, facts, decisions, measures, closing, and the rules of the ward."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from app.subjects.settings.incidents import rules
from app.subjects.settings.incidents.services import incidents as service
from app.subjects.settings.incidents.services.incident_view import IncidentView
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.forms.form_fields import Field
from app.widgets.forms.record_fields import record_field
from app.window.app_context import AppContext, bind_action
from db.records.incidents import Incident, IncidentMeasure, IncidentRules

_NO_NAMES: Final = "本人の氏名や連絡先は書きません。人数と情報の項目だけを書きます。"
_PLACES: Final = tuple((one, one) for one in rules.BASIS)
_SORTS: Final = tuple((one, one) for one in ("事故のおそれ", "事故", "特記・法令への違反", "違反の兆候"))
_NEEDED: Final = (("要", "要"), ("否", "否"))
_KNOWN: Final = (
    Field("known_on", "把握した日", "date", width=120),
    Field("known_time", "把握した時刻", "time"),
    Field("known_by", "把握した人", optional=True, width=240, hint="区の職員の氏名。空なら入力した人です。"),
)
Events = tuple[tuple[int, str], ...]


def _event_field(known: Events) -> Field:
    choices = ((None, "—"), *known)
    return Field("event_id", "実施回", "choice", choices=choices, optional=True)


def begin_dialog(app_context: AppContext, events: Events, parent: QWidget, on_saved: Any) -> FormDialog:
    """Return the form that starts a record; a few words are enough, the rest can be added later."""
    now = app_context.now()

    def change(typed: dict[str, Any]) -> Any:
        known_at = datetime.combine(typed.pop("known_on"), time.fromisoformat(typed.pop("known_time")))
        known_by = typed.pop("known_by")
        return bind_action(
            app_context,
            service.begin_incident,
            fiscal_year=app_context.fiscal_year,
            incident=typed,
            known_at=known_at,
            known_by=known_by,
        )

    return FormDialog(
        app_context,
        "事故を記録する",
        main="記録を始める",
        text=f"ひとことで始められます。分からないことは、あとから書けます。{_NO_NAMES}",
        fields=(
            record_field(Incident, "title", hint="受付名簿(紙) 1部が見あたらない"),
            record_field(Incident, "place", kind="radio", choices=_PLACES),
            record_field(Incident, "sort", choices=_SORTS),
            *_KNOWN,
            _event_field(events),
            record_field(Incident, "origin", optional=True, hint="持出し管理簿の番号など"),
        ),
        values={
            "place": "区", "sort": "事故のおそれ", "known_on": now.date(), "known_time": f"{now:%H:%M}",
            "event_id": None,
        },
        change=change,
        near=now.date(),
        on_saved=on_saved,
        parent=parent,
    )  # fmt: skip


def facts_dialog(
    app_context: AppContext, view: IncidentView, events: Events, parent: QWidget, *, first_field: str = ""
) -> FormDialog:
    """Return the form of the facts; ``first_field`` gets the focus."""
    known_at = view.incident.known_at
    shown = {name: getattr(view.incident, name) for name in service.TYPED if name != "cause"} | {"known_at": known_at}

    def change(typed: dict[str, Any]) -> Any:
        moment = datetime.combine(typed.pop("known_on"), time.fromisoformat(typed.pop("known_time")))
        # Seconds are typed by nobody: what was left as it stands is not changed by them.
        same = moment == known_at.replace(second=0, microsecond=0)
        typed["known_at"] = known_at if same else moment
        return bind_action(app_context, service.write_facts, incident_id=view.incident.id, typed=typed, shown=shown)

    made = FormDialog(
        app_context,
        "事実を書く",
        view.incident.title,
        main="保存する",
        text=f"分かったところから書きます。空けたところは「調査中」と印刷します。{_NO_NAMES}",
        fields=(
            record_field(Incident, "happened", optional=True, hint="11/13(金) 16:30ごろ"),
            record_field(Incident, "what", kind="lines", lines=2, optional=True, hint="書類の名前と、載っている項目"),
            record_field(Incident, "amount", optional=True, hint="1部、14件"),
            record_field(Incident, "people", least=0, optional=True, width=80),
            record_field(Incident, "spot", optional=True),
            record_field(Incident, "course", kind="lines", lines=3, optional=True),
            *_KNOWN,
            record_field(Incident, "title"),
            record_field(Incident, "place", kind="radio", choices=_PLACES),
            record_field(Incident, "sort", choices=_SORTS),
            _event_field(events),
            record_field(Incident, "origin", optional=True),
        ),
        values=shown | {"known_on": known_at.date(), "known_time": f"{known_at:%H:%M}"},
        change=change,
        near=app_context.today(),
        parent=parent,
    )  # fmt: skip
    if first_field:
        made.form.go_to(first_field)
    return made


def cause_dialog(app_context: AppContext, view: IncidentView, parent: QWidget) -> FormDialog:
    """Return the form of the cause."""
    shown = {"cause": view.incident.cause}
    return FormDialog(
        app_context,
        "原因を書く",
        view.incident.title,
        main="保存する",
        fields=(record_field(Incident, "cause", kind="lines", lines=4, optional=True, hint="直接の原因と、その背景"),),
        values=shown,
        change=lambda typed: bind_action(
            app_context, service.write_facts, incident_id=view.incident.id, typed=typed, shown=shown
        ),
        parent=parent,
    )


def report_dialog(app_context: AppContext, view: IncidentView, parent: QWidget) -> FormDialog:
    """Return the form for the decision whether to report to the 委員会."""
    known, today = view.incident, app_context.today()
    return FormDialog(
        app_context,
        "報告の要否を書く",
        "個人情報保護委員会（個人情報保護法68条）",
        main="保存する",
        text="要否は人が判断します。個人情報保護の所管に相談した結果を書きます。",
        fields=(
            Field("needed", "要否", "radio", choices=_NEEDED),
            Field("decided_by", "判断した人", hint="職と氏名"),
            Field("on", "判断した日", "date", width=120),
            Field("reason", "理由", "lines", lines=2, optional=True, hint="「否」のときは必ず書きます。"),
            Field(
                "wrong_purpose", "不正の目的", "check",
                words=f"不正の目的によるおそれがある（確報は{view.rules.long_days}日）",
            ),
        ),
        values={
            "needed": known.needed or None, "decided_by": known.needed_by, "on": known.needed_on or today,
            "reason": known.needed_reason, "wrong_purpose": known.wrong_purpose,
        },
        change=lambda typed: bind_action(app_context, service.record_report_decision, incident_id=known.id, **typed),
        near=today,
        parent=parent,
    )  # fmt: skip


def reported_days_dialog(app_context: AppContext, view: IncidentView, parent: QWidget) -> FormDialog:
    """Return the form for the days on which the 速報 and the 確報 were made."""
    known = view.incident
    return FormDialog(
        app_context,
        "報告した日を書く",
        "個人情報保護委員会（個人情報保護法68条）",
        main="保存する",
        fields=(
            Field("early_on", "速報の日", "date", width=120, optional=True),
            Field("final_on", "確報の日", "date", width=120, optional=True),
        ),
        values={"early_on": known.early_on, "final_on": known.final_on},
        change=lambda typed: bind_action(app_context, service.record_report_days, incident_id=known.id, **typed),
        near=app_context.today(),
        parent=parent,
    )


def affected_people_dialog(app_context: AppContext, view: IncidentView, parent: QWidget) -> FormDialog:
    """Return the form for the decision to notify the affected persons, and the day the last was notified."""
    known = view.incident
    return FormDialog(
        app_context,
        "本人への通知を書く",
        known.title,
        main="保存する",
        text="氏名は書きません。知らせる人は、名簿から開きます。",
        fields=(
            Field("needed", "要否", "radio", choices=_NEEDED),
            Field("decided_by", "判断した人", hint="職と氏名"),
            Field("people", "対象の人数", "number", unit="人", least=0, optional=True, width=80),
            Field("how", "方法・理由", "lines", lines=2, optional=True, hint="電話、文書など。「否」のときは理由。"),
            Field("on", "知らせ終えた日", "date", width=120, optional=True),
        ),
        values={
            "needed": known.owners_needed or None, "decided_by": known.owners_by, "people": known.people,
            "how": known.owners_how, "on": known.owners_on,
        },
        change=lambda typed: bind_action(app_context, service.record_people_decision, incident_id=known.id, **typed),
        near=app_context.today(),
        parent=parent,
    )  # fmt: skip


def measure_dialog(
    app_context: AppContext, view: IncidentView, measure: IncidentMeasure | None, parent: QWidget
) -> FormDialog:
    """Return the form of one measure, a new one or ``measure``."""
    names = ("what", "who", "planned_on", "done_on")
    return FormDialog(
        app_context,
        "再発防止策を変える" if measure else "再発防止策を加える",
        view.incident.title,
        main="保存する",
        fields=(
            record_field(IncidentMeasure, "what", kind="lines", lines=2),
            record_field(IncidentMeasure, "who", optional=True, width=240),
            record_field(IncidentMeasure, "planned_on", optional=True, width=120),
            record_field(IncidentMeasure, "done_on", optional=True, width=120),
        ),
        values={name: getattr(measure, name) for name in names} if measure else None,
        change=lambda typed: bind_action(
            app_context,
            service.save_measure,
            incident_id=view.incident.id,
            measure=typed,
            measure_id=measure.id if measure else 0,
        ),
        near=app_context.today(),
        parent=parent,
    )


def close_dialog(app_context: AppContext, view: IncidentView, how: str, parent: QWidget) -> FormDialog:
    """Return the form that closes the record; open points are listed and need a reason."""
    found = how == rules.FOUND
    text = "\n".join(f"・{point}" for point in view.open_points)
    might = view.incident.sort in ("事故", "事故のおそれ")
    head = "見つかったときは「事故のおそれ」で終わります。" if found and might else ""
    left = f"残っていること（理由を書くと閉じられます）\n{text}" if text else "残っていることはありません。"
    hint = (
        "どこで、どのように見つかり、だれも見ていないと言えるか"
        if found
        else "残っていることがあるときは必ず書きます。"
    )
    return FormDialog(
        app_context,
        "見つかったので閉じる" if found else "記録を閉じる",
        view.incident.title,
        main="閉じる",
        text=f"{head}{left}",
        fields=(Field("reason", "理由", "lines", lines=3, optional=not (found or view.open_points), hint=hint),),
        change=lambda typed: bind_action(
            app_context, service.close_incident, incident_id=view.incident.id, how=how, reason=typed["reason"]
        ),
        parent=parent,
    )


def rules_dialog(app_context: AppContext, known: IncidentRules, parent: QWidget, *, fiscal_year: int) -> FormDialog:
    """Return the form of the addressees and deadlines that the ward uses in a year."""
    names = ("early_from", "early_to", "final_days", "long_days")

    def change(typed: dict[str, Any]) -> Any:
        days = {name: typed[name] for name in names}
        return bind_action(
            app_context, service.set_incident_rules, fiscal_year=fiscal_year, days=days, parties=typed["parties"]
        )

    parties = "\n".join(f"{name}　{phone}".rstrip() for name, phone in known.parties.items())
    return FormDialog(
        app_context,
        "連絡先と日数を決める",
        main="保存する",
        text="日数は、把握した日を1日目として数えます（個人情報保護法68条・施行規則44条）。区の規程に合わせて変えられます。",
        fields=(
            Field("parties", "知らせる相手", "lines", lines=5, hint="1行に1か所。名前、空白、電話の順に書きます。"),
            *(record_field(IncidentRules, name, least=1, width=72) for name in names),
        ),
        values={"parties": parties} | {name: getattr(known, name) for name in names},
        change=change,
        parent=parent,
    )


def reopen_dialog(app_context: AppContext, view: IncidentView, parent: QWidget) -> FormDialog:
    """Return the form that reopens a closed record."""
    return FormDialog(
        app_context,
        "記録を開き直す",
        view.incident.title,
        main="開き直す",
        fields=(Field("reason", "理由", "lines", lines=2),),
        change=lambda typed: bind_action(
            app_context, service.reopen_incident, incident_id=view.incident.id, reason=typed["reason"]
        ),
        parent=parent,
    )


def short_moment(at: datetime, today: date) -> str:
    """Return 「16:55」, on another day 「11/12 16:55」."""
    clock = f"{at.hour}:{at.minute:02d}"
    return clock if at.date() == today else f"{at.month}/{at.day} {clock}"
