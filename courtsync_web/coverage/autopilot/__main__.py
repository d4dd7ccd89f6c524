"""Planning as a process of its own: tasks come in, plans go out (``coverage/planner.py``)."""

import pickle
import sys

from courtsync_web.coverage.autopilot.crew import fly_together

if __name__ == "__main__":
    tasks = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the process that started this one
    sys.stdout.buffer.write(pickle.dumps(fly_together(tasks)))
