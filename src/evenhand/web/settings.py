"""All settings of the site, read from the environment. docs/reference/settings.md explains every variable.

Three environments. `development` and `demonstration` answer to this machine's own names, keep a secret key of their
own in the data folder, and speak plain HTTP. `production` starts only with a secret key and host names, and speaks
HTTPS alone. Whoever forgets to say `production` has a site that answers nobody else, not one that is open.
"""

import secrets
from pathlib import Path

from evenhand.web import environment

HERE = Path(__file__).resolve().parent
LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]

# ---------------------------------------------------------------------------------------------------- environment
ENVIRONMENT = environment.choice("EVENHAND_ENVIRONMENT", options=("development", "demonstration", "production"))
PRODUCTION = ENVIRONMENT == "production"
DEBUG = environment.flag("EVENHAND_DEBUG")
if DEBUG and ENVIRONMENT != "development":
    raise environment.SettingRefused("EVENHAND_DEBUG shows the inside of the site; it is for development alone.")

DATA_DIR = environment.folder("EVENHAND_DATA_DIR", default=Path.cwd() / "var")
if ENVIRONMENT == "demonstration":
    DATA_DIR /= "demonstration"  # it is cleared when the software changes: never the folder of a real site


def _kept_secret_key(file: Path) -> str:
    """The key of an installation that no one but this machine reaches: made once, readable by its owner alone."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f"{file.name}-{secrets.token_hex(4)}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        draft.replace(file)  # whole or not at all, for whoever starts at the same moment
    return file.read_text()


def _secret_key() -> str:
    key = environment.text("EVENHAND_SECRET_KEY")
    if PRODUCTION and len(key) < 50:
        raise environment.SettingRefused(
            "EVENHAND_SECRET_KEY is missing or shorter than 50 characters. Make one with: "
            'python -c "import secrets; print(secrets.token_urlsafe(50))"'
        )
    return key or _kept_secret_key(DATA_DIR / "secret-key")


def _allowed_hosts() -> list[str]:
    hosts = environment.words("EVENHAND_HOSTS")
    if PRODUCTION and (not hosts or "*" in hosts):
        raise environment.SettingRefused(
            "EVENHAND_HOSTS is empty or holds *. Name each host the site answers to, for instance: figures.example.org"
        )
    if ENVIRONMENT == "development" and not set(hosts) <= set(LOOPBACK):
        raise environment.SettingRefused(
            "EVENHAND_HOSTS names another machine's address, and EVENHAND_ENVIRONMENT is development. "
            "Set EVENHAND_ENVIRONMENT=production for a site that others reach."
        )
    return hosts if PRODUCTION else LOOPBACK + hosts


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = _allowed_hosts()
SITE_ADDRESS = environment.text("EVENHAND_SITE_ADDRESS") or (
    f"https://{ALLOWED_HOSTS[0]}" if PRODUCTION else "http://127.0.0.1:8000"
)

# ----------------------------------------------------------------------------------------------------------- parts
INSTALLED_APPS = [
    "evenhand.web",
    "evenhand.apps.accountability",
    "evenhand.apps.monitoring",
    "evenhand.apps.content",
    "evenhand.apps.organisations",
    "evenhand.apps.users",
    "evenhand.apps.core",
    "wagtail.contrib.redirects",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "evenhand.web.middleware.SecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "evenhand.web.urls"
WSGI_APPLICATION = "evenhand.web.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# ----------------------------------------------------------------------------------------------------------- store
DATABASES = {
    "default": environment.database(
        "DATABASE_URL", default=DATA_DIR / "evenhand.sqlite3", keep_to_default=ENVIRONMENT == "demonstration"
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
# Beside MEDIA_ROOT and not in it: a web server that hands out media must not hand out a release that was withdrawn.
RELEASES_ROOT = DATA_DIR / "releases"

# In development static files are served from where they are written; elsewhere `collectstatic` gathers them.
STATIC_ROOT = None if ENVIRONMENT == "development" else DATA_DIR / "static"
STATIC_URL = "/static/"
STATICFILES_DIRS = [HERE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if ENVIRONMENT == "development"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = ENVIRONMENT == "development"

# --------------------------------------------------------------------------------------------------------- people
AUTH_USER_MODEL = "users.User"
AUTHENTICATION_BACKENDS = ["evenhand.apps.users.authentication.EmailBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"

# -------------------------------------------------------------------------------------------------------- security
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = environment.number("EVENHAND_HSTS_SECONDS", default=31_536_000) if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = False  # neighbours under the same name are not ours to decide for
SILENCED_SYSTEM_CHECKS = [
    "security.W002",  # X-Frame-Options comes from our own SecurityPolicy, which lets the editor frame its preview
    "security.W005",  # as said above: neighbours
    "security.W021",  # being built into browsers is the decision of whoever owns the whole name
]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if environment.flag("EVENHAND_BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 60 * 60  # a working day
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS] if PRODUCTION else []

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # forms; files are not counted
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000  # Wagtail's page editor sends many
RELEASE_UPLOAD_LIMIT = 50 * 1024 * 1024
RELEASE_SIZE_LIMIT = 200 * 1024 * 1024  # unpacked; the largest yet is below 5 MB

# ------------------------------------------------------------------------------------------------------- languages
LANGUAGE_CODE = "en-gb"
# Prepared, not yet offered: LocaleMiddleware comes with the first complete translation, since a page half in English
# and half in Urdu is set wrongly for the readers of both.
LANGUAGES = [
    ("en-gb", "English"),
    ("ar", "العربية"),
    ("bn", "বাংলা"),
    ("gu", "ગુજરાતી"),
    ("pa", "ਪੰਜਾਬੀ"),
    ("pl", "polski"),
    ("so", "Soomaali"),
    ("ur", "اردو"),
]
LOCALE_PATHS = [HERE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"

# --------------------------------------------------------------------------------------------------------- Wagtail
WAGTAIL_SITE_NAME = "Evenhand"
WAGTAILADMIN_BASE_URL = SITE_ADDRESS
WAGTAIL_CONTENT_LANGUAGES = [("en-gb", "English")]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("en", "English")]
WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT = 1
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False  # an e-mail address is the sign-in; an administrator changes it
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]  # no SVG: it can hold script
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "ods", "odt", "pdf", "txt", "xlsx"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
# Nothing in the admin asks another machine.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
TAGGIT_CASE_INSENSITIVE = True

# ---------------------------------------------------------------------------------------------------- mail and logs
DEFAULT_FROM_EMAIL = SERVER_EMAIL = environment.text("EVENHAND_MAIL_FROM", default="evenhand@localhost")
EMAIL_HOST = environment.text("EVENHAND_SMTP_HOST")
EMAIL_PORT = environment.number("EVENHAND_SMTP_PORT", default=587)
EMAIL_HOST_USER = environment.text("EVENHAND_SMTP_USER")
EMAIL_HOST_PASSWORD = environment.text("EVENHAND_SMTP_PASSWORD")
EMAIL_USE_TLS = True
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"

# What happened and where in the code; never who asked for it, from which address, or with which query.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"()": "evenhand.web.logs.WithoutPersonalData", "format": "%(levelname)s %(name)s: %(message)s"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # scanners knocking; answered with 400
        "evenhand": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
