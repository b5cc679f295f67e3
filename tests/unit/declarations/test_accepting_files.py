"""Which files are taken, decided by what is in them."""

from __future__ import annotations

import pytest

from portal.declarations.attachments import LARGEST, Reason, Refused, accept, safe_name
from tests.samples import DOCX, JPEG, PDF, PNG, XLSX, office


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", PDF),
        ("a.PNG", PNG),
        ("a.jpg", JPEG),
        ("a.jpeg", JPEG),
        ("a.docx", DOCX),
        ("a.xlsx", XLSX),
    ],
)
def test_offered_kinds_are_taken(name: str, content: bytes) -> None:
    assert accept(name, content).content == content


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.pdf", b"", Reason.EMPTY),
        ("a.pdf", PDF + b"0" * LARGEST, Reason.TOO_LARGE),
        ("a.exe", b"MZ" + b"0" * 300, Reason.WRONG_KIND),
        ("a.pdf", b"<script>alert(1)</script>", Reason.WRONG_KIND),
        ("a.html", PDF, Reason.WRONG_KIND),
        ("a", PDF, Reason.WRONG_KIND),
        ("a.png", PDF, Reason.NOT_WHAT_IT_SAYS),
        ("a.xlsx", DOCX, Reason.NOT_WHAT_IT_SAYS),
        ("a.docx", office("other.xml"), Reason.WRONG_KIND),
        ("a.docx", office("word/document.xml", "word/vbaProject.bin"), Reason.WRONG_KIND),
        ("a.docx", b"PK\x03\x04 broken", Reason.WRONG_KIND),
    ],
)
def test_everything_else_is_refused_with_the_reason(
    name: str, content: bytes, reason: Reason
) -> None:
    with pytest.raises(Refused) as refused:
        accept(name, content)
    assert refused.value.reason is reason


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("policy.pdf", "policy.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\x\\code.docx", "code.docx"),
        ("a\u202efdp.exe.pdf", "afdp.exe.pdf"),
        ("line\r\nbreak.pdf", "linebreak.pdf"),
        ("行为准则.pdf", "行为准则.pdf"),
        ("", "file"),
        ("...", "file"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_names_are_safe_to_show_and_to_save(given: str, kept: str) -> None:
    assert safe_name(given) == kept
