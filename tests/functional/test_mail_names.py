"""What mails are called on the buyer's pages."""

from __future__ import annotations

import pytest

from portal.paths import resource_dir
from portal.web.buyer.reminder_words import TEMPLATES

# Of a user's account: they stand on no page.
ACCOUNT = {"password_changed", "password_reset", "user_welcome"}
MAILS = {path.parent.name for path in resource_dir("templates").glob("email/*/subject.txt")}


@pytest.mark.parametrize("template", sorted(MAILS - ACCOUNT))
def test_every_mail_has_a_name_in_words(template: str) -> None:
    assert template in TEMPLATES
