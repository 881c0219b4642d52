"""A hash with two values only, so that whole tickets are often equal."""

import hashlib
from typing import Self


class Coarse:
    """What is used of a `hashlib` object; the digest is one byte, 0 or 1, 32 times."""

    def __init__(self, data: bytes = b"") -> None:
        self.data = data

    def copy(self) -> Self:
        """A second hash in the same state."""
        return type(self)(self.data)

    def update(self, data: bytes) -> None:
        """Take in more bytes."""
        self.data += data

    def digest(self) -> bytes:
        """One of two hashes."""
        return coarse(self.data) * 32

    def hexdigest(self) -> str:
        """The same in hex."""
        return self.digest().hex()


def coarse(data: bytes) -> bytes:
    """The byte of which the hash of some data is made."""
    return bytes([hashlib.sha256(data).digest()[0] % 2])
