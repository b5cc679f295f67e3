"""Entry point for any WSGI server, for example `granian --interface wsgi wsgi:app`."""

from portal import config, database
from portal.app import create_app

app = create_app()
config.check_for_serving(app.config)
with app.app_context():
    database.check()
