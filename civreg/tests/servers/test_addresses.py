"""Where the servers listen is known from the data folder alone."""

from __future__ import annotations

import os
from pathlib import Path

import dj_database_url
import redis

from civreg.servers import addresses, default_urls, embedded

ODD = Path("/srv/Hộ tịch 100%/Đoan Hùng")


def test_django_reads_the_address_of_a_folder_with_an_odd_name() -> None:
    for url, role in (
        (default_urls(ODD).database, "civreg_app"),
        (default_urls(ODD).database_owner, "civreg_owner"),
    ):
        database = dj_database_url.parse(url)
        assert (database["HOST"], database["USER"], database["NAME"]) == (f"{ODD}/run", role, "civreg")


def test_the_queue_is_found_in_a_folder_with_an_odd_name() -> None:
    url = default_urls(ODD).redis
    assert redis.Redis.from_url(url).connection_pool.connection_kwargs["path"] == f"{ODD}/run/valkey.sock"


def test_the_sockets_are_in_the_data_folder_while_their_path_fits() -> None:
    fits = Path("/" + "x" * (107 - len("//run/.s.PGSQL.5432")))
    assert len(os.fsencode(fits / "run" / ".s.PGSQL.5432")) == 107
    assert addresses.sockets(fits) == fits / "run"
    longer = fits.with_name(f"{fits.name}x")
    assert addresses.sockets(longer).parent == Path("/tmp")
    assert addresses.sockets(longer).name.startswith(f"civreg-{os.geteuid()}-")


def test_the_length_is_counted_in_bytes_and_every_long_home_has_its_own_sockets() -> None:
    long, other = Path("/" + "ộ" * 40), Path("/" + "ộ" * 41)
    assert addresses.sockets(long) == addresses.sockets(Path(str(long)))
    assert len({addresses.sockets(long), addresses.sockets(other), Path("/tmp")}) == 3


def test_each_server_can_be_replaced_alone() -> None:
    assert embedded({}) == ("postgres", "valkey")
    assert embedded({"DATABASE_URL": "postgres://x/y", "REDIS_URL": " "}) == ("valkey",)
    assert embedded({"REDIS_URL": "redis://x"}) == ("postgres",)
    assert embedded({"REDIS_URL": "redis://x", "DATABASE_URL": "postgres://x/y"}) == ()
