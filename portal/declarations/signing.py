"""The document that is sealed: who declares what to whom, in the words and languages that were seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from portal.buyers.code import CodeInForce
from portal.buyers.models import Buyer
from portal.campaigns import freezing
from portal.declarations.drafts import COMMENT
from portal.declarations.models import Declaration, SignatoryRole
from portal.declarations.survey import Survey
from portal.questionnaires.answer_sets import about_of, abouts

SCHEMA = "portal-declaration/1"
SOURCE = "en"


@dataclass(frozen=True)
class Signatory:
    """Who signs: name, title, role, and the sentence about the authority to sign that was ticked."""

    name: str
    title: str
    role: SignatoryRole
    authority: str


@dataclass(frozen=True)
class Circumstances:
    """When, in which language and from where it is signed; `ip` is masked already."""

    public_id: str
    now: datetime
    locale: str
    ip: str


def document(
    survey: Survey,
    signatory: Signatory,
    circumstances: Circumstances,
    *,
    buyer: Buyer,
    code: CodeInForce | None,
    previous: Declaration | None,
) -> dict[str, Any]:
    """Return the declaration as plain JSON values.

    It holds the answers, comments and files of shown questions only: what the supplier was not
    asked in the end it has not declared, though the draft remembers it.
    """
    invitation = survey.invitation
    return {
        "schema": SCHEMA,
        "id": circumstances.public_id,
        "buyer": _company(buyer.name, buyer.org_number, buyer.country),
        "supplier": _company(
            invitation.supplier.name, invitation.supplier.org_number, invitation.supplier.country
        ),
        "campaign": {
            "title": invitation.campaign.title,
            "deadline": invitation.campaign.deadline.isoformat(),
            "invitation": invitation.public_id,
        },
        "questionnaires": _questionnaires(survey),
        "answers": _answers(survey),
        "comments": _comments(survey),
        "files": _files(survey),
        "code_of_conduct": _code(code),
        "signatory": {
            "name": signatory.name,
            "title": signatory.title,
            "role": signatory.role.value,
            "authority": signatory.authority,
            "statements": stated(survey).all(),
        },
        "locale_answered": invitation.locale,
        "locale_signed": circumstances.locale,
        "signed_at": circumstances.now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "ip": circumstances.ip,
        "previous": {"id": previous.public_id, "sha256": previous.sha256} if previous else None,
    }


@dataclass(frozen=True)
class Stated:
    """What the person who signs states: for everything, and besides for a questionnaire (title, text)."""

    together: list[str]
    besides: list[tuple[str, str]]

    def all(self) -> list[str]:
        """Return every statement, in the order they are read."""
        return [*self.together, *(text for _, text in self.besides)]


def stated(survey: Survey) -> Stated:
    """Return what is stated, each statement once, in the survey's language."""
    together: dict[str, str] = {}
    besides: list[tuple[str, str]] = []
    for frozen, questionnaire in zip(survey.frozen, survey.questionnaires, strict=True):
        signature = questionnaire.signature
        if signature.required and signature.statement:
            # The same words in English are one statement, whatever two translations made of them.
            source = freezing.thawed(frozen, SOURCE).signature.statement
            together.setdefault(source, signature.statement)
        if signature.required and signature.also:
            besides.append((questionnaire.title, signature.also))
    return Stated(list(together.values()), besides)


def allowed_roles(survey: Survey) -> tuple[SignatoryRole, ...]:
    """Return the roles in which every one of the questionnaires may be signed."""
    wanted = [
        set(each.signature.roles) for each in survey.questionnaires if each.signature.required
    ]
    return tuple(role for role in SignatoryRole if all(role.value in roles for roles in wanted))


def _company(name: str, org_number: str, country: str) -> dict[str, str]:
    return {"name": name, "org_number": org_number, "country": country}


def _questionnaires(survey: Survey) -> list[dict[str, Any]]:
    """Return what was asked; `about` says of which agreement or material, where it is one."""
    about = abouts(survey.invitation.about)
    return [
        {
            "id": frozen.questionnaire_id,
            "version": frozen.version,
            "sha256": frozen.sha256,
            "locale": survey.invitation.locale,
        }
        | ({"about": one.facts()} if (one := about_of(questionnaire.id, about)) else {})
        for frozen, questionnaire in zip(survey.frozen, survey.questionnaires, strict=True)
    ]


def _answers(survey: Survey) -> dict[str, Any]:
    return {name: value for name, value in survey.shown.answers.items() if name in survey.shown.ids}


def _comments(survey: Survey) -> dict[str, Any]:
    return {
        name.removesuffix(COMMENT): value
        for name, value in survey.shown.answers.items()
        if name not in survey.shown.ids
    }


def _files(survey: Survey) -> list[dict[str, Any]]:
    return [
        {
            "question": file.question_id,
            "name": file.name,
            "media_type": file.media_type,
            "size": file.size,
            "sha256": file.sha256,
        }
        for file in survey.files
        if file.owner in survey.shown.ids
    ]


def _code(code: CodeInForce | None) -> dict[str, str] | None:
    if code is None:
        return None
    return {"version": code.version, "locale": code.locale, "sha256": code.sha256}
