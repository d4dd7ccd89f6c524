"""Every table of the schema: importing this module fills ``SQLModel.metadata``."""

from sqlmodel import SQLModel

from courtsync_web.accounts import models as accounts
from courtsync_web.coverage import models as coverage
from courtsync_web.coverage.crew import models as crew
from courtsync_web.events import models as events
from courtsync_web.following import models as following
from courtsync_web.organizing import models as organizing
from courtsync_web.push import models as push
from courtsync_web.scoring import models as scoring
from courtsync_web.sharing import models as sharing

__all__ = [
    "accounts",
    "coverage",
    "crew",
    "events",
    "following",
    "metadata",
    "organizing",
    "push",
    "scoring",
    "sharing",
]

metadata = SQLModel.metadata
metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
