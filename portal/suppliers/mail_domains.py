"""Whose mail domain an address is at."""

from __future__ import annotations

from collections.abc import Iterable

# Anybody gets an address here, so the domain says nothing about a company.
_PUBLIC = """
126.com 139.com 163.com aliyun.com aol.com bluewin.ch daum.net foxmail.com free.fr freenet.de
gmail.com gmx.com gmx.de gmx.net googlemail.com hanmail.net hotmail.com hotmail.fr icloud.com
interia.pl kakao.com laposte.net libero.it live.com live.no mac.com mail.com mail.ru me.com
msn.com naver.com o2.pl online.no onet.pl orange.fr outlook.com pm.me posta.no proton.me
protonmail.com qq.com rediffmail.com seznam.cz sina.com sohu.com t-online.de tlen.pl
wanadoo.fr walla.co.il web.de wp.pl yahoo.co.in yahoo.com yahoo.fr yandex.ru yeah.net
"""
PUBLIC = frozenset(_PUBLIC.split())


def own_domains(addresses: Iterable[str]) -> frozenset[str]:
    """Return the domains of `addresses` that belong to a company; none of public mail services."""
    return frozenset(filter(None, map(domain, addresses))) - PUBLIC


def domain(address: str) -> str:
    """Return the domain of a mail address in small letters; empty if it has none."""
    return address.rpartition("@")[2].strip().lower() if "@" in address else ""


def is_at(address: str, domains: Iterable[str]) -> bool:
    """Return whether `address` is at one of `domains`, above or below it (`mail.x.cn` and `x.cn`)."""
    own = domain(address)
    return any(
        own == each or own.endswith(f".{each}") or each.endswith(f".{own}") for each in domains
    )
