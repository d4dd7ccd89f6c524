"""Planning as a process of its own: tasks come in, plans go out (``coverage/planner.py``)."""

import os
import pickle
import sys

from courtsync_web.coverage.autopilot.crew import fly_together

KIND = 5
"""How much it gives way to whoever scores or watches."""

if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(KIND)
    tasks = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the process that started this one
    sys.stdout.buffer.write(pickle.dumps(fly_together(tasks)))
