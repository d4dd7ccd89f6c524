"""What OpenAPI cannot read off the types of the schedule's handlers."""

from dataclasses import dataclass
from typing import Annotated, Any

from litestar.openapi.spec import Example, OpenAPIMediaType, OpenAPIType, Operation, Schema
from litestar.params import BodyKwarg

EXAMPLE = {
    "eventId": "spring-classic",
    "name": "Spring Classic",
    "timezone": "America/Chicago",
    "startDate": "2026-04-11",
    "endDate": "2026-04-11",
    "courts": [{"courtId": 1, "name": "Court 1"}],
    "teams": [{"teamId": 11, "name": "Falcon 14"}, {"teamId": 12, "name": "Gull 14"}],
    "matches": [
        {
            "matchId": 1,
            "courtId": 1,
            "team1Id": 11,
            "team2Id": 12,
            "start": "2026-04-11T08:00:00",
            "end": "2026-04-11T09:00:00",
            "result": {"sets": [[25, 20], [25, 18]]},
        }
    ],
}

ScheduleBody = Annotated[
    dict[str, Any],
    BodyKwarg(
        description="A schedule document; docs/importing.md describes every field.",
        examples=[Example(summary="One match with its result", value=EXAMPLE)],
    ),
]
"""A schedule document, still unread: its reader names every fault at once, not the first."""


@dataclass
class Download(Operation):
    """A handler whose one address answers in three formats."""

    def __post_init__(self) -> None:
        text = OpenAPIMediaType(schema=Schema(type=OpenAPIType.STRING))
        answer: Any = (self.responses or {})["200"]
        answer.content = {
            "application/json": OpenAPIMediaType(schema=Schema(type=OpenAPIType.OBJECT)),
            "text/csv": text,
            "text/calendar": text,
        }
