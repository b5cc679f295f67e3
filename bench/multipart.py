"""Multipart forms, as a browser posts the pages with questions."""

from __future__ import annotations

BOUNDARY = "----bench"
CONTENT_TYPE = f"multipart/form-data; boundary={BOUNDARY}"
_HEAD = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="%s"'


def part(name: str, text: str) -> bytes:
    """Return one field."""
    return f"{_HEAD % name}\r\n\r\n{text}\r\n".encode()


def empty_file(name: str) -> bytes:
    """Return a file field in which nothing was chosen."""
    kind = "Content-Type: application/octet-stream"
    return f'{_HEAD % name}; filename=""\r\n{kind}\r\n\r\n\r\n'.encode()


def closed(parts: bytes) -> bytes:
    """Return the whole form."""
    return parts + f"--{BOUNDARY}--\r\n".encode()
