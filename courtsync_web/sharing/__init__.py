"""What leaves the house: calendars, links to a plan, preview cards, sheets, tables."""
