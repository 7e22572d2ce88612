"""Messages of a decoder process whose arrays go beside them, in pieces that a pipe takes at once."""

import pickle
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

_PIECE = 96 * 1024
"""Bytes; what is larger is waited for, and read into memory that the system has to clear first."""


@dataclass(frozen=True, slots=True)
class _Beside:
    """A message, and how many bytes each of its arrays has, which follow."""

    pickled: bytes
    sizes: tuple[int, ...]


def send(connection: Connection, message: object) -> None:
    """Send it, to be received by `receive`."""
    found: list[pickle.PickleBuffer] = []
    pickled = pickle.dumps(message, protocol=5, buffer_callback=found.append)
    arrays = [one.raw() for one in found]
    connection.send(_Beside(pickled, tuple(one.nbytes for one in arrays)))
    for array in arrays:
        for start in range(0, array.nbytes, _PIECE):
            connection.send_bytes(array[start : start + _PIECE])


def receive(connection: Connection) -> Any:
    """The next message, however it was sent."""
    message = connection.recv()
    if not isinstance(message, _Beside):
        return message
    return pickle.loads(message.pickled, buffers=[_array(connection, size) for size in message.sizes])


def _array(connection: Connection, size: int) -> bytearray:
    array = bytearray(size)
    read = 0
    while read < size:
        read += connection.recv_bytes_into(array, read)
    return array
