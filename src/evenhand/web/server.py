"""How gunicorn serves the site: ``gunicorn -c python:evenhand.web.server``."""

from evenhand.web import environment

wsgi_app = "evenhand.web.wsgi"
bind = environment.text("EVENHAND_BIND", default="127.0.0.1:8000")
workers = environment.number("EVENHAND_WORKERS", default=2)
worker_class = "gthread"
threads = 4
# Templates and addresses are read once, before the workers are made, and shared by them.
preload_app = True
# Verifying a large release is the slowest thing that a request can ask for.
timeout = 120
# No access log: it would say which address asked for which page.
accesslog = None
errorlog = "-"
loglevel = "warning"
# It would open a socket in the home folder of whoever runs the site.
control_socket_disable = True
