"""What every application works out alike is worked out once per process; a plugin of pytest (pyproject.toml).

Hundreds of tests make an application of their own. Compiled templates and the code that builds
addresses hold nothing of the application, so the next one may use them.
"""

from __future__ import annotations

from types import CodeType, FunctionType

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
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


Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": CompiledTemplates()}
_builders = AddressBuilders()
Rule._compile_builder = lambda rule, append_unknown=True: _builders.of(rule, append_unknown)
