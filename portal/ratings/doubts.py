"""What the portal knows for the checks across answers, before a declaration is signed and after."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.buyers.queries import users
from portal.campaigns.models import Invitation
from portal.declarations import prints
from portal.declarations.models import Declaration
from portal.questionnaires import consistency as facts
from portal.questionnaires.answers import Answers, MatrixRow, Scalar, Value
from portal.questionnaires.consistency import Contradiction, contradictions
from portal.questionnaires.schema import Questionnaire
from portal.questionnaires.visibility import visible
from portal.ratings.declared import Declared, checks, in_force, scoring
from portal.ratings.findings import Assessment, Finding
from portal.ratings.reference import Indicators
from portal.ratings.reference_kept import reference
from portal.suppliers.countries import countries_in
from portal.suppliers.mail_domains import is_at, own_domains
from portal.suppliers.models import Contact

# The column of a table of certificates that says which sites and work one covers.
SCOPE = "scope"
# ITUC Global Rights Index: 5 is "no guarantee of rights", 5+ because the rule of law broke down.
NOT_GUARANTEED = ("5", "5+")
# Freedom in the World, question E3 (freedom for trade unions): 0-4, higher is better.
FEW_UNION_RIGHTS = 1


def contradictions_of(
    session: Session, declared: Declared, assessment: Assessment
) -> list[Contradiction]:
    """Return the checks across answers that `declared` does not pass; `assessment` is its own."""
    context = declared.context()
    shown = visible(declared.questionnaires, declared.answers, context)
    gaps = [gap.percent for gap in assessment.gaps if gap.percent is not None]
    invitation = declared.declaration.invitation
    known: dict[str, Scalar] = {
        facts.FILES: declared.files,
        facts.HIGHEST_GAP: max(gaps, default=100.0),
        facts.NOT_NAMED: bool(_register_only(invitation, declared.answers)),
        **known_before(session, invitation, declared.questionnaires, declared.answers),
    }
    told: dict[str, tuple[str, ...]] = {}
    for name, fact in _known_after(session, declared, assessment).items():
        known[name], told[name] = fact.value, fact.questions
    context = replace(context, values={**context.values, **known})
    found = contradictions(checks().values(), declared.questionnaires, shown, context, told)
    return [each for each in found if each.questions or not each.check.questions()]


def known_before(
    session: Session,
    invitation: Invitation,
    questionnaires: Iterable[Questionnaire],
    answers: Answers,
) -> dict[str, Scalar]:
    """Return what is known before anybody signs; what cannot be told is left out."""
    found: dict[str, Scalar | None] = {
        facts.OTHER_COUNTRY: _other_country(invitation, questionnaires, answers),
        facts.UNIONS_LIMITED: _unions_limited(session, invitation, answers),
        **_of_signer(session, invitation),
    }
    return {name: value for name, value in found.items() if value is not None}


@dataclass(frozen=True)
class _Fact:
    value: Scalar
    questions: tuple[str, ...] = ()


def _known_after(
    session: Session, declared: Declared, assessment: Assessment
) -> Mapping[str, _Fact]:
    declaration = declared.declaration
    before = _before(session, declaration)
    texts = prints.shared(session, declaration)
    better = _better(declared, assessment, before) if before else ()
    found = {
        facts.SHARED_TEXTS: _Fact(len(texts), texts),
        facts.BETTER: _Fact(len(better), better),
    }
    started, new = declaration.invitation.started_at, _new_answers(declared, before)
    # A correction is not begun anew: when somebody began it is not known.
    if started and new and declaration.supersedes_id is None:
        seconds = (declaration.signed_at - started).total_seconds()
        found[facts.NEW_ANSWERS] = _Fact(new)
        found[facts.SECONDS_PER_ANSWER] = _Fact(seconds / new)
    return found


def _before(session: Session, declaration: Declaration) -> Declared | None:
    """Return the supplier's newest declaration in another campaign that was signed earlier."""
    own = in_force(session, [declaration.supplier_id])[declaration.supplier_id]
    others = (one for one in own if one.declaration.invitation_id != declaration.invitation_id)
    return next((one for one in others if one.declaration.id < declaration.id), None)


def _new_answers(declared: Declared, before: Declared | None) -> int:
    """Return how many answers differ from those before: the same may have been proposed."""
    given = json.loads(declared.declaration.document)["answers"]
    known = before.answers if before else {}
    return sum(known.get(name) != value for name, value in given.items())


def _better(declared: Declared, assessment: Assessment, before: Declared) -> tuple[str, ...]:
    """Return the questions answered both times with less to find now; none with a new file."""
    if _files(declared) - _files(before):
        return ()
    now, then = _points(assessment.findings), _points(before.assessed().findings)
    return tuple(
        question
        for question, points in then.items()
        if question in declared.answers and now.get(question, 0) < points
    )


def _files(declared: Declared) -> set[str]:
    return {each["sha256"] for each in json.loads(declared.declaration.document)["files"]}


def _points(findings: Iterable[Finding]) -> dict[str, float]:
    found: dict[str, float] = {}
    for one in findings:
        found[one.question] = max(found.get(one.question, 0), one.points)
    return found


def _register_only(invitation: Invitation, answers: Answers) -> set[str]:
    """Return the production countries of the register that the answers do not name."""
    return set(invitation.supplier.production_countries) - _sites(answers)


def _sites(answers: Answers) -> set[str]:
    """Return the countries in which the answers name a site."""
    origin = scoring().to_risk_model.origin
    named = (row.get(origin.country) for row in _rows(answers.get(origin.question)))
    return {country for country in named if isinstance(country, str) and country}


def _other_country(
    invitation: Invitation, questionnaires: Iterable[Questionnaire], answers: Answers
) -> bool | None:
    """Return whether a certificate names only countries without a site; None where none is named.

    What it covers is free text: only the names of countries in it can be compared, in English and in
    the language of the answers.
    """
    supplier, sites = invitation.supplier, _sites(answers)
    if not sites:
        return None
    known = sites | {supplier.country, *supplier.production_countries}
    named = [countries_in(text, invitation.locale) for text in _scopes(questionnaires, answers)]
    told = [each for each in named if each]
    return any(not each & known for each in told) if told else None


def _scopes(questionnaires: Iterable[Questionnaire], answers: Answers) -> Iterator[str]:
    for questionnaire in questionnaires:
        for question in questionnaire.questions():
            if question.row_entity == "certificate":
                yield from (str(row.get(SCOPE, "")) for row in _rows(answers.get(question.id)))


def _rows(value: Value | None) -> Iterator[MatrixRow]:
    return (row for row in (value if isinstance(value, list) else ()) if isinstance(row, dict))


def _unions_limited(session: Session, invitation: Invitation, answers: Answers) -> bool | None:
    """Return whether a country where goods are made does not guarantee unions; None where unknown.

    It is known only where the operator has loaded the ITUC's or Freedom House's figures: what a
    country has ratified does not say what it guarantees.
    """
    supplier, known = invitation.supplier, reference(session)
    places = _sites(answers) or set(supplier.production_countries) or {supplier.country}
    found = [_guaranteed(known.indicators(each)) for each in places]
    told = [each for each in found if each is not None]
    return not all(told) if told else None


def _guaranteed(known: Indicators) -> bool | None:
    if known.ituc is not None:
        return known.ituc not in NOT_GUARANTEED
    return None if known.trade_unions is None else known.trade_unions > FEW_UNION_RIGHTS


def _of_signer(session: Session, invitation: Invitation) -> dict[str, Scalar | None]:
    """Return what the address of the person asked to sign tells; without one, the contact's own."""
    asked = invitation.signer_email if invitation.signature_requested_at else ""
    own = own_domains(session.scalars(_ADDRESSES, {"supplier_id": invitation.supplier_id}))
    buyers = own_domains(each.email for each in users(session))
    return {
        facts.SIGNER_OUTSIDE: not is_at(asked, own) if asked and own else None,
        facts.SIGNER_AT_BUYER: is_at(asked or invitation.contact.email, buyers),
    }


_ADDRESSES = sa.select(Contact.email).where(Contact.supplier_id == sa.bindparam("supplier_id"))
