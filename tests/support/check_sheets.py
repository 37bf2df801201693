"""クラウドサービス確認票 for tests: one begun, and one whose every item is met."""

from datetime import date

from app.actions.action_context import ActionContext
from app.ledgers.services import check_lists
from db.store import Store
from tests.support.sample import BY, NOW


def begun(store: Store, *, by: str = BY, **head: str) -> int:
    """A sheet about an invented service, with nothing judged."""
    given = {
        "service": "見本フォーム", "provider": "見本クラウド株式会社", "type": "SaaS型", "region": "日本（東京）",
        "use": "派遣の事前アンケート（氏名、役職、回答）", "begins": "2026-10-01", "ends": "2027-03-31",
    }  # fmt: skip
    return check_lists.save_header(
        ActionContext(store, by, NOW),
        key="cloud",
        fiscal_year=2026,
        header=given | head,
        filled_on=date(2026, 8, 17),
        filled_by="管理責任者　受託見本　さくら",
    ).id


def filled(store: Store, *, by: str = BY) -> int:
    """The same with every item met by a paragraph of the rules of use."""
    sheet_id = begun(store, by=by)
    for item in range(1, 19):
        answer = {"word": "適合", "evidence": f"利用規約 第{item}条"}
        check_lists.answer_item(ActionContext(store, by, NOW), sheet_id=sheet_id, item=str(item), answer=answer)
    return sheet_id
