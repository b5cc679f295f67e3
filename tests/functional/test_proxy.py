"""Behind a proxy: its word about the reader counts only where the settings say so."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask, request

from portal.app import create_app
from tests.settings import settings_for

FORWARDED = {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https"}


def app_behind(proxies: int, folder: Path) -> Flask:
    settings = settings_for(folder, f"sqlite:///{folder / 'empty.sqlite'}")
    app = create_app({**settings, "TRUSTED_PROXIES": proxies, "WTF_CSRF_ENABLED": True})
    app.add_url_rule("/asked", view_func=lambda: f"{request.scheme} {request.remote_addr}")
    return app


@pytest.mark.parametrize(
    ("proxies", "seen"), [(0, "http 127.0.0.1"), (1, "https 203.0.113.7")], ids=["none", "one"]
)
def test_whose_address_is_seen(tmp_path: Path, proxies: int, seen: str) -> None:
    client = app_behind(proxies, tmp_path).test_client()
    assert client.get("/asked", headers=FORWARDED).text == seen


def test_a_form_sent_by_https_needs_no_referer(tmp_path: Path) -> None:
    app = app_behind(1, tmp_path)
    client = app.test_client()
    page = client.get("/verify", headers=FORWARDED).text
    token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    answer = client.post("/verify", data={"csrf_token": token}, headers=FORWARDED)
    assert answer.status_code == 422  # nothing was given, but it was listened to
    assert client.post("/verify", data={}, headers=FORWARDED).status_code == 400
