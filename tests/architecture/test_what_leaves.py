"""Whatever leaves the house does so inside a change, the one place that asks who may; and a change comes from there.

A module whose text has none of the words is not gone through."""

import ast
from collections.abc import Iterable

SAVED = "save_leaving"
"""Writes a file and logs it with its place, in a change that it opens."""
WRITTEN = frozenset({"write_atomically", "write_folder", SAVED})
LEAVING = (*sorted(WRITTEN - {SAVED}), "log_outgoing", "_log_copy_outgoing")
CHANGES_OF_THEIR_OWN = {
    "db/store.py": "the one place that asks",
    "db/erasing.py": "repeats at a restore what was erased in the folder before",
    "db/migrations/schema_step.py": "notes at a restore what the migration changed, before anybody opens the folder",
    "db/backups/restore.py": "carries the log into a folder that nobody has opened yet",
    "app/event_day/day_file/services/day_file_opening.py": "the 当日持出しファイル, which has its own password",
}
"""What makes a change without being asked, each with why."""
WITHOUT_DATA = {
    "app/data_folder/services/support_report.py": "the record of failures names nobody, wanted when no data open",
    "app/documents/services/definition_saving.py": "the contract of a year; its file has no key for a name",
}
"""What leaves without a change, each with why."""


def _name(node: ast.expr) -> str:
    """The last word of what is called."""
    return getattr(node, "attr", "") or getattr(node, "id", "")


def _guarded(nodes: Iterable[ast.AST]) -> set[int]:
    """The lines inside ``with …change(…)``, or inside a function that is handed an open change."""
    found: set[int] = set()
    for node in nodes:
        if isinstance(node, ast.With):
            opened = any(
                isinstance(one.context_expr, ast.Call) and _name(one.context_expr.func).endswith("change")
                for one in node.items
            )
        elif isinstance(node, ast.FunctionDef):
            opened = any(one.arg == "change" for one in (*node.args.args, *node.args.kwonlyargs))
        else:
            continue
        if opened:
            found |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return found


def test_nothing_leaves_but_inside_a_change(product):
    calls = 0
    for source in product:
        if not source.address.startswith("app/") or source.address.endswith("services/file_saving.py"):
            continue
        if source.address in WITHOUT_DATA:
            continue
        if not any(word in source.text for word in LEAVING):
            continue
        guarded = _guarded(source.nodes)
        for node in source.nodes:
            if isinstance(node, ast.Call) and _name(node.func) in LEAVING:
                calls += 1
                assert node.lineno in guarded, f"{source.address}:{node.lineno} leaves without anybody being asked"
    assert calls > 20


def test_whoever_writes_a_file_outside_logs_its_place(product):
    """So that the list of what lies outside, which an erasing does not reach, says where."""
    written = 0
    for source in product:
        if not source.address.startswith("app/") or source.address.endswith("services/file_saving.py"):
            continue
        if source.address in WITHOUT_DATA:
            continue
        if not any(word in source.text for word in WRITTEN):
            continue
        for node in source.nodes:
            if isinstance(node, ast.FunctionDef):
                called = {_name(one.func) for one in ast.walk(node) if isinstance(one, ast.Call)}
                if called & WRITTEN:
                    written += 1
                    assert called & {"file_folder_detail", "folder_detail", SAVED}, f"{source.address} {node.name}"
    assert written > 8


def test_a_change_is_opened_where_it_is_asked_who_may(product):
    made = {
        source.address
        for source in product
        if "Change(" in source.text
        for node in source.nodes
        if isinstance(node, ast.Call) and _name(node.func) == "Change"
    }
    assert made == set(CHANGES_OF_THEIR_OWN)


COPIES = frozenset({"copy_for_pasting", "copy_personal"})
COPIED_BY_ANYBODY = {
    "app/window/clipboard.py": "the one place that copies",
    "app/widgets/dialogs/failure_dialog.py": "what went wrong in the program, handed over by whoever saw it",
    "app/data_folder/screens/failure_log_dialog.py": "the record of failures, which holds no word that anybody typed",
    "app/documents/screens/painted_table.py": "counts, like every list that names nobody",
    "app/widgets/lists/record_view.py": "rows of a list: who may is asked by the list (``RecordTable.copy``)",
}
"""What puts a text on the clipboard without asking there, each with why."""


def test_a_text_made_to_be_sent_is_copied_only_where_it_is_asked_who_may(product):
    asked = 0
    for source in product:
        if source.address in COPIED_BY_ANYBODY or not any(word in source.text for word in COPIES):
            continue
        for node in source.nodes:
            if not isinstance(node, ast.FunctionDef):
                continue
            used = {_name(one) for one in ast.walk(node) if isinstance(one, ast.Name | ast.Attribute)}
            if used & COPIES:
                asked += 1
                assert "check_may_copy" in used, f"{source.address}:{node.lineno} {node.name} copies for anybody"
    assert asked > 10
