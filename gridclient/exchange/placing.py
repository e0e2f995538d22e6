"""Putting a finished file where a person wants it: whole or not at all, over nothing they did not mean."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from gridclient.exchange import paper_words as words


def place(
    path: Path, content: bytes | memoryview, *, overwrite: bool, before: Callable[[], None] = lambda: None
) -> None:
    """Write a file under another name in its folder and rename it. `before` is called when all is ready but
    the name: what it raises leaves nothing behind.

    Raises:
        KnownError: there is such a file and `overwrite` was not said, or it cannot be written.
    """
    reserved = not overwrite and _reserve(path)
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(content)
        before()
        part.replace(path)
        reserved = False
    except OSError as error:
        raise words.cannot_write(path) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        if reserved:
            with suppress(OSError):
                path.unlink(missing_ok=True)


def _reserve(path: Path) -> bool:
    """Take the name before the work on it ends, so that two programs cannot both have it."""
    try:
        path.open("xb").close()
    except FileExistsError as error:
        raise words.exists(path) from error
    except OSError as error:
        raise words.cannot_write(path) from error
    return True
