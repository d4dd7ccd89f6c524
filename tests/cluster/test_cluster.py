"""Each part dies once under load; no acknowledged point is lost, everybody ends at the newest.

The long form, with every part dying again and again, is ``make chaos-cluster``.
"""

import httpx
import pytest

from tests.cluster.house import House, running_house
from tests.cluster.story import a_day
from tests.servers.nginx import NoNginx
from tests.servers.postgres import NoPostgres
from tests.servers.redis import NoRedis


@pytest.mark.timeout(240)
async def test_each_part_dies_once_and_nothing_is_lost() -> None:
    try:
        async with running_house() as house, a_day(house) as day:
            await day.more_points()
            house.machines[0].kill_worker()
            await day.more_points()
            house.redis.kill()
            await day.more_points()
            house.redis.start()
            house.nginx.kill()
            house.nginx.start()
            await day.more_points()
            house.machines[1].kill()
            await day.more_points()
            house.machines[1].start()
            house.postgres.crash()
            house.postgres.start_again()
            await day.more_points()
            await day.ready()
            await the_watchers_see_all_workers(house)
    except (NoNginx, NoPostgres, NoRedis) as error:
        pytest.skip(str(error))


async def the_watchers_see_all_workers(house: House) -> None:
    """Figures of all workers together, for who asks the machine itself; nginx hands on nothing."""
    async with httpx.AsyncClient(timeout=10) as http:
        told = await http.get(f"http://127.0.0.1:{house.machines[0].port}/metrics")
        assert 'courtsync_requests_total{method="POST",route="/api/events/{event_id}/scores"' in (
            told.raise_for_status().text
        )
        assert (await http.get(f"{house.url}/metrics")).status_code == 404
