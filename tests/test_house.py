"""The house rules that a machine can check."""

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

REPOSITORY = Path(__file__).parent.parent
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]
FOUND_BY_NAME = {"asyncpg", "aiosqlite", "httptools", "tzdata", "uvloop"}
"""Required, though never imported by us: SQLAlchemy, uvicorn and zoneinfo look for them."""
ONE_MACHINE_ONLY = re.compile(
    r"(?<![\w.])/(?:home|root|Users|work)/\w"  # somebody's folders
    r"|registry\.npmjs|files\.pythonhosted|pypi\.org"  # the lock and the docs need no host
)


def own_files(*patterns: str) -> list[Path]:
    """The repository's own text files, as git lists them, or as they lie in an export."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns],
        cwd=REPOSITORY, capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    return [REPOSITORY / name for name in listed if (REPOSITORY / name).is_file()]


def test_no_file_names_a_folder_or_a_registry_of_one_machine() -> None:
    found = [
        f"{path.relative_to(REPOSITORY)}:{number}: {line.strip()[:100]}"
        for path in own_files()
        if path.suffix not in {".png", ".ico", ".xlsx"}
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if ONE_MACHINE_ONLY.search(line)
    ]
    assert not found, "\n".join(found)


def test_what_the_package_imports_is_what_it_requires() -> None:
    distributions = packages_distributions()
    imported = {
        distributions[name][0].lower().replace("_", "-")
        for path in own_files("courtsync_web/*.py", "courtsync_web/**/*.py")
        for name in imports_of(path)
        if name not in sys.stdlib_module_names and name != "courtsync_web"
    }
    required = {re.split(r"[\[<>=;]", line)[0].strip() for line in PROJECT["dependencies"]}
    assert imported - required == set(), "imported, but not required"
    assert required - imported - FOUND_BY_NAME == set(), "required, but never imported"


def imports_of(path: Path) -> set[str]:
    """Top-level names of the modules that a file imports from outside its package."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


def test_the_changelog_begins_with_this_version() -> None:
    versions = re.findall(r"^## (\S+)", (REPOSITORY / "CHANGELOG.md").read_text(), re.MULTILINE)
    init = (REPOSITORY / "courtsync_web" / "__init__.py").read_text()
    assert f'__version__ = "{versions[0]}"' in init
