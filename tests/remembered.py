"""What every application works out alike is worked out once per process; a plugin of pytest (pyproject.toml).

Hundreds of tests make an application of their own. Compiled templates and statements and the
code that builds addresses hold nothing of the application, so the next one may use them.
"""

from __future__ import annotations

from types import CodeType, FunctionType
from typing import Any

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Dialect, Engine
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule


class CompiledTemplates(BytecodeCache):
    """Compiled templates by name and by what they were compiled from."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._codes[bucket.key, bucket.checksum] = bucket.code


class AddressBuilders:
    """What `Rule` compiles for each address, by everything that goes into it."""

    def __init__(self) -> None:
        self._compile = Rule._compile_builder
        self._built: dict[tuple[object, ...], FunctionType] = {}

    def of(self, rule: Rule, append_unknown: bool = True) -> FunctionType:
        key = (rule.rule, str(rule._trace), str(rule.defaults), append_unknown)
        if key not in self._built:
            self._built[key] = self._compile(rule, append_unknown)
        return self._built[key]


_make_engine = Engine.__init__
_compiled: dict[type[Dialect], LRUCache[Any, Any]] = {}


def _with_shared_statements(engine: Engine, *given: Any, **options: Any) -> None:
    """Make an engine that finds what was compiled for earlier ones of its kind."""
    _make_engine(engine, *given, **options)
    engine._compiled_cache = _compiled.setdefault(type(engine.dialect), LRUCache(5000))


Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": CompiledTemplates()}
_builders = AddressBuilders()
Rule._compile_builder = lambda rule, append_unknown=True: _builders.of(rule, append_unknown)

Engine.__init__ = _with_shared_statements
# A compiled statement is looked up under its engine's dialect too: one kind is like another.
DefaultDialect.__eq__ = lambda one, other: type(one) is type(other)
DefaultDialect.__hash__ = lambda one: hash(type(one))
