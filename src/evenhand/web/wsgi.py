"""The site as a WSGI application: ``gunicorn evenhand.web.wsgi``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.web.settings")

application = get_wsgi_application()
