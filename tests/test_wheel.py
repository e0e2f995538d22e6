"""The built wheel stands alone: installed in an empty environment, far from the source tree, it works."""

import json
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pypdfium2
import pytest

ROOT = Path(__file__).parents[1]
WINDOWS = sys.platform == "win32"


def run(command: list[str | Path], folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT], folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment that holds the wheel, and sees the libraries of this one."""
    folder = tmp_path_factory.mktemp("empty")
    run([sys.executable, "-m", "venv", "--without-pip", folder / "venv"], folder)
    found = folder / "venv" / ("Scripts" if WINDOWS else "bin")
    install = ["install", "--quiet", "--no-deps", "--no-index", "--disable-pip-version-check"]
    run([sys.executable, "-m", "pip", "--python", found / "python", *install, wheel], folder)
    purelib = run([found / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], folder)
    # A path file adds the libraries' folder only, not the path file in it that leads back to the source tree.
    (Path(purelib.strip()) / "libraries.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    return found


def test_the_wheel_holds_programs_and_resources_only(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names} == {
        "gridclient",
        "sync_server",
        wheel.name.rpartition("-py3-")[0] + ".dist-info",
    }
    for path in (ROOT / "resources").rglob("*"):
        kept = path.relative_to(ROOT).as_posix()
        if path.is_file():
            assert (f"gridclient/{kept}" in names) != kept.startswith("resources/pictures/"), kept


def test_everything_is_found_far_from_the_source_tree(programs: Path, tmp_path: Path) -> None:
    code = (
        "import gridclient, sync_server\n"
        "from gridclient.resources_path import resource\n"
        "print(gridclient.__file__, sync_server.__file__, *resource('fonts').iterdir(), sep='\\n')"
    )
    shown = run([programs / "python", "-c", code], tmp_path).splitlines()
    assert [path for path in shown if not Path(path).is_relative_to(programs.parent)] == []
    assert len([path for path in shown if path.endswith(".ttf.zst") or path.endswith(".ttf")]) >= 2, shown


def test_cards_are_printed_far_from_the_source_tree(
    programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRIDCLIENT_PASSPHRASE", "minqing-demo-2026")
    client: list[str | Path] = [programs / "gridclient", "--ledger", tmp_path / "ledger"]
    assert "cards" in run([*client, "--help"], tmp_path)
    assert "enrol" in run([programs / "gridserver", "--help"], tmp_path)
    run([*client, "demo", "--scale", "0.01"], tmp_path)
    (community,) = run([*client, "dump", "--kind", "community"], tmp_path).splitlines()
    facts = json.loads(run([*client, "cards", "--all", "--to", "cards.pdf", "--json"], tmp_path))
    assert facts["cards"] > 10
    with pypdfium2.PdfDocument(tmp_path / "cards.pdf") as printed:
        assert len(printed) == facts["pages"]
        text = "".join(page.get_textpage().get_text_bounded() for page in printed)
    assert json.loads(community)["fields"]["title"] in text
