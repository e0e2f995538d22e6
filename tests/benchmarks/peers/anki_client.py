"""One act of an Anki collection, run by a Python that has Anki: act, collection, records, url.

Every record is a note whose fields are the record's. Prints {"seconds": …}. Anki is AGPL: a yardstick alone.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from pathlib import Path
from typing import Any

_AT_ONCE = 2000


def main(act: str, path: str, records: Path, url: str) -> None:
    module: Any = importlib.import_module("anki.collection")
    collection = module.Collection(path)
    started = time.perf_counter()
    if act == "load":
        _load(module, collection, _lines(records / "records.jsonl"))
    elif act.startswith("day:"):
        _, number, *worker = act.split(":")
        _work(module, collection, _lines(records / f"day{number}.jsonl"), [int(one) for one in worker])
    else:
        token = collection.sync_login("u", "p", url)
        started = time.perf_counter()  # what follows is the sync itself: a login is a password's hash
        if act == "sync":
            collection.sync_collection(token, False)
        else:
            upload = act == "upload"
            collection.full_upload_or_download(auth=token, server_usn=None, upload=upload)
    print(json.dumps({"seconds": time.perf_counter() - started}))
    if collection.db is not None:
        collection.close()


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _load(module: Any, collection: Any, records: list[dict[str, Any]]) -> None:
    deck = collection.decks.id("Default")
    kinds: dict[str, list[dict[str, Any]]] = {}
    for one in records:
        kinds.setdefault(one["kind"], []).append(one["row"])
    for kind, rows in kinds.items():
        made = collection.models.new(kind)
        for name in rows[0]:
            collection.models.add_field(made, collection.models.new_field(name))
        card = collection.models.new_template("c")
        card["qfmt"] = card["afmt"] = "{{id}}"
        collection.models.add_template(made, card)
        collection.models.add(made)
        model = collection.models.by_name(kind)
        for start in range(0, len(rows), _AT_ONCE):
            some = rows[start : start + _AT_ONCE]
            collection.add_notes([_new(module, collection, model, deck, row) for row in some])


def _new(module: Any, collection: Any, model: Any, deck: Any, row: dict[str, Any]) -> Any:
    note = collection.new_note(model)
    note.fields = [str(value) for value in row.values()]
    return module.AddNoteRequest(note, deck)


def _work(module: Any, collection: Any, day: list[dict[str, Any]], workers: list[int]) -> None:
    deck = collection.decks.id("Default")
    found = collection.db.all("select id, flds from notes")
    notes = {fields.split("\x1f")[0]: identity for identity, fields in found}
    made, changed = [], []
    for one in day:
        if workers and one["worker"] not in workers:
            continue
        row = one["row"]
        if one["made"]:
            model = collection.models.by_name(one["kind"])
            made.append(_new(module, collection, model, deck, row))
        else:
            note = collection.get_note(notes[row["id"]])
            note.fields = [str(value) for value in row.values()]
            changed.append(note)
    collection.add_notes(made)
    collection.update_notes(changed)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), sys.argv[4])
