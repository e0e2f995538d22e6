"""The house rules as functions from a source tree to the list of its faults."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

CORE = "gridclient.core"
BELOW_OPERATIONS = (
    CORE,
    "gridclient.cards",
    "gridclient.exchange",
    "gridclient.ledger",
    "gridclient.reports",
    "gridclient.resources_path",
    "gridclient.sync",
)


class Room(NamedTuple):
    """What a room may import beside itself and the standard library.

    A room that may have `sqlalchemy.Connection` passes a transaction on, and makes no query of its own.
    """

    ours: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()
    anything: bool = False


ROOF = Room(anything=True)
PLAN: dict[str, Room] = {
    "gridclient.core.domain": Room(libraries=("msgspec",)),
    "gridclient.core.merge": Room(("gridclient.core.domain",), ("msgspec",)),
    # Stands in the core because a server tells it as well as a ledger.
    "gridclient.core.demonstration": Room(("gridclient.core.domain", "gridclient.core.merge"), ("msgspec",)),
    "gridclient.core.wire": Room(
        ("gridclient.core.domain", "gridclient.core.merge"), ("cryptography", "msgspec", "zstandard")
    ),
    "gridclient.resources_path": Room(),
    "gridclient.ledger": Room(
        (CORE, "gridclient.resources_path"),
        ("argon2", "cryptography", "msgspec", "sqlalchemy", "sqlcipher3", "zstandard"),
    ),
    "gridclient.sync": Room(
        (CORE, "gridclient.ledger"),
        ("cryptography", "msgspec", "requests", "sqlalchemy.Connection", "urllib3", "zstandard"),
    ),
    "gridclient.cards": Room(
        (CORE, "gridclient.resources_path"),
        ("PIL", "msgspec", "pypdfium2", "reportlab", "zstandard", "zxingcpp"),
    ),
    "gridclient.exchange": Room(
        (CORE, "gridclient.resources_path"), ("msgspec", "openpyxl", "python_calamine", "xlsxwriter")
    ),
    "gridclient.reports": Room(
        (CORE, "gridclient.ledger", "gridclient.resources_path"), ("msgspec", "reportlab", "xlsxwriter")
    ),
    "gridclient.operations": Room(
        BELOW_OPERATIONS, ("PySide6.QtCore", "msgspec", "platformdirs", "qasync", "sqlalchemy.Connection")
    ),
    # A screen gets plain data and gives signals: it may know what a visit is, never where one is kept.
    "gridclient.desktop": Room(
        (
            CORE,
            "gridclient.cards",
            "gridclient.exchange",
            "gridclient.operations",
            "gridclient.reports",
            "gridclient.resources_path",
        ),
        ("PySide6", "shiboken6", "pypdfium2", "pyqtgraph"),
    ),
    "gridclient.app": ROOF,
    "gridclient.__main__": ROOF,
    "gridclient.cli": ROOF,
    "gridclient.tour": ROOF,
    "sync_server.store": Room(
        (CORE,), ("alembic", "msgspec", "psycopg", "sqlalchemy", "sqlcipher3", "zstandard")
    ),
    "sync_server.accounts": Room(
        (CORE, "sync_server.store"), ("argon2", "cryptography", "msgspec", "sqlalchemy")
    ),
    "sync_server.service": Room(
        (CORE, "sync_server.accounts", "sync_server.store"),
        ("cryptography", "msgspec", "sqlalchemy", "zstandard"),
    ),
    "sync_server.http": Room(
        (CORE, "sync_server.accounts", "sync_server.service"), ("litestar", "msgspec", "uvicorn", "zstandard")
    ),
    "sync_server.residents": Room(
        (CORE, "sync_server.accounts", "sync_server.service", "sync_server.store"),
        ("jinja2", "litestar", "msgspec"),
    ),
    "sync_server.__main__": Room((CORE, "sync_server"), ("click",)),
    "sync_server.cli": Room(
        (CORE, "sync_server"), ("click", "cryptography", "msgspec", "sqlalchemy", "uvicorn")
    ),
    # The fault simulator drives laptops and server together, so it alone also looks into the client.
    "sync_server.cli.drill": Room(
        (
            *(CORE, "sync_server", "gridclient.ledger", "gridclient.sync"),
            *("gridclient.operations.pack_changes", "gridclient.operations.unpack_file"),
        ),
        ("click", "msgspec", "psycopg", "sqlalchemy"),
    ),
}
PACKAGES = ("gridclient", "sync_server")
TOP_LEVEL = {
    *("pyproject.toml", "README.md", "README.zh-CN.md", "ARCHITECTURE.md", "CHANGELOG.md", "LICENSE"),
    *("gridclient", "sync_server", "resources", "tests", "packaging"),
}
LEFT_BY_BUILDS = {"build", "dist"}  # ignored by git
# The folders that must be pure, and what each may use all the same.
PURE: dict[str, tuple[str, ...]] = {
    "gridclient/core/domain": (),
    "gridclient/core/merge": (),
    "gridclient/core/demonstration": ("random.Random",),  # seeded, hence the same everywhere
}
IMPURE_MODULES = {
    "asyncio",
    "http",
    "io",
    "logging",
    "multiprocessing",
    "os",
    "pathlib",
    "random",
    "secrets",
    "shutil",
    "signal",
    "socket",
    "sqlite3",
    "subprocess",
    "sys",
    "tempfile",
    "threading",
    "time",
    "urllib",
}
CLOCKS_AND_CHANCE = {"now", "today", "utcnow", "uuid1", "uuid4", "uuid6", "uuid7", "uuid8"}
POSIX_ONLY = {"fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty"}
VAGUE_WORDS = {"utils", "util", "helpers", "helper", "managers", "manager", "misc", "common"}
FILE_LINES = 400
FUNCTION_LINES = 60


def sources(root: Path, *folders: str) -> Iterator[tuple[Path, ast.Module]]:
    """Every Python file below the folders of a tree, parsed."""
    for folder in folders:
        for path in sorted((root / folder).rglob("*.py")):
            yield path.relative_to(root), ast.parse(path.read_text("utf-8"))


def doors(tree: ast.AST) -> Iterator[tuple[ast.stmt, str]]:
    """Every import with the full name it opens: at the top or not, for types only or not."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            yield from ((node, f"{base}.{name.name}") for name in node.names)


def inside(name: str, roots: tuple[str, ...]) -> bool:
    """Whether a dotted name is one of the roots or lies below one."""
    return any(name == root or name.startswith(root + ".") for root in roots)


def room_of(path: Path) -> str | None:
    """The room a file stands in: the longest name on the plan that holds it."""
    module = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
    return max((room for room in PLAN if inside(module, (room,))), key=len, default=None)


def import_faults(root: Path) -> list[str]:
    """Imports that go up, sideways or out of the house."""
    faults = []
    for path, tree in sources(root, *PACKAGES):
        name = room_of(path)
        room = PLAN[name] if name else Room()
        if room.anything:
            continue
        allowed = (*((name,) if name else ()), *room.ours, *room.libraries, *sys.stdlib_module_names)
        faults += [f"{path} imports {door}" for _, door in doors(tree) if not inside(door, allowed)]
    return faults


def empty_init_faults(root: Path) -> list[str]:
    """The two packages that both sides import must cost nothing."""
    faults = []
    for name in ("gridclient/__init__.py", "gridclient/core/__init__.py"):
        imported = [door for _, door in doors(ast.parse((root / name).read_text("utf-8")))]
        faults += [f"{name} imports {door}" for door in imported]
    return faults


def plan_faults(root: Path) -> list[str]:
    """Files that stand in no room of the plan."""
    lobbies = {Path(*package.split("."), "__init__.py") for package in (*PACKAGES, CORE)}
    return [
        f"{path} stands in no room of the plan"
        for path, _ in sources(root, *PACKAGES)
        if path not in lobbies and room_of(path) is None
    ]


def top_level_faults(root: Path) -> list[str]:
    """Names at the top that nobody agreed to."""
    found = {path.name for path in root.iterdir() if not path.name.startswith(".")}
    return [f"{name} does not belong at the top" for name in sorted(found - TOP_LEVEL - LEFT_BY_BUILDS)]


def purity_faults(root: Path) -> list[str]:
    """Files, clocks and chance in the rooms that must give the same answer on every machine."""
    faults = []
    for folder, allowed in PURE.items():
        for path, tree in sources(root, folder):
            for _, door in doors(tree):
                impure = door.split(".")[0] in IMPURE_MODULES or door.split(".")[-1] in CLOCKS_AND_CHANCE
                if impure and door not in allowed:
                    faults.append(f"{path} imports {door}")
            for node in ast.walk(tree):
                if isinstance(node, ast.Attribute) and node.attr in CLOCKS_AND_CHANCE:
                    faults.append(f"{path}:{node.lineno} uses {node.attr}")
                elif isinstance(node, ast.Name) and node.id == "open":
                    faults.append(f"{path}:{node.lineno} opens a file")
    return faults


def posix_faults(root: Path) -> list[str]:
    """Modules that Windows lacks, imported with no condition around them."""
    faults = []
    for path, tree in sources(root, "gridclient", "packaging"):
        guarded = {
            id(inner)
            for node in ast.walk(tree)
            if isinstance(node, ast.If | ast.Try)
            for inner in ast.walk(node)
        }
        for node, door in doors(tree):
            if door.split(".")[0] in POSIX_ONLY and id(node) not in guarded:
                faults.append(f"{path}:{node.lineno} imports {door}")
    return faults


def size_faults(root: Path) -> list[str]:
    """Files and functions too long to be read at one sitting."""
    faults = []
    for path, tree in sources(root, *PACKAGES, "tests", "packaging"):
        lines = len((root / path).read_text("utf-8").splitlines())
        if lines > FILE_LINES:
            faults.append(f"{path} has {lines} lines")
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > FUNCTION_LINES:
                    faults.append(f"{path}: {node.name} has {length} lines")
    return faults


def name_faults(root: Path) -> list[str]:
    """Modules named for no idea at all."""
    return [
        f"{path} is named for nothing"
        for path, _ in sources(root, *PACKAGES, "tests", "packaging")
        if any(VAGUE_WORDS & set(part.lower().split("_")) for part in path.with_suffix("").parts)
    ]
