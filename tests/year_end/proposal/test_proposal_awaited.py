"""The 提案書 at the end of the year: awaited when its date is certain, never late before the last event is known."""

from datetime import date

from app.actions.action_context import ActionContext
from app.event.services.tasks import deadlines
from app.event.services.tasks.task import PROPOSAL, Task
from app.home.today.services import home
from app.year_end.proposal.services import due_words, read_proposal
from db.records.programme import Programme
from db.store import Store
from tests.support.years import BY, NOW, add_dispatch, add_lecture, started_year


def _proposal(store: Store, today: date) -> Task:
    return next(task for task in deadlines.all_tasks(store, today=today) if task.task == PROPOSAL)


def _awaited(store: Store, today: date) -> list[str]:
    """How the 提案書 stands among what is due now."""
    found = [row for row in home.read_home(store, today=today).work_queue.rows if row.kind == PROPOSAL]
    return ["期限超過" if row.is_overdue else row.turn for row in found if not row.is_later]


def test_while_an_event_is_undecided_the_proposal_is_not_late(tmp_path):
    store = started_year(tmp_path)
    add_lecture(store, date(2026, 12, 18))

    waiting = _proposal(store, date(2027, 2, 1))

    assert (waiting.provisional_words, waiting.bucket) == ("仮 1/1(金・祝)〜3/29(月)", "来週から")
    assert _awaited(store, date(2027, 2, 1)) == []


def test_once_no_event_can_follow_the_proposal_is_awaited_and_can_be_late(tmp_path):
    store = started_year(tmp_path)
    add_lecture(store, date(2026, 12, 18))
    add_dispatch(store, date(2027, 3, 10), network="有")

    certain = _proposal(store, date(2027, 3, 16))

    assert (certain.provisional_words, certain.nominal) == ("", date(2027, 3, 24))
    assert _awaited(store, date(2027, 3, 16)) == []
    assert _awaited(store, date(2027, 3, 17)) == ["受託者待ち"]
    assert _awaited(store, date(2027, 3, 25)) == ["期限超過"]


def test_without_a_day_it_is_said_why(tmp_path):
    store = started_year(tmp_path)

    def words(today: date) -> str:
        return due_words(read_proposal(store, fiscal_year=2026, today=today), today)

    assert words(date(2026, 12, 1)).startswith("提出期限　仮 〜")
    assert words(date(2027, 4, 1)) == "提出期限　実施回がありません"
    with ActionContext(store, BY, NOW).change("契約を直した", "programme") as change:
        change.update(Programme, 1, proposal_period="")
    assert words(date(2026, 12, 1)) == "提出期限　この契約では求めていません"
