"""Files stay short, say what they are for, and are named for what they hold."""

import ast
import re
from collections import Counter
from pathlib import Path

LONGEST = 1200
"""A module of one thought may be long; a limit of six hundred cut thoughts in two."""
MOST = 25
"""So many modules of a folder, its ``__init__`` with them, are seen at a glance."""
PROJECT = Path(__file__).parents[2]
LAYERS = {"documents", "intake", "parts", "rules", "screens", "services"}
EMPTY_NAMES = re.compile(r"(^|_)(util|utils|utility|utilities|manager|managers|helper|helpers|misc)(_|$)")


def _lines(source) -> int:
    return source.text.count("\n")


def test_no_file_holds_more_than_one_thought(product, tests_and_tools):
    too_long = {source.address: _lines(source) for source in [*product, *tests_and_tools] if _lines(source) > LONGEST}

    assert too_long == {}


def test_no_folder_holds_more_modules_than_are_seen_at_a_glance(product):
    modules = Counter(source.path.parent.relative_to(PROJECT).as_posix() for source in product)

    assert {folder: count for folder, count in modules.items() if count > MOST} == {}


def test_every_module_opens_by_saying_what_it_is_for(product, tests_and_tools):
    written = [source for source in [*product, *tests_and_tools] if source.text]
    assert [source.address for source in written if not ast.get_docstring(source.tree)] == []


def test_every_package_says_in_the_readme_what_it_is_for(product):
    """A package whose ``__init__`` is empty; what a layer is says the table there."""
    said = "".join((PROJECT / top / "README.md").read_text(encoding="utf-8") for top in ("app", "db"))
    empty = [source.path.parent.relative_to(PROJECT) for source in product if not source.text]
    packages = ["/".join(one.parts[1:]) for one in empty if len(one.parts) > 1 and one.name not in LAYERS]
    assert len(packages) > 80
    assert [one for one in packages if f"- `{one}`: " not in said] == []


def test_no_module_is_named_for_nothing(product, tests_and_tools):
    vague = [source.address for source in [*product, *tests_and_tools] if EMPTY_NAMES.search(source.path.stem)]

    assert vague == []


def test_nothing_is_imported_by_star(product, tests_and_tools):
    stars = [
        f"{source.address}:{line}"
        for source in [*product, *tests_and_tools]
        if re.search(r"import\s*\*", source.text)
        for name, line in source.imports
        if name.endswith(".*")
    ]

    assert stars == []


def test_no_variable_hides_one_of_the_two_packages(product, tests_and_tools):
    hidden = []
    named = re.compile(r"\b(app|db)\b(?!\.| import)")  # what is only imported from is no variable
    for source in [*product, *tests_and_tools]:
        if not named.search(source.text):
            continue
        for node in source.nodes:
            name = node.id if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) else None
            name = node.arg if isinstance(node, ast.arg) else name
            if name in {"app", "db"}:
                hidden.append(f"{source.address}:{node.lineno}")

    assert hidden == []


def test_the_tests_form_no_package_and_no_two_share_a_name(project_folder: Path):
    tests = list((project_folder / "tests").rglob("*.py"))
    names = Counter(path.name for path in tests if path.name.startswith("test_"))

    assert [path for path in tests if path.name == "__init__.py"] == []
    assert [name for name, times in names.items() if times > 1] == []


def test_nothing_is_left_for_later(product, tests_and_tools):
    later = re.compile(r"#.*\b(TOD[O]|FIXM[E]|XX[X])\b")
    marks = [
        f"{source.address}:{number}"
        for source in [*product, *tests_and_tools]
        for number, line in enumerate(source.text.splitlines(), 1)
        if later.search(line)
    ]
    stubs = [
        f"{source.address}:{node.lineno}"
        for source in product
        for node in source.nodes
        if isinstance(node, ast.Raise) and "NotImplementedError" in ast.dump(node)
    ]

    assert marks == []
    assert stubs == []


def _rows(statement: ast.AST) -> int:
    """How many rows the longest table has that is written out in ``statement`` over more than two lines."""
    tables = (
        node
        for node in ast.walk(statement)
        if isinstance(node, (ast.List, ast.Tuple, ast.Set, ast.Dict)) and (node.end_lineno or 0) - node.lineno > 1
    )
    return max((len(one.values if isinstance(one, ast.Dict) else one.elts) for one in tables), default=0)


def _last_line(node: ast.stmt) -> int | None:
    """The last line of a statement; of one with a body, the line of its head."""
    body = getattr(node, "body", None)
    return body[0].lineno - 1 if body else node.end_lineno


def test_only_tables_stand_as_somebody_set_them(product, tests_and_tools):
    """Whatever is no table is set by the tool: nobody has to think about it, and no change moves it about."""
    by_hand = []
    for source in [*product, *tests_and_tools]:
        marked = {at for at, line in enumerate(source.text.splitlines(), 1) if line.rstrip().endswith("# fmt: skip")}
        if not marked:
            continue
        tables = set()
        for node in source.nodes:
            if isinstance(node, ast.stmt) and _last_line(node) in marked and _rows(node) > 2:
                tables.add(_last_line(node))
            for head in getattr(node, "decorator_list", ()):
                if head.end_lineno in marked and _rows(head) > 2:
                    tables.add(head.end_lineno)
        by_hand += [f"{source.address}:{line}" for line in sorted(marked - tables)]

    assert by_hand == []
