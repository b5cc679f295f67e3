"""Who makes a change on a buyer page."""

from __future__ import annotations

from flask import request

from portal.suppliers.service import Author
from portal.web import clock
from portal.web.buyer.shell import signed_in_user


def author() -> Author:
    """Return the signed-in user as the author of a change made now."""
    return Author(clock.now(), signed_in_user().email, ip=request.remote_addr or "")
