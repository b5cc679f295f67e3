"""What a supplier fills in on the page of a corrective action."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, MultipleFileField, TextAreaField
from wtforms.validators import Optional

from portal.followup.action_models import ActionState
from portal.web.choices import as_choices
from portal.web.supplier.forms import LONGEST_TEXT, Choices, required, short, stripped
from portal.web.supplier.sentences import SENTENCES

HOW_FAR: dict[ActionState, Any] = {
    ActionState.OPEN: lazy_gettext("Not started"),
    ActionState.UNDER_WAY: lazy_gettext("We have begun"),
    ActionState.DONE: lazy_gettext("It is done"),
}


class _Day(DateField):
    """A day; what cannot be read as one is refused in the reader's language."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day that was posted."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(SENTENCES["not_a_date"]) from None


class ReportForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is not typed
    """How far the supplier has come, what was done, and files that show it."""

    state = Choices(
        lazy_gettext("How far are you?"),
        [required(lazy_gettext("Please choose how far you are."))],
        choices=as_choices(HOW_FAR.items()),
    )
    text = TextAreaField(
        lazy_gettext("What has been done?"),
        [Optional(), short(LONGEST_TEXT)],
        filters=[stripped],
        description=lazy_gettext("Please write a few sentences when it is done."),
        render_kw={"rows": 4},
    )
    files = MultipleFileField(
        lazy_gettext("Proof"),
        description=lazy_gettext(
            "For example a photo, a report or a record of payment, without names of workers. "
            "PDF, Word, Excel, PNG or JPEG, at most 15 MB each."
        ),
    )


class ProposalForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is not typed
    """Another measure, another day, or both."""

    measure = TextAreaField(
        lazy_gettext("Another measure"),
        [Optional(), short(LONGEST_TEXT)],
        filters=[stripped],
        render_kw={"rows": 3},
    )
    due_on = _Day(lazy_gettext("Another date"), [Optional()])
    why = TextAreaField(
        lazy_gettext("Why"),
        [Optional(), short(LONGEST_TEXT)],
        filters=[stripped],
        render_kw={"rows": 3},
    )
