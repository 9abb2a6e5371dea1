"""The site as a WSGI application, warm when it is made: ``gunicorn -c python:evenhand.web.server``."""

import os

from django.core.wsgi import get_wsgi_application

from evenhand.web.warming import warm

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.web.settings")

application = get_wsgi_application()
warm()
