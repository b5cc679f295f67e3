"""Receipts: intact, or what was changed is named."""

from __future__ import annotations

import json
import random
import stat
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.cli import verify as command
from portal.declarations import receipts, sealing
from portal.declarations.receipts import Fault, Problem
from portal.declarations.verdicts import in_english

DOCUMENT = {
    "schema": "portal-declaration/1",
    "supplier": {"name": "Grønn Glass AS", "country": "NO"},
    "answers": {"coc_acceptance": "accept", "lab_hours": 37.5, "prf_role": ["producer"]},
    "comments": {},
    "signed_at": "2026-11-21T09:00:00Z",
}


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a key in it."""
    folder = tmp_path_factory.mktemp("instance")
    sealing.installation_key(folder)
    return folder


def made(folder: Path, document: dict[str, Any] = DOCUMENT) -> dict[str, Any]:
    key = sealing.installation_key(folder)
    seal = key.seal(document)
    return receipts.receipt(seal.text, seal.sha256, seal.signature, key.public)


def problems(data: dict[str, Any], folder: Path) -> list[Problem]:
    return list(receipts.verify(data, sealing.known_keys(folder)).problems)


def test_an_untouched_receipt_is_intact(instance: Path) -> None:
    assert receipts.verify(made(instance), sealing.known_keys(instance)).intact


def test_another_layout_of_the_same_json_is_intact(instance: Path) -> None:
    pretty = json.dumps(made(instance), indent=2, sort_keys=False).encode()
    assert problems(receipts.read(pretty), instance) == []


def test_a_changed_answer_is_named(instance: Path) -> None:
    data = made(instance)
    data["document"]["answers"]["coc_acceptance"] = "decline"
    found = problems(data, instance)
    assert found == [Problem(Fault.CHANGED, "answers.coc_acceptance")]
    assert in_english(found[0]) == "This was changed after signing: answers.coc_acceptance."


def test_added_and_removed_answers_are_named(instance: Path) -> None:
    data = made(instance)
    data["document"]["answers"]["new"] = "yes"
    del data["document"]["answers"]["lab_hours"]
    assert problems(data, instance) == [
        Problem(Fault.ADDED, "answers.new"),
        Problem(Fault.REMOVED, "answers.lab_hours"),
    ]


def test_a_change_with_matching_hashes_fails_at_the_seal(instance: Path) -> None:
    data = made(instance)
    document = {**data["document"], "signed_at": "2027-01-01T00:00:00Z"}
    forged = sealing.installation_key(instance).seal(document)
    data |= {"document": document, "parts": receipts.parts(document), "sha256": forged.sha256}
    assert problems(data, instance) == [Problem(Fault.SEAL)]


def test_a_change_whose_parts_were_mended_is_still_seen(instance: Path) -> None:
    data = made(instance)
    data["document"]["supplier"]["name"] = "Other AS"
    data["parts"] = receipts.parts(data["document"])
    assert problems(data, instance) == [Problem(Fault.DOCUMENT)]


def test_a_seal_of_another_installation_is_foreign(instance: Path, tmp_path: Path) -> None:
    assert problems(made(tmp_path), instance) == [Problem(Fault.FOREIGN)]


@pytest.mark.parametrize("field", receipts.FIELDS)
def test_a_missing_field_is_named(instance: Path, field: str) -> None:
    data = made(instance)
    del data[field]
    assert problems(data, instance) == [Problem(Fault.MISSING, field)]


def test_any_changed_byte_is_noticed(instance: Path) -> None:
    content = sealing.canonical(made(instance))
    dice = random.Random(7)
    for place in range(len(content)):
        other = dice.choice([b for b in range(256) if b != content[place]])
        changed = content[:place] + bytes([other]) + content[place + 1 :]
        try:
            assert problems(receipts.read(changed), instance), (place, changed)
        except receipts.UnreadableReceipt:
            continue


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(data=st.fixed_dictionaries(dict.fromkeys(receipts.FIELDS, anything)), form=st.booleans())
def test_nonsense_is_never_intact_and_never_a_crash(data: dict[str, Any], form: bool) -> None:
    if form:
        data |= {"format": receipts.FORMAT, "document": {"a": data["document"]}, "parts": {}}
    assert not receipts.verify(data, []).intact


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b"[]", b"3", b"{", b'{"a": 1, "a": 2}', b'{"a": NaN}', b"[" * 100_000],
)
def test_what_is_no_receipt_is_said_to_be_none(content: bytes) -> None:
    with pytest.raises(receipts.UnreadableReceipt):
        receipts.read(content)


def test_the_private_key_is_for_the_owner_only_and_stays(tmp_path: Path) -> None:
    first = sealing.installation_key(tmp_path)
    path = tmp_path / sealing.FOLDER / sealing.PRIVATE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert sealing.installation_key(tmp_path).public.id == first.public.id


def test_seals_of_an_earlier_key_stay_checkable(tmp_path: Path) -> None:
    old = made(tmp_path)
    (tmp_path / sealing.FOLDER / sealing.PRIVATE).unlink()
    sealing.installation_key(tmp_path)
    assert problems(old, tmp_path) == []


def test_a_broken_key_file_stops_with_its_name(tmp_path: Path) -> None:
    path = tmp_path / sealing.FOLDER / sealing.PRIVATE
    path.parent.mkdir()
    path.write_text("not a key")
    with pytest.raises(sealing.UnreadableKey, match=r"private\.pem"):
        sealing.installation_key(tmp_path)


def run(*arguments: object, instance: Path) -> tuple[int, str]:
    result = CliRunner().invoke(
        command.command,
        [str(each) for each in arguments],
        env={"PORTAL_INSTANCE_PATH": str(instance), "PORTAL_SECRET_KEY": ""},
    )
    return result.exit_code, result.output


def test_the_command_says_intact_or_what_changed(instance: Path, tmp_path: Path) -> None:
    file = tmp_path / "receipt.json"
    file.write_bytes(sealing.canonical(made(instance)))
    assert run(file, instance=instance)[0] == 0
    file.write_bytes(file.read_bytes().replace(b"accept", b"except"))
    code, output = run(file, instance=instance)
    assert code == 1
    assert "answers.coc_" in output


def test_the_command_takes_a_public_key(instance: Path, tmp_path: Path) -> None:
    file = tmp_path / "receipt.json"
    file.write_bytes(sealing.canonical(made(instance)))
    key = next((instance / sealing.FOLDER).glob(sealing.PUBLIC))
    assert run(file, "--public-key", key, instance=tmp_path)[0] == 0
    assert run(file, instance=tmp_path)[0] == 2


@pytest.mark.parametrize("content", [None, "{", "[]"])
def test_the_command_says_what_cannot_be_read(
    instance: Path, tmp_path: Path, content: str | None
) -> None:
    file = tmp_path / "receipt.json"
    if content is not None:
        file.write_text(content)
    code, output = run(file, instance=instance)
    assert code == 2
    assert "receipt.json" in output
    assert "Traceback" not in output
