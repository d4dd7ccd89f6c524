"""A phone's disk: one file that only grows, every line on the platter before it counts."""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Op = dict[str, Any]


@dataclass
class Outbox:
    """What a phone has done and what became of it; read back from the file after a crash."""

    path: Path
    waiting: dict[str, Op] = field(default_factory=dict)
    """By id, in the order in which they were done."""
    verdicts: dict[str, str] = field(default_factory=dict)
    """What the server said about those that have left: applied, conflict or rejected."""
    counted: int = 0

    @classmethod
    def opened(cls, path: Path) -> "Outbox":
        """As it was when the app died, whenever that was. A torn last line never counted."""
        box = cls(path)
        for line in path.read_text().splitlines() if path.exists() else []:
            try:
                entry = json.loads(line)
            except ValueError:
                continue
            box._apply(entry)
        return box

    def add(self, op: Op) -> Op:
        """Keep an op under the phone's next number."""
        op = {**op, "deviceSeq": self.counted + 1}
        self._write({"op": op})
        return op

    def settle(self, op_id: str, outcome: str) -> None:
        """The server has said what became of it. Another tab may have heard it first."""
        if op_id in self.waiting:
            self._write({"id": op_id, "outcome": outcome})

    def drop(self, op_id: str) -> None:
        """What a broken client does: it is gone without a verdict."""
        self._write({"id": op_id, "outcome": "dropped"})

    def _write(self, entry: Op) -> None:
        with self.path.open("a") as file:
            file.write(json.dumps(entry) + "\n")
            file.flush()
            os.fsync(file.fileno())
        self._apply(entry)

    def _apply(self, entry: Op) -> None:
        if "op" in entry:
            self.counted = entry["op"]["deviceSeq"]
            self.waiting[entry["op"]["id"]] = entry["op"]
            return
        self.waiting.pop(entry["id"], None)
        if entry["outcome"] != "dropped":
            self.verdicts[entry["id"]] = entry["outcome"]
