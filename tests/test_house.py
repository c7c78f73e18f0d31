"""The habits of the house that a program can check: sizes, names, places, and a README that is true."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILE_LINES = 400
FUNCTION_LINES = 50
CLASS_METHODS = 20
README_LINES = 120
VAGUE = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}
# Written so that this file does not find itself.
PLACES = {
    "a package index": r"(?:pypi|pythonhosted|npmjs|anaconda)\.(?:org|com)|\bpkg\.dev\b",
    "an index setting": r"(?:index-url|find-links)[ =]",
    "a path of one machine": r"(?<![\w.])/(?:root|work)/|\.\./shared\b|(?<![\w.])/home/(?!analyst\b)\w",
}


def tracked() -> list[Path]:
    """Every file that belongs to the project, those about to be added included."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=True,
    ).stdout.decode()  # fmt: skip
    return [path for name in sorted(set(listed.split("\0")) - {""}) if (path := ROOT / name).is_file()]


TRACKED = tracked()
PYTHON = [path for path in TRACKED if path.suffix == ".py"]


def named(paths: list[Path]) -> pytest.MarkDecorator:
    """One test for each file, under the file's name."""
    return pytest.mark.parametrize("path", paths, ids=lambda path: str(path.relative_to(ROOT)))


def parts(path: Path) -> Iterator[ast.AST]:
    """Every node of a file's syntax tree."""
    yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def test_there_is_something_to_look_at() -> None:
    assert {"core/jobs.py", "tests/test_house.py"} <= {str(path.relative_to(ROOT)) for path in PYTHON}


@named(PYTHON)
def test_a_file_has_a_docstring_and_a_bearable_length(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text)), "says nothing of itself"
    assert len(text.splitlines()) <= FILE_LINES


@named(PYTHON)
def test_functions_and_classes_stay_small(path: Path) -> None:
    for node in parts(path):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < FUNCTION_LINES, f"{node.name} is too long"
        if isinstance(node, ast.ClassDef):
            methods = [part for part in node.body if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef)]
            assert len(methods) <= CLASS_METHODS, f"{node.name} does too much"


@named([path for path in PYTHON if path.relative_to(ROOT).parts[0] in {"core", "gui", "resources"}])
def test_a_module_is_named_for_what_it_is_about(path: Path) -> None:
    names = set(path.relative_to(ROOT).with_suffix("").parts)
    assert not names & VAGUE
    assert not names & sys.stdlib_module_names


@pytest.mark.parametrize("what", PLACES)
def test_no_file_names_a_place_that_others_do_not_have(what: str) -> None:
    found = []
    for path in TRACKED:
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if re.search(PLACES[what], line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    assert not found, f"{what}:\n" + "\n".join(found)


def is_plain(words: ast.expr) -> bool:
    """Whether a text is the program's own or has been made plain."""
    if isinstance(words, ast.IfExp):
        return is_plain(words.body) and is_plain(words.orelse)
    if isinstance(words, ast.Call):
        name = words.func.attr if isinstance(words.func, ast.Attribute) else getattr(words.func, "id", "")
        return name in ("tr", "_tr", "plain_tooltip")
    return isinstance(words, ast.Constant)


@named([path for path in PYTHON if path.relative_to(ROOT).parts[0] == "gui" and path.name != "plain.py"])
def test_words_from_outside_are_never_taken_for_markup(path: Path) -> None:
    """A bare label guesses whether its text is markup, and so does every tooltip."""
    text = path.read_text(encoding="utf-8")
    for node in parts(path):
        if isinstance(node, ast.ClassDef):
            assert "QLabel" not in map(ast.unparse, node.bases), f"{node.name} is to be a PlainLabel"
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called == "QLabel":
            assert "TextFormat.RichText" in text, f"line {node.lineno}: a PlainLabel, or rich by name"
        if called == "setToolTip":
            assert is_plain(node.args[0]), f"line {node.lineno}: plain_tooltip is missing"


def test_readme_is_short_and_shows_the_folders_that_there_are() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(readme.splitlines()) < README_LINES
    shown = set(re.findall(r"^(\.?\w+)/ {2,}", readme, re.MULTILINE))
    assert shown == {path.relative_to(ROOT).parts[0] for path in TRACKED if path.parent != ROOT}


def test_readme_links_to_files_that_exist() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^):]+)\)", readme):
        assert (ROOT / target).exists(), target
