"""The rules in CONTRIBUTING.md that a machine can keep."""

import ast
import re
import string
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from kayoi import errors, i18n, metrics, queries

ROOT = Path(__file__).parent.parent
PAGES = sorted((ROOT / "pages").glob("*.py"))
MODULES = sorted((ROOT / "kayoi").rglob("*.py"))
PRODUCT = [*MODULES, *PAGES, *ROOT.glob("dashboard.py")]
SQL_FILES = sorted((ROOT / "queries").rglob("*.sql"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)

# Streamlit's doors to raw HTML, and its navigation, which a `pages/` folder walks around on a direct link.
FORBIDDEN = (
    "unsafe_allow_html",
    "st.html",
    "components.v1",
    "st.iframe",
    "st.navigation(",
    "unsafe_allow_javascript",
)
# Plotly draws these with code made at run time, which the content security policy refuses.
WEBGL_TRACES = (
    "Scattergl",
    "Scatterpolargl",
    "Splom",
    "Parcoords",
    "Heatmapgl",
    "Scatter3d",
    "Surface(",
    "plotly.express",
)
OUR_ERRORS = {
    name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, Exception)
}
# A statement, not a sentence that begins with the same word.
SQL = re.compile(
    r"^\s*(with\s+\w+\s+as\s*\(|select\b.+\bfrom\b|insert\s+into\b|delete\s+from\b|update\s+\w+\s+set\b"
    r"|(create|drop|alter)\s+(or\s+replace\s+)?(temp(orary)?\s+)?(table|view)\b|copy\s+.+\bto\b)",
    re.IGNORECASE | re.DOTALL,
)
# Statements that put a query's result somewhere, or attach and copy files, have no file of their own.
MAY_HOLD_STATEMENTS = {"engine", "warehouse.py"}


def where(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> set[str]:
    names = {
        alias.name for node in ast.walk(parsed(path)) if isinstance(node, ast.Import) for alias in node.names
    }
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def reaches(path: Path, target: str) -> bool:
    return any(name == target or name.startswith(f"{target}.") for name in imports(path))


def strings(path: Path) -> Iterator[str]:
    """Give every string a module is written with, the constant parts of an f-string joined by `?`."""
    inside = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else "?" for part in node.values]
            inside |= {id(part) for part in node.values}
            yield "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
            yield node.value


def tracked_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode != 0:  # an unpacked archive
        return [path for path in ROOT.rglob("*") if path.is_file() and ".venv" not in path.parts]
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


# --- who may know what ---


@pytest.mark.parametrize("path", MODULES, ids=where)
def test_only_the_ui_package_knows_streamlit(path):
    assert "ui" in path.relative_to(ROOT).parts or not reaches(path, "streamlit")


@pytest.mark.parametrize("path", PRODUCT, ids=where)
def test_only_the_engine_and_the_warehouse_know_duckdb(path):
    inside = where(path).startswith("kayoi/engine/") or where(path) == "kayoi/warehouse.py"
    assert inside or not reaches(path, "duckdb")


@pytest.mark.parametrize("path", MODULES, ids=where)
def test_nothing_below_the_page_layer_imports_it(path):
    assert "ui" in path.relative_to(ROOT).parts or not reaches(path, "kayoi.ui")


@pytest.mark.parametrize("path", PRODUCT, ids=where)
def test_nothing_the_product_ships_imports_the_tests(path):
    assert not reaches(path, "tests")


# --- pages ---


@pytest.mark.parametrize("path", [*PAGES, *ROOT.glob("dashboard.py")], ids=where)
def test_a_page_is_at_most_sixty_lines_and_defines_nothing(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 60
    assert not [type(node).__name__ for node in ast.walk(parsed(path)) if isinstance(node, DEFINITIONS)]


@pytest.mark.parametrize("path", PRODUCT, ids=where)
def test_no_raw_html_and_no_navigation_that_a_direct_link_walks_around(path):
    source = path.read_text(encoding="utf-8")
    assert [word for word in FORBIDDEN if word in source] == []


@pytest.mark.parametrize("path", PRODUCT, ids=where)
def test_no_chart_needs_code_made_in_the_browser(path):
    source = path.read_text(encoding="utf-8")
    assert [word for word in WEBGL_TRACES if word in source] == []


def test_the_menu_lists_every_page_once():
    from kayoi.ui import frame

    files = {where(path) for path in PAGES} | {"dashboard.py"}
    assert sorted(path for path, _ in frame.PAGES.values()) == sorted(files)


# --- Python ---


@pytest.mark.parametrize("path", MODULES, ids=where)
def test_a_module_says_in_one_line_what_it_is_for_and_has_at_most_350(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 350
    docstring = ast.get_docstring(parsed(path)) or ""
    assert docstring.split("\n\n")[0].strip()
    assert "\n" not in docstring.split("\n\n")[0].strip()


@pytest.mark.parametrize("path", PRODUCT, ids=where)
def test_sql_is_written_in_queries_not_in_python(path):
    if MAY_HOLD_STATEMENTS & set(path.relative_to(ROOT).parts):
        pytest.skip("puts query results into tables")
    assert [text[:80] for text in strings(path) if SQL.search(text)] == []


@pytest.mark.parametrize("path", MODULES, ids=where)
def test_no_room_is_called_for_what_does_not_fit_elsewhere(path):
    assert not re.search(r"util|helper|common|misc|manager", path.stem)


@pytest.mark.parametrize("path", TESTS, ids=where)
def test_no_test_mocks_or_waits_for_a_fixed_time(path):
    assert not reaches(path, "unittest.mock") and not reaches(path, "pytest_mock")
    if path.name != "serving.py":  # waits for a server, with an end to it
        calls = [node.func for node in ast.walk(parsed(path)) if isinstance(node, ast.Call)]
        called = [ast.unparse(function).split(".")[-1] for function in calls]
        assert {"sleep", "wait_for_timeout"}.isdisjoint(called)


# --- queries ---


@pytest.mark.parametrize("path", SQL_FILES, ids=where)
def test_every_query_has_a_spec(path):
    assert (ROOT / "tests" / "sql" / f"test_{path.stem}.py").exists()


@pytest.mark.parametrize("path", SQL_FILES, ids=where)
def test_a_header_names_the_parameters_the_body_uses(path, slots):
    query = queries.load(path.stem)
    (statement,) = duckdb.extract_statements(query.rendered(slots))
    assert set(query.params) == set(statement.named_parameters)


@pytest.mark.parametrize("path", SQL_FILES, ids=where)
def test_a_header_names_and_types_the_columns_the_query_returns(path, describe):
    query = queries.load(path.stem)
    returned = describe(path.stem)
    assert list(query.columns.items()) == list(returned.items())
    assert set(query.grain) <= returned.keys()


@pytest.mark.parametrize("path", SQL_FILES, ids=where)
def test_a_query_reads_what_its_header_says(path):
    query = queries.load(path.stem)
    body = "\n".join(line for line in query.sql.splitlines() if not line.lstrip().startswith("--"))
    missing = [name for name in query.reads if not re.search(rf"\b{name}\b", body)]
    assert missing == []
    ours = set(re.findall(r"\b(?:stg|int|mart|dim|raw)_\w+\b", body))
    named = {table for table in ours if re.search(rf"\b(?:from|join)\s+(?:\w+\.)?{table}\b", body)}
    assert named <= set(query.reads)


# --- words ---


def test_every_locale_has_the_same_keys():
    assert i18n.messages("ja").keys() == i18n.messages("en").keys()


@pytest.mark.parametrize("locale", ["ja", "en"])
def test_no_message_is_empty_and_no_key_is_given_twice(locale):
    text = (i18n.LOCALES_DIR / f"{locale}.toml").read_text(encoding="utf-8")
    tomllib.loads(text)  # a key given twice is an error of TOML
    assert [
        key
        for key, message in i18n.messages(locale).items()
        if not (message.strip() or key.endswith(".join"))
    ] == []


@pytest.mark.parametrize("key", sorted(i18n.messages("ja")))
def test_a_message_names_the_same_values_in_both_languages(key):
    def values(message: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(message) if name}

    assert values(i18n.messages("ja")[key]) == values(i18n.messages("en")[key])


def keys_used(path: Path) -> Iterator[str]:
    """Give the message keys a module names outright; a key put together at run time ends in `?`."""
    for node in ast.walk(parsed(path)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in OUR_ERRORS:
            prefix, arguments = "error.", node.args[:1]
        elif name == "translate":
            prefix, arguments = "", node.args[1:2]
        elif name == "t":
            prefix, arguments = "", node.args[:1]
        else:
            continue
        for argument in arguments:
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                yield prefix + argument.value
            elif isinstance(argument, ast.JoinedStr):
                parts = [part.value if isinstance(part, ast.Constant) else "?" for part in argument.values]
                yield prefix + "".join(map(str, parts))


@pytest.mark.parametrize("path", PRODUCT, ids=where)
def test_every_message_a_module_says_exists(path):
    messages = i18n.messages("ja")
    lost = [
        key
        for key in keys_used(path)
        if not any(re.fullmatch(re.escape(key).replace(r"\?", ".+"), known) for known in messages)
    ]
    assert lost == []


@pytest.mark.parametrize("metric", metrics.registry().values(), ids=lambda metric: metric.kpi_id)
def test_a_metric_is_named_and_defined_in_every_language(metric):
    for words in (metric.label, metric.short, metric.definition, metric.denominator, metric.source):
        assert set(words) == {"ja", "en"}
        assert all(text.strip() for text in words.values())


@pytest.mark.parametrize("metric", metrics.registry().values(), ids=lambda metric: metric.kpi_id)
def test_a_metric_has_its_query(metric):
    assert queries.load(metric.query).folder == "kpis"


def test_every_kpi_query_has_a_section_in_the_registry_and_the_other_way_round():
    assert sorted(metric.query for metric in metrics.registry().values()) == list(queries.names("kpis"))


@pytest.mark.parametrize("metric", metrics.registry().values(), ids=lambda metric: metric.kpi_id)
def test_the_window_and_every_unit_of_a_metric_have_words(metric):
    keys = [f"card.window.{metric.window}", f"unit.{metric.unit}"]
    keys += [f"unit.{part.unit}" for part in metric.parts]
    for locale in ("ja", "en"):
        assert [key for key in keys if key not in i18n.messages(locale)] == []


# --- the folder ---


def test_every_requirement_is_one_exact_version_and_agrees_with_the_constraints():
    constraints = pins(ROOT / "constraints.txt")
    for name in ("requirements.txt", "requirements-dev.txt"):
        for package, version in pins(ROOT / name).items():
            assert constraints.get(package) == version, f"{name}: {package}"


def pins(path: Path) -> dict[str, str]:
    lines = [line.split("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines()]
    wanted = [line for line in lines if line and not line.startswith("-r ")]
    assert [line for line in wanted if not re.fullmatch(r"[\w.\-]+(\[[\w,]+\])?==[\w.]+", line)] == []
    pairs = (line.split("==") for line in wanted)
    return {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in pairs}


def test_no_file_is_larger_than_one_and_a_half_megabytes():
    assert [where(path) for path in tracked_files() if path.stat().st_size > 1_500_000] == []


def test_what_is_shipped_needs_no_folder_outside_the_repository():
    outside = re.compile(r"\.\./shared|/work/(?:shared|main)")
    text_files = [
        path
        for path in tracked_files()
        if path.suffix in {".py", ".sql", ".toml", ".md", ".js", ".sh", ".txt", ".yml", ""}
        and path.relative_to(ROOT).parts[0] != "tests"
    ]
    assert [where(path) for path in text_files if outside.search(path.read_text("utf-8", "replace"))] == []
