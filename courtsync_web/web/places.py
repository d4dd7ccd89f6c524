"""Where templates, static files and the service worker are.

In the repository they lie at the top level; inside an installed wheel, in the package.
"""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
HOME = PACKAGE if (PACKAGE / "templates").is_dir() else PACKAGE.parent

TEMPLATES = HOME / "templates"
STATIC = HOME / "static"
MIGRATIONS = PACKAGE / "migrations"
