"""A pytest plugin that tries breaks of the program in forked processes, each with the tests that reach its line.

The tests run once as they are: who reaches which line is written down, and what is red by itself is left out. Then the
process forks for every break, the broken function gets its other code in the fork alone, and the tests run until one
fails. What only an import would read anew is told apart, with the tests that reach its module.

``DESK_BREAKS`` names a file with the breaks, of which what is found is all that is printed, a line each;
``DESK_BROKEN`` one with a break that this whole run has from its first import on.
"""

from __future__ import annotations

import functools
import gc
import importlib.machinery
import json
import math
import os
import resource
import select
import signal
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, Final

import coverage
import pytest
from _pytest.runner import runtestprotocol

from tests.mutants.breaking import Place, broken
from tests.mutants.drawing import DrawnPlace

BREAKS, BROKEN = "DESK_BREAKS", "DESK_BROKEN"
LIVES, ON_IMPORT, ENDLESS = "lives", "on import", "終わらない"
_AT_LEAST, _TIMES, _BY_CLOCK = 12.0, 6, 5
"""Seconds, and as many times as long as unbroken, after which a run counts as one that does not end.

They are of its own processor time: beside other work a fork that makes the sample year anew takes far longer by the
clock, and what was killed then would count as noticed by nobody. What waits for ever is ended by the clock, that many
times later.
"""
_GREEN, _RED, _ODD = 0, 1, 2
_RUN: Final[pytest.StashKey[coverage.Coverage]] = pytest.StashKey()


def as_data(one: DrawnPlace) -> list[Any]:
    """Return a break as it stands in a file."""
    return [one.module, one.place.start, one.place.end, one.place.line, one.place.old, one.place.new]


def from_data(data: Sequence[Any]) -> DrawnPlace:
    """Return a break as it was written to a file."""
    return DrawnPlace(data[0], Place(*data[1:]))


def _break_from_the_start() -> None:
    """Let a module be imported with its break; what is compiled of it is passed by."""
    one = from_data(json.loads(Path(os.environ[BROKEN]).read_text(encoding="utf-8")))
    path, as_it_is = str(Path.cwd() / one.module), importlib.machinery.SourceFileLoader.get_code

    def get_code(loader: importlib.machinery.SourceFileLoader, name: str) -> CodeType | None:
        return _compiled(path, one.place) if loader.path == path else as_it_is(loader, name)

    importlib.machinery.SourceFileLoader.get_code = get_code  # type: ignore[assignment, method-assign]


if BROKEN in os.environ:
    _break_from_the_start()
if BREAKS in os.environ:
    _TO: Final = os.dup(1)
    """Where what is found is printed; what pytest prints is not."""
    os.dup2(2, 1)


def pytest_configure(config: pytest.Config) -> None:
    """Begin to write down which lines are reached."""
    if BREAKS in os.environ:
        modules = sorted({str(Path.cwd() / one.module) for one in _wished()})
        run = coverage.Coverage(data_file=None, include=modules, config_file=False)
        run.set_option("run:disable_warnings", ["no-data-collected", "module-not-measured", "module-not-imported"])
        run.start()
        config.stash[_RUN] = run


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """Run all tests once, then those of each break, and end without what a whole run does at its end."""
    if BREAKS not in os.environ or session.config.option.collectonly:
        return None
    tried = _Tried(session, session.config.stash[_RUN], sorted({one.module for one in _wished()}))
    for one in _wished():
        found, tests = tried.found_of(one)
        os.write(
            _TO, (json.dumps({"key": one.key, "found": found, "tests": tests}, ensure_ascii=False) + "\n").encode()
        )
    os._exit(0)


def _wished() -> list[DrawnPlace]:
    return [from_data(one) for one in json.loads(Path(os.environ[BREAKS]).read_text(encoding="utf-8"))]


class _Tried:
    """The tests of a session, what each reaches, and the functions that can be broken."""

    def __init__(self, session: pytest.Session, run: coverage.Coverage, modules: Sequence[str]) -> None:
        self._session = session
        self._items = {item.nodeid: item for item in session.items}
        self._took: dict[str, float] = {}
        for item, following in zip(session.items, [*session.items[1:], session.items[0]], strict=True):
            begun = time.perf_counter()
            run.switch_context(item.nodeid)
            if _passes(item, following):
                self._took[item.nodeid] = time.perf_counter() - begun
        run.stop()
        self._reached = {module: self._tests_by_line(run.get_data(), Path.cwd() / module) for module in modules}
        gc.unfreeze()
        self._functions: dict[tuple[str, str, int, bytes], list[FunctionType]] = {}
        self._kept_results = []
        for found in gc.get_objects():
            if isinstance(found, FunctionType):
                self._functions.setdefault(_name_of(found.__code__), []).append(found)
            elif isinstance(found, functools._lru_cache_wrapper) and str(Path.cwd()) in _file_of(found):
                self._kept_results.append(found)
        self._green_in_forks: set[str] = set()
        gc.freeze()

    def found_of(self, one: DrawnPlace) -> tuple[str, list[str]]:
        """Return the test that notices a break (``LIVES``, ``ON_IMPORT``), and on import the tests of its module."""
        lines = self._reached[one.module]
        codes = self._broken_codes(one)
        if not codes:
            return ON_IMPORT, self._shortest_first({test for tests in lines.values() for test in tests})
        left = self._shortest_first(set(lines.get(one.place.line, ())))
        while left:
            state, test = self._in_a_fork(left, codes)
            if state == _GREEN or test is None:
                break
            if test in self._green_in_forks or self._in_a_fork([test], [])[0] == _GREEN:
                self._green_in_forks.add(test)
                return (test if state == _RED else ENDLESS), []
            del self._took[test]  # a test that no fork can run says nothing
            left.remove(test)
        return LIVES, []

    def _shortest_first(self, tests: Iterable[str]) -> list[str]:
        return sorted((test for test in tests if test in self._took), key=self._took.__getitem__)

    def _tests_by_line(self, data: coverage.CoverageData, path: Path) -> dict[int, list[str]]:
        return {line: [one for one in tests if one] for line, tests in data.contexts_by_lineno(str(path)).items()}

    def _broken_codes(self, one: DrawnPlace) -> list[tuple[CodeType, list[FunctionType]]]:
        """Return the other code of the functions in which the break lies; none where only an import runs it."""
        path = str(Path.cwd() / one.module)
        stood, codes = list(_with_inner(_compiled(path))), list(_with_inner(_compiled(path, one.place)))
        if len(stood) != len(codes):
            return []
        pairs = zip(stood, codes, strict=True)
        return [
            (new, functions)
            for old, new in pairs
            if _says(old) != _says(new) and (functions := self._functions.get(_name_of(old)))
        ]

    def _in_a_fork(
        self, tests: Sequence[str], codes: Sequence[tuple[CodeType, list[FunctionType]]]
    ) -> tuple[int, str | None]:
        """Run tests until one fails, with functions broken; return how it ended and at which test."""
        ends = math.ceil(max(_AT_LEAST, _TIMES * sum(self._took[test] for test in tests)))
        # A file: a pipe that is read at the end is full after some hundred tests, and the fork waits for ever.
        with tempfile.TemporaryFile() as file:
            if (child := os.fork()) == 0:
                resource.setrlimit(resource.RLIMIT_CPU, (ends, ends))
                self._run_here(tests, codes, file.fileno())
            handle = os.pidfd_open(child)
            if not select.select([handle], [], [], _BY_CLOCK * ends)[0]:
                os.kill(child, signal.SIGKILL)
            os.close(handle)
            ended = os.waitpid(child, 0)
            file.seek(0)
            begun = file.read().decode("utf-8").splitlines()
        state = os.waitstatus_to_exitcode(ended[1])
        return (state if state in {_GREEN, _RED} else _ODD), (begun[-1] if begun else None)

    def _run_here(self, tests: Sequence[str], codes: Sequence[tuple[CodeType, list[FunctionType]]], to: int) -> None:
        """Run tests in this process, which is a fork and ends with it."""
        try:
            nothing = os.open(os.devnull, os.O_RDWR)
            os.dup2(nothing, 1)
            os.dup2(nothing, 2)
            for code, functions in codes:
                for function in functions:
                    function.__code__ = code
            for one in self._kept_results:
                one.cache_clear()
            for test, following in zip(tests, [*tests[1:], tests[0]], strict=True):
                os.write(to, f"{test}\n".encode())
                self._session._setupstate.teardown_exact(self._items[test])
                if not _passes(self._items[test], self._items[following]):
                    os._exit(_RED)
            os._exit(_GREEN)
        except BaseException:  # noqa: BLE001 whatever it is, a fork must not go on as the process that it came from
            os._exit(_ODD)


def _passes(item: pytest.Item, following: pytest.Item) -> bool:
    return not any(report.failed for report in runtestprotocol(item, log=False, nextitem=following))


@functools.cache
def _source(path: str) -> str:
    return Path(path).read_bytes().decode("utf-8")


def _compiled(path: str, place: Place | None = None) -> CodeType:
    source = _source(path) if place is None else broken(_source(path), place)
    return compile(source, path, "exec", dont_inherit=True)


def _with_inner(code: CodeType) -> Iterator[CodeType]:
    yield code
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield from _with_inner(one)


def _name_of(code: CodeType) -> tuple[str, str, int, bytes]:
    """Return what tells a function's code from any other, two on one line too."""
    return code.co_filename, code.co_qualname, code.co_firstlineno, code.co_linetable


def _says(code: CodeType) -> tuple[Any, ...]:
    """Return what a code does, wherever its lines stand."""
    consts = tuple(_says(one) if isinstance(one, CodeType) else repr(one) for one in code.co_consts)
    return code.co_code, code.co_names, code.co_varnames, code.co_freevars, code.co_cellvars, consts


def _file_of(cached: Any) -> str:
    return str(getattr(getattr(cached.__wrapped__, "__code__", None), "co_filename", ""))
