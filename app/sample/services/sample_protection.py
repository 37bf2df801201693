"""What the contractor handed in over the year because of the 特記事項: 教育, a change of the 従事者, a drill, and a
sheet that was missing for half an hour; and the backup that the ward restored to see that it can."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from app.data_folder.services import drill
from app.foreign_files.workbooks.form_book import read_own_form
from app.ledgers.rules.check_list import FITS, OUTSIDE
from app.ledgers.services import check_lists, entering
from app.ledgers.services.reading import read_ledger
from app.papers.excel.render import render_xlsx
from app.papers.services.paper_context import context_of
from app.papers.services.paper_scope import PaperScope
from app.programme.services.programme import read_programme
from app.received.services.received_papers import IncomingFile, confirm_paper, judge_point
from app.sample.services.sample_events import STAFF
from app.sample.services.sample_incident import fill_incident
from app.subjects.settings.drill.services.drills import record_drill
from app.subjects.settings.workers.services.workers import read_workers
from app.subjects.submissions.deliverables.papers.kit_paper import kit_paper
from app.subjects.submissions.deliverables.rules import year_form_pages as pages
from app.subjects.submissions.deliverables.rules.kit_form import FormFill
from app.subjects.submissions.deliverables.services.kit_forms import year_form
from app.subjects.submissions.deliverables.services.submission_forms import take_kit
from db.backups import copies
from db.records.backups import DrillPlace, DrillStep, RestoreDrill
from db.records.submissions.received import Receipt
from db.store import Store

Does = Callable[..., Any]
_TAUGHT, _TOLD = "2026-07-29", "2026-07-31"
_CHANGE: Final = {
    "name": "受託見本　次郎", "what": "所属", "old": "見本企画株式会社", "new": "見本企画株式会社　研修部",
    "on": "2026/9/1", "reason": "部署の異動",
}  # fmt: skip
_DRILL: Final = {
    "訓練の種別": "手順の確認", "訓練の日": "2026/10/20", "訓練の想定": "会場に受付名簿を置き忘れた",
    "訓練の参加": "管理責任者、業務責任者、講師3人",
    "訓練の手順": "事故対応手順　第1版", "訓練の内容": "連絡網の順に、第一報までを読み合わせた。20分で終えた。",
    "訓練の分": "30", "訓練の改善": "時間外の電話番号を連絡網に加える", "訓練のつぎ": "2027/2/16",
}  # fmt: skip
_INCIDENT: Final = {
    "事故の種別": "事故のおそれ", "事故の発生日": "2026/9/10", "事故の発生時刻": "16:25", "事故の把握日": "2026/9/10",
    "事故の把握時刻": "16:50", "事故の第一報日": "2026/9/10", "事故の第一報時刻": "17:05",
    "事故の内容": "講習会の会場で、撮影の了解書1枚が所定の封筒になく、机の下で見付かった",
    "事故の数量": "了解書1枚、対象者1人", "事故の場所": "会場の研修室",
    "事故の状況": "片付けで封筒の枚数と受付の数が合わないことに従事者が気付き、25分後に見付けた",
}  # fmt: skip
_MEASURES: Final = (
    {"on": "2026/9/10", "what": "了解書を封筒に入れて施錠し、枚数を2人で確かめた", "who": "受託者", "state": "措置"},
    {"on": "2026/9/10", "what": "区へ電話で第一報をした", "who": "業務責任者", "state": "措置"},
)
_MENDED: Final = (
    *_MEASURES,
    {"on": "2026/9/30", "what": "枚数を3回数える形に変えた", "who": "受託者", "state": "再発防止（実施済）"},
)


_ALLOWANCE: Final = {
    "sort": "再委託", "what": "当日資料の印刷・帳合い", "grade": "情報", "party": "見本印刷株式会社",
    "reason": "自社に大判の印刷機がない", "begins": "2026/9/1", "ends": "2027/3/15",
}  # fmt: skip
_ANSWER: Final = {
    "answer": "許可・承認", "answered": "2026-08-07", "who": STAFF, "number": "8見本協収第21号",
    "terms": "個人情報を渡さない",
}  # fmt: skip
_SERVICE: Final = {
    "service": "見本フォーム（無料版）", "provider": "見本クラウド株式会社", "terms": "利用規約　2026年4月版",
    "use": "講習会・意見交換会のアンケート（無記名の回答）", "begins": "2026-09-01", "ends": "2027-03-31",
}  # fmt: skip
_LOWERED: Final = {
    8: "紙の用紙も配り、停止のときは紙だけで回収する", 9: "締切の翌日に回答を取り込み、区の記録に残す",
    11: "事業の終わりに回答を削除し、削除の画面を証明書に添える",
}  # fmt: skip
_VISITS: Final = (
    {
        "held": "2026-11-06", "sort": "実地の調査", "whom": "見本企画株式会社（受託者の事務所）", "who": STAFF,
        "asked": "アンケート用紙の保管と施錠", "result": "改善を指示", "found": "鍵の管理簿に記入のない日がある",
        "until": "2026-11-20",
    },
)  # fmt: skip


def fill_protection(store: Store, does: Does) -> None:
    """Enter who was taught, and let four forms come back, each looked through."""
    programme = read_programme(store, fiscal_year=2026).programme
    for one in read_workers(store.database, programme):
        if one.begins is None or one.begins > date(2026, 8, 3):
            continue
        cells = {"told": _TOLD, "name": one.name, "belongs": one.belongs, "state": "受講", "held": _TAUGHT}
        does(entering.enter_row, "2026-08-03 11:00", key="lessons", fiscal_year=2026, cells=cells)

    def take(title: str, moment: str, filled: FormFill, *, follows: int = 0, looked: tuple[str, ...] = ()) -> int:
        on = datetime.fromisoformat(moment)
        data = _filled(store, title, filled, on)
        paper: int = does(
            take_kit,
            moment,
            book=read_own_form(data),
            file=IncomingFile(data=data, name=f"{title}_{on:%Y%m%d}.xlsx"),
            receipt=Receipt(received_on=on.date(), received_time=f"{on:%H:%M}", original_place="文書管理システム"),
            fiscal_year=2026,
            follows=follows,
        ).id
        for point in looked:
            does(judge_point, moment, paper_id=paper, point=point, result="○")
        return paper

    def confirm(paper: int, moment: str, reason: str = "") -> None:
        on = datetime.fromisoformat(moment).date()
        does(confirm_paper, moment, paper_id=paper, on=on, reason=reason)

    confirm(take(pages.CHANGES, "2026-09-07 10:20", FormFill(lines=(_CHANGE,))), "2026-09-07 10:40")
    first = take(
        pages.INCIDENT, "2026-09-10 18:10", FormFill(values={"事故の報": "第一報", **_INCIDENT}, lines=_MEASURES)
    )
    last: Mapping[str, str] = {"事故の報": "最終", **_INCIDENT, "事故の原因": "回収の枚数を数える時が終了後だけだった"}
    again = take(
        pages.INCIDENT,
        "2026-10-02 11:30",
        FormFill(values=last, lines=_MENDED),
        follows=first,
        looked=("再発防止策の実施",),
    )
    confirm(again, "2026-10-02 14:00")
    fill_incident(store, does)
    confirm(take(pages.ALLOWANCE, "2026-08-06 09:20", FormFill(lines=(_ALLOWANCE,))), "2026-08-07 09:00")
    _answer(store, does)
    _services(does)
    for cells in _VISITS:
        row = does(entering.enter_row, f"{cells['held']} 17:00", key="visits", fiscal_year=2026, cells=cells).id
        does(
            entering.correct_row,
            "2026-11-19 16:20",
            key="visits",
            fiscal_year=2026,
            row_key=f"typed:{row}",
            column="ended",
            value="2026-11-19",
            reason="",
        )
    confirm(take(pages.DRILL, "2026-10-22 09:50", FormFill(values=_DRILL)), "2026-10-22 13:10")
    _restored(store, does)


def _restored(store: Store, does: Does) -> None:
    """The backup of the evening before came back whole, by the recovery key."""
    began, made = (datetime.fromisoformat(f"2026-11-{at}") for at in ("13T13:00", "12T17:31"))
    held = copies.contents(store.database)
    counts = drill.counted((held.counts, held.seq), (held.counts, held.seq))
    done = (
        (drill.BROUGHT, "第12世代と、そのあとの変更 3件"), (f"{drill.WITH_KEY}で開いた", ""), (drill.PAGES, "異常 0"),
        (drill.CHAIN, f"No 1から No {held.seq:,}まで"), (drill.COMPARED, f"{len(counts)}種類"),
        (drill.FILES, f"{held.counts['stored_files']}件"), (drill.REMOVED, ""),
    )  # fmt: skip
    outcome = RestoreDrill(
        fiscal_year=2026,
        number=0,
        began=began,
        ended=began + timedelta(seconds=14),
        by="",
        pc="見本のPC",
        opened_with=drill.WITH_KEY,
        generation=12,
        made=made,
        replayed=3,
        places=(DrillPlace(where=drill.OWN_PLACE, newest=made, generations=12),),
        steps=tuple(DrillStep(what=what, at=began, good=True, note=note) for what, note in done),
        counts=counts,
    )
    does(record_drill, "2026-11-13 13:02", drill=outcome, witness="見本　係長")


def _answer(store: Store, does: Does) -> None:
    """The ward allows what was asked: day, person, number and condition go into the row."""
    book = read_ledger(store, key="allowances", fiscal_year=2026, today=date(2026, 8, 7)).book
    (line,) = [one for one in book.lines if one.typed]
    for column, value in _ANSWER.items():
        does(
            entering.correct_row,
            "2026-08-07 09:30",
            key="allowances",
            fiscal_year=2026,
            row_key=line.key,
            column=column,
            value=value,
            reason="",
        )


def _services(does: Does) -> None:
    """The service of the surveys' forms, held against the twelve risks before the first of them opened."""
    sheet = does(
        check_lists.save_head,
        "2026-08-17 10:00",
        key="cloud_risks",
        fiscal_year=2026,
        head=_SERVICE,
        filled_on=date(2026, 8, 12),
        filled_by="管理責任者　受託見本　さくら",
    ).id
    for item in range(1, 13):
        answer = {"word": FITS, "evidence": f"利用規約　第{item + 3}条"}
        if item in _LOWERED:
            answer |= {"word": OUTSIDE, "measure": _LOWERED[item]}
        does(check_lists.answer_item, "2026-08-17 10:20", sheet_id=sheet, item=str(item), answer=answer)
    does(
        check_lists.take_in,
        "2026-08-18 09:40",
        sheet_id=sheet,
        received_on=date(2026, 8, 18),
        checked_by=STAFF,
        review_on=date(2027, 8, 18),
    )


def _filled(store: Store, title: str, filled: FormFill, now: datetime) -> bytes:
    """A form as the contractor filled it in."""
    view = read_programme(store, fiscal_year=2026, on=now.date())
    context = context_of(store, view, PaperScope(fiscal_year=2026), f"{title}（様式）", now)
    return render_xlsx(kit_paper(context, year_form(title, view), filled))
