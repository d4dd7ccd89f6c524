"""Dependencies come one after another, each after what it needs."""

from litestar import Litestar, get
from litestar.di import NamedDependency, Provide
from litestar.testing import TestClient

from courtsync_web.web.one_by_one import resolve_one_by_one


def test_what_is_needed_comes_first_and_no_task_is_made() -> None:
    order: list[str] = []

    def named(name: str) -> Provide:
        def provide() -> str:
            order.append(name)
            return name

        return Provide(provide, sync_to_thread=False)

    async def both(ball: NamedDependency[str], net: NamedDependency[str]) -> str:
        order.append("both")
        return f"{ball} and {net}"

    @get("/")
    async def handler(both: NamedDependency[str], court: NamedDependency[str]) -> str:
        return f"{both} on {court}"

    app = Litestar(
        [handler],
        dependencies={
            "ball": named("ball"),
            "net": named("net"),
            "court": named("court"),
            "both": Provide(both),
        },
    )
    resolve_one_by_one(app)
    with TestClient(app) as client:
        assert client.get("/").text == "ball and net on court"
    assert sorted(order) == ["ball", "both", "court", "net"]
    assert order.index("both") > max(order.index("ball"), order.index("net"))


def test_every_handler_of_the_app_is_one_of_them(app: Litestar) -> None:
    sizes = {
        len(batch)
        for route in app.routes
        for _, model in getattr(route, "route_handler_map", {}).values()
        for batch in model.dependency_batches
    }
    assert sizes == {1}
