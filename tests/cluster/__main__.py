"""``make chaos-cluster``: parts die at random for some minutes, then all must be there."""

import asyncio
import random
import sys
from collections.abc import Callable

from tests.cluster.house import House, running_house
from tests.cluster.story import a_day

ROUNDS = 30


def blows(house: House) -> dict[str, Callable[[], None]]:
    """What may happen, by name."""
    one, other = house.machines

    def redis_away() -> None:
        house.redis.kill()
        house.redis.start()

    def postgres_away() -> None:
        house.postgres.crash()
        house.postgres.start_again()

    def power_cut() -> None:
        other.kill()
        other.start()

    def restart() -> None:
        one.stop()
        one.start()

    return {
        "a worker of the first machine is killed": one.kill_worker,
        "a worker of the second machine is killed": other.kill_worker,
        "Redis is killed and comes back empty": redis_away,
        "PostgreSQL crashes and recovers": postgres_away,
        "the second machine loses its power": power_cut,
        "the first machine is restarted in order": restart,
    }


async def main(rounds: int, seed: int) -> None:
    """``seed`` makes the order of blows repeatable."""
    order = random.Random(seed)
    print(f"seed {seed}, {rounds} rounds")
    async with running_house() as house, a_day(house) as day:
        for number in range(1, rounds + 1):
            name, blow = order.choice(list(blows(house).items()))
            print(f"{number:3}. {name}", flush=True)
            await asyncio.to_thread(blow)
            await day.more_points()
        await day.ready()
        slowest = max(one.slowest for one in day.scorers)
    points = sum(len(one.acknowledged) for one in day.scorers)
    print(f"{points} points acknowledged, none lost; the slowest took {slowest:.1f} s")


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:]]
    asyncio.run(main(*(given + [ROUNDS, random.randrange(10_000)][len(given) :])))
