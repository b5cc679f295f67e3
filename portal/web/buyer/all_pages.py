"""Every blueprint of buyer pages; a new one needs a line here."""

from __future__ import annotations

from flask import Blueprint

from portal.web.buyer import (
    campaign_launch,
    campaigns,
    dashboard,
    declarations,
    findings,
    invitations,
    questionnaire_translations,
    questionnaire_upload,
    questionnaires,
    reminders,
    reports,
    review,
    risk,
    screening,
    settings,
    settings_code,
    settings_rating,
    settings_translations,
    settings_users,
    supplier_contacts,
    supplier_edit,
    supplier_import,
    supplier_subjects,
    suppliers,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    dashboard.pages,
    declarations.pages,
    campaigns.pages,
    campaign_launch.pages,
    invitations.pages,
    suppliers.pages,
    supplier_edit.pages,
    supplier_contacts.pages,
    supplier_import.pages,
    supplier_subjects.pages,
    findings.pages,
    risk.pages,
    questionnaires.pages,
    questionnaire_upload.pages,
    questionnaire_translations.pages,
    screening.pages,
    reports.pages,
    review.pages,
    settings.pages,
    settings_users.pages,
    settings_code.pages,
    settings_rating.pages,
    settings_translations.pages,
    reminders.pages,
)
