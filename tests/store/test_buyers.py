"""Buyers and their users: added, changed, refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from portal.buyers import service, throttle
from portal.buyers.models import Buyer, RoleName, User
from portal.buyers.service import BuyerSettings
from tests.conftest import NOW

ADMIN = {RoleName.ADMIN}


def add_user(session: Session, buyer: Buyer, email: str, **values: Any) -> User:
    return service.add_user(
        session, buyer, email=email, **({"roles": {RoleName.BUYER}, "now": NOW} | values)
    )


def roles(user: User) -> list[str]:
    return sorted(role.name for role in user.roles)


def test_a_buyer_is_added(session: Session) -> None:
    buyer = service.add_buyer(session, BuyerSettings("Nordlys AS", zone="Asia/Taipei"), NOW)
    assert (buyer.name, buyer.locale, buyer.zone) == ("Nordlys AS", "nb", "Asia/Taipei")


@pytest.mark.parametrize(
    ("wrong", "error", "word"),
    [
        ({"name": " "}, service.BadName, "one line"),
        ({"name": "Nordlys\nBcc: all"}, service.BadName, "one line"),
        ({"zone": "Oslo"}, service.UnknownZone, "'Oslo'"),
        ({"zone": "../etc/passwd"}, service.UnknownZone, "Europe/Oslo"),
        ({"locale": "norsk"}, service.UnknownLocaleCode, "'norsk'"),
        ({"contact_email": "kari at home"}, service.BadAddress, "'kari at home'"),
    ],
)
def test_a_wrong_value_is_named(
    session: Session, wrong: dict[str, str], error: type[Exception], word: str
) -> None:
    with pytest.raises(error, match=word):
        service.add_buyer(session, BuyerSettings(**{"name": "Nordlys AS"} | wrong), NOW)


def test_a_refused_change_changes_nothing(session: Session, buyer: Buyer) -> None:
    with pytest.raises(service.UnknownZone):
        service.change_buyer(session, buyer, BuyerSettings("Another name", zone="Mars/Base"))
    assert not session.is_modified(buyer)


def test_two_buyers_of_one_name_are_refused(session: Session, buyer: Buyer) -> None:
    with pytest.raises(service.BuyerExists):
        service.add_buyer(session, BuyerSettings(buyer.name), NOW)


def test_an_unknown_buyer_is_answered_with_those_there_are(session: Session, buyer: Buyer) -> None:
    assert service.buyer_named(session, buyer.name) is buyer
    with pytest.raises(service.UnknownBuyer, match=buyer.name):
        service.buyer_named(session, "Nobody")


def test_a_user_is_added_with_roles(session: Session, buyer: Buyer) -> None:
    user = add_user(
        session, buyer, "Kari@Fjordlab.example", roles={RoleName.BUYER, RoleName.REVIEWER}
    )
    assert user.email == "Kari@fjordlab.example"
    assert roles(user) == ["buyer", "reviewer"]


@pytest.mark.parametrize("again", ["kari@fjordlab.example", "KARI@fjordlab.example"])
def test_a_user_is_not_added_twice(session: Session, buyer: Buyer, again: str) -> None:
    add_user(session, buyer, "kari@fjordlab.example")
    with pytest.raises(service.UserExists):
        add_user(session, buyer, again)


def test_roles_are_replaced(session: Session, buyer: Buyer) -> None:
    user = add_user(session, buyer, "kari@fjordlab.example")
    service.set_roles(session, user, {RoleName.AUDITOR})
    session.flush()
    session.expire_all()
    assert roles(user) == ["auditor"]


def test_the_last_admin_stays(session: Session, buyer: Buyer) -> None:
    admin = add_user(session, buyer, "ada@fjordlab.example", roles=ADMIN)
    with pytest.raises(service.LastAdmin):
        service.deactivate(session, admin)
    with pytest.raises(service.LastAdmin):
        service.set_roles(session, admin, {RoleName.BUYER})


def test_one_of_two_admins_may_go(session: Session, buyer: Buyer) -> None:
    admin = add_user(session, buyer, "ada@fjordlab.example", roles=ADMIN)
    add_user(session, buyer, "ole@fjordlab.example", roles=ADMIN)
    before = admin.fs_uniquifier
    service.deactivate(session, admin)
    assert not admin.active
    assert admin.fs_uniquifier != before  # open sessions end
    service.reactivate(admin)
    assert admin.active


def test_an_admin_of_another_buyer_does_not_count(session: Session, buyer: Buyer) -> None:
    admin = add_user(session, buyer, "ada@fjordlab.example", roles=ADMIN)
    other = service.add_buyer(session, BuyerSettings("Nordlys AS"), NOW)
    add_user(session, other, "ole@nordlys.example", roles=ADMIN)
    with pytest.raises(service.LastAdmin):
        service.deactivate(session, admin)


def fail(session: Session, user: User, times: int) -> None:
    for _ in range(times):
        throttle.note_sign_in(session, user, succeeded=False, now=NOW, ip="203.0.113.7")


def test_wrong_passwords_pause_an_account_for_a_while(session: Session, buyer: Buyer) -> None:
    user = add_user(session, buyer, "kari@fjordlab.example")
    fail(session, user, throttle.ATTEMPTS - 1)
    assert not throttle.is_paused(session, user, NOW)
    fail(session, user, 1)
    assert throttle.is_paused(session, user, NOW)
    assert not throttle.is_paused(session, user, NOW + throttle.PAUSE + timedelta(seconds=1))


def test_a_sign_in_starts_the_count_anew(session: Session, buyer: Buyer) -> None:
    user = add_user(session, buyer, "kari@fjordlab.example")
    fail(session, user, throttle.ATTEMPTS - 1)
    throttle.note_sign_in(session, user, succeeded=True, now=NOW, ip="")
    fail(session, user, throttle.ATTEMPTS - 1)
    assert not throttle.is_paused(session, user, NOW)


def test_another_users_attempts_do_not_count(session: Session, buyer: Buyer) -> None:
    user = add_user(session, buyer, "kari@fjordlab.example")
    fail(session, add_user(session, buyer, "ole@fjordlab.example"), throttle.ATTEMPTS)
    assert not throttle.is_paused(session, user, NOW)
