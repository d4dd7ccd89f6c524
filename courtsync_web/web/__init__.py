"""What all pages share: assets, headers, errors, health."""
