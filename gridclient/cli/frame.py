"""What all commands share: how the ledger is opened, how answers and errors are said."""

from __future__ import annotations

import json
import os
import re
import secrets
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gridclient.core.domain.errors import KnownError

if TYPE_CHECKING:
    from gridclient.ledger.ledger import Ledger

PASSPHRASE = "GRIDCLIENT_PASSPHRASE"


def now() -> int:
    """Unix milliseconds."""
    return time.time_ns() // 1_000_000


class Session:
    """One run of the program: which ledger, how to say things."""

    def __init__(
        self, folder: Path | None, passphrase_file: Path | None, lang: str, as_json: bool = False
    ) -> None:
        self._folder = folder
        self._passphrase_file = passphrase_file
        self.lang = lang
        self.as_json = as_json

    @property
    def folder(self) -> Path:
        if self._folder is None:
            raise KnownError(
                "no_folder",
                "要用 --ledger 写明台账在哪个文件夹。",
                "Say with --ledger which folder the ledger is in.",
            )
        return self._folder

    def take(self, as_json: bool, lang: str | None, passphrase_file: Path | None) -> None:
        """Options given behind the command's name."""
        self.as_json = self.as_json or as_json
        self.lang = lang or self.lang
        self._passphrase_file = passphrase_file or self._passphrase_file

    def passphrase(self, prompt: str = "口令", confirm: bool = False) -> str:
        """From --passphrase-file, the environment, or a prompt. Raises KnownError without a terminal."""
        if self._passphrase_file is not None:
            return read_secret(self._passphrase_file)
        return os.environ.get(PASSPHRASE) or ask(prompt, confirm)

    @contextmanager
    def ledger(self, *, write: bool, leaving: bool = False) -> Iterator[Ledger]:
        """The ledger, closed afterwards. `leaving`: also where this laptop was shut out and has not left yet;
        otherwise it goes on leaving instead."""
        from gridclient.ledger.ledger import Ledger

        ledger = Ledger.open(self.folder, self.passphrase(), now, secrets.token_bytes, write=write)
        try:
            if write and not leaving:
                _leave(ledger)
            yield ledger
        finally:
            ledger.close()

    def say(self, facts: Mapping[str, object], words: str) -> None:
        """One answer: an object with --json, else a sentence."""
        click.echo(json.dumps(facts, ensure_ascii=False) if self.as_json else words)


def _leave(ledger: Ledger) -> None:
    """Go on with what was cut off when this laptop left its community. Raises ShutOutError."""
    from gridclient.ledger import departure

    with ledger.reading() as connection:
        if departure.get(connection) is None:
            return
    from gridclient.operations.leave import ShutOutError, go_on

    left = go_on(ledger)
    if left is not None:
        raise ShutOutError(left)


def read_secret(path: Path) -> str:
    """The first line of a file that holds a passphrase or key; a PEM file whole. Raises KnownError."""
    try:
        content = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KnownError("no_file", f"读不了 {path}。", f"Cannot read {path}.") from error
    return content if "-----BEGIN" in content else content.partition("\n")[0].strip()


def ask(prompt: str, confirm: bool, option: str = "--passphrase-file") -> str:
    """A passphrase typed unseen. Raises KnownError where there is no terminal to ask at."""
    if not _has_terminal():
        also, else_ = (f" 或环境变量 {PASSPHRASE}", f" or {PASSPHRASE}") if "new" not in option else ("", "")
        raise KnownError(
            "no_passphrase", f"没有口令：用 {option}{also}。", f"No passphrase: use {option}{else_}."
        )
    return str(click.prompt(prompt, hide_input=True, confirmation_prompt=confirm, err=True))


def _has_terminal() -> bool:
    """Whether a prompt reaches a person: it reads the terminal, wherever the input comes from."""
    try:
        os.close(os.open("/dev/tty", os.O_RDWR))
    except OSError:
        return sys.stdin is not None and sys.stdin.isatty()
    return True


def command(group: click.Group, name: str) -> Callable[[Callable[..., Any]], click.Command]:
    """A command of the program: takes --json, --lang, --passphrase-file, and gets the session first."""

    def declare(work: Callable[..., Any]) -> click.Command:
        @click.option("--json", "as_json", is_flag=True, help="用 JSON 回答")
        @click.option("--lang", type=click.Choice(["zh", "en"]), default=None, help="错误说明的语言")
        @click.option("--passphrase-file", type=click.Path(path_type=Path), default=None, help="第一行是口令")
        @click.pass_context
        def run(
            context: click.Context,
            /,
            as_json: bool,
            lang: str | None,
            passphrase_file: Path | None,
            **given: Any,
        ) -> None:
            session: Session = context.obj
            session.take(as_json, lang, passphrase_file)
            work(session, **given)

        run.__doc__ = work.__doc__
        for option in getattr(work, "__click_params__", []):
            run.__click_params__.append(option)  # type: ignore[attr-defined]
        return group.command(name)(run)

    return declare


def speak(work: Callable[[], None], session: Callable[[], str]) -> int:
    """Run a command; what goes wrong becomes one sentence on stderr and an exit status."""
    try:
        work()
    except KnownError as known:
        return _fail(known.en if session() == "en" else known.zh)
    except click.ClickException as wrong:
        _fail(wrong.format_message() if session() == "en" else _usage(wrong))
        return 2
    except (click.Abort, KeyboardInterrupt):
        return _fail("Stopped." if session() == "en" else "停下了，已经存好的都在。")
    except Exception as error:
        words = _of_the_server(error, session())
        if words is None:
            raise
        return _fail(words)
    return 0


def _of_the_server(error: Exception, lang: str) -> str | None:
    """What a server refused, or that there is none, in words; None for anything else."""
    # Only asked when something went wrong: the window does not wait for the wire's messages.
    from gridclient.core.wire.messages import RefusedError, UnreachableError

    if isinstance(error, RefusedError):
        return f"Refused: {error.code}." if lang == "en" else str(error)
    if isinstance(error, UnreachableError):
        if lang == "en":
            return "The server cannot be reached; everything is safe on this computer."
        return "连不上社区的电脑。记录都在这台电脑里，过一会再试。"
    return None


def _usage(wrong: click.ClickException) -> str:
    """What was wrong with a command line, in one sentence."""
    if isinstance(wrong, click.NoSuchOption):
        near = f"，是不是 {wrong.possibilities[0]}" if wrong.possibilities else ""
        return f"没有这个选项：{wrong.option_name}{near}。"
    named = wrong.param.opts[0] if isinstance(wrong, click.BadParameter) and wrong.param else ""
    if isinstance(wrong, click.MissingParameter):
        option = isinstance(wrong.param, click.Option)
        return f"少写了 {named if option else named.upper()}。"
    if isinstance(wrong, click.BadParameter):
        named = named if isinstance(wrong.param, click.Option) else named.upper()
        of = wrong.param.type if wrong.param else None
        choices = "、".join(map(str, of.choices)) if isinstance(of, click.Choice) else ""
        return f"{named} 写得不对{_allowed(of, choices)}。"
    if isinstance(wrong, click.BadOptionUsage):
        return f"{wrong.option_name} 后面的内容不对，或者没有写。"
    unknown = re.search(r"No such command ['\"](.*?)['\"]", wrong.format_message(), re.DOTALL)
    if unknown:
        return f"没有这个命令：{unknown[1]}"
    if isinstance(wrong, click.UsageError) and "unexpected extra argument" in wrong.format_message():
        return "命令后面多写了内容。"
    return f"命令写得不对：{wrong.format_message()}"


def _allowed(of: object, choices: str) -> str:
    """What may be written for a value, as the end of a sentence."""
    if choices:
        return f"，可以写：{choices}"
    if isinstance(of, click.IntRange | click.FloatRange):
        return (
            f"，写 {of.min:g} 到 {of.max:g} 的数" if of.min is not None and of.max is not None else "，写数字"
        )
    return "，写数字" if isinstance(of, click.types.IntParamType | click.types.FloatParamType) else ""


def _fail(words: str) -> int:
    print(words, file=sys.stderr)
    return 1
