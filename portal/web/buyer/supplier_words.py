"""The words of the register: what fields, codes and sentences are called on a page."""

from __future__ import annotations

from flask_babel import get_locale, gettext, lazy_gettext

from portal.buyers.queries import user_with_id
from portal.database import db_session
from portal.i18n import language_name, offered_locales
from portal.suppliers.categories import load_categories
from portal.suppliers.countries import country_codes, country_name
from portal.suppliers.sentences import Sentence

# By the name of the import's column or the row's field.
FIELDS = {
    "": lazy_gettext("Row"),
    "key": lazy_gettext("Key"),
    "name": lazy_gettext("Name"),
    "org_number": lazy_gettext("Organisation number"),
    "country": lazy_gettext("Country"),
    "production_countries": lazy_gettext("Production countries"),
    "category": lazy_gettext("Category"),
    "criticality": lazy_gettext("Criticality"),
    "spend": lazy_gettext("Yearly spend"),
    "currency": lazy_gettext("Currency"),
    "channel": lazy_gettext("Channel"),
    "size": lazy_gettext("People at work"),
    "kind": lazy_gettext("Kind"),
    "status": lazy_gettext("State"),
    "title": lazy_gettext("Title"),
    "place": lazy_gettext("Place or type"),
    "min_hourly_rate": lazy_gettext("Minimum hourly rate"),
    "notes": lazy_gettext("Notes"),
    "responsible_user_id": lazy_gettext("Responsible here"),
    "email": lazy_gettext("E-mail"),
    "locale": lazy_gettext("Language"),
    "role": lazy_gettext("Role"),
    "phone": lazy_gettext("Telephone"),
    "contact_name": lazy_gettext("Contact's name"),
    "contact_email": lazy_gettext("Contact's e-mail"),
    "contact_locale": lazy_gettext("Contact's language"),
    "contact_phone": lazy_gettext("Contact's telephone"),
}
STATUSES = {"active": lazy_gettext("Active"), "inactive": lazy_gettext("Not in use")}
CHANNELS = {
    "producer": lazy_gettext("Producer: makes what it sells"),
    "dealer": lazy_gettext("Dealer: sells what others make"),
}
SIZES = {
    "n1_9": "1–9",
    "n10_49": "10–49",
    "n50_249": "50–249",
    "n250_999": "250–999",
    "n1000_4999": lazy_gettext("1,000–4,999"),
    "n5000": lazy_gettext("5,000 or more"),
}
STAGES = {
    "screened": lazy_gettext("Screened"),
    "asked": lazy_gettext("Asked"),
    "cleared": lazy_gettext("Cleared"),
    "not_cleared": lazy_gettext("Not cleared"),
}
KINDS = {
    "supplier": lazy_gettext("Supplier"),
    "agreement_owner": lazy_gettext("Owner of an agreement"),
}
SUBJECT_KINDS = {
    "agreement": lazy_gettext("Agreement"),
    "material": lazy_gettext("Material"),
}
BANDS = {
    "very_high": lazy_gettext("Very high"),
    "high": lazy_gettext("High"),
    "medium": lazy_gettext("Medium"),
    "low": lazy_gettext("Low"),
    "none": lazy_gettext("Not rated yet"),
}


def reader_locale() -> str:
    """Return the reader's locale."""
    return str(get_locale())


def said(sentence: Sentence) -> str:
    """Return the sentence in the reader's language, with a capital at its start."""
    values = dict(sentence.values)
    if "field" in values:
        name = field_name(str(values["field"]))
        values["field"] = name[:1].lower() + name[1:]
    text = str(gettext(sentence.template, **values))
    return text[:1].upper() + text[1:]


def field_name(field: str) -> str:
    """Return what a field or column is called; its own name where there is no word for it."""
    return str(FIELDS.get(field, field))


def category_name(category_id: str) -> str:
    """Return the category's name in the reader's language; the id where there is none."""
    category = load_categories().get(category_id)
    return category.name(reader_locale()) if category else category_id


def in_words(field: str, text: str) -> str:
    """Return the value `text` of `field`, as the trail keeps it, in words instead of codes."""
    if field in {"country", "production_countries"}:
        codes = text.split(", ") if text else []
        return ", ".join(country_name(code, reader_locale()) for code in codes)
    if field == "category":
        return category_name(text)
    if field == "locale" and text in offered_locales():
        return language_name(text)
    if field == "responsible_user_id":
        return user_name(text)
    words = {"status": STATUSES, "channel": CHANNELS, "kind": KINDS, "size": SIZES}.get(field, {})
    return str(words.get(text, text))


def user_name(user_id: str) -> str:
    """Return what the buyer's user with this id is called; nothing where there is none."""
    found = user_with_id(db_session(), int(user_id)) if user_id else None
    return (found.name or found.email) if found else ""


def country_choices() -> list[tuple[str, str]]:
    """Return every country as (code, name), by name."""
    return sorted(
        ((code, country_name(code, reader_locale())) for code in country_codes()),
        key=lambda choice: choice[1].casefold(),
    )


def category_choices() -> list[tuple[str, str]]:
    """Return every category as (id, name), by name; the one for none yet stands first."""
    found = [(category_id, category_name(category_id)) for category_id in load_categories()]
    return sorted(found, key=lambda c: (c[0] != "uncategorised", c[1].casefold()))
