"""The lease of a table: one program writes at a time, also where several start in the same moment.

It stands in the table's own configuration, where Lance refuses the second of two that change the same key of the same
version. It holds for ten minutes and is renewed by a thread; whoever was killed loses it when they are over. Clocks of
the machines must agree within a minute.
"""

import json
import os
import platform
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from types import TracebackType
from typing import Any, Self

import psutil

from guie_desktop.errors import UserError
from guie_desktop.sentences import Sentence, tr_noop
from guie_desktop.shared_library.address import Address
from guie_desktop.shared_library.reaching import opened, reading
from guie_desktop.shared_library.schema import LEASE
from guie_desktop.shared_library.writer_record import Writer, writer_in

_SECONDS = 600.0
_MARGIN = 60.0
"""A lease that ends sooner is not written under: the clocks may differ, and a commit takes its time."""

_TAKEN_OVER = tr_noop("The lease was taken over.")


class LeaseLost(UserError):
    """Another program has taken the lease over, or it could not be renewed in time; nothing may be written any more."""


class Lease:
    """The right to write to a table; a context that takes, renews and gives it back."""

    def __init__(self, address: Address, clock: Callable[[], float] = time.time, *, renews: bool = True) -> None:
        """Of the table at an address, which is there already. Without `renews` it ends by itself after its time."""
        self._address, self._clock, self._renews = address, clock, renews
        self._name = uuid.uuid4().hex
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="lease", daemon=True)

    def __enter__(self) -> Self:
        """UserError where another program has it."""
        table = self._table()
        held = writer_in(table.config())
        if held is not None and held.has_right(self._clock()):
            raise self._taken(held)
        self._write(table)
        if self._renews:
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_over.set()
        if self._renews:
            self._thread.join()
        try:
            table = self._table()
            held = writer_in(table.config())
            if held is not None and held.holder == self._name:
                table.update_config({LEASE: None})
        except (OSError, ValueError, UserError):
            pass  # it ends by itself

    def check(self) -> None:
        """To be called before each commit; LeaseLost where it is not to be made."""
        held = writer_in(self._table().config())
        if held is None or held.holder != self._name or held.until - self._clock() < _MARGIN:
            raise LeaseLost(
                Sentence("Another program writes to {library} now, so this one has stopped.", library=self._address),
                tr_noop("Nothing is lost: start it again when the other one is done."),
            )

    def renew(self) -> None:
        """Have it hold for the whole time again; LeaseLost."""
        table = self._table()
        held = writer_in(table.config())
        if held is None or held.holder != self._name:
            raise LeaseLost(_TAKEN_OVER)
        self._write(table)

    def _keep(self) -> None:
        while not self._is_over.wait(_SECONDS / 3):
            try:
                self.renew()
            except LeaseLost:
                return  # `check` says so before anything is written
            except (OSError, ValueError, UserError):
                continue  # no connection; it is tried again while the lease holds

    def _write(self, table: Any) -> None:
        me = psutil.Process()
        until = self._clock() + _SECONDS
        held = Writer(self._name, platform.node(), os.getpid(), me.create_time(), until)
        with reading(self._address):
            try:
                table.update_config({LEASE: json.dumps(asdict(held))})
            except OSError as error:
                if "ncompatible" not in str(error):
                    raise
                other = writer_in(self._table().config())
                raise (LeaseLost(_TAKEN_OVER) if other is None else self._taken(other)) from error

    def _table(self) -> Any:
        return opened(self._address)

    def _taken(self, held: Writer) -> UserError:
        until = datetime.fromtimestamp(held.until).astimezone()
        return UserError(
            Sentence(
                "Process {process} on {host} is writing to {library}.",
                process=str(held.process),
                host=held.host,
                library=self._address,
            ),
            Sentence(
                "Wait until it is done. If it was killed, the library is free at {time}.", time=f"{until:%H:%M:%S}"
            ),
        )
