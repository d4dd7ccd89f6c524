"""What phones bring back from where there was no network: one batch, one verdict per deed."""
