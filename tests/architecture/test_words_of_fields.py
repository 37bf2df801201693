"""A form and a list name a field of a record; the word of the field is not typed again beside it."""

import ast
import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import is_dataclass

import db.records
from db.fields import editable_fields, field_label, specs

RECORDS = {
    kind.__name__: kind
    for module in pkgutil.walk_packages(db.records.__path__, "db.records.")
    for kind in vars(importlib.import_module(module.name)).values()
    if isinstance(kind, type) and is_dataclass(kind) and kind.__module__ == module.name
}
OTHER_THINGS = {
    ("app/events/calls/screens/call_dialogs.py", "Event.content"): "the matter of a 協議",
    ("app/year/dates/screens.py", "EventKind.reason"): "why a year is closed",
}
"""Fields of a form that are not those of the record, though they are called the same."""
OTHER_COLUMNS = {
    ("app/event/screens/day_sections.py", "AgendaItem.content"): "the title of a line, whose content is the tooltip",
    ("app/event/screens/events_screen.py", "EventKind.kind"): "the kind of the event, not of its declaration",
    ("app/ledgers/screens/ledger_list.py", "LedgerNote.ledger"): "the name of the ledger, not the key in a note",
    ("app/settings/pages/screens/contract_page.py", "Contractor.reason"): "a line of the history of many records",
    ("app/settings/pages/screens/contract_page.py", "Office.reason"): "a line of the history of many records",
    ("app/settings/pages/screens/users_page.py", "FailedLogin.at"): "the time of a change, not of a failed login",
    ("app/surveys/answers/screens/import_start.py", "SurveyImport.reason"): "why a row is left out",
    ("app/year_end/consistency/screens.py", "Event.kind"): "the kind of what differs",
}
"""Columns that show something else than the record's field, though the row calls it the same."""
_NAMING = ("record_field", "record_column", "export_column", "field_label")


def _typed_again(nodes: Sequence[ast.AST]) -> list[str]:
    """The fields of a form whose key and word are those of a record that the module reads."""
    read = {
        name.name
        for node in nodes
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("db.records")
        for name in node.names
        if name.name in RECORDS
    }
    found = []
    for node in nodes:
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Field"):
            continue
        said = [one.value for one in node.args[:2] if isinstance(one, ast.Constant)]
        if len(said) < 2:
            continue
        for record in sorted(read):
            kind = RECORDS[record]
            told = specs(kind).get(said[0])
            may_name = told is not None and (told.spec.is_editable or not editable_fields(kind))
            if told is not None and told.spec.label == said[1] and may_name:
                found.append(f"{node.lineno} {record}.{said[0]} 「{said[1]}」")
    return found


def test_the_word_of_a_field_is_not_typed_again_in_a_form(product):
    typed = [
        f"{source.address}:{one}"
        for source in product
        for one in _typed_again(source.nodes)
        if (source.address, one.split()[1]) not in OTHER_THINGS
    ]
    assert typed == [], "record_field(Record, name, …) has the word of the field; another word is its label=…"


def _parsed(text: str) -> list[ast.AST]:
    return list(ast.walk(ast.parse(text)))


def test_it_tells_a_word_that_is_typed_again():
    again = _parsed(
        "from db.records.venues import Venue\n"
        "FIELDS = (Field('phone', '電話'), Field('phone', '管理室の電話'), Field('place', '電話'))\n"
    )
    assert _typed_again(again) == ["2 Venue.phone 「電話」"]


def _names_in(node: ast.AST | None) -> set[str]:
    found = {one.id if isinstance(one, ast.Name) else one.attr for one in _attributes_and_names(node)}
    return found & RECORDS.keys()


def _attributes_and_names(node: ast.AST | None) -> Iterator[ast.Name | ast.Attribute]:
    return (one for one in ast.walk(node) if isinstance(one, (ast.Name, ast.Attribute))) if node else iter(())


def _records_by_attribute(sources: Iterable[Sequence[ast.AST]]) -> Mapping[str, set[str]]:
    """The records that an attribute of this name holds, in any class of the program: ``entry``, ``organisation``."""
    found: dict[str, set[str]] = {}
    for node in (
        node for nodes in sources for owner in nodes if isinstance(owner, ast.ClassDef) for node in owner.body
    ):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found.setdefault(node.target.id, set()).update(_names_in(node.annotation))
        if isinstance(node, ast.FunctionDef):
            found.setdefault(node.name, set()).update(_names_in(node.returns))
    return found


def _columns_typed_again(nodes: Sequence[ast.AST], held: Mapping[str, set[str]]) -> list[str]:
    """The columns whose title is the word of a record's field that their cells read."""
    read = {
        name.name
        for node in nodes
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("db.records")
        for name in node.names
        if name.name in RECORDS
    }
    functions = {node.name: node for node in nodes if isinstance(node, ast.FunctionDef)}
    found = []
    for node in nodes:
        name = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
        if name not in ("Column", "ExportColumn"):
            continue
        place = 1 if name == "Column" else 0
        title = node.args[place] if len(node.args) > place else None
        if not (isinstance(title, ast.Constant) and isinstance(title.value, str)):
            continue
        said = {one.arg: one.value for one in node.keywords}
        shows = [said.get("show") or next(iter(node.args[place + 1 :]), None), said.get("copy_text")]
        fields = {pair for show in shows if show for pair in _fields_read(show, functions, read, held)}
        found += [
            f"{node.lineno} {kind}.{field} 「{title.value}」"
            for kind, field in sorted(fields)
            if field in specs(RECORDS[kind]) and specs(RECORDS[kind])[field].spec.label == title.value
        ]
    return found


def _fields_read(
    show: ast.expr, functions: Mapping[str, ast.FunctionDef], read: set[str], held: Mapping[str, set[str]]
) -> Iterator[tuple[str, str]]:
    """The records and fields that the function of a column reads, as far as the names and types beside it tell."""
    called = show.func if isinstance(show, ast.Call) else show
    named = called.id if isinstance(called, ast.Name) else called.attr if isinstance(called, ast.Attribute) else ""
    body = show if isinstance(show, ast.Lambda) else functions.get(named)
    if body is None:
        return
    taken = {one.arg: _names_in(one.annotation) for one in body.args.args}
    for node in ast.walk(body):
        if not isinstance(node, ast.Attribute):
            continue
        owner = node.value
        kinds = held.get(owner.attr, set()) if isinstance(owner, ast.Attribute) else set()
        if isinstance(owner, ast.Name):
            kinds = taken.get(owner.id, held.get(owner.id, set()))
            if isinstance(body, ast.Lambda) and owner.id in taken:
                # What a row is stands nowhere: a record of the module, if all that have such a field call it the same.
                kinds = {kind for kind in read if node.attr in specs(RECORDS[kind])}
                kinds = kinds if len({specs(RECORDS[kind])[node.attr].spec.label for kind in kinds}) == 1 else set()
        yield from ((kind, node.attr) for kind in kinds)


def test_the_word_of_a_field_is_not_typed_again_over_a_column(product):
    held = _records_by_attribute(source.nodes for source in product)
    typed = [f"{source.address}:{one}" for source in product for one in _columns_typed_again(source.nodes, held)]
    told = {(address, one.split()[1]): f"{address}:{one}" for address, _, one in (one.partition(":") for one in typed)}
    again = [words for place, words in told.items() if place not in OTHER_COLUMNS]
    assert again == [], "record_column(Record, name, …) and field_label(Record, name) have the word of the field"
    assert OTHER_COLUMNS.keys() - told.keys() == set(), "nothing like it stands there any more"


def test_it_tells_a_column_whose_word_is_typed_again():
    again = _parsed(
        "from db.records.venues import Venue\n"
        "def _room(row: VenueRow): return row.venue.capacity\n"
        "COLUMNS = (\n"
        "    Column('phone', '電話', lambda row: row.venue.phone), Column('phone', '管理室', lambda row: row.phone),\n"
        "    ExportColumn('電話', lambda one: one.phone), Column('room', '定員', _room), Column('a', '定員', str),\n"
        "    Column('phone', field_label(Venue, 'phone'), lambda row: row.venue.phone),\n"
        ")\n"
    )
    assert _columns_typed_again(again, {"venue": {"Venue"}}) == [
        "4 Venue.phone 「電話」",
        "5 Venue.phone 「電話」",
        "5 Venue.capacity 「定員」",
    ]


def test_every_field_that_a_form_or_a_list_names_has_a_word(product):
    named = [
        (source.address, node.args[0].id, node.args[1].value)
        for source in product
        for node in source.nodes
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _NAMING
        if len(node.args) > 1 and isinstance(node.args[0], ast.Name) and isinstance(node.args[1], ast.Constant)
        if node.args[0].id in RECORDS
    ]
    assert len(named) > 300
    wordless = [
        one for one in named if one[2] not in specs(RECORDS[one[1]]) or not field_label(RECORDS[one[1]], one[2])
    ]
    assert wordless == []
