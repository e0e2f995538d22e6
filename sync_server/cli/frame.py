"""What all commands share: where the server lies, how answers and errors are said."""

import json
import secrets
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from gridclient.core.domain.errors import KnownError
from gridclient.core.wire.messages import RefusedError
from sync_server.service.folder import Folder
from sync_server.service.service import Service


def now() -> int:
    """Unix milliseconds."""
    return time.time_ns() // 1_000_000


class Session:
    """One run of the program: which server, how to say things."""

    def __init__(self, data: Path | None, as_json: bool, database: str | None = None) -> None:
        self._data = data
        self.database = database
        self.as_json = as_json

    @property
    def folder(self) -> Folder:
        if self._data is None:
            raise KnownError(
                "no_folder",
                "要用 --data 写明服务器在哪个文件夹。",
                "Say with --data which folder the server is in.",
            )
        return Folder(self._data, self.database)

    @contextmanager
    def service(self) -> Iterator[Service]:
        """The server's service, closed afterwards."""
        store = self.folder.open()
        try:
            yield Service(store, now, secrets.token_bytes)
        finally:
            store.close()

    def say(self, facts: Mapping[str, object] | list[dict[str, object]], words: str) -> None:
        """One answer: JSON with --json, else for a person."""
        click.echo(json.dumps(facts, ensure_ascii=False) if self.as_json else words)


def command(group: click.Group, name: str) -> Callable[[Callable[..., None]], click.Command]:
    """A command of the program: takes --json and --lang, and gets the session first."""

    def declare(work: Callable[..., None]) -> click.Command:
        @click.option("--json", "as_json", is_flag=True, help="用 JSON 回答")
        @click.option("--lang", type=click.Choice(["zh", "en"]), default=None, help="错误说明的语言")
        @click.pass_obj
        def run(session: Session, /, as_json: bool, lang: str | None, **given: Any) -> None:
            session.as_json = session.as_json or as_json
            work(session, **given)

        run.__doc__ = work.__doc__
        for option in getattr(work, "__click_params__", []):
            run.__click_params__.append(option)  # type: ignore[attr-defined]
        return group.command(name)(run)

    return declare


def speak(work: Callable[[], object], lang: str) -> int:
    """Run a command; what goes wrong becomes one sentence on stderr and an exit status."""
    english = lang == "en"
    try:
        work()
    except KnownError as known:
        return _fail(known.en if english else known.zh)
    except RefusedError as refused:
        return _fail(f"Refused: {refused.code}." if english else str(refused))
    except click.ClickException as wrong:
        _fail(wrong.format_message() if english else "命令写得不对。加上 --help 看怎么写。")
        return 2
    except OSError as error:
        said = error.strerror or type(error).__name__
        return _fail(f"The system refused: {said}." if english else f"系统不让做：{said}。数据没有动过。")
    except (click.Abort, KeyboardInterrupt):
        return _fail("Stopped." if english else "停下了。")
    return 0


def _fail(words: str) -> int:
    print(words, file=sys.stderr)
    return 1
