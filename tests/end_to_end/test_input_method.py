"""Chinese typed as it is typed: pinyin through a real input method into the real window."""

import secrets
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from gridclient.ledger.ledger import Ledger
from gridclient.operations.dump import dump
from tests.app.conftest import register
from tests.end_to_end.programs import ROOT
from tests.end_to_end.typist import Typist, at_the_keyboard

PASSPHRASE = "typed without composing"
SENTENCE = "一句话"


@pytest.fixture
def missing(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The packages of this test that are not installed; `packaging/test.py` installs them where it may."""
    monkeypatch.syspath_prepend(ROOT / "packaging")
    environment = import_module("environment")
    yield [need.package for need in (*environment.SCREEN, *environment.TYPIST) if not need.met()]
    for name in ("environment", "words"):
        sys.modules.pop(name, None)


def test_chinese_is_typed_searched_and_saved(missing: list[str], own_home: Path, tmp_path: Path) -> None:
    assert not missing, f"apt-get install {' '.join(missing)}"
    folder = tmp_path / "ledger"
    made, _ = Ledger.create(folder, PASSPHRASE, _now, secrets.token_bytes)
    made.write(register())
    made.close()
    # The bus has its socket in the home: a path of pytest's may be too long for one.
    with at_the_keyboard(own_home, folder) as typist:
        unlock(typist)
        find_the_door(typist)
        write_the_visit(typist)
        find_the_visit(typist)
        typist.press("alt+F4")
        assert typist.wait_for_end() == 0
    kept = Ledger.open(folder, PASSPHRASE, _now, secrets.token_bytes)
    said = [visit["fields"]["summary"] for visit in dump(kept, "visit")]  # type: ignore[index]
    kept.close()
    assert said == ["你好北京"]


def unlock(typist: Typist) -> None:
    """A secret field composes nothing: every letter arrives as it is."""
    typist.see("the window", lambda seen: seen["active"] and seen["focus"])
    typist.type(PASSPHRASE)
    typist.see("the passphrase", lambda seen: seen["text"] == PASSPHRASE)
    typist.press("Return")
    typist.see("the ledger", lambda seen: seen["page"] == "today")


def find_the_door(typist: Typist) -> None:
    """What still composes is no word to search for; its Esc and Enter close and open nothing."""
    to_the_search_box(typist)
    compose(typist, "zhongguo", "中国")
    drop(typist)
    assert typist.seen["in_search"]
    compose(typist, "beijing", "北京")
    typist.press("Return")
    typist.see("the letters themselves", lambda seen: seen["search"] == "beijing")
    assert typist.seen["page"] == "today"
    typist.press("ctrl+a")
    typist.type("12-1-101")
    typist.see("the door", lambda seen: seen["search"] == "12-1-101" and len(seen["hits"]) > 1)
    typist.press("Return")
    typist.see("the household", lambda seen: seen["door"] == "12号楼 1单元 101")


def write_the_visit(typist: Typist) -> None:
    """While something composes, Esc, Enter, digits and Ctrl+S are the input method's, not the sheet's."""
    typist.press("Return")
    typist.see("the sheet", lambda seen: seen["sheet"])
    typist.press("1")
    while typist.seen["focus"] != SENTENCE:
        to_the_next_part(typist)
    compose(typist, "zhongguo", "中国")
    drop(typist)
    compose(typist, "beijing", "北京")
    typist.press("Return")
    typist.see("the letters themselves", lambda seen: seen["text"] == "beijing")
    assert typist.seen["focus"] == SENTENCE
    typist.press("ctrl+a", "BackSpace")
    typist.see("an empty line", lambda seen: not seen["text"])
    compose(typist, "nihao", "你好")
    typist.press("space")
    typist.see("the words", lambda seen: seen["text"] == "你好")
    compose(typist, "beijing", "北京")
    typist.press("1")
    typist.see("the first candidate", lambda seen: seen["text"] == "你好北京")
    compose(typist, "zhongguo", "中国")
    typist.press("ctrl+s")
    drop(typist)
    assert typist.seen["sheet"]
    typist.press("ctrl+s")
    typist.see("the visit saved", lambda seen: not seen["sheet"])


def to_the_next_part(typist: Typist) -> None:
    before = typist.seen["focus"]
    typist.press("Return")
    typist.see(f"the part after {before}", lambda seen: seen["focus"] != before)
    assert typist.seen["sheet"], "past the last part"


def find_the_visit(typist: Typist) -> None:
    to_the_search_box(typist)
    compose(typist, "nihao", "你好")
    typist.press("space")
    typist.see("the visit", lambda seen: seen["search"] == "你好" and "你好北京" in "".join(seen["hits"]))


def to_the_search_box(typist: Typist) -> None:
    typist.press("ctrl+f")
    typist.see("the keyboard in the search box", lambda seen: seen["in_search"])


def compose(typist: Typist, letters: str, words: str) -> None:
    """Type pinyin and leave it composing: it is shown, stands in no field and finds nothing."""
    before = typist.seen["text"], typist.seen["hits"]
    typist.type(letters)
    typist.see(f"{words} composing", lambda seen: seen["composing"] == words)
    assert (typist.seen["text"], typist.seen["hits"]) == before


def drop(typist: Typist) -> None:
    """Esc drops what is composing and nothing else."""
    before = {**typist.seen, "composing": ""}
    typist.press("Escape")
    typist.see("nothing composing", lambda seen: not seen["composing"])
    assert typist.seen == before


def _now() -> int:
    return time.time_ns() // 1_000_000
