"""Forms of the three steps of a launch: what, whom, when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, DecimalField, Field, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from portal.campaigns.scope import Scope
from portal.campaigns.service import CannotLaunch, kind_asked
from portal.i18n import question_translator
from portal.questionnaires.loader import Library
from portal.questionnaires.schema import Questionnaire
from portal.suppliers.categories import load_categories
from portal.suppliers.countries import country_name
from portal.suppliers.models import Criticality
from portal.web.buyer.campaign_words import faulty
from portal.web.buyer.settings_forms import TicksField
from portal.web.buyer.supplier_words import CHANNELS, category_name, reader_locale
from portal.web.choices import as_choices

_MOST_DAYS = 365


def _for_one_kind(form: WhatForm, field: Field) -> None:
    """Refuse questionnaires that are meant for different kinds of readers."""
    try:
        kind_asked(each for each in form.library if each.id in field.data)
    except CannotLaunch as error:
        raise ValidationError(faulty(error)) from None


class WhatForm(FlaskForm):  # type: ignore[misc]  # not typed
    """What is asked, and what the campaign is called."""

    title = StringField(
        lazy_gettext("Title"),
        [InputRequired(lazy_gettext("Give the campaign a title.")), Length(max=255)],
        description=lazy_gettext("For yourself, for example “Yearly declaration 2026”."),
    )
    questionnaires = TicksField(
        lazy_gettext("Questionnaires"),
        [InputRequired(lazy_gettext("Choose at least one questionnaire.")), _for_one_kind],
    )
    purpose = TextAreaField(
        lazy_gettext("A paragraph for the mail"),
        [Length(max=2000)],
        description=lazy_gettext(
            "Suppliers read it as you write it, in one language. Leave it empty if the standard "
            "mail says enough."
        ),
    )

    reporting = BooleanField(
        lazy_gettext("We ask for our own reporting"),
        description=lazy_gettext(
            "Tick this if you need the answers for a report only. Suppliers may then leave out every "
            "question that the EU voluntary standard has no code for; these are marked as extra."
        ),
    )

    def offer(self, library: Library) -> WhatForm:
        """Fill in the questionnaires there are; return the form itself."""
        self.library = library
        translate = question_translator(reader_locale())
        self.questionnaires.choices = as_choices(
            (each.id, _called(each, translate(each.id, each.title))) for each in library
        )
        return self


def _called(questionnaire: Questionnaire, title: str) -> str:
    if questionnaire.audience == "agreement_owner":
        return str(gettext("%(title)s (for owners of agreements)", title=title))
    return title


class WhomForm(FlaskForm):  # type: ignore[misc]  # not typed
    """Which suppliers are asked; nothing chosen means all."""

    criticality = TicksField(lazy_gettext("Criticality"))
    country = TicksField(lazy_gettext("Country"))
    category = TicksField(lazy_gettext("Category"))
    channel = TicksField(lazy_gettext("Producer or dealer"))
    spend_from = DecimalField(
        lazy_gettext("Yearly spend from"), [Optional(), NumberRange(min=0, max=10**13)]
    )
    spend_to = DecimalField(
        lazy_gettext("Yearly spend up to"), [Optional(), NumberRange(min=0, max=10**13)]
    )

    def offer(self, countries: Sequence[str], categories: Sequence[str]) -> WhomForm:
        """Fill in what the register has; return the form itself."""
        known = [each for each in categories if each in load_categories()]
        locale = reader_locale()
        self.criticality.choices = as_choices((each.value, each.value) for each in Criticality)
        self.country.choices = _by_name((code, country_name(code, locale)) for code in countries)
        self.category.choices = _by_name((each, category_name(each)) for each in known)
        self.channel.choices = as_choices(CHANNELS.items())
        return self

    def scope(self) -> Scope:
        """Return the rule that the form says; only after it was validated."""
        lists = ("criticality", "country", "category", "channel")
        return Scope(
            **{name: tuple(self[name].data or ()) for name in lists},
            spend_from=self.spend_from.data,
            spend_to=self.spend_to.data,
        )


def _by_name(pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    by_name: list[tuple[str, str]] = sorted(pairs, key=lambda pair: pair[1].casefold())
    return as_choices(by_name)


def _days(_form: FlaskForm, field: Field) -> None:
    """Refuse what is not a list of days within a year of the deadline."""
    try:
        days = parse_plan(field.data or "")
    except ValueError:
        raise ValidationError(
            lazy_gettext("Write days with commas between, like -14, -7, -2, 3, 10.")
        ) from None
    if any(abs(day) > _MOST_DAYS for day in days):
        raise ValidationError(lazy_gettext("A reminder falls within a year of the deadline."))


def parse_plan(text: str) -> list[int]:
    """Return the days that `text` lists; ValueError for anything but whole numbers."""
    return [int(part) for part in text.replace("−", "-").split(",") if part.strip()]


class WhenForm(FlaskForm):  # type: ignore[misc]  # not typed
    """Until when, and when to remind."""

    deadline = DateField(
        lazy_gettext("Deadline"),
        [InputRequired(lazy_gettext("Choose the last day for an answer."))],
        description=lazy_gettext("Suppliers have until the end of this day in your time zone."),
    )
    plan = StringField(
        lazy_gettext("Reminders"),
        [_days],
        description=lazy_gettext(
            "Days from the deadline: -14 is two weeks before, 3 is three days after. Empty means "
            "no reminders."
        ),
    )
