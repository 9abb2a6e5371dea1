"""The Django project: settings, addresses, templates, static files. It wires the apps together and knows no rule."""
