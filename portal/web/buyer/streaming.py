"""Answers that are longer than a request: read in a session of their own while they are sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flask import Response
from sqlalchemy.orm import Session

from portal import store
from portal.database import db, db_session


def streamed(read: Callable[[Session], Iterator[bytes]], name: str, media_type: str) -> Response:
    """Return a download called `name` of the pieces that `read` yields.

    The request and its session are over before the last piece is sent. So `read` is given a session
    of its own, of the same buyer, whose transaction only reads and shows one moment.
    """
    response = Response(
        _pieces(Session(db.engine), store.scoped_buyer_id(db_session()), read), mimetype=media_type
    )
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _pieces(
    session: Session, buyer_id: int, read: Callable[[Session], Iterator[bytes]]
) -> Iterator[bytes]:
    with session:
        store.scope(session, buyer_id)
        with store.read_only():
            session.connection()
        yield from read(session)
