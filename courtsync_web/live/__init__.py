"""Telling everyone who watches, the moment something changed."""
