"""Settings, read from top to bottom once. Everything an office may change comes from the environment."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from whitenoise.compress import Compressor

from civreg import env, servers
from civreg.servers import home as homes

BASE_DIR = Path(__file__).resolve().parent.parent
CIVREG_HOME = homes.path()

# -- who may reach it -------------------------------------------------------------------------------
SECRET_KEY = env.text("SECRET_KEY") or homes.secret_key(CIVREG_HOME)
DEBUG = env.flag("CIVREG_DEBUG")
HTTPS = env.flag("CIVREG_HTTPS")
ALLOWED_HOSTS = env.listed("ALLOWED_HOSTS") or [
    "127.0.0.1",
    "localhost",
    "[::1]",
    env.text("HOST", "127.0.0.1"),
]
CSRF_TRUSTED_ORIGINS = env.listed("CSRF_TRUSTED_ORIGINS")

# -- what it is made of -----------------------------------------------------------------------------
INSTALLED_APPS = [
    "civreg",
    "communes",
    "digitization",
    "reports",
    "rest_framework",
    "drf_spectacular",
    "django_htmx",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    # What every answer needs stands outside of what asks the database: a page about a fault needs it too.
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "communes.middleware.private",
    "communes.middleware.readable",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "communes.middleware.language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "civreg.urls"
WSGI_APPLICATION = "civreg.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "communes.context.office",
            ],
            "builtins": ["django.templatetags.i18n", "civreg.templatetags.figures"],
        },
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- where the data is ------------------------------------------------------------------------------
# Two roles: the product runs as one that can neither change tables nor touch evidence; only migrate owns them.
URLS = servers.default_urls(CIVREG_HOME)
DATABASE_URL = env.text("DATABASE_URL") or URLS.database
DATABASE_OWNER_URL = env.text("DATABASE_OWNER_URL") or env.text("DATABASE_URL") or URLS.database_owner
DATABASES = {
    "default": dj_database_url.parse(DATABASE_URL, conn_max_age=60, conn_health_checks=True),
    "owner": dj_database_url.parse(DATABASE_OWNER_URL),
}
for database in DATABASES.values():
    # A server that does not answer must not hold whoever starts the product.
    database.setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
# A statement that hangs, a lock nobody gives back or a forgotten transaction must not hold a clerk's page or a worker
# for ever (milliseconds). Long work lifts them for itself (civreg.lib.long_work), and the owner's migrations have none.
# Options in DATABASE_URL replace these: a pooler may not let them through.
DATABASES["default"]["OPTIONS"].setdefault(
    "options",
    "-c statement_timeout=15000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=60000",
)

REDIS_URL = env.text("REDIS_URL") or URLS.redis
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_timeout": 5, "socket_connect_timeout": 5, "visibility_timeout": 60}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "Asia/Ho_Chi_Minh"
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_SEND_TASK_EVENTS = False
# Every message dies after one period: what a stopped worker finds on its return is one round of work, not a day's.
CELERY_BEAT_SCHEDULE = {
    "roll-up": {"task": "reports.roll_up", "schedule": timedelta(seconds=2), "options": {"expires": 2}},
    "cut-off": {"task": "reports.cut_off", "schedule": timedelta(seconds=30), "options": {"expires": 30}},
    "paces": {"task": "reports.refresh_paces", "schedule": timedelta(seconds=60), "options": {"expires": 60}},
    # Days nobody closed are rare; after a night without a worker it is due at once.
    "rebuild-days": {
        "task": "reports.rebuild_days",
        "schedule": timedelta(hours=1),
        "options": {"expires": 600},
    },
    "forecast": {"task": "reports.foresee", "schedule": timedelta(seconds=15), "options": {"expires": 15}},
    "scans": {"task": "digitization.work_scans", "schedule": timedelta(seconds=2), "options": {"expires": 2}},
    "floods": {
        "task": "digitization.look_for_floods",
        "schedule": timedelta(seconds=30),
        "options": {"expires": 30},
    },
    "uploads": {
        "task": "digitization.sweep_uploads",
        "schedule": timedelta(hours=1),
        "options": {"expires": 600},
    },
    "mail": {"task": "communes.send_mail", "schedule": timedelta(seconds=20), "options": {"expires": 20}},
    "digests": {
        "task": "reports.send_digests",
        "schedule": timedelta(seconds=60),
        "options": {"expires": 60},
    },
    "reconcile": {"task": "reports.reconcile", "schedule": timedelta(days=1), "options": {"expires": 3600}},
}
CELERY_BEAT_SCHEDULE_FILENAME = str(CIVREG_HOME / "beat-schedule")

# -- e-mail: off until a server is named ---------------------------------------------------------------
MAIL_SERVER = env.mail_server("EMAIL_URL")
# Mail leads here. It is no part of a request that could be believed: whoever asks may write any Host.
BASE_URL = env.address("BASE_URL")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("EMAIL_FROM")
if MAIL_SERVER:
    if not (BASE_URL and DEFAULT_FROM_EMAIL):
        raise ImproperlyConfigured(
            "EMAIL_URL needs BASE_URL, where mail leads to, and EMAIL_FROM, who writes."
        )
    EMAIL_HOST, EMAIL_PORT = MAIL_SERVER.host, MAIL_SERVER.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL_SERVER.user, MAIL_SERVER.password
    EMAIL_USE_SSL, EMAIL_USE_TLS = MAIL_SERVER.tls, MAIL_SERVER.starttls
# Seconds for each answer of the server: the worker has other work. Less than half of a round of communes.mail.
EMAIL_TIMEOUT = 3

# -- people -----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "communes.User"
AUTHENTICATION_BACKENDS = ["communes.backends.PostingBackend"]
PASSWORD_HASHERS = ["communes.hashers.OfficeArgon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "name"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "communes:login"
LOGIN_REDIRECT_URL = "communes:home"
LOGOUT_REDIRECT_URL = "communes:login"
SESSION_COOKIE_AGE = 10 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "__Host-civreg" if HTTPS else "civreg"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "civreg.faults.csrf_failure"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("CIVREG_BEHIND_PROXY") else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# -- language and time ------------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["civreg.formats"]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
# Ids in links must not read 12.345; counts are grouped where a template says so.
USE_THOUSAND_SEPARATOR = False

# -- files ------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = CIVREG_HOME / "static"
STATICFILES_DIRS = [BASE_DIR / "static", ("guide", BASE_DIR / "docs" / "guide" / "pictures")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Only the hashed names are served; fonts for print are large and already packed as well as they can be.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "ttf")
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
# Pictures of pages: personal data, never under STATIC_ROOT, served only by a view that asks who reads the book.
CIVREG_SCANS = Path(env.text("CIVREG_SCANS") or CIVREG_HOME / "scans")

# -- the API ----------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "communes.api.authentication.BearerAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "communes.api.errors.answer",
    "UNAUTHENTICATED_USER": None,
    # A parameter nobody asked for is refused by name; this one would be taken by every view.
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": _("Civil-status digitization: API"),
    "DESCRIPTION": _(
        "Books, entries and progress figures of a district that digitizes its civil-status registers, and typing."
    ),
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "DISABLE_DOCSTRING_DESCRIPTIONS": True,
    "SORT_OPERATIONS": False,
    "SORT_OPERATION_PARAMETERS": False,
    "ENUM_NAME_OVERRIDES": {
        "Basis": "digitization.models.Basis",
        "Decision": "digitization.models.Decision",
        "EntryKind": "digitization.api.books.KINDS",
        "Level": "communes.models.Level",
        "Standing": "digitization.models.Standing",
        "Status": "digitization.models.Status",
        "SuccessionKind": "communes.models.Succession.Kind",
        "Verb": "digitization.models.Verb",
    },
    "TAGS": [
        {"name": "progress", "description": _("How far the district and each commune have come.")},
        {"name": "books", "description": _("The paper books, their totals, and typing into them.")},
        {"name": "records", "description": _("The entries themselves: personal data.")},
        {"name": "kinds", "description": _("What an entry of each kind consists of.")},
        {"name": "units", "description": _("Communes, districts and provinces as they were and are.")},
        {"name": "schema", "description": _("The API about itself.")},
    ],
}

# -- what is written down about running -------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "civreg.logs.TypeAndPlaceFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "celery": {"level": "WARNING"},
        "civreg": {"level": "INFO"},
    },
}
SILENCED_SYSTEM_CHECKS: list[str] = []
