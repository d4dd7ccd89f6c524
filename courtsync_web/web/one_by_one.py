"""Dependencies of a request, one after another.

Litestar resolves those that do not need each other in tasks of their own, all at once. Ours never
wait for anything: three tasks took a sixth of the time of a score update.
"""

from litestar import Litestar
from litestar._kwargs import KwargsModel
from litestar.routes import HTTPRoute


def resolve_one_by_one(app: Litestar) -> None:
    """From now on, whatever needs what is still resolved before it."""
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            for _, model in route.route_handler_map.values():
                one_by_one(model)


def one_by_one(model: KwargsModel) -> None:
    model.dependency_batches = [{one} for batch in model.dependency_batches for one in batch]
