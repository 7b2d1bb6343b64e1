"""The tree shows the architecture: imports go one way, modules and functions stay small, all say what they do."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("archive", "crawler", "index", "webui")
SHELLS = [ROOT / f"{name}.py" for name in ("scrutiny", "crawling", "asking", "house", "telling")]
MODULES = [*sorted(path for name in PACKAGES for path in (ROOT / name).rglob("*.py")), *SHELLS]
TESTS = sorted((ROOT / "tests").rglob("*.py"))

MAY_IMPORT = {
    "archive": {"archive", "platformdirs", "sqlalchemy", "warcio"},
    "crawler": {
        "apscheduler",
        "archive",
        "bs4",
        "crawler",
        "lxml",
        "protego",
        "pypdf",
        "pypdfium2",
        "requests",
        "urllib3",
    },
    "index": {"Stemmer", "archive", "index", "numpy", "rapidfuzz", "whoosh"},
    "webui": {"archive", "flask", "index", "jinja2", "markupsafe", "webui", "werkzeug"},
    "scrutiny.py": {"archive", "asking", "click", "house", "index", "telling", "waitress", "webui"},
    "crawling.py": {"archive", "asking", "click", "crawler", "house", "telling"},
    "asking.py": {"archive", "click", "index"},
    "house.py": {"archive", "click", "index", "telling"},
    "telling.py": {"archive", "click", "tqdm"},
}
ONLY_IN = {
    "pypdf": {"crawler/documents/pdf.py"},
    "pypdfium2": {"crawler/documents/ocr.py"},
    "rapidfuzz": {"index/likeness.py"},
    "requests": {"crawler/fetching/http.py"},
    "socket": {"crawler/fetching/http.py"},
    "apscheduler": {"crawler/schedule.py"},
    "warcio": {"archive/warc.py"},
}
READS_AND_WRITES = {
    "http",
    "io",
    "os",
    "pathlib",
    "requests",
    "shutil",
    "socket",
    "sqlalchemy",
    "subprocess",
    "tempfile",
    "threading",
    "whoosh",
}
PURE = (
    "archive/bodies.py",
    "archive/composing.py",
    "archive/ids.py",
    "archive/page_texts.py",
    "archive/reasons.py",
    "archive/records.py",
    "archive/statuses.py",
    "archive/tallies.py",
    "archive/warc_heads.py",
    "crawler/documents/hyphens.py",
    "crawler/documents/kinds.py",
    "crawler/documents/limits.py",
    "crawler/documents/lines.py",
    "crawler/documents/messages.py",
    "crawler/documents/outcomes.py",
    "crawler/documents/placing.py",
    "crawler/documents/scans.py",
    "crawler/documents/word_pages.py",
    "crawler/documents/word_text.py",
    "crawler/moderngov/",
    "crawler/recording.py",
    "crawler/fetching/addresses.py",
    "crawler/fetching/answers.py",
    "crawler/fetching/politeness.py",
    "crawler/fetching/redirects.py",
    "crawler/fetching/retry_after.py",
    "crawler/naming.py",
    "crawler/reports.py",
    "crawler/rota.py",
    "crawler/scope.py",
    "index/language.py",
    "index/matching.py",
    "index/marking.py",
    "index/likeness.py",
    "index/snippets.py",
    "index/suggestions.py",
    "index/tokens.py",
    "index/tree.py",
    "webui/answers.py",
    "webui/arguments.py",
    "webui/coverage_answer.py",
    "webui/denominator.py",
    "webui/ledger_page.py",
    "webui/links.py",
)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)} imports relatively"
            yield node.module or ""


def package_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_data_flows_one_way(path: Path) -> None:
    outside = {name.split(".")[0] for name in imports_of(path)} - sys.stdlib_module_names
    assert outside <= MAY_IMPORT[package_of(path)]


@pytest.mark.parametrize(("library", "modules"), ONLY_IN.items())
def test_the_network_is_touched_in_one_place(library: str, modules: set[str]) -> None:
    users = {name_of(path) for path in MODULES if library in {name.split(".")[0] for name in imports_of(path)}}
    assert users
    assert users <= modules


@pytest.mark.parametrize("place", PURE)
def test_what_is_pure_imports_nothing_that_reads_or_writes(place: str) -> None:
    paths = [path for path in MODULES if name_of(path).startswith(place)]
    assert paths, f"{place} is gone: mend this list"
    for path in paths:
        assert not {name.split(".")[0] for name in imports_of(path)} & READS_AND_WRITES, name_of(path)


@pytest.mark.parametrize("path", MODULES + TESTS, ids=name_of)
def test_modules_and_functions_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            assert node.end_lineno - node.lineno + 1 <= 40, node.name


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_everything_public_says_what_it_does(path: Path) -> None:
    tree = tree_of(path)
    assert ast.get_docstring(tree) or not tree.body, "the module says nothing"
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            public = [*node.body, node]
        elif isinstance(node, ast.Module):
            public = node.body
        else:
            continue
        if isinstance(node, ast.ClassDef) and node.name.startswith("_"):
            continue
        for part in public:
            if isinstance(part, ast.FunctionDef | ast.ClassDef) and not part.name.startswith("_"):
                assert ast.get_docstring(part), part.name


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_error_is_swallowed(path: Path) -> None:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ExceptHandler):
            silent = all(isinstance(part, ast.Pass) for part in node.body)
            broad = node.type is None or (
                isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"}
            )
            assert not (silent and broad), f"line {node.lineno}"


def test_there_is_no_drawer_for_everything() -> None:
    assert not [name_of(path) for path in MODULES if path.stem in {"utils", "util", "helpers", "common", "misc"}]
