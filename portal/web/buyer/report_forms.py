"""The form for what others report about a supplier."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import FileField, SelectField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from portal.followup.action_models import Certainty, Involvement, SourceKind
from portal.followup.allegations import Report, ReportFault
from portal.web.buyer.action_forms import FILES_HINT, Day, area, given
from portal.web.buyer.action_words import CERTAINTIES, INVOLVEMENTS, REPORT_FAULTS, SOURCES
from portal.web.buyer.finding_words import SEVERITIES, area_names
from portal.web.buyer.rating_words import flag_name
from portal.web.choices import as_choices
from portal.web.supplier.forms import Choices


class _Ticks(SelectMultipleField):
    """Boxes to tick, drawn as one group."""

    grouped = True
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class ReportForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is not typed
    """What is reported, by whom, how sure it is, and how the buyer is linked to it."""

    text = area(
        lazy_gettext("What is reported"),
        DataRequired(REPORT_FAULTS[ReportFault.TEXT]),
        description=lazy_gettext(
            "In a sentence or two, as a statement of others: “Workers are said to …”. "
            "The supplier reads it if you share a corrective action."
        ),
    )
    source_kind = Choices(
        lazy_gettext("Who reports it"),
        [DataRequired(lazy_gettext("Say who reports it."))],
        choices=as_choices(SOURCES.items()),
    )
    source = StringField(
        lazy_gettext("Source"),
        [DataRequired(REPORT_FAULTS[ReportFault.SOURCE]), Length(max=255)],
        description=lazy_gettext(
            "Such as a newspaper with its date. Never the name of a worker. The supplier does not "
            "see it."
        ),
    )
    link = StringField(lazy_gettext("Link"), [Optional(), Length(max=1000)])
    file = FileField(lazy_gettext("File"), description=FILES_HINT)
    reported_on = Day(
        lazy_gettext("Date of the report"), [DataRequired(lazy_gettext("Choose a day."))]
    )
    certainty = Choices(
        lazy_gettext("How sure it is"),
        [DataRequired(lazy_gettext("Say how sure it is."))],
        choices=as_choices(CERTAINTIES.items()),
    )
    involvement = Choices(
        lazy_gettext("How we are linked to it"),
        [DataRequired(lazy_gettext("Say how you are linked to it."))],
        choices=as_choices(INVOLVEMENTS.items()),
    )
    areas = _Ticks(lazy_gettext("Areas"), [DataRequired(REPORT_FAULTS[ReportFault.AREAS])])
    severity = SelectField(lazy_gettext("Severity"), choices=as_choices(SEVERITIES.items()))
    measure = area(lazy_gettext("Proposed measure"), Optional())
    flag = SelectField(
        lazy_gettext("Red flag"),
        description=lazy_gettext("A floor under the rating, with this report as its source."),
    )

    def offer(self, flags: Any) -> ReportForm:
        """Fill in the areas and the codes of red flags; return the form itself."""
        self.areas.choices = as_choices(area_names().items())
        nothing = ("", lazy_gettext("None"))
        self.flag.choices = as_choices([nothing, *((code, flag_name(code)) for code in flags)])
        return self

    def report(self) -> Report:
        """Return what was filled in."""
        return Report(
            text=self.text.data or "",
            source_kind=SourceKind(self.source_kind.data),
            source=self.source.data or "",
            reported_on=given(self.reported_on),
            certainty=Certainty(self.certainty.data),
            involvement=Involvement(self.involvement.data),
            areas=tuple(self.areas.data or ()),
            severity=self.severity.data,
            link=self.link.data or "",
            measure=self.measure.data or "",
            flag=self.flag.data or "",
        )
