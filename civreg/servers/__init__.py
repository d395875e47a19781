"""PostgreSQL and Valkey for an office without a database administrator.

Both come as wheels and live in one folder, ``CIVREG_HOME``. Whoever needs them says ``with held():``. The
first one starts them, the last one to leave stops them, and in between nobody has to know who that is.
``DATABASE_URL`` and ``REDIS_URL`` in the environment replace one server each.
"""

from civreg.servers.addresses import Urls, default_urls, embedded
from civreg.servers.holding import Hold, held
from civreg.servers.home import Home, Refused
from civreg.servers.supervisor import Service, Supervisor

__all__ = ["Hold", "Home", "Refused", "Service", "Supervisor", "Urls", "default_urls", "embedded", "held"]
