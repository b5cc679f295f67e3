"""Personal links: genuine, replaced, forged, and after a change of keys."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from portal import store
from portal.campaigns.links import Links, Purpose, ReplacedLink, UnknownLink, resolve
from portal.campaigns.models import Invitation
from tests.makers import make_invitation, other_buyer

LINKS = Links(["the key of this installation"])


def test_token_is_short_and_fits_in_an_address() -> None:
    token = LINKS.token(Invitation(public_id="f" * 32, link_version=1000, sign_link_version=1))

    assert len(token) < 150
    assert set(token) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.")


@pytest.mark.parametrize("purpose", [Purpose.ANSWER, Purpose.SIGN])
def test_token_says_whose_link_it_is_and_what_for(purpose: Purpose) -> None:
    invitation = Invitation(public_id="abc", link_version=3, sign_link_version=7)

    claim = LINKS.read(LINKS.token(invitation, purpose))

    version = {Purpose.ANSWER: 3, Purpose.SIGN: 7}[purpose]
    assert (claim.public_id, claim.version, claim.purpose) == ("abc", version, purpose)


def test_links_sent_before_the_key_changed_still_open() -> None:
    invitation = Invitation(public_id="abc", link_version=1, sign_link_version=1)
    earlier = Links(["old key"]).token(invitation)
    changed = Links(["new key", "old key"])

    assert changed.read(earlier).public_id == "abc"
    assert Links(["new key"]).read(changed.token(invitation)).public_id == "abc"
    with pytest.raises(UnknownLink):
        Links(["new key"]).read(earlier)


@pytest.mark.parametrize("forged", ["", "x", "a.b.c", "%00", "é", "." * 200])
def test_what_was_not_made_here_is_unknown(forged: str) -> None:
    with pytest.raises(UnknownLink):
        LINKS.read(forged)


def test_changed_token_is_unknown() -> None:
    token = LINKS.token(Invitation(public_id="abc", link_version=1, sign_link_version=1))

    for place in range(len(token)):
        other = "A" if token[place] != "A" else "B"
        with pytest.raises(UnknownLink):
            LINKS.read(token[:place] + other + token[place + 1 :])


def test_link_opens_its_invitation_and_scopes_to_its_buyer(session: Session) -> None:
    invitation = make_invitation(session)
    claim = LINKS.read(LINKS.token(invitation))
    owner = invitation.buyer_id
    other_buyer(session)

    found = resolve(session, claim)

    assert found.public_id == claim.public_id
    assert store.scoped_buyer_id(session) == owner


def test_replaced_link_names_the_invitation(session: Session) -> None:
    invitation = make_invitation(session)
    claim = LINKS.read(LINKS.token(invitation))
    invitation.link_version += 1
    session.flush()

    with pytest.raises(ReplacedLink) as replaced:
        resolve(session, claim)

    assert replaced.value.invitation.public_id == claim.public_id


def test_replacing_one_link_leaves_the_other(session: Session) -> None:
    invitation = make_invitation(session)
    claim = LINKS.read(LINKS.token(invitation, Purpose.SIGN))
    invitation.link_version += 1
    session.flush()

    assert resolve(session, claim).public_id == claim.public_id


def test_link_of_a_deleted_invitation_is_unknown_and_opens_no_wall(session: Session) -> None:
    invitation = make_invitation(session)
    claim = LINKS.read(LINKS.token(invitation))
    session.delete(invitation)
    session.flush()

    with pytest.raises(UnknownLink):
        resolve(session, claim)

    with pytest.raises(store.UnscopedError):
        session.query(Invitation).all()
