"""Arrays go beside their message, in pieces, and come together again."""

import threading
from collections.abc import Sequence
from multiprocessing import Pipe
from multiprocessing.connection import Connection

import numpy as np

from guie_desktop.decoding.messages_with_arrays import receive, send
from guie_desktop.decoding.wire import Still

VIEWS = np.random.default_rng(0).integers(0, 256, (3, 260, 260, 3), np.uint8)
FEW = np.arange(5, dtype=np.uint8).reshape(1, 1, 5, 1)


def test_what_is_received_is_what_was_sent() -> None:
    sent = [Still(b"jpeg", VIEWS), [Still(None, FEW), Still(None, VIEWS[:1])], Still(b"no views", None), "no still"]
    ours, theirs = Pipe()
    sender = threading.Thread(target=_send_all, args=(theirs, sent))
    sender.start()
    first, few, without, word = (receive(ours) for _ in sent)
    sender.join()
    assert first.jpeg == b"jpeg"
    np.testing.assert_array_equal(first.views, VIEWS)
    assert first.views.flags.writeable
    np.testing.assert_array_equal(few[0].views, FEW)
    np.testing.assert_array_equal(few[1].views, VIEWS[:1])
    assert (without, word) == (sent[2], sent[3])


def test_what_was_sent_in_the_plain_way_is_received_too() -> None:
    ours, theirs = Pipe()
    theirs.send(("plain", 1))
    assert receive(ours) == ("plain", 1)


def test_no_piece_is_larger_than_a_pipe_takes_at_once() -> None:
    ours, theirs = Pipe()
    sender = threading.Thread(target=send, args=(theirs, Still(b"jpeg", VIEWS)))
    sender.start()
    pieces = [len(ours.recv_bytes())]
    while sum(pieces[1:]) < VIEWS.nbytes:
        pieces.append(len(ours.recv_bytes()))
    sender.join()
    assert sum(pieces[1:]) == VIEWS.nbytes
    assert max(pieces) <= 128 * 1024


def _send_all(connection: Connection, messages: Sequence[object]) -> None:
    for one in messages:
        send(connection, one)
