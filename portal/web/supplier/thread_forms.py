"""The form with which a supplier writes in a thread."""

from __future__ import annotations

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import MultipleFileField, TextAreaField
from wtforms.validators import Length, Optional

from portal.followup.correspondence import LONGEST_TEXT
from portal.web.supplier.forms import stripped


class ReplyForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is not typed
    """A text, files, or both."""

    text = TextAreaField(
        lazy_gettext("Your reply"),
        filters=[stripped],
        validators=[
            Optional(),
            Length(
                max=LONGEST_TEXT,
                message=lazy_gettext("Please shorten this to %(max)d characters at most."),
            ),
        ],
        render_kw={"rows": 6},
    )
    files = MultipleFileField(
        lazy_gettext("Add documents"),
        description=lazy_gettext("PDF, Word, Excel, PNG or JPEG, at most 15 MB."),
        render_kw={"accept": ".pdf,.docx,.xlsx,.png,.jpg,.jpeg"},
    )
    nothing = lazy_gettext("Please write a reply or add a document.")
