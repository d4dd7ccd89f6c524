"""Reading schedules from tables: one row per match, CSV or XLSX."""
