"""The tables of shared libraries that are open; nothing of Lance is loaded before the first one is asked for."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from guie_desktop.extras import need_cluster

if TYPE_CHECKING:
    from guie_desktop.shared_library.shared_table import SharedTable


class SharedTables:
    """Each is opened once, and stays as it was then until it is opened anew; safe in any thread."""

    def __init__(self) -> None:
        self._open: dict[str, SharedTable] = {}
        self._lock = threading.Lock()

    def open_anew(self, address: str) -> SharedTable:
        """The table as it is now, by an address as users write it; UserError where it cannot be read."""
        need_cluster()
        from guie_desktop.shared_library.address import Address
        from guie_desktop.shared_library.shared_table import SharedTable

        table = SharedTable.open(Address.parse(address))
        with self._lock:
            self._open[table.address.uri] = table
        return table

    def get(self, address: str) -> SharedTable:
        """The table as it was opened last, by its own address; UserError where it has to be opened and cannot."""
        with self._lock:
            known = self._open.get(address)
        return known or self.open_anew(address)

    def close(self, address: str) -> None:
        """Let go of it."""
        with self._lock:
            self._open.pop(address, None)
