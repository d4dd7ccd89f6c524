"""What is counted and measured, in one list: the words of ``/metrics``.

With several workers each writes its figures into files of a folder that they share
(``PROMETHEUS_MULTIPROC_DIR``, set by ``serve``), and whichever worker is asked adds them up.
"""

from prometheus_client import Counter, Gauge, Histogram

QUICK = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

REQUESTS = Counter("courtsync_requests", "Requests answered.", ("method", "route", "status"))
REQUEST_SECONDS = Histogram(
    "courtsync_request_seconds",
    "From a request's arrival to the end of its answer; streams are not among them.",
    ("method", "route"),
    buckets=QUICK,
)
READERS = Gauge("courtsync_live_readers", "Open streams.", multiprocess_mode="livesum")
DELIVERIES = Counter("courtsync_live_deliveries", "Frames written to readers.")
FAN_OUT_SECONDS = Histogram(
    "courtsync_live_fan_out_seconds",
    "From the ring of a change to the last reader's write.",
    buckets=QUICK,
)
OUTBOX_AGE = Histogram(
    "courtsync_outbox_age_seconds",
    "How old an update was when it arrived, by its phone's own account.",
    buckets=(0.1, 0.5, 1, 5, 15, 60, 300, 900, 3600, 14400, 86400),
)
COMMIT_GROUP = Histogram(
    "courtsync_commit_group_size",
    "Pieces of work in one commit (SQLite); one may hold up to 50 updates of a phone's batch.",
    buckets=(1, 2, 4, 8, 16, 32, 64),
)
WRITES_WAITING = Gauge(
    "courtsync_writes_waiting", "Short writes before the door.", multiprocess_mode="livesum"
)
PUSHES = Counter(
    "courtsync_pushes", "Pushes by what became of them, at the service or before.", ("result",)
)
REMEMBERED = Counter(
    "courtsync_remembered_reads", "Reads by where the answer came from.", ("source",)
)
TASK_UP = Gauge(
    "courtsync_task_up", "Whether a background task works.", ("task",), multiprocess_mode="min"
)
TASK_RESTARTS = Counter("courtsync_task_restarts", "Faults of background tasks.", ("task",))
