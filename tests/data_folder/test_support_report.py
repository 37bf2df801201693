"""The text for IT support says how often something happened only where it was more than once."""

from datetime import datetime

from app.common.failure_facts import FailureFacts
from app.common.failure_log import EVENT_TEXTS, FailureLog, LogEntry
from app.data_folder.services import support_report
from db.files.storage_errors import Locked

AT = datetime.fromisoformat("2026-11-24T09:05:07+09:00")
LOCKED = FailureFacts(
    number="E-3F2A",
    kind="db.files.storage_errors.Locked",
    codes=("EACCES", "page 3"),
    code_locations=("app.window:12 open", "db.store:34 lock"),
    causes=("OSError EACCES db.store:40 take",),
)
UNKNOWN = FailureFacts(number="E-0001", kind="ValueError")


def failures(monkeypatch, *entries, **more):
    """What the text says of the failures, after their heading."""
    monkeypatch.setattr(support_report, "read_log", lambda _path: FailureLog(entries=entries, **more))
    said = support_report.support_report(None, now=AT)
    return said[said.index("【障害】") :].splitlines()


def logged(times, facts=None):
    return LogEntry(at=AT, version="1.2.3", event="mended", times=times, facts=facts)


def test_what_happened_once_is_not_counted_and_what_happened_twice_is(monkeypatch):
    first = f"令和8年11月24日（火） 09:05:07 +0900　{EVENT_TEXTS['mended']}"
    assert failures(monkeypatch, logged(1), logged(2)) == [
        "【障害】　2件", "",
        first, "　版 1.2.3", "",
        first, "　版 1.2.3　2件",
    ]  # fmt: skip


def test_an_error_is_told_by_number_kind_codes_and_places_with_its_causes(monkeypatch):
    first = f"令和8年11月24日（火） 09:05:07 +0900　E-3F2A　{EVENT_TEXTS['mended']}"
    assert failures(monkeypatch, logged(1, LOCKED), logged(3, UNKNOWN)) == [
        "【障害】　2件", "",
        first,
        "　版 1.2.3",
        f"　種類 db.files.storage_errors.Locked　「{Locked.happened}」　EACCES、page 3",
        "　場所 app.window:12 open → db.store:34 lock",
        "　もと OSError EACCES db.store:40 take", "",
        first.replace("E-3F2A", "E-0001"),
        "　版 1.2.3　この回の3度目",
        "　種類 ValueError",
    ]  # fmt: skip


def test_what_is_left_out_is_counted_and_an_empty_log_says_so(monkeypatch):
    assert failures(monkeypatch) == ["【障害】　0件", "記録された障害は、ありません。"]
    (head, *_entry) = failures(monkeypatch, logged(1), older_count=7, unreadable_count=1)
    assert head == "【障害】　1件（ほかに古いもの 7件）（この形でない行 1行は、入れていません）"
