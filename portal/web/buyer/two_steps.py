"""Import by page: upload, look at what would be done, confirm.

Between the two steps the file is kept under a random key, which the form carries signed and bound
to the user. The plan is made anew when it is confirmed; if it then says something else, it is shown
again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, gettext
from itsdangerous import BadData

from portal.database import db_session
from portal.suppliers.importing import FaultyRows
from portal.suppliers.sentences import Refused
from portal.web.buyer.supplier_words import said
from portal.web.buyer.waiting_file import Waiting, WaitingFile, uploaded

# A field's name, or none for the whole page, and what is wrong.
Problems = Sequence[tuple[str, str]]


class Planned(Protocol):
    """What a file would do."""

    def fingerprint(self) -> str:
        """Return what changes when the plan does."""


P = TypeVar("P", bound=Planned)


@dataclass(frozen=True)
class TwoSteps(Generic[P]):
    """How one kind of file is imported; `kind` names it in the browser's cookie."""

    kind: str
    choose: LazyString
    # Makes the plan from the file's name and content; refuses what is no table.
    plan: Callable[[str, bytes], P]
    # Carries the plan out: from this file, with or without its faulty rows; returns what to say.
    carry_out: Callable[[P, str, bool], str]
    first_page: Callable[[Problems], str]
    # Draws the plan of a file with this name, and what the form carries of it.
    second_page: Callable[[P, str, str, Problems], str]

    def look(self) -> ResponseReturnValue:
        """Keep the uploaded file and show what it would do; nothing is done yet."""
        upload = request.files.get("file")
        if upload is None or not upload.filename:
            return self.first_page([("file", str(self.choose))]), 422
        name, content = uploaded(upload)
        try:
            found = self.plan(name, content)
        except Refused as refusal:
            return self.first_page([("file", said(refusal.sentence))]), 422
        return self._show(found, self._file.keep(name, content, found.fingerprint()))

    def confirm(self) -> ResponseReturnValue:
        """Do what was shown, if the plan is still the same."""
        try:
            waiting = self._file.opened(request.form.get("waiting", ""))
            found = self.plan(waiting.name, self._file.content(waiting))
        except (BadData, FileNotFoundError):
            sentence = gettext("The file is no longer here. Upload it again.")
            return self.first_page([("file", sentence)]), 422
        fresh = Waiting(waiting.key, waiting.name, found.fingerprint())
        if fresh != waiting:
            sentence = gettext("The register was changed meanwhile. Look at the new plan.")
            return self._show(found, fresh, [("", sentence)]), 409
        try:
            done = self.carry_out(found, waiting.name, request.form.get("skip_faulty") == "yes")
        except FaultyRows:
            sentence = gettext("Tick that the faulty rows are left out, or correct the file.")
            return self._show(found, waiting, [("skip_faulty", sentence)]), 422
        db_session().commit()
        self._file.done(waiting)
        flash(done, "success")
        return redirect(url_for("suppliers.index"), 303)

    def cancel(self) -> ResponseReturnValue:
        """Forget the file."""
        self._file.forget()
        return redirect(url_for("suppliers.index"), 303)

    @property
    def _file(self) -> WaitingFile:
        return WaitingFile(self.kind)

    def _show(self, found: P, waiting: Waiting, problems: Problems = ()) -> str:
        return self.second_page(found, waiting.name, self._file.closed(waiting), problems)
