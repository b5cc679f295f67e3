"""Small files of each kind a supplier may give."""

from __future__ import annotations

import base64
import io
import zipfile

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + b"\x00" * 20 + b"\xff\xd9"


def office(*parts: str) -> bytes:
    """Return a zip with these parts and the list of types that every Office file has."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for part in ("[Content_Types].xml", *parts):
            archive.writestr(part, "<x/>")
    return file.getvalue()


DOCX = office("word/document.xml")
XLSX = office("xl/workbook.xml")

OWN_QUESTIONNAIRE = """\
schema: portal-questionnaire/1
id: own_visits
version: 1.0.0
title: "Visits"
intro: "Two questions about visits to your sites."
audience: supplier
estimated_minutes: 2
validity_months: 12
signature:
  required: false
  confirmation: "I confirm that I answer on behalf of the company."
sections:
  - id: visit_section
    title: "Visits to your sites"
    questions:
      - id: visit_ready
        type: yes_no
        tier: core
        required: true
        text: "May we visit your sites?"
        help: "A visit is agreed beforehand."
        areas: [transparency]
        norm: [apl_4]
        risk:
          - when: {eq: "no"}
            points: 3
            severity: medium
            finding: "The supplier does not welcome visits."
            action: "Ask for the report of another buyer's visit."
      - id: visit_why
        type: text
        tier: core
        required: false
        text: "What speaks against a visit?"
        visible_if: {q: visit_ready, eq: "no"}
        norm: [apl_4]
"""
