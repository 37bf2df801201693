"""How functions are written: services by name, rules without a clock, tests without pretence."""

import ast
import re

import pytest

CLOCKS = {"now", "today", "utcnow"}
CLOCK_OWNERS = {"date", "datetime"}


def _called(node: ast.AST) -> tuple[str, str] | None:
    """「date.today()」 as ("date", "today"); anything else as None."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        owner = node.func.value
        name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
        return name, node.func.attr
    return None


def test_a_user_action_takes_its_act_or_the_store_first_and_the_rest_by_name(product):
    """An action is a service that is given its ``context``, or told ``by`` whom it is done; reading may be called as it
    likes."""
    loose = []
    for source in product:
        if "services" not in source.floors:
            continue
        for node in source.tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                unnamed = [*node.args.posonlyargs, *node.args.args]
                named = {argument.arg for argument in [*unnamed, *node.args.kwonlyargs]}
                on_act = [ast.unparse(argument) for argument in unnamed[:1]] == ["context: ActionContext"]
                if (on_act or "by" in named) and len(unnamed) > 1:
                    loose.append(f"{source.address}:{node.lineno} {node.name}")

    assert loose == []


def test_rules_services_and_documents_read_no_clock(product):
    readers = []
    for source in product:
        if not source.below_the_screens or not any(word in source.text for word in CLOCKS):
            continue
        for node in source.nodes:
            called = _called(node)
            if called and called[0] in CLOCK_OWNERS and called[1] in CLOCKS:
                readers.append(f"{source.address}:{node.lineno}")

    assert readers == []


LOOK_AT_OTHERS = {"tests/faults/desk_hands.py", "tests/faults/windows_scenes.py", "tests/faults/windows_times.py"}
"""Drivers of programs that are not ours to ask: they look at the screen again and again, each time with a limit."""


def test_tests_use_the_real_thing_and_never_wait_by_the_clock(tests_and_tools):
    pretence = []
    for source in tests_and_tools:
        if not source.address.startswith("tests/"):
            continue
        if "mock" in source.text:
            pretence += [
                f"{source.address}:{line} {name}" for name, line in source.imports if name.startswith("unittest.mock")
            ]
        if not re.search(r"\.\s*(sleep|qWait|wait)\b", source.text):
            continue
        for node in source.nodes:
            slept = _called(node) == ("time", "sleep") and source.address not in LOOK_AT_OTHERS
            if slept or _called(node) in {("QTest", "qWait"), ("qtbot", "wait")}:
                pretence.append(f"{source.address}:{node.lineno}")

    assert pretence == []


NOISE = {"secrets", "uuid"}
"""Modules that give something else at every run."""
DRAWS = re.compile("[Rr]andom|secrets|uuid|effect_noise")
"""What stands in the text wherever anything is drawn: a module without it is not gone through."""


def _noise(node: ast.AST) -> bool:
    """Whether something is drawn that no seed makes again: only a ``random.Random`` with its seed may be drawn from."""
    if isinstance(node, ast.ImportFrom):
        drawn = {one.name for one in node.names} - {"Random"}
        return (
            node.module in NOISE
            or (node.module == "random" and bool(drawn))
            or (node.module == "os" and "urandom" in drawn)
        )
    if isinstance(node, ast.keyword):
        return ast.unparse(node) in {
            "default_factory=random.Random", "default_factory=Random", "use_true_random=True", "derandomize=False",
        }  # fmt: skip
    if not isinstance(node, ast.Call):
        return False
    called = ast.unparse(node.func)
    if called in {"random.Random", "Random"}:
        return not node.args
    owner, _, name = called.rpartition(".")
    return owner in {*NOISE, "random", "numpy.random", "np.random"} or name in {
        "urandom",
        "effect_noise",
        "SystemRandom",
    }


def test_no_test_draws_from_noise_without_a_seed(tests_and_tools):
    """What fails once must fail again: a test of chance says its seed, and Hypothesis draws the same in every run."""
    from hypothesis import settings

    from tests.support.in_full import IN_FULL

    drawn = [
        f"{source.address}:{node.lineno}"
        for source in tests_and_tools
        if source.address.startswith("tests/") and DRAWS.search(source.text)
        for node in source.nodes
        if _noise(node)
    ]

    assert drawn == []
    assert settings.default.derandomize or IN_FULL


@pytest.mark.parametrize(
    ("text", "noise"),
    [
        ("random.random()", True),
        ("random.choice(names)", True),
        ("random.Random()", True),
        ("Random()", True),
        ("random.Random(7)", False),
        ("chance.random()", False),
        ("def f(chance: random.Random): pass", False),
        ("from random import choice", True),
        ("from random import Random", False),
        ("from secrets import token_hex", True),
        ("os.urandom(8)", True),
        ("uuid.uuid4()", True),
        ("Image.effect_noise((8, 8), 9)", True),
        ("field(default_factory=random.Random)", True),
        ("st.randoms(use_true_random=True)", True),
        ("st.randoms()", False),
    ],
)
def test_noise_is_known_by_how_it_is_drawn(text, noise):
    assert DRAWS.search(text)
    assert any(_noise(node) for node in ast.walk(ast.parse(text))) == noise


def test_no_test_is_skipped_for_a_missing_tool_and_none_calls_one_that_setting_up_does_not_bring(tests_and_tools):
    """Only another system is a reason to skip; compilers, office programs and the like belong to the long checks."""
    strange = []
    for source in tests_and_tools:
        if not source.address.startswith("tests/") or source.address.startswith(("tests/faults/", "tests/office/")):
            continue
        if not re.search(r"\b(skip|skipif|importorskip|xfail|subprocess)\b", source.text):
            continue
        for node in source.nodes:
            owner, name = _called(node) or ("", "")
            skips = (owner, name) in {
                ("pytest", "skip"),
                ("pytest", "importorskip"),
                ("mark", "skip"),
                ("mark", "xfail"),
            }
            if name == "skipif":
                asked = {one.id for part in node.args for one in ast.walk(part) if isinstance(one, ast.Name)}
                skips = not asked <= {"sys", "os", "hasattr", "signal"}
            if skips or (owner == "subprocess" and _program(node) not in {None, "sh", "git"}):
                strange.append(f"{source.address}:{node.lineno}")

    assert strange == []


def _program(call: ast.Call) -> object:
    """The program that a list of words starts, where its name is written there."""
    words = call.args[0] if call.args else None
    first = words.elts[0] if isinstance(words, ast.List) and words.elts else None
    return first.value if isinstance(first, ast.Constant) else None


def test_the_border_between_window_and_services_is_typed(product):
    """What a screen asks for is bound by ``with_store``, so that names, types and result are checked; nothing is any
    function."""
    loose = [
        f"{source.address}:{number}"
        for source in product
        if source.speaks_qt or source.address.startswith("app/startup/")
        for number, line in enumerate(source.text.splitlines(), 1)
        if "Callable[..., Any]" in line or "service: Any" in line
    ]

    assert loose == []


def test_the_forms_of_one_window_show_their_errors_together(product):
    """「and」 would show those of the second form only after those of the first are mended: ``check_together``."""
    checks = re.compile(r"\.check(_all)?\(\)")
    in_turns = [
        f"{source.address}:{node.lineno}"
        for source in product
        if "check_all()" in source.text
        for node in ast.walk(source.tree)
        if (isinstance(node, ast.BoolOp) and sum(len(checks.findall(ast.unparse(one))) for one in node.values) > 1)
        or (isinstance(node, ast.GeneratorExp) and checks.search(ast.unparse(node)))
    ]
    assert in_turns == []
