"""The import law of the house: imports go down only, and heavy libraries live where they belong."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from capa_xl.model.paper_kinds import COMPANY_KINDS, FORM_NAMES, PAPER_KINDS
from capa_xl.reports.word.paper_catalogue import CONTENTS
from tests.imports import imported_names

PACKAGE = Path(__file__).parent.parent / "capa_xl"

ALLOWED = {
    "errors": set(),
    "version": set(),
    "a1": set(),
    "model": {"model", "a1", "errors"},
    "ooxml": {"ooxml", "a1", "errors"},
    "settings": {"settings", "model", "errors"},
    "effects": {"effects", "model", "errors"},
    "workbook": {"workbook", "ooxml", "model", "a1", "errors"},
    "analysis": {"analysis", "model", "errors"},
    "policy": {"policy", "model", "a1", "errors"},
    "reports": {"reports", "ooxml", "model", "errors"},
    "app": {
        "app",
        "reports",
        "policy",
        "analysis",
        "workbook",
        "ooxml",
        "effects",
        "settings",
        "model",
        "a1",
        "errors",
    },
    "library": {"app", "cli", "errors", "model"},
    "cli": {
        "cli",
        "app",
        "reports",
        "policy",
        "analysis",
        "workbook",
        "ooxml",
        "effects",
        "settings",
        "model",
        "errors",
    },
}
"""Floor → floors it may import. policy, analysis, workbook, effects, settings and reports never import each other."""

HOMES = {
    "openpyxl": ("workbook/adopting",),
    "python_calamine": ("ooxml/",),
    "lxml": ("ooxml/", "reports/word"),
    "xlsxwriter": ("workbook/blank", "reports/", "workbook/adopting"),
    "docx": ("reports/word",),
    "docxtpl": ("reports/word",),
    "smtplib": ("effects/mail",),
    "click": ("cli/",),
    "rich": ("cli/",),
    "schedule": ("cli/daemon",),
    "pandas": ("analysis/", "library"),
    "pebble": ("app/shared/executors", "app/shared/cluster"),
    "distributed": ("app/shared/cluster",),
    "pyarrow": ("reports/facts_files",),
    "pypdf": ("effects/scanned_pdf",),
    "PIL": ("reports/word/thumbnails",),
    "scipy": (),
}
"""Library → the only places that may import it; SciPy is the tests' oracle and is not installed with the program."""

OOXML_IN_REPORTS = ("reports/word/", {"new_zip", "container"})
"""A paper is a zip like a workbook: reports/word may use these modules of ooxml, and nobody else in reports any."""

PROOF_MAY_IMPORT = {"a1", "errors", "ooxml.patch", "ooxml.proof"}
"""What the proof of a splice shares with the splice: addresses, refusals, and the patch. It shares no code."""

MAY_CALL_OTHERS = {"demo", "group_pack"}
"""Use cases that may call other use cases; what several need stands in `app/shared`."""


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if "_resources" not in path.parts)


@cache
def imported(path: Path) -> frozenset[str]:
    """Absolute names of everything a module imports, lazily or not; type-checking imports count too."""
    found = imported_names(ast.parse(path.read_text("utf-8")))
    return frozenset(f"{module}.{name}" if name else module for module, name in found)


def floor_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_down_only(path: Path) -> None:
    floor = floor_of(path)
    if floor in ("__init__", "__main__"):
        return
    floors = {name.split(".")[1] for name in imported(path) if name.startswith("capa_xl.")} - {"version"}
    assert floors <= ALLOWED[floor], f"{floor} imports {floors - ALLOWED[floor]}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_heavy_libraries_stay_at_home(path: Path) -> None:
    place = path.relative_to(PACKAGE).as_posix()
    for name in imported(path):
        homes = HOMES.get(name.split(".")[0])
        assert homes is None or place.startswith(homes), f"{place} imports {name}, at home in {homes}"


def test_reports_use_only_the_zip_of_ooxml_and_only_for_word() -> None:
    place, allowed = OOXML_IN_REPORTS
    for path in (PACKAGE / "reports").rglob("*.py"):
        used = {name.split(".")[2] for name in imported(path) if name.startswith("capa_xl.ooxml.")}
        at_home = path.relative_to(PACKAGE).as_posix().startswith(place)
        assert used <= (allowed if at_home else set()), f"{path} imports {used}"


@pytest.mark.parametrize("path", sorted((PACKAGE / "ooxml/proof").glob("*.py")), ids=lambda path: path.stem)
def test_the_proof_shares_no_code_with_what_it_proves(path: Path) -> None:
    ours = {name.removeprefix("capa_xl.") for name in imported(path) if name.startswith("capa_xl.")}
    foreign = {name for name in ours if not any(name.startswith(f"{allowed}.") for allowed in PROOF_MAY_IMPORT)}
    others = (
        {name.split(".")[0] for name in imported(path)}
        - sys.stdlib_module_names
        - {"capa_xl", "python_calamine", "msgspec"}
    )
    assert not foreign | others


def test_nothing_but_the_callers_of_ooxml_uses_the_proof() -> None:
    for path in (PACKAGE / "ooxml").glob("*.py"):
        assert not [name for name in imported(path) if name.startswith("capa_xl.ooxml.proof")], path


@pytest.mark.parametrize("path", sorted((PACKAGE / "app/use_cases").glob("*.py")), ids=lambda path: path.stem)
def test_no_use_case_imports_another(path: Path) -> None:
    if path.stem in MAY_CALL_OTHERS:
        return
    assert not [name for name in imported(path) if name.startswith("capa_xl.app.use_cases.")]


@pytest.mark.parametrize("path", sorted((PACKAGE / "app/shared").glob("*.py")), ids=lambda path: path.stem)
def test_shared_ground_knows_no_use_case(path: Path) -> None:
    assert not [name for name in imported(path) if name.startswith("capa_xl.app.use_cases.")]


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")


def neighbours() -> dict[str, set[str]]:
    """Module → modules of the house that it imports, lazily or not."""
    names = {module_name(path): path for path in modules()}
    return {
        name: {target if target in names else target.rpartition(".")[0] for target in imported(path)}
        & set(names) - {name}
        for name, path in names.items()
    }


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Rooms that import nothing else of the house are taken away until none is left; what stays stands in a circle."""
    left = neighbours()
    while ground := {name for name, targets in left.items() if not targets}:
        left = {name: targets - ground for name, targets in left.items() if name not in ground}
    assert not left, {name: sorted(targets) for name, targets in left.items()}


def test_only_the_command_line_reads_the_clock() -> None:
    """Files below `cli` get the day as an argument; journal and mail get their instants from a clock passed in."""
    clocks = {"date.today", "datetime.today", "datetime.now", "datetime.utcnow", "time.time", "time.localtime"}
    asked = {name.rpartition(".")[2] for name in clocks}
    for path in modules():
        if floor_of(path) == "cli":
            continue
        tree = ast.parse(path.read_text("utf-8"))
        attributes = (node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in asked)
        read = {ast.unparse(node) for node in attributes}
        assert not {name for name in read if {name, name.removeprefix("datetime.")} & clocks}, path
        assert not {f"{module}.{name}" for module, name in imported_names(tree)} & clocks, path


def test_help_loads_no_heavy_library() -> None:
    heavy = {
        "openpyxl",
        "pandas",
        "xlsxwriter",
        "docx",
        "lxml",
        "rich",
        "numpy",
        "python_calamine",
        "jinja2",
        "sqlite3",
        "msgspec",
    }
    code = (
        "import sys\nfrom capa_xl.cli.main import run\n"
        "code = run(['--help'])\n"
        "loaded = {name.split('.')[0] for name in sys.modules}\n"
        f"print('LOADED', sorted(loaded & {heavy!r}))\nsys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8")
    assert done.stdout.strip().endswith("LOADED []")


def test_every_json_document_is_made_in_its_one_home() -> None:
    """Its keys are a contract: a command prints what a function of `cli/documents` made, and no value makes its own."""
    for path in (PACKAGE / "cli").glob("*.py"):
        for given in re.findall(r"answer\(\s*run,\s*(.*)", path.read_text("utf8")):
            assert re.match(r"lambda: \w+_document\(", given), f"{path}: {given}"
    for path in modules():
        assert not re.search(r"def (as_json|\w+_json)\(", path.read_text("utf8")), path


def test_a_papers_title_and_form_name_are_spelled_in_the_catalogue_alone() -> None:
    """Three of five form numbers never printed when two places spelled them."""
    spelled = {name for kind in PAPER_KINDS for name in (kind.title, kind.template, f"表单号_{kind.form_name}")}
    spelled |= {f"表单号_{name}" for name in FORM_NAMES} | {"表单号_"}
    for path in modules():
        if path.name == "paper_kinds.py":
            continue
        found = {node.value for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Constant)}
        assert not spelled & {value for value in found if isinstance(value, str)}, path


def test_every_paper_has_its_content_its_template_and_where_people_ask_for_it_its_use_case() -> None:
    assert list(CONTENTS) == [kind.key for kind in PAPER_KINDS]
    for kind in PAPER_KINDS:
        assert (PACKAGE.parent / "report_templates" / kind.template).is_file()
        assert (PACKAGE / f"reports/word/building/paper_{kind.key}.py").is_file()
        assert not kind.every or (PACKAGE / f"policy/papers/{kind.key}_facts.py").is_file()
        assert not kind.command or kind.every or (PACKAGE / f"app/use_cases/{kind.command}.py").is_file()
        assert kind.command or kind.pack_place, f"nobody can get {kind.key}"


def test_the_documents_name_the_form_numbers_as_the_catalogue_does() -> None:
    pages = [PACKAGE.parent / "README.md", *sorted((PACKAGE.parent / "docs").rglob("*.md"))]
    named = {name for page in pages for name in re.findall(r"表单号_(\w+)", page.read_text("utf-8"))}
    assert named == {kind.form_name for kind in COMPANY_KINDS}


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_value_is_a_dataclass_only_where_a_struct_cannot_say_it(path: Path) -> None:
    """Fields out of comparison, out of `repr` or set later; a class beneath such a one is a dataclass too."""
    tree = ast.parse(path.read_text("utf-8"))
    own = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and _is_dataclass(node)}
    for node in own.values():
        asked = {keyword.arg for call in ast.walk(node) if isinstance(call, ast.Call) for keyword in call.keywords}
        above = {base.id for base in node.bases if isinstance(base, ast.Name)}
        assert asked & {"compare", "repr", "init"} or above & set(own), f"{path}: {node.name} can be a Struct"


def _is_dataclass(node: ast.ClassDef) -> bool:
    return any("dataclass" in ast.unparse(decorator) for decorator in node.decorator_list)
