"""The shipped fonts are found and cover what they promise."""

from gridclient.resources_path import resource


def test_each_font_has_its_licence_and_all_stay_under_fifty_megabytes() -> None:
    folder = resource("fonts")
    names = {path.name for path in folder.iterdir()}
    assert {"OFL-NotoSansSC.txt", "LICENSE-RareHan.txt", "rare-han.ttf.zst"} <= names
    assert {f"NotoSansSC-{weight}.ttf" for weight in ("Regular", "Medium", "Bold")} <= names
    assert sum(path.stat().st_size for path in folder.iterdir()) <= 50 * 1024 * 1024
