"""The whole main job from the command line, with real programs: register, ledger, sync, decision, cards."""

import json

import pypdfium2

from gridclient.resources_path import resource
from tests.end_to_end.programs import Programs


def test_from_the_register_to_the_card(programs: Programs) -> None:
    for ledger, name in (("office", "方圆"), ("desk", "何敏")):
        programs.answer(ledger, "init")
        programs.answer(ledger, "enrol", programs.url, programs.code(name))
    sample = str(resource("samples/plain.xlsx"))
    tried = programs.answer("office", "import", sample, "--dry-run")
    assert (tried["rows"]["new"], tried["kinds"]["building"]["new"]) == (2078, 15)
    assert programs.dump("office", "resident") == []
    assert programs.answer("office", "import", sample)["rows"]["error"] == 0
    assert programs.answer("desk", "import", sample)["rows"]["new"] == 2078
    assert programs.answer("office", "sync")["complete"]
    second = programs.answer("desk", "sync")
    assert (second["complete"], second["duplicates"], second["conflicts"]) == (True, 3972, 0)
    assert len(programs.dump("desk", "resident")) == 2078

    person = programs.dump("office", "resident")[0]
    edit = {"kind": "resident", "record": person["record"]}
    programs.apply("office", {**edit, "fields": {"name": "赵仕昌"}})
    programs.apply("desk", {**edit, "fields": {"name": "赵士昌"}})
    for ledger in ("office", "desk", "office"):
        assert programs.answer(ledger, "sync")["complete"]
    for ledger in ("office", "desk"):
        found = json.loads(programs.client(ledger, "conflicts", "--json").stdout)
        assert sorted(one["value"] for one in found["versions"]) == ["赵仕昌", "赵士昌"]
    taken = next(one["change"] for one in found["versions"] if one["value"] == "赵仕昌")
    programs.answer("desk", "resolve", person["record"], "name", "--take", taken)
    for ledger in ("desk", "office"):
        assert programs.answer(ledger, "sync")["complete"]
    for ledger in ("office", "desk"):
        shown = next(one for one in programs.dump(ledger, "resident") if one["record"] == person["record"])
        assert (shown["fields"]["name"], shown["conflicts"]) == ("赵仕昌", {})
        assert programs.answer(ledger, "check")["ok"]

    file = programs.folder / "cards.pdf"
    printed = programs.answer("office", "cards", "--building", "12", "--to", str(file))
    document = pypdfium2.PdfDocument(file)
    assert (printed["pages"], len(document)) == (12, 12)
    document.close()
    assert len(programs.dump("office", "card_issue")) == printed["cards"] == 60


def test_what_goes_wrong_is_one_sentence_and_nothing_is_lost(programs: Programs) -> None:
    programs.answer("mine", "init")
    programs.apply("mine", {"kind": "compound", "fields": {"title": "示例小区"}})
    code = programs.code("何敏")
    nowhere = str(programs.folder / "nothing.xlsx")
    broken = programs.folder / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 this is no workbook")
    cases = [
        (("check",), {"GRIDCLIENT_PASSPHRASE": "不是这个口令不是的"}, "口令不对"),
        (("enrol", programs.url, "AAAA-" * 7 + "AAAA"), {}, "不是发领取码的"),
        (("enrol", "http://127.0.0.1:9", code), {}, "连不上"),
        (("enrol", "http://community.example", code), {}, "https"),
        (("sync",), {}, "还没有加入社区"),
        (("import", nowhere), {}, "打不开这个文件"),
        (("import", str(broken)), {}, "读不出来"),
        (("init",), {}, "已经有一本台账"),
        (("resolve", "x", "name", "--value", "y"), {}, "不是记录号"),
    ]
    for arguments, environment, words in cases:
        done = programs.client("mine", *arguments, **environment)
        assert done.returncode == 1, arguments
        assert words in done.stderr, (arguments, done.stderr)
        assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    english = programs.client("mine", "sync", "--lang", "en")
    assert "has not joined" in english.stderr
    assert [one["fields"]["title"] for one in programs.dump("mine", "compound")] == ["示例小区"]
    assert programs.answer("mine", "check")["ok"]
