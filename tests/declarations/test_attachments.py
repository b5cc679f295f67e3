"""Files beside answers, on both databases."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from portal.campaigns.models import Invitation
from portal.declarations import attachments
from portal.declarations.attachments import Reason, Refused, accept
from portal.files import FileStore
from tests.makers import make_invitation
from tests.samples import PDF, PNG


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    """An empty file store."""
    return FileStore(f"file://{tmp_path / 'files'}")


@pytest.fixture
def invitation(session: Session) -> Invitation:
    """An invitation without files."""
    return make_invitation(session)


def test_a_file_is_kept_hashed_and_found(
    session: Session, files: FileStore, invitation: Invitation, now: datetime
) -> None:
    row = attachments.add(session, files, invitation, "q", file=accept("p.pdf", PDF), now=now)
    assert files.read(row.storage_key) == PDF
    assert (row.size, len(row.sha256), row.media_type) == (len(PDF), 64, "application/pdf")
    assert attachments.find(session, invitation, row.id) is row
    assert attachments.find(session, make_invitation(session), row.id) is None


def test_the_same_file_again_is_kept_once(
    session: Session, files: FileStore, invitation: Invitation, now: datetime
) -> None:
    for _ in range(2):
        attachments.add(session, files, invitation, "q", file=accept("p.pdf", PDF), now=now)
    assert len(attachments.of(session, invitation)) == 1


def test_a_removed_file_is_gone_from_the_answer_but_not_from_the_store(
    session: Session, files: FileStore, invitation: Invitation, now: datetime
) -> None:
    row = attachments.add(session, files, invitation, "q", file=accept("p.pdf", PDF), now=now)
    assert attachments.remove(session, invitation, row.id, now) is row
    assert attachments.of(session, invitation) == []
    assert attachments.remove(session, invitation, row.id, now) is None
    assert files.read(row.storage_key) == PDF


def test_there_is_a_limit_per_question(
    session: Session, files: FileStore, invitation: Invitation, now: datetime
) -> None:
    for number in range(attachments.MOST_PER_QUESTION):
        file = accept(f"{number}.png", PNG)
        attachments.add(session, files, invitation, "q", file=file, now=now)
    with pytest.raises(Refused) as refused:
        attachments.add(session, files, invitation, "q", file=accept("p.pdf", PDF), now=now)
    assert refused.value.reason is Reason.TOO_MANY
