"""The first start on a computer, or a further ledger: making one, opening the demonstration, joining."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from gridclient.app import folders

if TYPE_CHECKING:
    from gridclient.app.roof import Roof


class FirstStart:
    """Makes a ledger and hands it to the roof."""

    def __init__(self, roof: Roof) -> None:
        self._roof = roof

    def begin(self) -> None:
        """Show the first page."""
        self._roof.unlock.show_error("这个文件夹里还没有台账。")

    def make(self, passphrase: str, name: str) -> str:
        """A new ledger; the code of its recovery sheet. Raises KnownError."""
        from gridclient.app.roof import now
        from gridclient.ledger.ledger import Ledger

        folder = self._roof.folder or folders.fresh()
        ledger, code = Ledger.create(folder, passphrase, now, secrets.token_bytes, name)
        self._roof.enter(ledger)
        return code
