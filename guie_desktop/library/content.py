"""By what a file's content is known, wherever the file lies: 16 bytes that are a hash of it."""

import hashlib
from io import BufferedReader


def content_hash(data: bytes) -> bytes:
    """The hash of these bytes."""
    return _new_hash(data).digest()


def content_hash_of(file: BufferedReader) -> bytes:
    """The hash of what a file holds from here on, read piece by piece, however large it is."""
    return hashlib.file_digest(file, _new_hash).digest()


def _new_hash(data: bytes = b"") -> "hashlib.blake2b":
    return hashlib.blake2b(data, digest_size=16)
