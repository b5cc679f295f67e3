"""What people of the buyer fill in about corrective actions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    Field,
    IntegerField,
    MultipleFileField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from portal.buyers.models import User
from portal.followup.action_models import ActionState, CorrectiveAction
from portal.followup.actions import Plan
from portal.suppliers.models import Contact
from portal.web.buyer.action_words import ASKED
from portal.web.choices import as_choices
from portal.web.supplier.action_words import STATES
from portal.web.supplier.forms import Choices

LONGEST = 4000
FILES_HINT = lazy_gettext("PDF, Word, Excel, PNG or JPEG, at most 15 MB each.")
_NO_DAY = lazy_gettext("Choose a day.")


class Day(DateField):
    """A day; what cannot be read as one is refused in the reader's language."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day that was posted."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_NO_DAY) from None


def given(day: DateField) -> date:
    """Return the day of a field that was found whole."""
    return cast("date", day.data)


def area(label: Any, *validators: Any, **more: Any) -> Field:
    """Return a field for a few sentences."""
    return TextAreaField(label, [*validators, Length(max=LONGEST)], render_kw={"rows": 3}, **more)


class PlanForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is not typed
    """Measure, owner and day of an action."""

    measure = area(
        lazy_gettext("What is to be done"),
        DataRequired(lazy_gettext("Write what is to be done.")),
        description=lazy_gettext("The supplier reads this when you share the action."),
    )
    owner_id = SelectField(lazy_gettext("Who here sees to it"), coerce=int)
    due_on = Day(lazy_gettext("By when"), [DataRequired(_NO_DAY)])

    def offer(self, users: Sequence[User]) -> PlanForm:
        """Fill in who may own an action; return the form itself."""
        self.owner_id.choices = as_choices(
            (str(user.id), user.name or user.email) for user in users if user.active
        )
        return self

    def plan(self) -> Plan:
        """Return what was filled in."""
        return Plan(self.measure.data or "", self.owner_id.data, given(self.due_on))

    @classmethod
    def showing(cls, action: CorrectiveAction, measure: str) -> PlanForm:
        """Return the form as the action stands, with `measure` in the reader's language."""
        values = {"measure": measure, "owner_id": action.owner_id, "due_on": action.due_on}
        return cls(data=values, prefix="plan-")


class StateForm(FlaskForm):  # type: ignore[misc]
    """How far the action has come."""

    state = SelectField(lazy_gettext("State"))
    text = area(
        lazy_gettext("What was done, or why it is put off"),
        Optional(),
        description=lazy_gettext("The supplier reads this too, once the action is shared."),
    )

    def offer(self) -> StateForm:
        """Fill in the states; return the form itself."""
        self.state.choices = as_choices(
            (state.value, word) for state, word in STATES.items() if state is not ActionState.CLOSED
        )
        return self


class AnswerForm(FlaskForm):  # type: ignore[misc]
    """What the buyer says to a proposal."""

    text = area(
        lazy_gettext("Your answer"),
        Optional(),
        description=lazy_gettext("Needed if you do not accept. The supplier reads it."),
    )


class CheckForm(FlaskForm):  # type: ignore[misc]
    """What a person saw, and by what."""

    seen = area(
        lazy_gettext("What did you see?"),
        DataRequired(lazy_gettext("Write what you have seen.")),
        description=lazy_gettext("The supplier reads this too, once the action is shared."),
    )
    files = MultipleFileField(lazy_gettext("Your own proof"), description=FILES_HINT)
    visited_on = Day(
        lazy_gettext("Day of a visit"),
        [Optional()],
        description=lazy_gettext("If somebody was there, what you wrote above counts as proof."),
    )
    clears_flag = BooleanField(
        lazy_gettext("Clear the red flag, because the proof shows that it is put right")
    )


class RemedyForm(FlaskForm):  # type: ignore[misc]
    """Who was affected, and what was done for them."""

    group = StringField(
        lazy_gettext("Who was affected"),
        [DataRequired(lazy_gettext("Write which group, without names.")), Length(max=255)],
        description=lazy_gettext("A group, such as “migrant workers in packing”. Never names."),
    )
    people = IntegerField(
        lazy_gettext("How many"), [Optional(), NumberRange(min=1, max=10_000_000)]
    )
    done = area(
        lazy_gettext("What was done for them"), DataRequired(lazy_gettext("Write what was done."))
    )
    remedied_on = Day(lazy_gettext("When"), [DataRequired(_NO_DAY)])
    asked = Choices(
        lazy_gettext("Were they asked what would put it right?"),
        [DataRequired(lazy_gettext("Say whether they were asked."))],
        choices=as_choices(ASKED.items()),
    )
    said = area(lazy_gettext("What they said"), Optional())


class ShareForm(FlaskForm):  # type: ignore[misc]
    """Who at the supplier gets the link."""

    contact_id = SelectField(lazy_gettext("To"), coerce=int)

    def offer(self, contacts: Sequence[Contact]) -> ShareForm:
        """Fill in who may be mailed, in this order; return the form itself."""
        self.contact_id.choices = as_choices(
            (str(one.id), f"{one.name}, {one.email}" if one.name else one.email)
            for one in contacts
            if one.usable
        )
        return self


def proposed(measure: str, owner_id: int, due_on: date) -> PlanForm:
    """Return the form for a new action, filled in with what is proposed."""
    return PlanForm(data={"measure": measure, "owner_id": owner_id, "due_on": due_on})
