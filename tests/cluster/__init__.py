"""Two machines with two workers each, behind nginx, on PostgreSQL and Redis; parts of it die."""
