"""Addresses of the lists behind figures."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import request


def campaign_list(campaign_id: int, standing: str = "", **narrowed: str) -> str:
    """Return the address of a campaign's invitations that stand so, narrowed by column."""
    query = {"state": standing, **narrowed}
    return _address(f"/campaigns/{campaign_id}", query)


def finding_list(**query: str) -> str:
    """Return the address of the findings that fit `query`."""
    return _address("/findings", query)


def _address(path: str, query: dict[str, str]) -> str:
    given = urlencode({name: value for name, value in query.items() if value})
    return f"{request.script_root}{path}{'?' if given else ''}{given}"
